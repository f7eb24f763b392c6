"""Lists of projects for programs: many changed in one stroke and given back, all taken away as a file."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.lists import Sorting, Table
from yipanqi.core.schemas import REFUSALS, Taken, answered, refuse_unknown, takes, typed_in
from yipanqi.core.sheets import Sheet
from yipanqi.facts.projects.models import Project
from yipanqi.lists.forms import ExportForm
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import exported, says
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.standing.actions.bulk import change_many, undo_bulk
from yipanqi.standing.forms.bulk import BulkForm, refuse_unseen
from yipanqi.standing.forms.program import ListQuery
from yipanqi.standing.models import BulkChange
from yipanqi.standing.reads.bulk import Line, previewed
from yipanqi.standing.reads.columns import NEWEST, USUAL, columns_of, rows_of
from yipanqi.standing.reads.desk import people_of, units_of
from yipanqi.standing.reads.listing import chosen

router = Router(tags=["清单"])


@takes(BulkForm)
class BulkAsked(Taken):
    """Which projects, by their keys apart by commas; what is set, and to what."""


class LineTold(Schema):
    """A project: what it is, what it would become, or why it stays."""

    project_id: int
    code: str
    name: str
    before: str
    after: str
    refusal: str


class Preview(Schema):
    """What would happen; `shown` is sent back with the change itself."""

    lines: list[LineTold]
    shown: str


class Stroke(Schema):
    """Many projects that were changed in one stroke."""

    seq: int
    count: int


@router.post(
    "/projects/bulk/preview", response={200: Preview, **REFUSALS}, summary="批量修改：预览"
)
@grants(Can.AMEND_PROJECT)
def preview(request: PersonRequest, sent: BulkAsked) -> HttpResponse:
    """What a bulk change would do to each project, and which would stay, with the reason."""
    _form, lines = _previewed(request, sent)
    shown = ",".join(f"{line.project.pk}:{line.shown}" for line in lines)
    return answered({"lines": [_line_told(line) for line in lines], "shown": shown})


@router.post("/projects/bulk", response={201: Stroke, **REFUSALS}, summary="批量修改")
@grants(Can.AMEND_PROJECT)
def change(request: PersonRequest, sent: BulkAsked, key: str = KEY) -> HttpResponse:
    """Change all that was shown and may be changed, in one transaction."""
    form, lines = _previewed(request, sent)
    typed, ask = form.cleaned_data, form.ask()
    refuse_unseen(typed)

    def do() -> dict[str, object]:
        made = change_many(
            what=ask.what,
            node=ask.node,
            lines=lines,
            asked=typed["of"],
            reason=typed["reason"],
            by=request.user,
            at=now(),
        )
        return {"seq": made.pk, "count": made.count}

    return answered(once_for(request, key, typed_in(sent), do), status=201)


@router.post("/bulk/{int:seq}/undo", response={201: Stroke, **REFUSALS}, summary="撤销批量修改")
@grants(Can.AMEND_PROJECT)
def undo(request: PersonRequest, seq: int, key: str = KEY) -> HttpResponse:
    """Give back what every project was, where nobody has changed it since; once."""
    bulk = get_object_or_404(BulkChange.objects.visible_to(request.user), pk=seq)

    def do() -> dict[str, object]:
        made = undo_bulk(bulk=bulk, by=request.user, at=now())
        return {"seq": made.pk, "count": made.count}

    return answered(once_for(request, key, {}, do), status=201)


def _previewed(request: PersonRequest, sent: BulkAsked) -> tuple[BulkForm, list[Line]]:
    place = get_object_or_404(Unit, pk=request.user.place_id)
    settings = settings_on(place.pk, today())
    people = people_of(place, today())
    form = BulkForm(typed_in(sent), settings=settings, units=units_of(place), people=people)
    typed = checked(form)
    return form, previewed(request.user, form.ask(), settings, shown=typed["shown"])


def _line_told(line: Line) -> dict[str, Any]:
    named = ("before", "after", "refusal")
    project = line.project
    told = {"project_id": project.pk, "code": project.code, "name": project.name}
    return told | {name: getattr(line, name) for name in named}


@takes(ListQuery, without={"group", "then", "show", "page", "page_size"}, texts=True)
class ExportAsked(Taken):
    """Which projects, in which order, with which columns."""


@takes(ExportForm)
class ExportAs(Taken):
    """As what."""


@router.post("/projects/export", response=REFUSALS, summary="导出项目清单")
@grants(Can.SEE_PROJECT)
def export(request: PersonRequest, asked: Query[ExportAsked], sent: ExportAs) -> FileResponse:
    """All that is found, as a workbook or as text; the ledger says who took it."""
    refuse_unknown(request.GET, ExportAsked)
    day = today()
    settings = settings_on(request.user.place_id, day)
    form = ListQuery(request.GET, settings=settings)
    typed = checked(form)
    columns = columns_of(settings)
    table = Table.of(columns, typed["cols"], USUAL)
    mine = Project.objects.visible_to(request.user)
    found = chosen(mine, form.wanted(), settings, day)
    ordered = Sorting.of(columns, typed["sort"], NEWEST).apply(found)
    asked_for = [f"{label} {words}" for _name, label, words in form.said()]
    sheet = Sheet(
        title=str(Listed.PROJECTS.label),
        says=says(request, asked_for, day.isoformat()),
        columns=table.written,
        rows=rows_of(ordered, table.needs, settings, day),
    )
    return exported(request, Listed.PROJECTS, sheet, typed_in(sent))
