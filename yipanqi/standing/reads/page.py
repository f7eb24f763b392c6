"""One project as its page shows it: its way, its people, what the next step needs, its money."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.ledger.models import IntervalQuerySet
from yipanqi.org.models import Pairing, Post, Unit
from yipanqi.org.rules import Kind, Role
from yipanqi.place.rules import FUNDS, Node, Settings
from yipanqi.standing.models import Recognised
from yipanqi.standing.reads.answering import ANSWERING, answering
from yipanqi.standing.reads.chronicle import Chronicle, chronicle_of
from yipanqi.standing.reads.listing import lamp_on
from yipanqi.standing.reads.pairings import Checks, checks_of, leads_missing
from yipanqi.standing.rules import (
    FALSIFIED,
    Colour,
    Lamp,
    days_overdue,
    dues_of,
    next_node,
)


@dataclass(frozen=True)
class Stop:
    """A node on a project's way: reached on a day, late, waiting for its office, or to come."""

    name: str
    state: str
    reached_on: date | None
    due_on: date | None
    late: int


@dataclass(frozen=True)
class Need:
    """One sentence that stands before the next node, and whether it is met."""

    lamp: Lamp
    name: str
    says: str
    clause: str


@dataclass(frozen=True)
class Next:
    """The step that comes next, who verifies it, and what it needs."""

    node: Node
    who: list[str]
    needs: list[Need]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """All that a project's page shows."""

    lamp: Lamp
    band: str
    stops: list[Stop]
    chronicle: Chronicle
    parts: list[tuple[str, list[tuple[Part, str]]]]
    leaders: list[str]
    next: Next | None
    funds: list[Recognised]
    funds_fen: int
    checks: Checks
    missing: Sequence[Problem]
    seats: list[Unit]
    units: list[Unit]


def sheet_of(project: Project, settings: Settings, *, as_of: date) -> Sheet:
    """Gather a project's page; a few queries whatever happened to it."""
    chronicle = chronicle_of(project, settings)
    parts = list(
        Part.objects.current()
        .filter(project=project)
        .select_related("unit", "person")
        .order_by("pk")
    )
    counted = list(
        Recognised.objects.current().filter(project=project).order_by("-counted_on", "pk")
    )
    funds = [row for row in counted if row.node == FUNDS]
    reached = {row.node: row.counted_on for row in counted if row.node not in (FUNDS, FALSIFIED)}
    coming = settings.node(next_node(settings.order, project.stage) or "")
    posts = list(_posts(project, parts, coming, as_of))
    return Sheet(
        lamp=lamp_on(project, settings, as_of),
        band=_band(project, settings),
        stops=stops_of(settings, reached, chronicle, as_of),
        chronicle=chronicle,
        parts=_by_role(parts, posts),
        leaders=_leaders(parts, posts),
        next=_next(coming, settings, reached, chronicle, posts) if coming else None,
        funds=funds,
        funds_fen=sum(row.amount_fen or 0 for row in funds),
        checks=checks_of(project, settings, as_of=as_of),
        missing=leads_missing(project, parts, settings),
        seats=[part.unit for part in parts if part.role == PartRole.LEADER],
        units=[part.unit for part in parts],
    )


def _band(project: Project, settings: Settings) -> str:
    code = settings.band_of(project.total_fen or 0)
    return next((band.name for band in settings.bands if band.code == code), "")


def stops_of(
    settings: Settings, reached: Mapping[str, date], chronicle: Chronicle, as_of: date
) -> list[Stop]:
    """Every node in order, with the day it was reached or is due."""
    plans, waiting = chronicle.plans, chronicle.waiting
    dues = dues_of(settings.not_yets, reached, plans)
    due_on = {
        entry.missing: dues[entry.code].due_on
        for entry in reversed(settings.not_yets)
        if entry.code in dues and (entry.listed or entry.missing not in plans)
    }
    return [
        _stop(
            node,
            reached.get(node.code),
            due_on.get(node.code, plans.get(node.code)),
            waiting,
            as_of,
        )
        for node in settings.nodes
    ]


def _stop(
    node: Node, reached_on: date | None, due_on: date | None, waiting: frozenset[str], as_of: date
) -> Stop:
    if reached_on:
        return Stop(node.name, "reached", reached_on, due_on, 0)
    late = days_overdue(due_on, as_of=as_of) if due_on else 0
    state = "waits" if node.code in waiting else "late" if late else "planned"
    return Stop(node.name, state, None, due_on, late)


def _by_role(
    parts: Iterable[Part], posts: Iterable[Post]
) -> list[tuple[str, list[tuple[Part, str]]]]:
    """Who takes part, by the way in which they do, each with a name; the offices stand elsewhere."""
    others = answering(posts)
    listed = [(part, str(part.person or others.get(part.unit_id, ""))) for part in parts]
    shown = (PartRole.INTRODUCER, PartRole.LANDING, PartRole.LEAD)
    groups = [
        (str(role.label), [pair for pair in listed if pair[0].role == role]) for role in shown
    ]
    return [(label, group) for label, group in groups if group]


def _posts(
    project: Project, parts: Sequence[Part], coming: Node | None, as_of: date
) -> Iterable[Post]:
    """Who sits in the office that is awaited, in the seats, and answers for the units; one query."""
    units = [part.unit_id for part in parts if part.role in (PartRole.LANDING, PartRole.LEAD)]
    paired: IntervalQuerySet[Pairing] = Pairing.objects.current()
    office = Q(unit__name=coming.office if coming else "", role=Role.VERIFIER)
    seats = Q(unit__in=paired.filter(unit__in=units).values("seat"), role=Role.LEADER)
    nameless = [part.unit_id for part in parts if part.person_id is None]
    others = ANSWERING & Q(unit__in=nameless)
    place = f"/{project.place_id}/"
    posts = Post.objects.held_on(as_of).filter(
        office | seats | others, unit__path__startswith=place
    )
    return posts.filter(person__is_active=True).select_related("unit", "person").order_by("pk")


def _leaders(parts: Iterable[Part], posts: Iterable[Post]) -> list[str]:
    """Who answers for it among the leaders: named for the project, else paired with its units."""
    named = [part for part in parts if part.role == PartRole.LEADER]
    if named:
        sitting = answering(posts)
        return [f"{p.unit} {p.person or sitting.get(p.unit_id, '')}".strip() for p in named]
    seats = [post for post in posts if post.unit.kind == Kind.SEAT]
    return [f"{post.unit.name} {post.person.name}" for post in seats]


def _next(
    node: Node,
    settings: Settings,
    reached: Mapping[str, date],
    chronicle: Chronicle,
    posts: Iterable[Post],
) -> Next:
    wanted = [entry for entry in settings.requirements if entry.before == node.code]
    needs = [
        Need(
            _need_lamp(entry.needs, entry.weight, reached, chronicle),
            settings.name_of(entry.needs),
            entry.says,
            entry.clause,
        )
        for entry in wanted
    ]
    seated = [post for post in posts if post.role == Role.VERIFIER]
    who = [post.person.name for post in seated if post.unit.name == node.office]
    return Next(node, who, needs)


def _need_lamp(code: str, weight: str, reached: Mapping[str, date], chronicle: Chronicle) -> Lamp:
    if code in reached:
        return Lamp(Colour.GREEN, _("已过"))
    if code in chronicle.waiting:
        return Lamp(Colour.AMBER, _("待认定"))
    return Lamp(Colour.RED, _("缺")) if weight == "blocks" else Lamp(Colour.AMBER, _("缺，可先行"))
