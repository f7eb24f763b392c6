"""Earlier periods, cohorts of years, continuing projects, periods counted, totals of the place."""

from datetime import date
from fractions import Fraction

import pytest

from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.reads import now_seq
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise
from yipanqi.standing.measures.counting import counted
from yipanqi.standing.measures.spec import AsOf, measure_of
from yipanqi.standing.measures.words import Spec
from yipanqi.standing.tests.test_measures import SETTINGS, TODAY, WAN, figure


@pytest.fixture
def county(db: None) -> County:
    return make_county()


NODE = {"measure": "projects", "node": "signed"}


def signed_on(county, *days, **particulars):
    for day in days:
        recognise(make_project(county, name=f"{day}", **particulars), "signed", on=day)


def test_the_same_days_of_last_year_and_the_whole_of_it(county):
    signed_on(county, date(2025, 11, 20), date(2025, 11, 21), date(2026, 3, 1), date(2024, 5, 1))

    assert figure(county, NODE) == 1
    assert figure(county, {**NODE, "back": 1}) == 1
    assert figure(county, {**NODE, "back": 1, "whole": True}) == 2
    assert figure(county, {**NODE, "years": 2}) == 3
    assert figure(county, {**NODE, "years": 2, "back": 1}) == 2
    assert figure(county, {**NODE, "window": "quarter", "back": 4}) == 1


def test_of_two_years_signings_those_started_and_their_money_count(county):
    for year in (2024, 2025, 2026):
        project = make_project(county, name=f"{year}年签约")
        recognise(project, "signed", on=date(year, 5, 1))
        recognise(project, "funds", on=date(2026, 6, 1), amount=100 * WAN)
        for node in ("registered", "land", "started"):
            recognise(project, node, on=date(2026, 6, 1))

    cohort: Spec = {"cohort": "signed", "cohort_years": 2}
    assert figure(county, {"measure": "projects", "node": "started", **cohort}) == 2
    assert figure(county, {"measure": "funds", **cohort}, told="万元") == 200
    last: Spec = {"cohort": "signed", "cohort_window": "year", "cohort_back": 2, "window": "year"}
    assert figure(county, {"measure": "projects", "node": "started", **last}) == 1
    assert figure(county, {**NODE, "window": "all"}) == 3


def test_a_cohort_is_not_told_what_came_after_the_day(county):
    project = make_project(county)
    recognise(project, "signed", on=date(2026, 5, 1))
    for node in ("registered", "land", "started"):
        recognise(project, node, on=date(2026, 6, 1))
    measure = measure_of({"measure": "projects", "node": "started", "cohort": "signed"})
    holder = county.units["青山镇"].pk

    at = AsOf(now_seq(), date(2026, 5, 31))

    assert counted({"it": measure}, [holder], at, settings=SETTINGS)["it"] == {holder: 0}


def test_money_of_projects_that_were_signed_before_the_window_is_carried_over(county):
    for year, amount in ((2025, 30), (2026, 12)):
        project = make_project(county, name=f"{year}")
        recognise(project, "signed", on=date(year, 5, 1))
        recognise(project, "funds", on=date(2026, 6, 1), amount=amount * WAN)

    funds = {"measure": "funds"}
    assert figure(county, {**funds, "carried": True}, told="万元") == 30
    assert figure(county, {**funds, "carried": False}, told="万元") == 12
    assert figure(county, funds, told="万元") == 42


def test_a_quarter_in_which_something_was_signed_counts_once(county):
    signed_on(county, date(2026, 1, 5), date(2026, 3, 5), date(2026, 5, 5), date(2025, 12, 5))

    assert figure(county, {**NODE, "distinct": "quarter"}) == 2
    assert figure(county, {**NODE, "distinct": "month"}) == 3
    assert figure(county, {**NODE, "distinct": "month", "window": "all"}) == 4
    assert figure(county, {**NODE, "distinct": "quarter"}, "柳河镇") == 0


def test_the_whole_place_counts_each_project_once_whoever_shares_it(county):
    shares = [
        Share(unit_id=county.units["青山镇"].pk, role=PartRole.INTRODUCER, num=1, den=3),
        Share(unit_id=county.units["柳河镇"].pk, role=PartRole.INTRODUCER, num=1, den=3),
    ]
    project = make_project(county, shares=shares)
    recognise(project, "signed", on=date(2026, 5, 9))
    recognise(project, "funds", amount=900 * WAN)
    set_targets(targets=[(county.place, "signed", 8)], year=2026, basis="文件", by=None, at=NOON)

    place = {"of": "place"}
    assert figure(county, {**NODE, **place}) == 1
    assert figure(county, NODE) == Fraction(1, 3)
    assert figure(county, {"measure": "funds", **place}, "经济开发区", told="万元") == 900
    assert figure(county, {"measure": "target", "indicator": "signed", **place}) == 8
    overdue = {"measure": "overdue", "deadline": "signed_not_started"}
    assert figure(county, {**overdue, **place}) == 1
    assert figure(county, {"measure": "target", "indicator": "funds", **place}) is None
    assert counted(
        {"it": measure_of({**NODE, **place})}, [], AsOf(now_seq(), TODAY), settings=SETTINGS
    ) == {"it": {}}
