"""Rounds of judging, for programs: how far they have come, one's own sheet, the count."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema

from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.problems import refuse
from yipanqi.core.schemas import REFUSALS, Taken, answered, takes, typed_in
from yipanqi.facts.judging.actions import cancel_round, count_round, write_sheet
from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.rules import RoundState, Way, told
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.rules import Can
from yipanqi.standing.access import rater_in, round_in_sight, round_to_close
from yipanqi.standing.forms.rounds import CancelForm, SheetForm
from yipanqi.standing.reads.rounds import Course, Line, rounds_of, seen, sheet_of

router = Router(tags=["评分"])


class RoundTold(Schema):
    """A round and how far it has come; `owed` where the asker's own sheet is awaited."""

    id: int
    way: Way
    name: str
    first_on: date
    last_on: date
    opens_on: date
    due_on: date
    state: RoundState
    written: int
    raters: int
    owed: bool


class Rounds(Schema):
    """Every round of the place, the last due first."""

    items: list[RoundTold]


class PointsTold(Schema):
    """What was given for an item, by whom and why."""

    item: str
    points: str
    reason: str
    by: str
    on: date


class HolderTold(Schema):
    """A holder: what it was given, or what a count came to from how many sheets."""

    holder: str
    points: list[PointsTold]
    result: str | None
    sheets: int


class RoundSeen(RoundTold):
    """A round with its holders and whoever has not written."""

    waiting: list[str]
    holders: list[HolderTold]


class PointsGiven(Taken):
    """Points for an item of a holder; in a ballot the place, and no item."""

    holder_id: int
    item: str = ""
    points: str
    reason: str = ""


class SheetNew(Taken):
    """All that one rater says; `rater` where one person writes for several units."""

    words: list[PointsGiven] = []
    rater: int | None = None


@takes(CancelForm)
class CancelNew(Taken):
    """Why a round is given up."""


class Written(Schema):
    """What was written stands in the ledger under this number."""

    seq: int


@router.get("/rounds", response={200: Rounds, **REFUSALS}, summary="评分轮次")
@grants(Can.SEE_SCORE)
def rounds(request: PersonRequest) -> HttpResponse:
    """Who judges whom, by when, and how many have."""
    listed = rounds_of(request.user, as_of=today())
    return answered({"items": [_told(course) for course in listed]})


def _told(course: Course) -> dict[str, Any]:
    plain = ("way", "name", "first_on", "last_on", "opens_on", "due_on")
    return {
        "id": course.round.pk,
        **{name: getattr(course.round, name) for name in plain},
        "state": course.state,
        "written": course.written,
        "raters": course.asked,
        "owed": course.owed,
    }


@router.get("/rounds/{int:round_id}", response={200: RoundSeen, **REFUSALS}, summary="一轮评分")
@grants(Can.SEE_SCORE)
def round_told(request: PersonRequest, round_id: int) -> HttpResponse:
    """One round: judged points with their reasons, or what a count came to; never a single sheet."""
    judging = round_in_sight(request.user, round_id)
    found = seen(judging, request.user, as_of=today())
    return answered(
        {
            **_told(found.course),
            "waiting": found.waiting,
            "holders": [_line(line, part.items) for part in found.parts for line in part.lines],
        }
    )


def _line(line: Line, items: Any) -> dict[str, Any]:
    words = [(a.item, c.word) for a, c in zip(items, line.cells, strict=False) if c.word]
    return {
        "holder": line.holder,
        "points": [
            {"item": item, "points": told(w.points), "reason": w.reason, "by": w.unit, "on": w.on}
            for item, w in words
        ],
        "result": line.result.told if line.result else None,
        "sheets": line.sheets,
    }


@router.post(
    "/rounds/{int:round_id}/sheet", response={201: Written, **REFUSALS}, summary="填一张评分表"
)
@grants(Can.FILL_SHEET)
def sheet_new(
    request: PersonRequest, round_id: int, sent: SheetNew, key: str = KEY
) -> HttpResponse:
    """Write one's sheet; a later one replaces it until the round is closed."""
    judging = round_in_sight(request.user, round_id)
    rater = rater_in(request.user, judging, sent.rater)
    form = _form(judging, rater, sent)
    checked(form)
    words = form.words()

    def do() -> dict[str, object]:
        by, at = request.user, now()
        return {"seq": write_sheet(judging=judging, rater=rater, words=words, by=by, at=at).pk}

    return answered(once_for(request, key, sent.model_dump(), do), status=201)


def _form(judging: Round, rater: int, sent: SheetNew) -> SheetForm:
    """The form of the page, filled with what a program sent; a line that it does not have is refused."""
    sheet = sheet_of(judging, rater)
    about: dict[str, Any] = {"judging": judging, "rater": rater, "names": sheet.names}
    names = SheetForm(before=sheet.before, **about).names_of_fields()
    data = {}
    for word in sent.words:
        name = names.get((word.holder_id, word.item))
        if name is None:
            raise refuse(_("这一轮不评这一项"), where=f"{word.holder_id} {word.item}".strip())
        data[f"{'place' if judging.way == Way.BALLOT else 'points'}_{name}"] = word.points
        data[f"reason_{name}"] = word.reason
    return SheetForm(data, before=sheet.before, **about)


@router.post("/rounds/{int:round_id}/count", response={201: Written, **REFUSALS}, summary="计票")
@grants(Can.OPEN_ROUND)
def count(request: PersonRequest, round_id: int, key: str = KEY) -> HttpResponse:
    """Count the sheets; from here on they cannot be changed."""
    judging = round_to_close(request.user, round_id)

    def do() -> dict[str, object]:
        return {"seq": count_round(judging=judging, by=request.user, at=now()).pk}

    return answered(once_for(request, key, {}, do), status=201)


@router.post(
    "/rounds/{int:round_id}/cancel", response={201: Written, **REFUSALS}, summary="取消一轮评分"
)
@grants(Can.OPEN_ROUND)
def cancel(request: PersonRequest, round_id: int, sent: CancelNew, key: str = KEY) -> HttpResponse:
    """Give a round up, with the reason."""
    judging = round_to_close(request.user, round_id)
    typed = checked(CancelForm(typed_in(sent)))

    def do() -> dict[str, object]:
        return {"seq": cancel_round(judging=judging, by=request.user, at=now(), **typed).pk}

    return answered(once_for(request, key, typed_in(sent), do), status=201)
