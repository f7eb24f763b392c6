"""How far everybody is with every task, beside the share of the year that is over."""

from datetime import date
from fractions import Fraction

import pytest

from yipanqi.core.problems import Refused
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.rules import TargetKind, Task
from yipanqi.ledger.reads import now_seq
from yipanqi.org.rules import Kind
from yipanqi.place.factories import settings_text
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Indicator, parsed
from yipanqi.standing.actions import adopt_definitions
from yipanqi.standing.factories import NOON, County, make_project, recognise
from yipanqi.standing.measures.indicators import doubts, measures_of
from yipanqi.standing.measures.once import each
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.reads.pace import Board, Pace, State, board_of
from yipanqi.standing.rules import Colour

TODAY = date(2026, 11, 20)
WAN = 1_000_000


def told(county: County, *given: tuple[str, str, int], kind: TargetKind = TargetKind.ASSIGNED):
    tasks = [
        Task(holder_id=county.units[unit].pk, indicator=code, amount=amount, kind=kind)
        for unit, code, amount in given
    ]
    ground = Ground(basis="青办发〔2026〕3号")
    set_tasks(tasks=tasks, year=2026, ground=ground, by=county.clerk, at=NOON)


def board(county: County, day: date = TODAY, **groups: list[str]) -> Board:
    holders = [unit.pk for unit in county.units.values() if unit.kind != Kind.PLACE]
    named = {name: [county.units[unit].pk for unit in units] for name, units in groups.items()}
    settings = settings_on(county.place.pk, day)
    return board_of(holders, settings, AsOf(now_seq(), day), groups=named)


def of(county: County, unit: str, code: str = "signed", day: date = TODAY) -> Pace:
    return board(county, day).holders[county.units[unit].pk, code]


def test_what_is_done_stands_beside_what_was_given_and_what_was_pledged(county):
    told(county, ("青山镇", "funds", 72 * 10_000 * WAN))
    told(county, ("青山镇", "funds", 80 * 10_000 * WAN), kind=TargetKind.PLEDGED)
    recognise(make_project(county), "signed")
    recognise(make_project(county, name="二期"), "funds", amount=36 * 10_000 * WAN)

    pace = of(county, "青山镇", "funds")

    assert (pace.assigned, pace.pledged) == (72 * 10_000 * WAN, 80 * 10_000 * WAN)
    assert (pace.share, pace.pledged_share) == (Fraction(1, 2), Fraction(9, 20))
    assert pace.missing == 36 * 10_000 * WAN
    assert pace.elapsed == Fraction(324, 365)
    assert of(county, "青山镇").done == 1


@pytest.mark.parametrize(
    ("assigned", "day", "state", "colour", "words"),
    [
        (1, date(2026, 5, 9), State.MET, Colour.GREEN, "已完成"),
        (2, date(2026, 6, 15), State.AHEAD, Colour.GREEN, "超进度 4.5 个百分点"),
        (2, date(2026, 7, 20), State.BEHIND, Colour.AMBER, "欠进度 5.1 个百分点"),
        (2, TODAY, State.BEHIND, Colour.RED, "欠进度 38.8 个百分点"),
        (0, TODAY, State.NONE, Colour.NONE, "没有任务"),
    ],
)
def test_a_lamp_says_how_many_points_a_task_is_behind_the_year(
    county, assigned, day, state, colour, words
):
    told(county, ("青山镇", "signed", assigned))
    recognise(make_project(county))

    pace = of(county, "青山镇", day=day)

    assert (pace.state, pace.lamp.colour, pace.lamp.words) == (state, colour, words)


def test_a_figure_from_outside_is_waited_for_and_not_taken_for_nought(county):
    foreign = Indicator(code="foreign", name="实际利用外资", unit="万美元")
    pace = Pace(
        indicator=foreign,
        done=None,
        assigned=300 * WAN,
        pledged=None,
        elapsed=Fraction(1, 2),
        amber_points=10,
    )

    assert (pace.state, pace.share, pace.missing) == (State.UNKNOWN, None, None)
    assert pace.lamp.words == "等统计数"


def test_together_a_shared_project_counts_once_and_whole(county):
    told(county, ("青山镇", "signed", 2), ("柳河镇", "signed", 3))
    told(county, ("柳河镇", "signed", 4), kind=TargetKind.PLEDGED)
    shares = [
        Share(unit_id=county.units[name].pk, role=PartRole.INTRODUCER, num=1, den=2)
        for name in ("青山镇", "柳河镇")
    ]
    shares.append(Share(unit_id=county.units["青山镇"].pk, role=PartRole.LANDING))
    recognise(make_project(county, shares=shares), "signed")

    found = board(county, towns=["青山镇", "柳河镇"], zone=["经济开发区"])

    assert [found.of(county.units[town].pk)[0].done for town in ("青山镇", "柳河镇")] == [
        Fraction(1, 2)
    ] * 2
    assert [found.together(group)[0].done for group in ("towns", "zone", "")] == [1, 0, 1]
    assert (found.together()[0].assigned, found.together()[0].pledged) == (5, 6)
    assert found.together("zone")[0].assigned is None
    measure = measures_of(settings_on(county.place.pk, TODAY).indicators)["signed"]
    towns = [county.units[town].pk for town in ("青山镇", "柳河镇")]
    assert [record.amount for record in each(measure, towns, found.at)] == [1]
    money = measures_of(
        [Indicator(code="f", name="资金", unit="万元", counts={"measure": "funds"})]
    )
    assert each(money["f"], towns, found.at) == []


def test_the_board_of_everybody_costs_three_queries(county, django_assert_num_queries):
    told(county, ("青山镇", "signed", 2), ("柳河镇", "funds", 3 * WAN))
    settings, at = settings_on(county.place.pk, TODAY), AsOf(now_seq(), TODAY)
    kinds = {unit.kind: [unit.pk] for unit in county.units.values()}

    with django_assert_num_queries(3):
        board_of([unit.pk for unit in county.units.values()], settings, at, groups=kinds)


@pytest.mark.parametrize(
    ("counts", "unit", "words"),
    [
        ({"measure": "projects"}, "个", "projects 必须写明“node”"),
        ({"measure": "returns", "state": "late"}, "万元", "任务的指标只能数"),
        ({"measure": "funds", "window": "month"}, "万元", "任务按年算"),
        ({"measure": "funds"}, "个", "单位与所数的不合"),
        ({"measure": "projects", "node": "signed"}, "亿元", "单位与所数的不合"),
    ],
)
def test_an_indicator_that_cannot_be_counted_is_doubted(counts, unit, words):
    one = Indicator(code="it", name="它", unit=unit, counts=counts)

    assert words in "；".join(str(problem) for problem in doubts(one))


def test_definitions_are_adopted_once_their_indicators_can_be_counted(county):
    said = "[{code: a, name: 甲, unit: 个, counts: {measure: weather}}]"
    text = settings_text(place=county.place.name, valid_from="2026-11-20", indicators=said)

    with pytest.raises(Refused, match="没有“weather”这种指标"):
        adopt_definitions(place=county.place, text=text, by=county.clerk, at=NOON)

    assert parsed(text).indicator("a") is not None
    plain = settings_text(place=county.place.name, valid_from="2026-11-20", indicators="[]")
    assert adopt_definitions(place=county.place, text=plain, by=county.clerk, at=NOON).number == 2
