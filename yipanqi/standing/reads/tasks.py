"""Everybody's tasks at one point: by kind of unit, what is strong and weak, who has met theirs, who has none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import cast

from django.db.models import Exists, OuterRef, Q

from yipanqi.facts.projects.models import Project
from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import CARRIERS, Carrier
from yipanqi.ledger.reads import now_seq
from yipanqi.org.models import Membership, Person, Post, Unit
from yipanqi.org.rules import Kind
from yipanqi.place.models import Document
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Indicator, Settings
from yipanqi.standing.measures import projects
from yipanqi.standing.measures.counting import Counted
from yipanqi.standing.measures.indicators import measures_of
from yipanqi.standing.measures.once import each
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.reads.pace import Board, Pace, State, board_of


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the page of tasks is asked for; nothing means all."""

    indicator: str = ""
    group: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    """A holder with its tasks in these indicators."""

    unit: Unit
    paces: tuple[Pace, ...]

    @property
    def state(self) -> State:
        """Met where every task is met, behind where one is, none where there is no task at all."""
        states = {pace.state for pace in self.paces} - {State.NONE}
        if not states:
            return State.NONE
        if State.BEHIND in states:
            return State.BEHIND
        return State.MET if states == {State.MET} else State.AHEAD


@dataclass(frozen=True)
class Group:
    """The holders of one kind, the indicators in which any of them has a task, and all together."""

    kind: Kind
    indicators: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    together: tuple[Pace, ...]


