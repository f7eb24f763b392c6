"""Figures that people give: judged, rated, voted; missing is missing, and the door says who said what."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.helpers import lifted_triggers
from yipanqi.core.problems import Refused
from yipanqi.facts.judging.actions import cancel_round, count_round
from yipanqi.facts.judging.factories import make_round, make_sheet
from yipanqi.facts.judging.models import Closing
from yipanqi.facts.judging.rules import Side, Way
from yipanqi.ledger.reads import now_seq
from yipanqi.place.factories import settings_text
from yipanqi.place.rules import parsed
from yipanqi.standing.factories import NOON, County, make_county
from yipanqi.standing.measures.counting import counted, records
from yipanqi.standing.measures.spec import AsOf, measure_of
from yipanqi.standing.measures.words import Spec
from yipanqi.standing.reads.judging_proof import count_findings

TODAY = date(2026, 11, 20)
SETTINGS = parsed(settings_text())
JUDGED: Spec = {"measure": "judged", "indicator": "环境", "highest": 10}
RATED = {"measure": "rating", "indicator": "部门评价"}
VOTED = {"measure": "ballot", "indicator": "部门评价"}
FULL = {"研究深度": 500, "信息": 500, "配合": 400}


@pytest.fixture
def county(db: None) -> County:
    return make_county()


def figure(county, spec, unit="青山镇", *, seq=None, day=TODAY):
    """A figure whose records add up to it; with what the records say."""
    measure, holder = measure_of(spec), county.units[unit].pk
    at = AsOf(now_seq() if seq is None else seq, day)
    found = counted({"it": measure}, [holder], at, settings=SETTINGS)["it"].get(holder)
    behind = records(measure, holder, at, settings=SETTINGS)
    assert sum((record.amount for record in behind), Fraction(0)) == (found or 0)
    return found, "；".join(record.label for record in behind)


def test_a_judged_figure_is_the_last_word_and_says_whose_it_is(county):
    judging = make_round(county)
    assert figure(county, JUDGED) == (None, "")

    first = make_sheet(county, judging, "统计局", {"青山镇": {"环境": 850}})
    make_sheet(county, judging, "统计局", {"青山镇": {"环境": 900}}, reason="复核")

    assert figure(county, JUDGED) == (9, "统计局评定：复核")
    assert figure(county, JUDGED, seq=first.pk)[0] == Fraction(17, 2)
    assert figure(county, JUDGED, "柳河镇") == (None, "")
    assert figure(county, {**JUDGED, "indicator": "天气"}) == (None, "")


def test_a_round_counts_in_the_window_in_which_its_period_begins(county):
    judging = make_round(county, first_on=date(2026, 10, 1))
    make_sheet(county, judging, "统计局", {"青山镇": {"环境": 900}})

    assert figure(county, {**JUDGED, "window": "quarter"})[0] == 9
    assert figure(county, {**JUDGED, "window": "month"})[0] is None
    assert figure(county, JUDGED, day=date(2026, 9, 30))[0] is None


def test_of_several_rounds_the_last_period_counts_and_while_it_is_empty_nothing_does(county):
    early = make_round(county, name="一季度", first_on=date(2026, 1, 1))
    make_sheet(county, early, "统计局", {"青山镇": {"环境": 600}})
    late = make_round(county, name="四季度", first_on=date(2026, 10, 1))
    assert figure(county, JUDGED)[0] is None

    make_sheet(county, late, "统计局", {"青山镇": {"环境": 800}})
    assert figure(county, JUDGED)[0] == 8

    cancel_round(judging=late, reason="重评", by=county.clerk, at=NOON)
    assert figure(county, JUDGED)[0] == 6


def test_a_rating_is_missing_until_it_is_counted_and_never_tells_a_single_one(county):
    parks, towns = county.units["经济开发区"].pk, county.units["柳河镇"].pk
    sides = (Side("园区", 70, (parks,)), Side("乡镇", 30, (towns,)))
    judging = make_round(county, Way.RATING, holders=["青山镇"], sides=sides)
    make_sheet(county, judging, "经济开发区", {"青山镇": {**FULL, "配合": 300}})
    make_sheet(county, judging, "柳河镇", {"青山镇": {**FULL, "配合": 200}})
    assert figure(county, RATED) == (None, "")

    before = now_seq()
    count_round(judging=judging, by=county.clerk, at=NOON)
    value, says = figure(county, RATED)

    assert value == Fraction(127, 10)
    assert says == "“部门评价”计票结果：园区 1 份占 70%、乡镇 1 份占 30%"
    assert figure(county, RATED, seq=before) == (None, "")


def test_a_side_that_said_nothing_of_a_holder_leaves_its_figure_missing(county):
    judging = make_round(county, Way.RATING)
    make_sheet(county, judging, "统计局", {"青山镇": FULL})
    count_round(judging=judging, by=county.clerk, at=NOON + timedelta(days=11))

    assert figure(county, RATED) == (14, "“部门评价”计票结果：1 份的平均")
    assert figure(county, RATED, "柳河镇") == (None, "")


def test_a_ballot_is_its_points_of_places(county):
    judging = make_round(county, Way.BALLOT)
    for juror in ("xianzhang", "zhaoshang"):
        make_sheet(county, judging, juror, {"青山镇": 1, "柳河镇": 2})
    count_round(judging=judging, by=county.clerk, at=NOON)

    assert figure(county, VOTED)[0] == 100
    assert figure(county, VOTED, "柳河镇")[0] == 98
    assert figure(county, RATED)[0] is None


def test_judged_figures_of_all_holders_take_as_many_queries_as_one(
    county, django_assert_max_num_queries
):
    judging = make_round(county)
    for unit in ("青山镇", "柳河镇"):
        make_sheet(county, judging, "统计局", {unit: {"环境": 900}})
    holders = [unit.pk for unit in county.units.values()]
    at = AsOf(now_seq(), TODAY)
    measures = {"环境": measure_of(JUDGED), "互评": measure_of(RATED), "票": measure_of(VOTED)}

    with django_assert_max_num_queries(2):
        found = counted(measures, holders, at, settings=SETTINGS)

    assert len(found["环境"]) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lowest": -20, "highest": -5}, ""),
        ({"lowest": "0.5"}, ""),
        ({"highest": "好"}, "highest：写分数"),
        ({"highest": True}, "highest：写分数"),
        ({"highest": "0.001"}, "highest：写分数"),
        ({"highest": -5}, "lowest 应小于 highest"),
        ({"at_least": 5}, "judged 不用“at_least”"),
    ],
)
def test_the_bounds_of_a_judged_item_are_points(changes, words):
    spec = {**JUDGED, **changes}
    if not words:
        assert measure_of(spec).highest == Fraction(str(spec["highest"]))
        return
    with pytest.raises(Refused, match=words):
        measure_of(spec)


def test_a_count_that_is_not_what_the_sheets_say_is_found(county):
    judging = make_round(county, Way.BALLOT)
    for juror in ("xianzhang", "zhaoshang"):
        make_sheet(county, judging, juror, {"青山镇": 1, "柳河镇": 2})
    closing = count_round(judging=judging, by=county.clerk, at=NOON)
    assert list(count_findings()) == []

    with lifted_triggers():
        Closing.objects.filter(pk=closing.pk).update(results=closing.results.replace("98", "99"))

    assert [finding.text for finding in count_findings()] == ["计票结果与评分表算出的不同"]
