"""Layers of tasks, the share of the year, origins, currencies, delays, contacts."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from yipanqi.facts.activities.actions import correct_contact, withdraw_contact
from yipanqi.facts.activities.factories import make_contact, new_contact, post_of
from yipanqi.facts.activities.rules import ContactKind
from yipanqi.facts.projects.rules import Currency
from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.rules import TargetKind, Task
from yipanqi.ledger.reads import now_seq
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise
from yipanqi.standing.measures.counting import counted, records
from yipanqi.standing.measures.spec import AsOf, measure_of
from yipanqi.standing.measures.words import Spec
from yipanqi.standing.tests.test_measures import SETTINGS, WAN, figure

YI = 10_000 * WAN
SIGNED: Spec = {"measure": "projects", "node": "signed"}
FUNDS: Spec = {"measure": "target", "indicator": "funds"}
JULY = date(2026, 7, 31)


@pytest.fixture
def county(db: None) -> County:
    return make_county()


def seen(county: County, spec: Spec, day: date, *, told: str = "", settings=SETTINGS):
    """A figure of 青山镇 on another day, with the records that it opens to."""
    holder, at, measure = (
        county.units["青山镇"].pk,
        AsOf(now_seq(), day),
        measure_of(spec, unit=told),
    )
    found = counted({"it": measure}, [holder], at, settings=settings)["it"].get(holder)
    behind = records(measure, holder, at, settings=settings)
    assert sum((one.amount for one in behind), Fraction(0)) == (found or 0)
    return found


def task(county, amount, year=2026, **layer):
    holder = county.units["青山镇"].pk
    set_tasks(
        tasks=[Task(holder_id=holder, indicator="funds", amount=amount, **layer)],
        year=year,
        ground=Ground(basis="文件"),
        by=county.clerk,
        at=NOON,
    )


def test_one_actual_stands_against_the_tasks_of_each_issuer_and_tier(county):
    layers = {("省", "预期"): 410, ("省", "工作"): 430, ("", "预期"): 400, ("", "工作"): 450}
    for (issuer, tier), amount in layers.items():
        task(county, amount * YI, issuer=issuer, tier=tier)
    recognise(make_project(county), "funds", on=date(2026, 7, 1), amount=25125 * YI // 100)

    done = seen(county, {"measure": "funds"}, JULY, told="亿元")
    aims = {
        layer: seen(county, {**FUNDS, "issuer": layer[0], "tier": layer[1]}, JULY, told="亿元")
        for layer in layers
    }

    rates = [round(float(done / aim * 100), 2) for aim in aims.values()]
    assert rates == [61.28, 58.43, 62.81, 55.83]
    assert seen(county, FUNDS, JULY) is None


def test_a_task_as_first_issued_as_revised_as_pledged_and_of_last_year(county):
    for amount in (2280, 2200):
        task(county, amount * YI)
    task(county, 2300 * YI, kind=TargetKind.PLEDGED)
    task(county, 2000 * YI, year=2025)

    assert seen(county, FUNDS, JULY, told="亿元") == 2200
    assert seen(county, {**FUNDS, "revised": "first"}, JULY, told="亿元") == 2280
    assert seen(county, {**FUNDS, "pledged": True}, JULY, told="亿元") == 2300
    assert seen(county, {**FUNDS, "back": 1}, JULY, told="亿元") == 2000


def test_what_should_be_done_by_now_follows_the_curve_of_the_place(county):
    task(county, 120 * YI)
    shares = [2, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 100]
    bent = replace(SETTINGS, curve=tuple(Fraction(share, 100) for share in shares))
    due: Spec = {**FUNDS, "to_date": True}

    assert seen(county, due, JULY, told="亿元", settings=bent) == 48
    quarter: Spec = {"measure": "elapsed", "window": "quarter"}
    assert seen(county, quarter, JULY, settings=bent) == Fraction(40 - 30, 60 - 30)


def test_the_share_of_a_period_that_is_over(county):
    months: Spec = {"measure": "elapsed", "by": "months"}
    days: Spec = {"measure": "elapsed", "by": "days"}

    assert seen(county, months, date(2026, 7, 3)) == Fraction(7, 12)
    assert seen(county, {**months, "window": "quarter"}, JULY) == Fraction(1, 3)
    assert seen(county, days, date(2026, 12, 31)) == 1
    assert seen(county, {**days, "window": "month"}, date(2026, 7, 10)) == Fraction(10, 31)
    assert seen(county, {"measure": "elapsed"}, JULY) == SETTINGS.elapsed(JULY)


def test_where_an_investor_is_from_and_in_which_currency_decide(county):
    for origin in ("浙江杭州", "安徽六安", "江苏南京", ""):
        recognise(make_project(county, name=f"来自{origin}", origin=origin))
    dollars: dict[str, Any] = {"currency": Currency.USD, "total": 600 * WAN, "origin": "美国"}
    recognise(make_project(county, name="外资", **dollars))

    assert figure(county, {**SIGNED, "origin": ["浙江", "江苏"]}) == 2
    assert figure(county, {**SIGNED, "origin_not": "安徽"}) == 3
    assert figure(county, {**SIGNED, "origin_not": ["安徽", "浙江"], "currency": "CNY"}) == 1
    assert figure(county, {**SIGNED, "currency": "USD"}) == 1
    large: Spec = {**SIGNED, "at_least": 100_000}
    assert figure(county, large) == 0
    assert figure(county, {**large, "at_least_usd": 600}) == 1
    assert figure(county, {**large, "at_least_usd": 601}) == 0
    assert figure(county, {**SIGNED, "at_least": 30_000, "at_least_usd": 600}) == 5


def test_what_is_late_is_graded_by_days(county):
    recognise(make_project(county), "signed", on=date(2026, 5, 9))
    overdue: Spec = {"measure": "overdue", "deadline": "signed_not_started"}
    holder, at = county.units["青山镇"].pk, AsOf(now_seq(), date(2026, 11, 20))
    [late] = records(measure_of(overdue), holder, at, settings=SETTINGS)
    assert late.on is not None
    days = (at.day - late.on).days

    assert figure(county, {**overdue, "late_to": days}) == 1
    assert figure(county, {**overdue, "late_to": days - 1}) == 0
    assert figure(county, {**overdue, "late_from": days}) == 1
    assert figure(county, {**overdue, "late_from": days + 1}) == 0


def contacts(county, unit="青山镇", **words):
    return figure(county, {"measure": "contacts", **words}, unit)


def test_contacts_count_as_trips_people_firms_and_days(county):
    own = post_of(county.units["青山镇"]).pk
    other = post_of(county.units["柳河镇"]).pk
    make_contact(county, half_days=5, present=(own, other))
    make_contact(county, half_days=2, on=date(2026, 10, 3))
    make_contact(county, kind=ContactKind.RECEPTION, investor="别家")
    make_contact(county, on=date(2025, 11, 1))

    assert contacts(county) == 3
    assert contacts(county, kind="visit") == 2
    assert contacts(county, kind=["reception", "call"]) == 1
    assert contacts(county, back=1) == 1
    assert contacts(county, count="person_times") == 4
    assert contacts(county, count="persons") == 2
    assert contacts(county, count="investors") == 2
    assert contacts(county, count="days") == Fraction(7, 2)
    assert contacts(county, count="person_days") == 6
    assert contacts(county, distinct="month") == 2
    assert contacts(county, "柳河镇") == 0
    assert contacts(county, "柳河镇", credit="present") == 1
    assert contacts(county, "柳河镇", credit="present", count="person_days") == Fraction(5, 2)


def test_a_trip_that_a_leader_made_is_told_apart(county):
    seat = post_of(county.units["县长岗位"]).pk
    make_contact(county)
    make_contact(county, present=(post_of(county.units["青山镇"]).pk, seat))

    assert contacts(county, led=True) == 1
    assert contacts(county, "县长岗位", led=True, credit="present") == 1


def test_a_contact_that_was_corrected_or_taken_back_counts_no_more(county):
    first, second = make_contact(county), make_contact(county)
    then = now_seq()
    correct_contact(
        contact=first,
        new=new_contact(county, on=date(2025, 11, 12)),
        reason="日期抄错",
        by=county.clerk,
        at=NOON,
    )
    withdraw_contact(contact=second, reason="不是接洽", by=county.clerk, at=NOON)

    assert contacts(county) == 0
    assert figure(county, {"measure": "contacts"}, seq=then) == 2
