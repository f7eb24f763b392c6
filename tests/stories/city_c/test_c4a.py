"""C4a: claims by rank are assessed by a method of the place's own: who has not kept the claim is named."""

from tests.stories.presets import listed, scored
from yipanqi.cli.demo.staffing import IN_A_TEAM
from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import TargetKind
from yipanqi.org.models import Post, Unit
from yipanqi.standing.models import Recognised

FIVE_BILLION, ONE_BILLION = 5 * 10**11, 10**11


def claimed(name):
    rows = Target.objects.filter(holder__name=name, person=None, kind=TargetKind.ASSIGNED)
    return dict(rows.values_list("indicator", "amount"))


def test_two_top_leaders_five_billion_each_others_one_and_bureaus_a_dozen(place):
    seats = list(Unit.objects.filter(kind="seat").order_by("sort"))

    assert [claimed(seat.name) for seat in seats[:2]] == [{"signed_5b": 1}] * 2
    assert [claimed(seat.name) for seat in seats[2:]] == [{"signed_1b": 1}] * (len(seats) - 2)
    for bureau in Unit.objects.filter(kind="branch"):
        assert claimed(bureau.name) == {"signed_100m": 12, "signed_1b": 1}
    members = Post.objects.filter(unit__name__startswith="招商尖刀").values_list("person")
    given = Target.objects.filter(person__in=members, indicator="signed_500m", amount=1)
    assert given.count() == members.count() == 2 * IN_A_TEAM


def test_a_leader_who_has_not_signed_what_was_claimed_is_named(place):
    found = scored(place)
    kept = set()
    for row in Recognised.objects.filter(node="signed").select_related("project"):
        for part in row.project.parts.current().filter(role__in=("introducer", "leader")):
            floor = FIVE_BILLION if part.unit.name in {"市委书记", "市长"} else ONE_BILLION
            if (row.project.total_fen or 0) >= floor:
                kept.add(part.unit.name)
    leaders = {holder.name for holder in found.holders.values() if holder.group == "市领导组"}

    assert set(listed(found, "尚未兑现")) == leaders - kept
    assert "市长" in leaders - kept
    bureau = found.row("珠三角招商分局")
    assert (
        bureau.line("亿元以上项目").points
        == 70 * min(found.sheet.values["珠三角招商分局"]["亿元项目"], 12) / 12
    )
