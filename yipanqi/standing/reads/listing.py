"""Which projects somebody asks for, how many they are, and what a list shows of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from yipanqi.core.lists import NOTHING, Column
from yipanqi.facts.projects.models import Part, PartQuerySet, Project, ProjectQuerySet
from yipanqi.facts.projects.rules import PartRole
from yipanqi.place.rules import Settings
from yipanqi.standing.models import Deadline
from yipanqi.standing.reads.nots import STALLED
from yipanqi.standing.rules import Colour, Lamp, lamp_of

COLUMNS = (
    Column("moved", _("最近动态"), "last_fact_on", descending=True),
    Column("name", _("项目"), "name"),
    Column("total", _("总投资"), "total_fen", descending=True),
    Column("signed", _("签约"), "signed_on", descending=True),
    Column("due", _("期限"), "due_on"),
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list of projects is asked for; nothing means all."""

    text: str = ""
    stage: str = ""
    lamp: str = ""
    not_yet: str = ""
    unit_id: int | None = None
    role: str = ""
    industry: str = ""
    band: str = ""
    level: str = ""


@dataclass(frozen=True)
class Totals:
    """How many projects, their investment, and how many of them have stated none."""

    number: int
    total_fen: int
    silent: int


@dataclass(frozen=True)
class Group:
    """Projects that have something in common, with their number and investment."""

    key: str
    label: str
    number: int
    total_fen: int


@dataclass(frozen=True)
class Row:
    """A project as a list shows it."""

    project: Project
    lamp: Lamp
    stage: str
    landing: list[Part]
    lead: list[Part]


def chosen(
    projects: ProjectQuerySet, wanted: Wanted, settings: Settings, today: date
) -> ProjectQuerySet:
    """Those projects that are asked for."""
    if wanted.text:
        projects = projects.named(wanted.text)
    if wanted.lamp:
        projects = projects.filter(lamp_condition(Colour(wanted.lamp), settings, today))
    if wanted.unit_id or wanted.role:
        projects = projects.filter(Exists(_parts(wanted).filter(project=OuterRef("pk"))))
    return projects.filter(*_conditions(wanted, settings, today))


def _parts(wanted: Wanted) -> PartQuerySet:
    """The parts asked for; an office that only verifies takes no part unless that is asked for."""
    parts = Part.objects.current()
    if wanted.unit_id:
        parts = parts.filter(unit_id=wanted.unit_id)
    if wanted.role:
        return parts.filter(role=wanted.role)
    return parts.exclude(role=PartRole.VERIFIER)


def _conditions(wanted: Wanted, settings: Settings, today: date) -> Iterator[Q]:
    for name in ("stage", "industry", "level"):
        if asked := getattr(wanted, name):
            yield Q(**{name: "" if asked == NOTHING else asked})
    if band := next((b for b in settings.bands if b.code == wanted.band), None):
        yield Q(total_fen__gte=band.at_least_fen)
    if wanted.not_yet == STALLED:
        yield stalled_condition(settings, today)
    elif wanted.not_yet:
        late = Deadline.objects.current().overdue(as_of=today).filter(code=wanted.not_yet)
        yield Q(Exists(late.filter(project=OuterRef("pk"))))


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


def industries(projects: ProjectQuerySet) -> list[str]:
    """The industries that occur."""
    return list(
        projects.exclude(industry="")
        .order_by("industry")
        .values_list("industry", flat=True)
        .distinct()
    )


def groups_of(
    projects: ProjectQuerySet, by: str, wanted: Wanted, settings: Settings
) -> list[Group]:
    """The same projects grouped, with number and investment of each group; one query."""
    if by == "unit":
        return _by_unit(projects, wanted)
    counted = projects.order_by().values(by).annotate(number=Count("pk"), total=Sum("total_fen"))
    groups = [
        Group(row[by] or NOTHING, _called(by, row[by], settings), row["number"], row["total"] or 0)
        for row in counted
    ]
    if by == "stage":
        order = ["", *settings.order]
        return sorted(
            groups, key=lambda group: order.index(group.key) if group.key in order else -1
        )
    return sorted(groups, key=lambda group: (-group.total_fen, group.key))


def _called(by: str, key: str, settings: Settings) -> str:
    if by == "stage":
        return settings.name_of(key) if key else gettext("尚无认定环节")
    return key or gettext("未填")


def _by_unit(projects: ProjectQuerySet, wanted: Wanted) -> list[Group]:
    """A project counts with each of its units, and once with each, whatever its parts there."""
    parts = _parts(wanted)
    earlier = parts.filter(
        project=OuterRef("project"), unit=OuterRef("unit"), pk__lt=OuterRef("pk")
    )
    counted = (
        parts.filter(~Exists(earlier), project__in=projects.order_by().values("pk"))
        .order_by()
        .values("unit_id", "unit__name")
        .annotate(number=Count("pk"), total=Sum("project__total_fen"))
    )
    groups = [
        Group(str(row["unit_id"]), row["unit__name"], row["number"], row["total"] or 0)
        for row in counted
    ]
    return sorted(groups, key=lambda group: (-group.total_fen, group.key))


def with_parts(projects: ProjectQuerySet) -> ProjectQuerySet:
    """Projects together with who hosts and leads them now."""
    shown = Part.objects.current().filter(role__in=[PartRole.LANDING, PartRole.LEAD])
    parts = shown.select_related("unit", "person").order_by("role", "pk")
    return projects.prefetch_related(Prefetch("parts", parts, to_attr="parts_now"))


def lamp_on(project: Project, settings: Settings, today: date) -> Lamp:
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


def rows_of(projects: Iterable[Project], settings: Settings, today: date) -> list[Row]:
    """Projects as a list shows them."""
    return [_row(project, settings, today) for project in projects]


def _row(project: Project, settings: Settings, today: date) -> Row:
    parts: list[Part] = project.parts_now  # type: ignore[attr-defined]  # prefetched by `with_parts`
    return Row(
        project,
        lamp_on(project, settings, today),
        settings.name_of(project.stage) if project.stage else "",
        [part for part in parts if part.role == PartRole.LANDING],
        [part for part in parts if part.role == PartRole.LEAD],
    )
