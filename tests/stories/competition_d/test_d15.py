"""D15: 71 city units and 12 counties compete; on a day 53 of the 71 had met their target."""

from datetime import date

from tests.stories.presets import listed, on, scored
from yipanqi.facts.targets.models import Target
from yipanqi.standing.models import Recognised

DAY = on("2026-06-30")
UNITS, COUNTIES = "市直单位组", "区县组"


def met_by_hand(prefix, day):
    """Contestants of a kind whose signings by a day reach their task."""
    tasks = Target.objects.filter(holder__name__startswith=prefix, indicator__startswith="signed")
    signed = Recognised.objects.filter(node="signed", counted_on__range=(date(2026, 1, 1), day))
    mine = {
        task.holder.name: signed.filter(
            project__parts__unit=task.holder, project__parts__role="introducer"
        ).count()
        for task in tasks.select_related("holder")
    }
    return {task.holder.name for task in tasks if mine[task.holder.name] >= task.amount}


def test_fifty_three_of_seventy_one_had_met_their_target(place):
    found = scored(place, day=DAY)
    groups = [holder.group for holder in found.holders.values()]

    met = listed(found, "工作经费", UNITS)

    assert (groups.count(UNITS), groups.count(COUNTIES)) == (71, 12)
    assert len(met) == 53
    assert set(met) == met_by_hand("市直单位", DAY)
    assert set(listed(found, "工作经费", COUNTIES)) == met_by_hand("区县", DAY)


def test_by_november_more_have_met_it_and_the_table_still_moves(place):
    found = scored(place)

    assert set(listed(found, "工作经费", UNITS)) == met_by_hand("市直单位", on("2026-11-20"))
    assert len(listed(found, "工作经费", UNITS)) > 53
