"""Figures that are told (填报数), for programs: what stands, and a sheet of new ones."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yipanqi.assessment.forms import MonthForm, TellForm
from yipanqi.assessment.reads.entering import Line, Table, last_month, table_of
from yipanqi.assessment.reads.live import live
from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.schemas import REFUSALS, Taken, answered, refuse_unknown, takes, typed_in
from yipanqi.facts.outside.actions import tell_figures
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can

router = Router(tags=["填报数"])


@takes(MonthForm, texts=True)
class MonthAsked(Taken):
    """Which method's figures, up to which month."""


@takes(TellForm)
class SheetTold(Taken):
    """A sheet as text, a holder in each row and a figure in each column, with its source."""


class FigureTold(Schema):
    """What stands for a figure of a holder; nothing where nobody has told it."""

    name: str
    indicator: str
    unit: str
    period: str
    value: str
    source: str
    said_on: date | None
    seq: int | None


class HolderTold(Schema):
    """A holder with its figures."""

    holder_id: int
    holder: str
    figures: list[FigureTold]


class TableTold(Schema):
    """Every holder and figure of a method, up to a month."""

    month: str
    holders: list[HolderTold]


class Told(Schema):
    """The figures that were news, by their numbers in the ledger; none where all stood already."""

    seqs: list[int]


@router.get("/told", response={200: TableTold, **REFUSALS}, summary="填报数")
@grants(Can.SEE_SCORE)
def told(request: PersonRequest, asked: Query[MonthAsked]) -> HttpResponse:
    """What was told of each holder up to a month; the month that ended last where none is said."""
    refuse_unknown(request.GET, MonthAsked)
    table = _table(request, MonthForm(request.GET))
    holders = [_holder(line) for line in table.lines]
    return answered({"month": f"{table.month:%Y-%m}", "holders": holders})


def _table(request: PersonRequest, form: MonthForm) -> Table:
    """The table of a method up to a month; a place without a method has none."""
    typed = checked(form)
    scored = live(request.user.place_id, day=today(), code=typed["method"])
    if scored is None:
        raise Http404
    month = typed["month"] or last_month(today())
    return table_of(scored, _place(request), request.user, month)


def _place(request: PersonRequest) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)


def _holder(line: Line) -> dict[str, object]:
    figures = [
        {
            "name": cell.column.name,
            "indicator": cell.column.indicator,
            "unit": cell.column.unit,
            "period": str(cell.column.period),
            "value": cell.shown,
            "source": cell.figure.source if cell.figure else "",
            "said_on": cell.figure.happened_on if cell.figure else None,
            "seq": cell.figure.pk if cell.figure else None,
        }
        for cell in line.cells
    ]
    return {"holder_id": line.pk, "holder": line.name, "figures": figures}


@router.post("/told", response={201: Told, **REFUSALS}, summary="填报一张表")
@grants(Can.TELL_FIGURE)
def told_new(request: PersonRequest, sent: SheetTold, key: str = KEY) -> HttpResponse:
    """Tell the figures of a sheet, all or none; what stands already is not said again."""
    data = typed_in(sent)
    form = TellForm(data)
    figures, _entered, reason = form.told(_table(request, form), {})

    def do() -> dict[str, object]:
        facts = tell_figures(
            place=_place(request), told=figures, reason=reason, by=request.user, at=now()
        )
        return {"seqs": [fact.pk for fact in facts]}

    return answered(once_for(request, key, data, do), status=201)
