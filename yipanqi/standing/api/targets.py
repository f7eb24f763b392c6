"""Tasks for programs: how far everybody is, what is set, pledged, and set for many at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Schema

from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.schemas import REFUSALS, Taken, answered, refuse_unknown, takes, typed_in
from yipanqi.facts.targets.actions import adjust_tasks, pledge_task
from yipanqi.facts.targets.models import Target
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.rules import Settings
from yipanqi.standing.access import unit_for
from yipanqi.standing.forms.plans import PasteForm
from yipanqi.standing.forms.targets import PledgeForm, TargetFilter, TargetForm, YearForm
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.reads.holding import serving
from yipanqi.standing.reads.pace import Pace
from yipanqi.standing.reads.tasks import Overview, documents_of, holders_of, overview, point_on

router = Router(tags=["任务"])
FILTER = TargetFilter(indicators=(), kinds=())


@takes(FILTER, texts=True)
class TargetsAsked(Taken):
    """Which tasks, of which year, as of which day."""


@takes(TargetForm)
class TaskSet(Taken):
    """One task of a unit or of a person in it."""


@takes(PledgeForm)
class TaskPledged(Taken):
    """What a unit promises beyond what it was given."""


@takes(PasteForm)
class TasksSet(Taken):
    """Rows of a table: unit, indicator, amount, apart by tabs."""


class PaceTold(Schema):
    """One task: amounts as kept, 分 or whole numbers, shares of projects as fractions; `lag` in points."""

    indicator: str
    done: str | None
    assigned: int | None
    pledged: int | None
    share: str | None
    lag: str | None
    state: str


class HolderTold(Schema):
    """A unit with its tasks."""

    unit_id: int
    unit: str
    kind: str
    state: str
    tasks: list[PaceTold]


class TargetsTold(Schema):
    """How far everybody is; `together` counts each project once."""

    day: date
    elapsed: str
    contestants: int
    met: int
    behind: int
    without: int
    together: list[PaceTold]
    items: list[HolderTold]


class TasksWritten(Schema):
    """The facts that were written, by their numbers in the ledger."""

    seqs: list[int]


@router.get("/targets", response={200: TargetsTold, **REFUSALS}, summary="任务与序时进度")
@grants(Can.SEE_TARGET)
def targets(request: PersonRequest, asked: Query[TargetsAsked]) -> HttpResponse:
    """Everybody's tasks in a year as of a day, with the same questions as the page."""
    refuse_unknown(request.GET, TargetsAsked)
    settings, at = _point(request)
    units = holders_of(request.user, at.day.year)
    kinds = [(kind, Kind(kind).label) for kind in dict.fromkeys(unit.kind for unit in units)]
    form = TargetFilter(request.GET, indicators=settings.indicators, kinds=kinds)
    checked(form)
    return answered(
        _told(overview(units, settings, at, form.asked(), place_id=request.user.place_id))
    )


def _point(request: PersonRequest) -> tuple[Settings, AsOf]:
    day = YearForm(request.GET).at(today())
    return point_on(request.user.place_id, day, today())


def _told(found: Overview) -> dict[str, Any]:
    rows = [row for group in found.groups for row in group.rows]
    return {
        "day": found.board.at.day,
        "elapsed": str(found.board.elapsed),
        **{name: getattr(found, name) for name in ("contestants", "met", "behind", "without")},
        "together": [_pace(pace) for pace in found.board.together()],
        "items": [
            {
                "unit_id": row.unit.pk,
                "unit": row.unit.name,
                "kind": row.unit.kind,
                "state": row.state,
                "tasks": [_pace(pace) for pace in row.paces],
            }
            for row in rows
        ],
    }


def _pace(pace: Pace) -> dict[str, Any]:
    numbers = {name: getattr(pace, name) for name in ("done", "share", "lag")}
    return {
        "indicator": pace.indicator.code,
        "assigned": pace.assigned,
        "pledged": pace.pledged,
        "state": pace.state,
        **{name: None if value is None else str(value) for name, value in numbers.items()},
    }


@router.post(
    "/targets/{int:unit_id}", response={201: TasksWritten, **REFUSALS}, summary="定或调整任务"
)
@grants(Can.SET_TARGET)
def set_task(request: PersonRequest, unit_id: int, sent: TaskSet, key: str = KEY) -> HttpResponse:
    """Set one task of a unit or of a person in it; a change has its reason."""
    unit = unit_for(request.user, unit_id, Can.SET_TARGET)
    settings, at = _point(request)
    form = TargetForm(
        typed_in(sent),
        settings=settings,
        documents=documents_of(request.user),
        people=serving(unit, at.day),
    )
    typed = checked(form)
    said = {"year": at.day.year, "ground": form.ground(), "reason": typed["reason"]}
    tasks = [form.task(unit.pk)]
    return _written(
        request, key, sent, lambda: adjust_tasks(tasks=tasks, by=request.user, at=now(), **said)
    )


@router.post(
    "/targets/{int:unit_id}/pledges", response={201: TasksWritten, **REFUSALS}, summary="自加压力"
)
@grants(Can.PLEDGE)
def pledge(request: PersonRequest, unit_id: int, sent: TaskPledged, key: str = KEY) -> HttpResponse:
    """Promise more than was given; both are measured."""
    unit = unit_for(request.user, unit_id, Can.PLEDGE)
    settings, at = _point(request)
    form = PledgeForm(typed_in(sent), settings=settings, documents=documents_of(request.user))
    checked(form)
    said: dict[str, Any] = {"year": at.day.year, "ground": form.ground()}
    task = form.task(unit.pk)
    return _written(
        request, key, sent, lambda: pledge_task(task=task, by=request.user, at=now(), **said)
    )


@router.post("/targets", response={201: TasksWritten, **REFUSALS}, summary="成批定任务")
@grants(Can.SET_TARGET)
def set_tasks(request: PersonRequest, sent: TasksSet, key: str = KEY) -> HttpResponse:
    """Set the tasks of many units at once, row by row as in a spreadsheet; all or none."""
    settings, _at = _point(request)
    units = Unit.objects.visible_to(request.user)
    form = PasteForm(
        typed_in(sent), settings=settings, documents=documents_of(request.user), units=list(units)
    )
    typed = checked(form)
    tasks = form.tasks()
    said = {"year": typed["year"], "ground": form.ground(), "reason": typed["reason"]}
    return _written(
        request, key, sent, lambda: adjust_tasks(tasks=tasks, by=request.user, at=now(), **said)
    )


def _written(
    request: PersonRequest, key: str, sent: Taken, act: Callable[[], list[Target]]
) -> HttpResponse:
    def do() -> dict[str, object]:
        return {"seqs": [target.pk for target in act()]}

    return answered(once_for(request, key, typed_in(sent), do), status=201)
