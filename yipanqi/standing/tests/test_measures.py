"""How much, for each holder, in a window, under conditions, as of a point in the ledger."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yipanqi.core.problems import Refused
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.facts.returns.actions import submit_return
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.reads import now_seq
from yipanqi.place.factories import settings_text
from yipanqi.place.rules import parsed
from yipanqi.standing.actions import find_false, withdraw_claim
from yipanqi.standing.factories import (
    NOON,
    County,
    make_county,
    make_project,
    recognise,
)
from yipanqi.standing.measures.counting import counted, paired, records
from yipanqi.standing.measures.spec import AsOf, Measure, measure_of
from yipanqi.standing.measures.windows import Window
from yipanqi.standing.measures.words import Spec

TODAY = date(2026, 11, 20)
SETTINGS = parsed(settings_text())
WAN = 1_000_000
SIGNED: Spec = {"measure": "projects", "node": "signed", "at_least": 5000}


@pytest.fixture
def county(db: None) -> County:
    return make_county()


def figure(
    county: County, spec: Spec, unit: str = "青山镇", *, seq: int | None = None, told: str = ""
):
    measure = measure_of(spec, unit=told)
    holder = county.units[unit].pk
    at = AsOf(now_seq() if seq is None else seq, TODAY)
    found = counted({"it": measure}, [holder], at, settings=SETTINGS)["it"].get(holder)
    if found is not None:
        behind = records(measure, holder, at, settings=SETTINGS)
        assert sum((record.amount for record in behind), Fraction(0)) == found
    return found


def test_a_signing_counts_from_the_floor_upwards(county):
    recognise(make_project(county, name="大项目", total=5000 * WAN), "signed")
    recognise(make_project(county, name="小项目", total=5000 * WAN - 1), "signed")

    assert figure(county, SIGNED) == 1
    assert figure(county, {"measure": "projects", "node": "signed", "below": 5000}) == 1


def test_shared_credit_is_split_and_never_counted_twice(county):
    shares = [
        Share(unit_id=county.units["青山镇"].pk, role=PartRole.INTRODUCER, num=3, den=5),
        Share(unit_id=county.units["柳河镇"].pk, role=PartRole.INTRODUCER, num=2, den=5),
        Share(unit_id=county.units["青山镇"].pk, role=PartRole.LEAD),
    ]
    project = make_project(county, shares=shares)
    recognise(project, "signed")
    recognise(project, "funds", amount=1000 * WAN)

    assert figure(county, SIGNED) == Fraction(3, 5)
    assert figure(county, SIGNED, "柳河镇") == Fraction(2, 5)
    funds = {"measure": "funds"}
    assert figure(county, funds, told="万元") == 600
    assert figure(county, funds, "柳河镇", told="亿元") == Fraction(4, 100)


def test_of_the_years_signings_only_those_started_count(county):
    old = make_project(county, name="去年签约")
    recognise(old, "signed", on=date(2025, 12, 31))
    new = make_project(county, name="今年签约")
    recognise(new, "signed", on=date(2026, 1, 1))
    for project in (old, new):
        for node in ("registered", "land", "started"):
            recognise(project, node, on=date(2026, 6, 1))

    cohort = {"measure": "projects", "node": "started", "cohort": "signed"}
    assert figure(county, cohort) == 1
    assert figure(county, {"measure": "projects", "node": "started"}) == 2
    assert figure(county, {"measure": "projects", "node": "signed", "window": "all"}) == 2
    assert figure(county, {"measure": "projects", "node": "signed", "window": "month"}) == 0


def test_conditions_choose_by_what_the_project_was(county):
    recognise(make_project(county, honour="fortune500", industry="新材料", level="province"))

    assert figure(county, {**SIGNED, "honour": "fortune500", "industry": ["新材料"]}) == 1
    assert figure(county, {**SIGNED, "level": "city"}) == 0
    investment = {"measure": "investment", "node": "signed"}
    assert figure(county, investment, told="亿元") == Fraction(36, 10)


def test_a_deadline_counts_once_it_is_past(county):
    recognise(make_project(county), "signed", on=date(2026, 5, 9))

    assert figure(county, {"measure": "overdue", "deadline": "signed_not_started"}) == 1
    assert figure(county, {"measure": "overdue", "deadline": "registered_not_supplied"}) == 0


def test_what_was_found_false_no_longer_counts_and_is_counted_as_false(county):
    verdict = recognise(make_project(county))
    find_false(claim=verdict.claim, reason="协议系伪造", by=county.verifier(), at=NOON)

    assert figure(county, SIGNED) == 0
    assert figure(county, {"measure": "falsified"}) == 1


def test_the_newest_word_on_a_target_counts_and_none_is_not_nought(county):
    holder = county.units["青山镇"]
    for amount in (3, 4):
        set_targets(targets=[(holder, "signed", amount)], year=2026, basis="文件", by=None, at=NOON)

    assert figure(county, {"measure": "target", "indicator": "signed"}) == 4
    assert figure(county, {"measure": "target", "indicator": "signed"}, "柳河镇") is None


def test_a_month_without_return_is_missing_from_the_day_after_it_was_due(county):
    holder = county.units["青山镇"]
    submit_return(holder=holder, month=date(2026, 11, 1), by=None, at=NOON)
    submit_return(holder=holder, month=date(2026, 10, 1), by=None, at=NOON)

    assert figure(county, {"measure": "returns", "state": "late"}) == 1
    assert figure(county, {"measure": "returns", "state": "missing"}) == 9
    assert figure(county, {"measure": "returns", "state": "missing"}, "柳河镇") == 10


def test_a_seat_is_paired_with_units_of_which_those_count_that_are_assessed(county):
    seat = county.units["副县长岗位"].pk
    both = [county.units[name].pk for name in ("柳河镇", "经济开发区")]

    def names(among):
        return paired([seat], AsOf(now_seq(), TODAY), among=among)[seat]

    assert names(both) == ("柳河镇", "经济开发区")
    assert names(both[:1]) == ("柳河镇",)


def test_seen_from_an_earlier_entry_nothing_has_changed_since(county):
    verdict = recognise(make_project(county))
    then = now_seq()
    withdraw_claim(claim=verdict.claim, reason="报错了", by=county.liaison(), at=NOON)

    assert figure(county, SIGNED) == 0
    assert figure(county, SIGNED, seq=then) == 1
    assert figure(county, SIGNED, seq=verdict.seq - 1) == 0


def test_all_measures_of_one_source_cost_one_query(county, django_assert_max_num_queries):
    recognise(make_project(county))
    specs: dict[str, Spec] = {
        "签约": SIGNED,
        "大": {**SIGNED, "at_least": 50000},
        "到位": {"measure": "funds"},
        "开工": {"measure": "projects", "node": "started", "cohort": "signed"},
        "造假": {"measure": "falsified"},
        "超时": {"measure": "overdue", "deadline": "signed_not_started"},
        "任务": {"measure": "target", "indicator": "signed"},
        "迟报": {"measure": "returns", "state": "late"},
    }
    measures = {name: measure_of(spec) for name, spec in specs.items()}
    holders = [unit.pk for unit in county.units.values()]
    at = AsOf(now_seq(), TODAY)

    with django_assert_max_num_queries(4):
        counted(measures, holders, at, settings=SETTINGS)


@pytest.mark.parametrize(
    ("spec", "word"),
    [
        ({"measure": "weather"}, "没有“weather”这种指标"),
        ({}, "没有“”这种指标"),
        ({"measure": "projects"}, "必须写明“node”"),
        ({"measure": "projects", "node": "signed", "colour": "red"}, "不用“colour”"),
        ({"measure": "funds", "window": "decade"}, "window 只能是"),
        ({"measure": "funds", "credit": "cousin"}, "“cousin”不能这样写，credit 只能是"),
        ({"measure": "returns", "state": "lost"}, "state 只能是"),
        ({"measure": "funds", "at_least": "很多"}, "金额写整数"),
        ({"measure": "funds", "at_least": True}, "金额写整数"),
        ({"measure": "funds", "back": 0}, "写 1 到 3660 的整数"),
        ({"measure": "funds", "years": True}, "写 1 到 3660 的整数"),
        ({"measure": "funds", "carried": "是"}, "只能写 true 或 false"),
        ({"measure": "funds", "distinct": "week"}, "distinct 只能是"),
        ({"measure": "funds", "whole": True}, "whole 要和 back 一起写"),
        ({"measure": "funds", "back": 1, "window": "all"}, "没有从前的时段"),
        ({"measure": "funds", "years": 2, "window": "month"}, "window 只能是 year"),
        ({"measure": "funds", "cohort_years": 2}, "还要写明 cohort"),
        ({"measure": "funds", "of": "county"}, "of 只能是：place"),
        ({"measure": "funds", "of": "place", "credit": "lead"}, "请去掉 credit"),
        ({"measure": "funds", "of": "place", "distinct": "year"}, "请去掉 of"),
        ({"measure": "funds", "at_least_usd": 500}, "还要写明 at_least"),
        ({"measure": "contacts", "count": "days", "distinct": "month"}, "请去掉 count"),
        ({"measure": "contacts", "kind": ["visit", "dinner"]}, "“dinner”不能这样写"),
        ({"measure": "contacts", "credit": "introducer"}, "credit 只能是：holder、present"),
        ({"measure": "elapsed", "window": "all"}, "window 只能是"),
        ({"measure": "target", "indicator": "funds", "revised": "middle"}, "revised 只能是"),
        ({"measure": "external", "indicator": "产值", "window": "week"}, "window 只能是"),
    ],
)
def test_a_measure_that_cannot_be_meant_is_refused_with_its_word(spec, word):
    with pytest.raises(Refused) as refused:
        measure_of(spec)

    assert word in str(refused.value)


def test_a_window_runs_from_its_first_day_to_the_day_it_is_seen_from():
    day = date(2026, 11, 20)

    assert Measure(measure="funds", window="quarter").days(day) == Window(date(2026, 10, 1), day)
    assert Measure(measure="funds", window="year").days(day) == Window(date(2026, 1, 1), day)


@settings(deadline=None, max_examples=100)
@given(
    amount=st.integers(min_value=0, max_value=10**15), scale=st.sampled_from(["万元", "亿元", "元"])
)
def test_a_sum_in_its_unit_loses_nothing(amount, scale):
    measure = measure_of({"measure": "funds"}, unit=scale)

    assert measure.in_unit(Fraction(amount)) * measure.scale == amount
