"""What happens in a very large county, drawn month by month before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from yipanqi.cli.demo.drawing import GAPS, NEWS, TROUBLES
from yipanqi.cli.founding import TODAY, YEARS, ZONE, Plan, Stage, targets, units_of
from yipanqi.cli.invented import NATURES, ORIGINS, invent, size_in_wan
from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import Currency, Honour, Level, PartRole, Share
from yipanqi.place.rules import FUNDS, Settings
from yipanqi.standing.rules import dues_of, first_due, stage_of

DEPTHS = (20, 15, 6, 5, 5, 5, 6, 18, 8, 12)
"""How often a project goes as far as each node, if today does not cut it off."""


class Reported(NamedTuple):
    """A claim to be made in its month, and what becomes of it."""

    tale: "Tale"
    node: str
    happened_on: date
    amount: int | None
    fate: str


class Heard(NamedTuple):
    """Something heard of a project on a day."""

    tale: "Tale"
    on: date
    text: str
    problem: str


@dataclass(eq=False, slots=True)
class Tale:
    """A project with all that will be known of it."""

    project: Project
    shares: tuple[Share, ...]
    opened_on: date
    reached: dict[str, date] = field(default_factory=dict)

    @property
    def unit_id(self) -> int:
        """Who reports on it."""
        return self.shares[0].unit_id


@dataclass(slots=True)
class Month:
    """Everything that is written at the end of a month."""

    first: date
    opened: list[Tale] = field(default_factory=list)
    reported: list[Reported] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)


def drawn(plan: Plan, stage: Stage, *, projects: int, facts: int, seed: int) -> list[Month]:
    """The whole calendar: so many projects, and progress until there are so many facts."""
    artist = Artist(plan, stage, Random(seed))  # noqa: S311 - invents a county, guards nothing
    tales = [artist.tale() for _ in range(projects)]
    artist.returns(plan)
    artist.fill(tales, facts - artist.facts)
    for tale in tales:
        project_what_follows(tale, stage.settings)
    return artist.months


def project_what_follows(tale: Tale, settings: Settings) -> None:
    """What lists show of a project in the end, by the same rules as when each fact is settled."""
    project, known = tale.project, tale.reached
    project.stage = stage_of(settings.order, known)
    project.stage_on = known.get(project.stage)
    project.signed_on = known.get("signed")
    first = first_due(dues_of(settings.not_yets, known, {}), settings.not_yets)
    project.due_code, project.due_on = first or ("", None)


class Artist:
    """Draws tales and lays what happens into the months."""

    def __init__(self, plan: Plan, stage: Stage, rng: Random) -> None:
        self.rng, self.stage = rng, stage
        self.months = [
            Month(date(year, month, 1))
            for year in YEARS
            for month in range(1, 13)
            if date(year, month, 1) <= TODAY
        ]
        self.facts = 2 + sum(1 + len(targets(plan, year)) for year in YEARS)
        units = {name: unit.pk for name, unit in stage.units.items()}
        self.towns = [units[name] for name in units_of(plan, "township")] + [units[ZONE]]
        self.others = {units[name] for name in units_of(plan, "other_department")}
        self.bringers = [pk for name, pk in units.items() if name not in {stage.place.name, ZONE}]
        self.offices = {
            name: pk for name, pk in units.items() if name in units_of(plan, "department")
        }
        self.leaders = {
            units[unit]: units[seat] for seat, paired in plan["pairings"].items() for unit in paired
        }
        self.seen: set[str] = set()

    def tale(self) -> Tale:
        """One project: its columns, its parts, its nodes and its money."""
        rng, unit = self.rng, self.rng.choice(self.bringers)
        first = date(2024, 1, 3) + timedelta(
            days=rng.randrange((TODAY - date(2024, 1, 3)).days - 5)
        )
        opened = self._month(first)
        project, office = self._project()
        tale = Tale(project, tuple(self._shares(unit, office)), first)
        opened.opened.append(tale)
        project.last_fact_on = month_end(opened.first)
        depth = rng.choices(range(1, 11), weights=DEPTHS)[0]
        self._go(tale, self.stage.settings.order[: 2 if unit in self.others else depth])
        return tale

    def _month(self, day: date) -> Month:
        return self.months[(day.year - YEARS[0]) * 12 + day.month - 1]

    def _project(self) -> tuple[Project, str]:
        rng = self.rng
        if len(self.seen) > 20_000:
            self.seen.clear()
        invented, wan = invent(rng, self.seen), size_in_wan(rng)
        dollars = rng.random() < 0.03
        project = Project(
            place=self.stage.place,
            name=invented.name,
            investor=invented.investor,
            industry=invented.industry.name,
            nature=rng.choice(NATURES),
            origin=rng.choice(ORIGINS),
            honour=rng.choices(list(Honour), weights=(94, 2, 2, 2))[0],
            level=rng.choices(list(Level), weights=(80, 12, 5, 3))[0],
            currency=Currency.USD if dollars else Currency.CNY,
            total=(wan // 7 if dollars else wan) * FEN_PER_WAN,
        )
        return project, invented.industry.office

    def _shares(self, unit: int, office: str) -> Iterator[Share]:
        """Who brought it (one in eight with a partner), where it lands, who leads, who answers."""
        rng, lands = self.rng, unit if unit in self.towns else self.rng.choice(self.towns)
        partner = rng.choice(self.bringers)
        if rng.random() < 0.12 and partner != unit:
            yield Share(unit_id=unit, role=PartRole.INTRODUCER, num=3, den=5)
            yield Share(unit_id=partner, role=PartRole.INTRODUCER, num=2, den=5)
        else:
            yield Share(unit_id=unit, role=PartRole.INTRODUCER)
        yield Share(unit_id=lands, role=PartRole.LANDING)
        yield Share(unit_id=self.offices[office], role=PartRole.LEAD)
        if lands in self.leaders:
            yield Share(unit_id=self.leaders[lands], role=PartRole.LEADER)

    def _go(self, tale: Tale, nodes: Sequence[str]) -> None:
        """Node after node until one is not accepted or lies in the future."""
        day, rng = tale.opened_on, self.rng
        for node in nodes:
            if node in GAPS:
                low, high = GAPS[node]
                day += timedelta(days=rng.randint(low, high * 2 if rng.random() < 0.1 else high))
            if day > TODAY or not self._report(tale, node, day, None):
                return
            if node in {"registered", "started", "statistics", "completed"} and rng.random() < 0.75:
                arrived = min(day + timedelta(days=rng.randint(0, 25)), TODAY)
                amount = (tale.project.total or 0) * rng.randint(5, 20) // 100
                self._report(tale, FUNDS, arrived, amount)

    def _report(self, tale: Tale, node: str, day: date, amount: int | None) -> bool:
        """Lay down a claim with its fate; answers whether it counts in the end."""
        month, fate = self._month(day), self._fate(day)
        month.reported.append(Reported(tale, node, day, amount, fate))
        self.facts += {"waiting": 1, "accepted": 2, "returned": 2}.get(fate, 3)
        if tale.project.last_fact_on is None or tale.project.last_fact_on < day:
            tale.project.last_fact_on = day
        if fate == "accepted" and node != FUNDS:
            tale.reached[node] = day
        return fate == "accepted"

    def _fate(self, day: date) -> str:
        """Most claims are accepted; lately many wait; a few come back, go back, or prove false."""
        chance = self.rng.random()
        if day >= self.months[-1].first:
            return "waiting" if chance < 0.3 else "accepted"
        if chance < 0.03:
            return "returned"
        if chance < 0.036:
            return "withdrawn"
        return "falsified" if chance < 0.037 else "accepted"

    def returns(self, plan: Plan) -> None:
        """Each month nearly every holder confirms it."""
        holders = [self.stage.units[n].pk for kind in plan["units"] for n in units_of(plan, kind)]
        for month in self.months:
            month.returned = [pk for pk in holders if self.rng.random() < 0.96]
            self.facts += len(month.returned)

    def fill(self, tales: Sequence[Tale], count: int) -> None:
        """Progress is heard of projects on any day since they were opened."""
        rng = self.rng
        for _ in range(max(count, 0)):
            tale = rng.choice(tales)
            since = month_end(self._month(tale.opened_on).first)
            on = since + timedelta(days=rng.randint(0, max((TODAY - since).days, 0)))
            self._month(on).heard.append(Heard(tale, on, rng.choice(NEWS), rng.choice(TROUBLES)))
            tale.project.last_fact_on = max(tale.project.last_fact_on or on, on)


def month_end(first: date) -> date:
    """The last day of a month, or today."""
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(following - timedelta(days=1), TODAY)
