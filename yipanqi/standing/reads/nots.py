"""The nots (五未): which nodes are awaited past their day, of which project, and who answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from django.db.models import Count, Min, Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yipanqi.core.lists import Column, Look
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import REPORTING
from yipanqi.org.models import Person
from yipanqi.place.rules import NotYet, Settings
from yipanqi.standing.models import Deadline
from yipanqi.standing.reads.answering import who_answers_for
from yipanqi.standing.reads.desk import lead_people
from yipanqi.standing.rules import Colour, Lamp, days_overdue

Row = TypeVar("Row", bound=Model)
PORTION = 2_000

STALLED = "stalled"
"""Nothing has moved for longer than the place allows (未进展, A8)."""


@dataclass(frozen=True)
class Tally:
    """One of the nots: how many projects it names, and how long the longest waits."""

    code: str
    name: str
    clause: str
    says: str
    listed: bool
    count: int
    longest: int


@dataclass(frozen=True)
class Late:
    """A project that is named: since when, how many days, who answers, which office is awaited."""

    project: Project
    from_on: date
    due_on: date
    days: int
    unit: str
    person: str
    office: str
    code: str


def projects_of(person: Person, unit_id: int | None) -> QuerySet[Project]:
    """The projects in sight, or those of them in which a unit takes part."""
    projects = Project.objects.visible_to(person)
    if unit_id is None:
        return projects
    parts = Part.objects.current().filter(unit_id=unit_id, role__in=REPORTING)
    return projects.filter(pk__in=parts.values("project_id"))


def late_rows(projects: QuerySet[Project], code: str, *, as_of: date) -> QuerySet[Deadline]:
    """What is past its day under one of the nots, the longest first."""
    rows = Deadline.objects.current().filter(code=code, due_on__lt=as_of, project__in=projects)
    return rows.select_related("project").order_by("due_on", "pk")


def stalled_rows(
    projects: QuerySet[Project], settings: Settings, *, as_of: date
) -> QuerySet[Project]:
    """Signed projects, not yet at the end, of which nothing was heard for too long."""
    last = as_of - timedelta(days=settings.stalled_days)
    moving = projects.filter(signed_on__isnull=False, last_fact_on__lt=last)
    return moving.exclude(stage=settings.order[-1]).order_by("last_fact_on", "pk")


def tallies(projects: QuerySet[Project], settings: Settings, *, as_of: date) -> list[Tally]:
    """How many projects each of the nots names, with two queries for all of them."""
    late = Deadline.objects.current().filter(due_on__lt=as_of, project__in=projects)
    counted = late.order_by().values_list("code").annotate(n=Count("pk"), first=Min("due_on"))
    found = {code: (count, days_overdue(first, as_of=as_of)) for code, count, first in counted}
    listed = [
        _tally(entry, settings, *found.get(entry.code, (0, 0))) for entry in settings.not_yets
    ]
    stalled = stalled_rows(projects, settings, as_of=as_of).order_by()
    idle = stalled.aggregate(n=Count("pk"), first=Min("last_fact_on"))
    longest = days_overdue(idle["first"], as_of=as_of) if idle["first"] else 0
    says = _("签约后 %(stalled_days)s 天没有任何进展") % {"stalled_days": settings.stalled_days}
    return [*listed, Tally(STALLED, _("未进展"), "", says, False, idle["n"], longest)]


def _tally(entry: NotYet, settings: Settings, count: int, longest: int) -> Tally:
    reached, wanted = settings.name_of(entry.reached), settings.name_of(entry.missing)
    says = _("%(reached)s后 %(days)s 天内应%(wanted)s") % {
        "reached": reached,
        "days": entry.days,
        "wanted": wanted,
    }
    return Tally(entry.code, entry.name, entry.clause, says, entry.listed, count, longest)


def late_shown(rows: Sequence[Deadline], settings: Settings, *, as_of: date) -> list[Late]:
    """A page of overdue nodes with who answers for each."""
    answering = who_answers([row.project_id for row in rows], as_of)
    offices = {entry.code: _office(settings, entry.missing) for entry in settings.not_yets}
    return [
        Late(
            row.project,
            row.reached_on,
            row.due_on,
            days_overdue(row.due_on, as_of=as_of),
            *answering.get(row.project_id, ("", "")),
            offices.get(row.code, ""),
            row.code,
        )
        for row in rows
    ]


def stalled_shown(rows: Sequence[Project], settings: Settings, *, as_of: date) -> list[Late]:
    """A page of stalled projects, each with its owner by name."""
    answering = who_answers([row.pk for row in rows], as_of)
    allowed = timedelta(days=settings.stalled_days)
    shown = []
    for row in rows:
        assert row.last_fact_on is not None
        days = (as_of - row.last_fact_on).days
        who = answering.get(row.pk, ("", ""))
        shown.append(
            Late(row, row.last_fact_on, row.last_fact_on + allowed, days, *who, "", STALLED)
        )
    return shown


def columns_of(code: str) -> tuple[Column, ...]:
    """The columns of one of the nots, for its page and its sheet."""
    stalled = code == STALLED
    listed = (
        Column(
            *("name", _("项目")),
            value=lambda row: row.project.name,
            url=lambda row: reverse("project", args=(row.project.pk,)),
            small=("code",),
            phone=True,
        ),
        Column("code", _("项目编码"), value=lambda row: row.project.code),
        Column("unit", _("责任单位"), value=lambda row: row.unit),
        Column("person", _("责任人"), value=_answering, phone=True),
        Column(
            *("from", _("最近进展") if stalled else _("到达日期")),
            look=Look.DAY,
            value=lambda row: row.from_on,
        ),
        Column("due", _("期限"), look=Look.DAY, value=lambda row: row.due_on),
        Column(
            *("days", _("停滞天数") if stalled else _("逾期天数")),
            look=Look.LATE,
            value=lambda row: row.days,
            phone=True,
        ),
        Column("office", _("认定单位"), value=lambda row: row.office),
    )
    return listed[:-1] if stalled else listed


USUAL = ("name", "unit", "person", "from", "due", "days", "office")


def _answering(row: Late) -> object:
    return row.person or Lamp(Colour.RED, _("没有责任人"))


def all_late(
    projects: QuerySet[Project], code: str, settings: Settings, *, as_of: date
) -> Iterator[Late]:
    """Everything that one of the nots names, the longest first, portion by portion."""
    if code == STALLED:
        for idle in _portions(stalled_rows(projects, settings, as_of=as_of)):
            yield from stalled_shown(idle, settings, as_of=as_of)
    else:
        for late in _portions(late_rows(projects, code, as_of=as_of)):
            yield from late_shown(late, settings, as_of=as_of)


def _portions(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    found = rows.iterator(PORTION)
    while portion := list(islice(found, PORTION)):
        yield portion


def _office(settings: Settings, node: str) -> str:
    found = settings.node(node)
    return found.office if found else ""


def who_answers(project_ids: Iterable[int], as_of: date) -> dict[int, tuple[str, str]]:
    """Unit and person for each project: the lead's own person, else who answers for the unit."""
    leads = lead_people(project_ids)
    others = who_answers_for(
        {part.unit_id for part in leads.values() if part.person_id is None}, as_of
    )
    return {
        project_id: (part.unit.name, str(part.person or others.get(part.unit_id, "")))
        for project_id, part in leads.items()
    }
