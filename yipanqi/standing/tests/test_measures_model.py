"""Three hundred measures over generated facts count what a plain model in Python counts."""

import random
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from yipanqi.facts.projects.actions.register import amend_project
from yipanqi.facts.projects.models import Part, Project, ProjectSpan
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.ledger.models import Interval
from yipanqi.ledger.reads import now_seq
from yipanqi.standing.factories import (
    NOON,
    County,
    bring_to,
    make_county,
    make_project,
    recognise,
)
from yipanqi.standing.measures.counting import counted
from yipanqi.standing.measures.spec import AsOf, Measure, measure_of
from yipanqi.standing.measures.windows import LENGTHS
from yipanqi.standing.models import Recognised
from yipanqi.standing.tests.test_measures import SETTINGS

PROJECTS, MEASURES = 40, 300
TODAY = date(2026, 11, 20)
UNITS = ("青山镇", "柳河镇", "经济开发区")
ORIGINS = ("浙江杭州", "浙江宁波", "安徽六安", "江苏南京", "")
WAN = 1_000_000
ASKED: dict[str, list[Any]] = {
    "window": ["week", "ten_days", "month", "quarter", "half_year", "year"],
    "back": [1, 2],
    "carried": [True, False],
    "distinct": ["month", "quarter", "year"],
    "credit": ["introducer", ["introducer", "landing"]],
    "at_least": [3000, 10_000],
    "below": [10_000],
    "origin": ["浙江", ["浙江杭州", "江苏"]],
    "origin_not": ["安徽", ["浙江", "江苏"]],
    "currency": ["CNY", "USD"],
    "cohort": ["signed"],
    "of": ["place"],
}


@pytest.fixture
def county(db: None) -> County:
    """Forty projects, most of them shared, of all origins and years; some moved in between."""
    dice = random.Random(71)
    county = make_county()
    for number in range(PROJECTS):
        project = make_project(
            county,
            name=f"项目{number}",
            shares=list(_shares(county, dice)),
            origin=dice.choice(ORIGINS),
            currency=dice.choice(["CNY", "CNY", "USD"]),
            total=dice.choice([None, 2000 * WAN, 3000 * WAN, 9999 * WAN, 10_000 * WAN]),
        )
        on = TODAY - timedelta(days=dice.randrange(0, 800))
        bring_to(project, dice.choice(["signed", "registered", "started"]), on=on)
        for _time in range(dice.randrange(3)):
            on = TODAY - timedelta(days=dice.randrange(0, 400))
            recognise(project, "funds", amount=dice.randrange(1, 10**9), on=on)
    return county


def _shares(county: County, dice: random.Random) -> list[Share]:
    units = dice.sample(UNITS, dice.randrange(1, 3))
    den = dice.choice([1, 3, 5]) * len(units)
    shares = [
        Share(unit_id=county.units[name].pk, role=PartRole.INTRODUCER, num=1, den=den)
        for name in units
    ]
    landing = Share(unit_id=county.units[dice.choice(UNITS)].pk, role=PartRole.LANDING)
    return [*shares, landing]


def any_spec(dice: random.Random) -> dict[str, Any]:
    spec: dict[str, Any] = dice.choice(
        [
            {"measure": "projects", "node": "signed"},
            {"measure": "projects", "node": "started"},
            {"measure": "investment", "node": "signed"},
            {"measure": "funds"},
        ]
    )
    names = dice.sample(sorted(ASKED), dice.randrange(0, 5))
    spec |= {name: dice.choice(ASKED[name]) for name in names}
    if "of" in spec:
        spec = {name: value for name, value in spec.items() if name not in {"credit", "distinct"}}
    if spec["measure"] == "investment":
        spec.pop("distinct", None)
    return spec


class Model:
    """The facts as plain values at a point, and what a measure means in them."""

    def __init__(self, at: AsOf) -> None:
        self.at = at
        self.rows = [row for row in Recognised.objects.all() if self.holds(row)]
        self.spans = {s.project_id: s for s in ProjectSpan.objects.all() if self.holds(s)}
        self.parts: dict[int, list[Part]] = defaultdict(list)
        for part in filter(self.holds, Part.objects.all()):
            self.parts[part.project_id].append(part)
        self.signed: dict[int, list[date]] = defaultdict(list)
        for row in self.rows:
            self.signed[row.project_id] += [row.counted_on] if row.node == "signed" else []

    def holds(self, row: Interval) -> bool:
        return row.from_seq <= self.at.seq < row.to_seq

    def wanted(self, row: Recognised, measure: Measure) -> bool:
        span, days = self.spans[row.project_id], measure.days(self.at.day)
        cohort = measure.cohort_days(self.at.day)
        signed = self.signed[row.project_id]
        before = any(day < days.first for day in signed)
        return all(
            (
                row.node == ("funds" if measure.measure == "funds" else measure.node),
                days.first <= row.counted_on <= days.last,
                measure.at_least is None or (span.total_fen or -1) >= measure.at_least,
                measure.below is None
                or (span.total_fen is not None and span.total_fen < measure.below),
                not measure.origin or span.origin.startswith(measure.origin),
                not measure.origin_not
                or (span.origin != "" and not span.origin.startswith(measure.origin_not)),
                not measure.currency or span.currency in measure.currency,
                measure.carried is None or before is measure.carried,
                not measure.cohort or any(cohort.first <= day <= cohort.last for day in signed),
            )
        )

    def amount(self, row: Recognised, measure: Measure) -> Fraction:
        sums = {"funds": row.amount_fen, "investment": self.spans[row.project_id].total_fen}
        return Fraction(sums.get(measure.measure, 1) or 0)

    def count(self, measure: Measure, holder: int) -> Fraction:
        rows = [row for row in self.rows if self.wanted(row, measure)]
        if measure.of:
            return sum((self.amount(row, measure) for row in rows), Fraction(0))
        credited = [
            (row, part)
            for row in rows
            for part in self.parts[row.project_id]
            if part.unit_id == holder and part.role in measure.credit
        ]
        if measure.distinct:
            months = LENGTHS[measure.distinct]
            days = {row.counted_on for row, _part in credited}
            return Fraction(len({(day.year * 12 + day.month - 1) // months for day in days}))
        shares = (self.amount(r, measure) * Fraction(p.num, p.den) for r, p in credited)
        return sum(shares, Fraction(0))


def test_measures_count_what_a_plain_model_counts_then_and_now(county):
    dice = random.Random(72)
    then = now_seq()
    for project in Project.objects.order_by("pk")[: PROJECTS // 4]:
        changes = {"origin": dice.choice(ORIGINS), "total": 5000 * WAN}
        amend_project(
            project=project, changes=changes, version=project.version, by=county.clerk, at=NOON
        )
    measures = {str(number): measure_of(any_spec(dice)) for number in range(MEASURES)}
    holders = [county.units[name].pk for name in UNITS]
    told = 0
    for at in (AsOf(then, TODAY), AsOf(now_seq(), TODAY), AsOf(now_seq(), date(2025, 6, 30))):
        model = Model(at)
        found = counted(measures, holders, at, settings=SETTINGS)
        for name, measure in measures.items():
            plain = {holder: model.count(measure, holder) for holder in holders}
            assert found[name] == plain, measure
            told += any(plain.values())

    assert told > MEASURES // 2
