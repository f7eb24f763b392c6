"""The columns that lists of projects and their sheets can have, and what each takes out of a project."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from yipanqi.core.lists import Column, Look
from yipanqi.core.numbers import grouped, shown
from yipanqi.facts.projects.models import Part, Progress, ProjectQuerySet
from yipanqi.facts.projects.rules import Honour, Level, PartRole
from yipanqi.place.rules import FUNDS, Settings
from yipanqi.standing.models import Recognised
from yipanqi.standing.reads.listing import lamp_on
from yipanqi.standing.rules import FALSIFIED, Lamp

PLAIN = (
    *("id", "code", "name", "investor", "company", "credit_code", "industry", "nature", "origin"),
    *("honour", "level", "land_area", "total_fen", "stage", "stage_on", "signed_on", "due_on"),
    *("due_code", "last_fact_on"),
)
PART = ("project_id", "role", "unit__name", "person__name", "num", "den")
CHUNK = 2_000
MU = Fraction(3, 2000)
"""A square metre in 亩."""


class Row:
    """A project as a list shows it; what was not asked for is empty."""

    __slots__ = ("days", "funds", "parts", "progress", "project", "settings", "today")

    def __init__(self, project: Any, settings: Settings, today: date) -> None:
        self.project, self.settings, self.today = project, settings, today
        self.parts: dict[str, list[tuple[str, str | None, int, int]]] = {}
        self.days: dict[str, date] = {}
        self.funds: int | None = None
        self.progress = ""

    @property
    def stage(self) -> str:
        """The node that is reached, by its name."""
        return self.settings.name_of(self.project.stage) if self.project.stage else ""

    @property
    def lamp(self) -> Lamp:
        """What its lamp shows today."""
        return lamp_on(self.project, self.settings, self.today)

    @property
    def waited(self) -> int | None:
        """For how many days it has stood at its node."""
        on = self.project.stage_on
        return (self.today - on).days if on else None

    @property
    def unit(self) -> str:
        """Who leads it, else who hosts it."""
        return "、".join(_units(PartRole.LEAD)(self) or _units(PartRole.LANDING)(self))


def _of(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.project, name)


def _units(role: PartRole) -> Callable[[Row], tuple[str, ...]]:
    return lambda row: tuple([unit for unit, *_ in row.parts.get(role, ())])


def _shared(role: PartRole) -> Callable[[Row], tuple[str, ...]]:
    """Units with their shares of the credit, unless one has it all."""
    return lambda row: tuple(
        [
            unit if num == den else f"{unit} {grouped(Fraction(100 * num, den), 2)}%"
            for unit, _person, num, den in row.parts.get(role, ())
        ]
    )


def _people(row: Row) -> tuple[str, ...]:
    return tuple([person for _u, person, *_ in row.parts.get(PartRole.LEAD, ()) if person])


def _due(row: Row) -> str:
    """The node that is awaited next."""
    code = row.project.due_code
    missing = (entry.missing for entry in row.settings.not_yets if entry.code == code)
    return row.settings.name_of(next(missing, code)) if code else ""


def _band(row: Row) -> str:
    code = row.settings.band_of(row.project.total_fen or 0)
    return next((band.name for band in row.settings.bands if band.code == code), "")


def _area(row: Row) -> str | None:
    area = row.project.land_area
    return None if area is None else shown(area * MU, 2).rstrip("0").rstrip(".")


def _page(row: Row) -> str:
    return reverse("project", args=(row.project.id,))


def _day(code: str) -> Callable[[Row], date | None]:
    return lambda row: row.days.get(code)


def _said(kind: type[Honour] | type[Level], name: str) -> Callable[[Row], str]:
    return lambda row: str(kind(code).label) if (code := getattr(row.project, name)) else ""


USUAL = ("name", "lamp", "stage", "total", "landing", "lead", "signed", "due", "moved")
"""The columns of a list for which none are chosen."""

NEWEST = "moved"
"""What a list is sorted by where nothing is said."""

COLUMNS = (
    Column(
        *("name", _("项目"), "name"),
        value=_of("name"),
        url=_page,
        small=("code", "investor"),
        phone=True,
    ),
    Column("code", _("项目编码"), "code", value=_of("code")),
    Column("investor", _("投资方"), value=_of("investor")),
    Column("company", _("项目公司"), value=_of("company")),
    Column("credit_code", _("统一社会信用代码"), value=_of("credit_code")),
    Column("industry", _("产业"), "industry", value=_of("industry")),
    Column("nature", _("建设性质"), value=_of("nature")),
    Column("origin", _("投资方所在地"), value=_of("origin")),
    Column("honour", _("荣誉"), value=_said(Honour, "honour")),
    Column("level", _("重点级别"), value=_said(Level, "level")),
    Column("lamp", _("灯"), look=Look.LAMP, value=lambda row: row.lamp, phone=True),
    Column("stage", _("环节"), value=lambda row: row.stage),
    Column("waited", _("本环节天数"), "stage_on", look=Look.NUMBER, value=lambda row: row.waited),
    Column(
        *("total", _("总投资"), "total_fen"),
        descending=True,
        look=Look.MONEY,
        value=_of("total_fen"),
        phone=True,
    ),
    Column("band", _("规模"), value=_band),
    Column("funds", _("到位资金"), look=Look.MONEY, value=lambda row: row.funds, needs="nodes"),
    Column("land_area", _("用地（亩）"), look=Look.NUMBER, value=_area),
    Column("introducer", _("引进单位"), value=_shared(PartRole.INTRODUCER), needs="parts"),
    Column("landing", _("落地单位"), value=_shared(PartRole.LANDING), needs="parts"),
    Column("lead", _("责任单位"), value=_units(PartRole.LEAD), small=("person",), needs="parts"),
    Column("person", _("责任人"), value=_people, needs="parts"),
    Column("leader", _("包保领导"), value=_units(PartRole.LEADER), needs="parts"),
    Column(
        *("signed", _("签约"), "signed_on"),
        descending=True,
        look=Look.DAY,
        value=_of("signed_on"),
    ),
    Column("due", _("期限"), "due_on", look=Look.DAY, value=_of("due_on")),
    Column("awaited", _("待办环节"), value=_due),
    Column(
        "progress", _("最近进展"), look=Look.LONG, value=lambda row: row.progress, needs="progress"
    ),
    Column(
        *("moved", _("最近动态"), "last_fact_on"),
        descending=True,
        look=Look.DAY,
        value=_of("last_fact_on"),
    ),
)


def columns_of(settings: Settings) -> tuple[Column, ...]:
    """Every column that lists of a place can have: one more for the day of each of its nodes."""
    dated = [
        Column(
            f"on.{node.code}",
            gettext("%(node)s日期") % {"node": node.name},
            look=Look.DAY,
            value=_day(node.code),
            needs="nodes",
        )
        for node in settings.nodes
        if node.code != "signed"
    ]
    return (*COLUMNS, *dated)


def rows_of(
    projects: ProjectQuerySet, needs: Collection[str], settings: Settings, today: date
) -> Iterator[Row]:
    """Projects as a list shows them, in their order, with as many queries for few as for fifty.

    They are read in portions, so that a sheet of the whole register takes no more memory than one
    portion; columns alone, since a hundred thousand records would take longer.
    """
    found = projects.values_list(*PLAIN, named=True).iterator(CHUNK)
    while portion := [Row(project, settings, today) for project in islice(found, CHUNK)]:
        rows = {row.project.id: row for row in portion}
        for need in needs:
            _FILLS[need](rows)
        yield from portion


def _parts(rows: dict[int, Row]) -> None:
    """Who takes part now, but the offices that verify."""
    parts = Part.objects.current().exclude(role=PartRole.VERIFIER).filter(project_id__in=rows)
    for project_id, role, *part in parts.order_by("role", "pk").values_list(*PART):
        rows[project_id].parts.setdefault(role, []).append(tuple(part))


def _nodes(rows: dict[int, Row]) -> None:
    """The days of the nodes that are recognised, and the money that is."""
    found = Recognised.objects.current().filter(project_id__in=rows).exclude(node=FALSIFIED)
    arrived: dict[int, int] = defaultdict(int)
    for project_id, node, on, fen in found.values_list(
        "project_id", "node", "counted_on", "amount_fen"
    ):
        if node == FUNDS:
            arrived[project_id] += fen or 0
        else:
            rows[project_id].days[node] = on
    for project_id, fen in arrived.items():
        rows[project_id].funds = fen


def _progress(rows: dict[int, Row]) -> None:
    """What was said last of each project, and what is in its way."""
    told = Progress.objects.filter(project_id__in=rows)
    last = told.order_by().values("project_id").annotate(last=Max("pk")).values("last")
    for project_id, text, problem in Progress.objects.filter(pk__in=last).values_list(
        "project_id", "text", "problem"
    ):
        trouble = gettext("；存在问题：") + problem if problem else ""
        rows[project_id].progress = f"{text}{trouble}"


_FILLS: dict[str, Callable[[dict[int, Row]], None]] = {
    "parts": _parts,
    "nodes": _nodes,
    "progress": _progress,
}
