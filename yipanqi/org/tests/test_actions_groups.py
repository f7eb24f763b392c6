"""A group is founded on a document, has members and milestones, and is dissolved."""

from datetime import date, timedelta

import pytest

from yipanqi.core.problems import Refused
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.actions import (
    Terms,
    amend_charter,
    appoint,
    dissolve_group,
    finish_milestone,
    join,
    leave,
    set_milestone,
)
from yipanqi.org.factories import NOON, make_group, make_org
from yipanqi.org.models import Membership, Milestone, Post
from yipanqi.org.rules import Capacity, Kind, Role

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
MARCH = date(2026, 3, 1)


@pytest.fixture
def county():
    return make_org()


@pytest.fixture
def team(county):
    return make_group(county, industries=("食品", "饲料"), office=county.units["招商促进局"])


def test_a_group_says_what_it_is_for_and_what_it_covers(county, team):
    assert team.is_group
    assert team.charter.industries == ("食品", "饲料")
    assert str(team.charter) == "招引食品加工企业"
    assert make_group(county, name="尖刀班").charter.industries == ()
    assert Entry.objects.of("open:org.charter").count() == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": Kind.TOWNSHIP}, "“乡镇”不是一种组"),
        ({"founded_on": TODAY + timedelta(days=1)}, "成立日期不能晚于今天"),
    ],
)
def test_a_group_that_cannot_be_is_not_founded(county, wrong, told):
    before = reads.now_seq()

    with pytest.raises(Refused, match=told):
        make_group(county, **wrong)

    assert reads.now_seq() == before


def test_a_charter_is_changed_with_its_reason(county, team):
    terms = Terms(purpose="招引预制菜企业", founded_on=MARCH, basis="县委发〔2026〕3号第二条")

    charter = amend_charter(
        team.charter, terms, version=1, by=county.clerk, at=NOON, reason="调整分工"
    )

    assert (charter.purpose, charter.basis) == ("招引预制菜企业", "县委发〔2026〕3号第二条")


def test_a_unit_joins_a_group_once_and_leaves_it(county, team):
    town = county.units["青山镇"]
    membership = join(group=team, unit=town, capacity=Capacity.DEPUTY, by=county.clerk, at=NOON)

    with pytest.raises(Refused, match="青山镇已经是食品产业招商组的成员单位"):
        join(group=team, unit=town, by=county.clerk, at=NOON)
    leave(membership, by=county.clerk, at=NOON, reason="调整")

    assert not Membership.objects.current().exists()
    assert Membership.objects.as_of(membership.from_seq).get().unit == town


def test_only_a_standing_unit_of_the_place_joins_a_standing_group(county, team):
    other, town = make_org("白水县", prefix="bs-"), county.units["青山镇"]
    gone = make_group(county, name="专班", kind=Kind.TASK_FORCE)
    gone = dissolve_group(gone, on=TODAY, version=1, by=county.clerk, at=NOON, reason="事毕")

    for group, unit, told in (
        (town, county.units["柳河镇"], "青山镇不是一个组"),
        (team, team, "另一个单位"),
        (team, other.place, "本地方的另一个单位"),
        (gone, town, "专班已经撤销"),
    ):
        with pytest.raises(Refused, match=told):
            join(group=group, unit=unit, by=county.clerk, at=NOON)


def test_a_group_is_dissolved_and_the_posts_in_it_end(county, team):
    join(group=team, unit=county.units["青山镇"], by=county.clerk, at=NOON)
    post = appoint(
        person=county.leader,
        unit=team,
        title="组长",
        role=Role.MEMBER,
        capacity=Capacity.HEAD,
        from_on=MARCH,
        main=False,
        by=county.administrator,
        at=NOON,
    )

    team = dissolve_group(
        team, on=TODAY, version=team.version, by=county.clerk, at=NOON, reason="任务完成"
    )

    assert team.closed_on == Post.objects.get(pk=post.pk).to_on == TODAY
    assert not Membership.objects.current().exists()


def milestone(county, group, **changes):
    told = {"what": "完成选址", "due_on": date(2026, 10, 31)}
    return set_milestone(group=group, **{**told, **changes}, by=county.clerk, at=NOON)


def test_a_milestone_is_set_set_anew_and_reached(county, team):
    first = milestone(county, team)
    second = milestone(
        county, team, due_on=date(2026, 12, 15), replaces=first, reason="用地指标未批"
    )

    done = finish_milestone(second, on=TODAY, note="选址意见书已出", by=county.clerk, at=NOON)

    assert list(Milestone.objects.filter(replaced_by__isnull=True)) == [second]
    assert second.done == done
    assert list(reads.findings()) == []


def test_a_milestone_is_reached_once_and_not_in_the_future(county, team):
    first = milestone(county, team)

    with pytest.raises(Refused, match="完成日期不能晚于今天"):
        finish_milestone(first, on=date(2027, 1, 1), note="", by=county.clerk, at=NOON)
    with pytest.raises(Refused, match="调整节点任务要写明理由"):
        milestone(county, team, replaces=first)
    finish_milestone(first, on=TODAY, note="已出", by=county.clerk, at=NOON)
    with pytest.raises(Refused, match="“完成选址”已经完成"):
        finish_milestone(first, on=TODAY, note="已出", by=county.clerk, at=NOON)


def test_a_milestone_that_was_set_anew_is_reached_under_its_new_name(county, team):
    first = milestone(county, team)
    milestone(county, team, replaces=first, reason="顺延")

    with pytest.raises(Refused, match="已经另定"):
        finish_milestone(first, on=TODAY, note="已出", by=county.clerk, at=NOON)


def test_only_a_standing_group_gets_milestones(county):
    with pytest.raises(Refused, match="只给还在的组定节点任务"):
        milestone(county, county.units["青山镇"])
