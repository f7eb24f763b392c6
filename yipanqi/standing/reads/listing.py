"""Which projects somebody asks for, and how many they are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.db.models import Count, Exists, OuterRef, Q, Sum

from yipanqi.core.lists import NOTHING
from yipanqi.facts.projects.models import Part, PartQuerySet, ProjectQuerySet
from yipanqi.facts.projects.rules import PartRole
from yipanqi.place.rules import Settings
from yipanqi.standing.models import Deadline
from yipanqi.standing.reads.lines import in_line_of, lacking
from yipanqi.standing.reads.nots import STALLED
from yipanqi.standing.rules import Colour, Lamp, lamp_of

ANY = "*"
"""How an address asks for rows in which something is filled in, whatever it is."""

ONLY = "="
"""How an address asks for one size band and not for all above it."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list of projects is asked for; nothing means all."""

    text: str = ""
    stage: str = ""
    lamp: str = ""
    not_yet: str = ""
    unit_id: int | None = None
    unitless: bool = False
    role: str = ""
    industry: str = ""
    band: str = ""
    level: str = ""
    origin: str = ""
    nature: str = ""
    signed: str = ""
    before: str = ""
    due: str = ""
    leader: str = ""
    line: str = ""
    lacks: str = ""


class Dated(Protocol):
    """Whatever has the days of a project: the project, or some of its columns."""

    stage: str
    signed_on: date | None
    due_on: date | None
    due_code: str
    last_fact_on: date


@dataclass(frozen=True)
class Totals:
    """How many projects, their investment, and how many of them have stated none."""

    number: int
    total_fen: int
    silent: int


def chosen(
    projects: ProjectQuerySet, wanted: Wanted, settings: Settings, today: date
) -> ProjectQuerySet:
    """Those projects that are asked for."""
    if wanted.text:
        projects = projects.named(wanted.text)
    if wanted.lamp:
        projects = projects.filter(lamp_condition(Colour(wanted.lamp), settings, today))
    if wanted.unitless:
        projects = projects.filter(~Exists(parts_asked(wanted).filter(project=OuterRef("pk"))))
    elif wanted.unit_id or wanted.role:
        projects = projects.filter(Exists(parts_asked(wanted).filter(project=OuterRef("pk"))))
    if wanted.leader:
        led = Part.objects.current().filter(role=PartRole.LEADER, project=OuterRef("pk"))
        nobody = wanted.leader == NOTHING
        projects = projects.filter(
            ~Exists(led) if nobody else Exists(led.filter(unit_id=wanted.leader))
        )
    return projects.filter(*_conditions(wanted, settings, today))


def parts_asked(wanted: Wanted) -> PartQuerySet:
    """The parts asked for; an office that only verifies takes no part unless that is asked for."""
    parts = Part.objects.current()
    if wanted.unit_id:
        parts = parts.filter(unit_id=wanted.unit_id)
    if wanted.role:
        return parts.filter(role=wanted.role)
    return parts.exclude(role=PartRole.VERIFIER)


def _conditions(wanted: Wanted, settings: Settings, today: date) -> Iterator[Q]:
    for name in ("stage", "industry", "level", "origin", "nature"):
        if asked := getattr(wanted, name):
            yield _is(name, asked)
    if wanted.band == NOTHING or wanted.band.removeprefix(ONLY) in {b.code for b in settings.bands}:
        yield band_condition(wanted.band, settings)
    if wanted.not_yet == STALLED:
        yield stalled_condition(settings, today)
    elif wanted.not_yet:
        late = Deadline.objects.current().overdue(as_of=today).filter(code=wanted.not_yet)
        yield Q(Exists(late.filter(project=OuterRef("pk"))))
    if wanted.line:
        yield in_line_of(int(wanted.line))
    if wanted.lacks:
        yield lacking(wanted.lacks, settings)
    yield from _timed(wanted, settings, today)


def _timed(wanted: Wanted, settings: Settings, today: date) -> Iterator[Q]:
    """What is asked of a project's way and its days."""
    if wanted.before:
        yield Q(stage__in=["", *settings.order[: settings.order.index(wanted.before)]])
    if wanted.signed:
        yield signed_condition(wanted.signed)
    if wanted.due:
        yield Q(due_on__range=DUES[wanted.due](today))


