"""Ours beside theirs, for programs."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from yipanqi.core.clock import now, today
from yipanqi.core.numbers import percent
from yipanqi.core.schemas import REFUSALS, Taken, answered, takes, typed_in
from yipanqi.facts.outside.actions import enter_figures
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.standing.forms.comparison import FigureForm
from yipanqi.standing.reads.comparison import (
    Compared,
    Row,
    compared,
    counted_here,
    indicators_of,
    periods_of,
)

router = Router(tags=["横向比较"])


@takes(FigureForm)
class FigureNew(Taken):
    """What a source tells of another place."""


class RowTold(Schema):
    """A place in the comparison; `share` is ours of theirs."""

    holder: str
    mine: bool
    value: str
    rank: int | None
    growth: str
    share: str
    source: str
    said_on: date | None


class GroupTold(Schema):
    """Peers, ours among them, the highest first."""

    peers: str
    rows: list[RowTold]


class ComparedTold(Schema):
    """One indicator over the latest months for which something is told."""

    indicator: str
    name: str
    unit: str
    year: int
    month: int
    counted: bool
    groups: list[GroupTold]


class Comparison(Schema):
    """Every indicator that can be compared."""

    items: list[ComparedTold]


class Entered(Schema):
    """The figure stands in the ledger under this number."""

    seq: int


@router.get("/comparison", response={200: Comparison, **REFUSALS}, summary="横向比较")
@grants(Can.SEE_TARGET)
def comparison(request: PersonRequest) -> HttpResponse:
    """Each indicator for the latest months told, ours beside theirs."""
    settings = settings_on(request.user.place_id, today())
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    figures = list(
        OutsideFigure.objects.visible_to(request.user).of_others().standing().order_by("seq")
    )
    shown = [
        compared(
            figures,
            code,
            periods_of(figures, code)[0],
            place=place,
            person=request.user,
            settings=settings,
            as_of=today(),
        )
        for code, _name in indicators_of(figures, settings)
    ]
    return answered({"items": [_told(one) for one in shown]})


def _told(one: Compared) -> dict[str, object]:
    return {
        "indicator": one.code,
        "name": one.name,
        "unit": one.unit,
        "counted": one.mine is not None,
        "year": one.period.year,
        "month": one.period.month,
        "groups": [
            {"peers": group.name, "rows": [_row(row) for row in group.rows]} for group in one.groups
        ],
    }


def _row(row: Row) -> dict[str, object]:
    line, figure = row.line, row.figure
    return {
        "holder": line.holder,
        "mine": line.mine,
        "value": row.told,
        "rank": line.rank,
        "growth": percent(line.growth),
        "share": percent(line.share),
        "source": figure.source if figure else "",
        "said_on": figure.happened_on if figure else None,
    }


@router.post("/figures", response={201: Entered, **REFUSALS}, summary="录入别处的数")
@grants(Can.ENTER_FIGURE)
def figure_new(request: PersonRequest, sent: FigureNew, key: str = KEY) -> HttpResponse:
    """Enter a figure of another place; the same thing told again corrects it."""
    data = typed_in(sent)
    mine = counted_here(settings_on(request.user.place_id, today()))
    told = FigureForm(data).told(mine)
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    ours = {one.code: one for one in mine}

    def do() -> dict[str, object]:
        [made] = enter_figures(place=place, told=[told], ours=ours, by=request.user, at=now())
        return {"seq": made.pk}

    return answered(once_for(request, key, data, do), status=201)
