"""An invented county is set up in an empty, simulated ledger: units, people, definitions, tasks."""

from collections import Counter, defaultdict
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.utils.timezone import get_default_timezone

from yipanqi.assessment.actions import adopt_method
from yipanqi.cli.evidence import keep_samples
from yipanqi.core.files import Evidence
from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.core.problems import refuse
from yipanqi.facts.targets.actions import Ground, issue_plan
from yipanqi.facts.targets.rules import PlanLine
from yipanqi.ledger.actions import found
from yipanqi.ledger.reads import checkpoint, is_simulated
from yipanqi.org.actions import load_org
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Capacity, Kind, Role
from yipanqi.place.rules import Settings
from yipanqi.settings import ROOT
from yipanqi.standing.actions import adopt_definitions
from yipanqi.standing.reads.tasks import carriers_of

Plan = Mapping[str, Any]  # a staff list as parsed

TODAY = date(2026, 11, 20)
"""The day on which an invented county stands."""

OPENED = date(2024, 1, 2)
YEARS = (2024, 2025, 2026)
ORG, DEFINITIONS = (ROOT.parent / "places" / name for name in ("qinghe-org.yaml", "qinghe.yaml"))
METHOD = ROOT.parent / "methods" / "county-a" / "method.yaml"
CLERK = "李静"
DESK = "认定岗"
"""What distinguishes who verifies in an office from who reports for it."""

ZONE = "经济开发区"
WORKED = ("青山镇", "柳河镇", "石桥乡", "白沙镇", "南岭乡")
"""The townships whose figures are worked out by hand in the method's page."""

PASSWORD = "qinghe-demo-2026"  # noqa: S105 - of accounts that only a demonstration has


@dataclass(frozen=True)
class Stage:
    """Who plays: units and people by name, the definitions, the evidence for each node."""

    place: Unit
    units: Mapping[str, Unit]
    people: MutableMapping[str, Person]
    settings: Settings
    evidence: Mapping[str, tuple[Evidence, ...]]


def moment(on: date, order: int) -> datetime:
    """Office hours: the things of a day happen one after the other from half past eight."""
    start = datetime.combine(on, time(8, 30), tzinfo=get_default_timezone())
    return start + timedelta(minutes=35 * order)


def units_of(plan: Plan, kind: str) -> list[str]:
    """The names of the units of a kind."""
    return [unit["name"] for unit in plan["units"][kind]]


def targets(plan: Plan, year: int) -> Sequence[tuple[str, str, int]]:
    """Holder, indicator, amount: the tasks of a year by one rule (3×15+N), then adjusted."""
    grown = {2024: 8, 2025: 9, 2026: 10}[year]
    rows: list[tuple[str, str, int]] = [(seat, "signed", 1) for seat in units_of(plan, "seat")]
    for number, town in enumerate(units_of(plan, "township")):
        rows.append((town, "signed", 3 if town in WORKED else 2 + number % 2))
        rows.append((town, "funds", 1_000 * grown * FEN_PER_WAN))
    for name in units_of(plan, "department"):
        rows += [(name, "signed", 2), (name, "funds", 500 * grown * FEN_PER_WAN)]
    rows += [(name, "leads", 6) for name in units_of(plan, "other_department")]
    return [*rows, (ZONE, "signed", 6), (ZONE, "funds", 6_000 * grown * FEN_PER_WAN)]


def refuse_unless_empty(place: str = "青禾县") -> None:
    """Only an empty, simulated ledger takes an invented county; a new one is opened as simulated."""
    if checkpoint().size == 0:
        found(simulated=True, place=place)
    if not is_simulated():
        raise refuse("这是真实账本，不能装入演示数据；请换一个空的数据库", where="demo")
    if Unit.objects.filter(kind=Kind.PLACE).exists():
        raise refuse("这里已经有地方的数据，演示县只能装入空的账本", where="demo")


def plan_of(path: Path = ORG) -> Plan:
    """The county's staff list."""
    plan: Plan = yaml.safe_load(path.read_text(encoding="utf-8"))
    return plan


def set_up(plan: Plan) -> Stage:
    """Units and people with one password for all, and what the place's words mean.

    Groups are founded later, each in its turn.
    """
    opened = moment(OPENED, 0)
    place = load_org({**plan, "groups": {}}, by=None, at=opened)
    open_accounts()
    units = {unit.name: unit for unit in Unit.objects.under(place.path)}
    people = _hands(place)
    text = DEFINITIONS.read_text(encoding="utf-8")
    version = adopt_definitions(place=place, text=text, by=people[CLERK], at=opened)
    return Stage(place, units, people, version.settings, keep_samples(version.settings))


def open_accounts() -> None:
    """One password for everybody: of a demonstration only."""
    Person.objects.update(password=make_password(PASSWORD))


def open_year(stage: Stage, plan: Plan, year: int) -> None:
    """A year's tasks, and the method by which the last year is assessed."""
    at, clerk = moment(date(year, 1, 3), 0), stage.people[CLERK]
    issue_plan(
        place=stage.place,
        year=year,
        lines=plan_lines(stage, targets(plan, year)),
        carriers=carriers_of(clerk, at.date()),
        ground=Ground(basis=f"青办发〔{year}〕3号"),
        by=clerk,
        at=at,
    )
    if year == TODAY.year:
        text = METHOD.read_text(encoding="utf-8")
        adopt_method(place=stage.place, text=text, by=clerk, at=at)


def plan_lines(stage: Stage, rows: Sequence[tuple[str, str, int]]) -> list[PlanLine]:
    """The rule behind these tasks: what most of a kind are given, and behind it who is given otherwise."""
    by_kind: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for name, code, amount in rows:
        unit = stage.units[name]
        by_kind[unit.kind, code][unit.pk] = amount
    usual, others = list[PlanLine](), list[PlanLine]()
    for (kind, code), amounts in by_kind.items():
        [(most, _times)] = Counter(amounts.values()).most_common(1)
        usual.append(PlanLine(kind=kind, indicator=code, amount=most))
        others += [
            PlanLine(unit_id=unit, indicator=code, amount=amount)
            for unit, amount in amounts.items()
            if amount != most
        ]
    return [*usual, *others]


def _hands(place: Unit) -> dict[str, Person]:
    """Who writes: the liaison under the unit's name, the verifier at the office's desk."""
    people: dict[str, Person] = {}
    for person in Person.objects.filter(posts__unit__path__startswith=place.path).order_by("pk"):
        post = person.held[0]
        if post.role == Role.CLERK:
            people[person.name] = person
        if post.role == Role.LIAISON and post.capacity != Capacity.SUBSTITUTE:
            people[post.unit.name] = person
        if post.role == Role.VERIFIER:
            people[f"{post.unit.name}{DESK}"] = person
    return people