def _is(name: str, asked: str) -> Q:
    """A column that says this; nothing where that is asked for, anything where all that say something are."""
    if asked == ANY:
        return ~Q(**{name: ""})
    return Q(**{name: "" if asked == NOTHING else asked})


def band_condition(asked: str, settings: Settings) -> Q:
    """At least as large as a band, or within that band alone; below all of them, or of unknown size."""
    bands = sorted(settings.bands, key=lambda band: band.at_least_fen)
    if asked == NOTHING:
        return Q(total_fen__isnull=True) | Q(total_fen__lt=bands[0].at_least_fen)
    place = [band.code for band in bands].index(asked.removeprefix(ONLY))
    condition = Q(total_fen__gte=bands[place].at_least_fen)
    if asked.startswith(ONLY) and place + 1 < len(bands):
        condition &= Q(total_fen__lt=bands[place + 1].at_least_fen)
    return condition


def signed_condition(asked: str) -> Q:
    """Signed in a year or in a month of it: 2026, 2026-05; not signed where that is asked for."""
    if asked == NOTHING:
        return Q(signed_on__isnull=True)
    year, _, month = asked.partition("-")
    if not month:
        return Q(signed_on__range=(date(int(year), 1, 1), date(int(year), 12, 31)))
    return Q(signed_on__range=month_of(date(int(year), int(month), 1)))


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


DUES: Mapping[str, Callable[[date], tuple[date, date]]] = {
    "late": lambda today: (date.min, today - timedelta(days=1)),
    "week": lambda today: (today, today + timedelta(days=6)),
    "month": month_of,
}
"""Which days somebody means who asks for what is late, due within a week, due this month."""


def lamp_condition(colour: Colour, settings: Settings, today: date) -> Q:
    """The projects whose lamp has this colour today: the same sentence as `lamp_of`, for a database."""
    finished, stalled = Q(stage=settings.order[-1]), stalled_condition(settings, today)
    red = Q(due_on__lt=today) | stalled
    soon = today + timedelta(days=settings.amber_days)
    return {
        Colour.RED: red,
        Colour.AMBER: Q(due_on__gte=today, due_on__lte=soon) & ~stalled,
        Colour.GREEN: (Q(due_on__gt=soon) & ~stalled) | (Q(due_on__isnull=True) & finished),
        Colour.NONE: Q(due_on__isnull=True) & ~finished & ~stalled,
    }[colour]


def stalled_condition(settings: Settings, today: date) -> Q:
    """Signed, not finished, and nothing heard for longer than the place allows (A8)."""
    last = today - timedelta(days=settings.stalled_days)
    return Q(signed_on__isnull=False, last_fact_on__lt=last) & ~Q(stage=settings.order[-1])


def totals_of(projects: ProjectQuerySet) -> Totals:
    """How many, and how much; one query."""
    found = projects.aggregate(
        number=Count("pk"), total=Sum("total_fen"), stated=Count("total_fen")
    )
    return Totals(found["number"], found["total"] or 0, found["number"] - found["stated"])


def first_of_each(projects: ProjectQuerySet, stages: Iterable[str], most: int) -> ProjectQuerySet:
    """The first few projects at every stage, in the order given; one query for all stages."""
    first = Q(pk__in=[])
    for stage in stages:
        here = projects.filter(stage="" if stage == NOTHING else stage)
        first |= Q(pk__in=here.values("pk")[:most])
    return projects.filter(first)


def industries(projects: ProjectQuerySet) -> list[str]:
    """The industries that occur."""
    return list(
        projects.exclude(industry="")
        .order_by("industry")
        .values_list("industry", flat=True)
        .distinct()
    )


def lamp_on(project: Dated, settings: Settings, today: date) -> Lamp:
    """What a project's lamp shows today."""
    return lamp_of(
        settings=settings,
        due_code=project.due_code,
        due_on=project.due_on,
        signed_on=project.signed_on,
        last_fact_on=project.last_fact_on,
        finished=project.stage == settings.order[-1],
        as_of=today,
    )