@dataclass(frozen=True)
class Overview:
    """The page of tasks: the groups asked for, how many stand how, what is strong and what weak."""

    board: Board
    groups: tuple[Group, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[Row, ...]
    shown: int

    @property
    def contestants(self) -> int:
        """How many have a task."""
        return sum(row.state is not State.NONE for row in self.rows)

    def number(self, state: State) -> int:
        """How many stand so."""
        return sum(row.state is state for row in self.rows)

    @property
    def met(self) -> int:
        """How many have met every task."""
        return self.number(State.MET)

    @property
    def behind(self) -> int:
        """How many are behind the year with a task."""
        return self.number(State.BEHIND)

    @property
    def without(self) -> int:
        """How many have no task."""
        return self.number(State.NONE)

    @property
    def strong(self) -> list[Pace]:
        """Indicators in which the place is level with the year or ahead (长板), the best first."""
        known = [p for p in self.board.together() if p.state in {State.MET, State.AHEAD}]
        return sorted(known, key=lambda pace: pace.lag or 0)

    @property
    def weak(self) -> list[Pace]:
        """Indicators in which the place is behind the year (短板), the worst first."""
        known = [p for p in self.board.together() if p.state is State.BEHIND]
        return sorted(known, key=lambda pace: -(pace.lag or 0))


def holders_of(person: Person, year: int) -> list[Unit]:
    """Everybody in sight who should carry a task in a year, or does, by kind and rank."""
    given = Target.objects.filter(holder=OuterRef("pk"), year=year)
    units = Unit.objects.visible_to(person).filter(
        Q(kind__in=CARRIERS, closed_on__isnull=True) | Exists(given)
    )
    units = units.filter(parent__isnull=False)
    order = list(Kind)
    return sorted(units, key=lambda unit: (order.index(Kind(unit.kind)), unit.sort, unit.pk))


def members_of(groups: Iterable[int], seq: int) -> dict[int, list[int]]:
    """The member units of groups as they stood."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.as_of(seq).filter(group_id__in=list(groups)).order_by("pk")
    for group, unit in rows.values_list("group_id", "unit_id"):
        found[group].append(unit)
    return found


def overview(
    units: Sequence[Unit], settings: Settings, at: AsOf, asked: Asked, *, place_id: int
) -> Overview:
    """How these holders of a place stand with the tasks asked for."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for unit in units:
        by_kind[unit.kind].append(unit.pk)
    keys = [unit.pk for unit in units]
    board = board_of(keys, settings, at, groups=by_kind, place_id=place_id)
    wanted = [one for one in settings.indicators if asked.indicator in ("", one.code)]
    rows = [Row(u, tuple(board.holders[u.pk, one.code] for one in wanted)) for u in units]
    inside = [row for row in rows if asked.group in ("", row.unit.kind)]
    shown = [row for row in inside if asked.state in ("", row.state)]
    kinds = tuple(Kind(kind) for kind in by_kind)
    groups = (_group(kind, shown, board) for kind in kinds)
    found = tuple(group for group in groups if group.rows)
    return Overview(board, found, kinds, tuple(inside), len(shown))


def _group(kind: Kind, rows: Sequence[Row], board: Board) -> Group:
    """Only what somebody of this kind has a task in stands in the table."""
    mine = [row for row in rows if row.unit.kind == kind]
    used = [
        index
        for index, column in enumerate(zip(*(row.paces for row in mine), strict=True))
        if any(pace.state is not State.NONE for pace in column)
    ]
    columns = tuple(mine[0].paces[index].indicator for index in used) if mine else ()
    trimmed = tuple(Row(row.unit, tuple(row.paces[index] for index in used)) for row in mine)
    together = tuple(board.groups[kind.value, one.code] for one in columns)
    return Group(kind, columns, trimmed, together)


@dataclass(frozen=True)
class Opened:
    """The records behind a figure: those in sight, and how many and how much are not."""

    indicator: Indicator
    shown: tuple[Counted, ...]
    hidden: tuple[Counted, ...]

    @property
    def total(self) -> str:
        """The figure, told in its unit."""
        return self.indicator.told(_sum((*self.shown, *self.hidden)))

    @property
    def exact(self) -> str:
        """The figure as it is kept."""
        return str(_sum((*self.shown, *self.hidden)))

    @property
    def hidden_amount(self) -> str:
        """What is out of sight, told in the unit."""
        return self.indicator.told(_sum(self.hidden))


def _sum(counted: Iterable[Counted]) -> Fraction:
    return sum((one.amount for one in counted), Fraction(0))


def opened(
    person: Person, indicator: Indicator, holders: Sequence[int], at: AsOf, *, alone: bool
) -> Opened:
    """What a figure of a holder counts, or of several together, record by record."""
    measure = measures_of([indicator])[indicator.code]
    found = projects.records(measure, holders[0], at) if alone else each(measure, holders, at)
    keys = {cast(int, one.project_id) for one in found}
    seen = set(Project.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True))
    shown = tuple(one for one in found if one.project_id in seen)
    return Opened(indicator, shown, tuple(one for one in found if one.project_id not in seen))


def carriers_of(person: Person, day: date) -> list[Carrier]:
    """Everybody a plan may give a task to, with the rank in its kind and who serves there."""
    units = Unit.objects.visible_to(person).standing()
    serving: Mapping[int, list[int]] = defaultdict(list)
    posts = Post.objects.held_on(day).filter(unit__in=units).order_by("pk")
    for unit_id, person_id in posts.values_list("unit_id", "person_id"):
        serving[unit_id].append(person_id)
    ranks: dict[str, int] = defaultdict(int)
    found = []
    for pk, kind in units.order_by("kind", "sort", "pk").values_list("pk", "kind"):
        ranks[kind] += 1
        people = tuple(dict.fromkeys(serving[pk]))
        found.append(Carrier(pk, kind, ranks[kind], people))
    return found


def documents_of(person: Person) -> list[Document]:
    """What a task may rest on: the newest edition of each document, the latest first."""
    return list(Document.objects.visible_to(person).newest().order_by("-issued_on", "-pk"))


def point_on(place_id: int, day: date, today: date) -> tuple[Settings, AsOf]:
    """The definitions and the point from which tasks are looked at on a day."""
    return settings_on(place_id, min(day, today)), AsOf(now_seq(), day)
