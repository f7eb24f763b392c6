"""A page of method tried by a program: what it would make of the figures; nothing is written."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from yipanqi.assessment.actions import problems_here
from yipanqi.assessment.forms import MethodForm
from yipanqi.assessment.reads.trial import Trial, trial
from yipanqi.assessment.rules.effects import GroupEffect, ListEffect, MovedRow
from yipanqi.assessment.rules.reading import read_method
from yipanqi.core.clock import today
from yipanqi.core.forms import checked
from yipanqi.core.problems import refuse_if_blocked
from yipanqi.core.schemas import REFUSALS, Taken, answered, takes, typed_in
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import grants
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can

router = Router(tags=["考核与排名"])


class TriedProblem(Schema):
    """What could not be scored."""

    where: str
    text: str


@takes(MethodForm)
class MethodTyped(Taken):
    """A page of method, and figures to try it on instead of the facts."""


class MovedTold(Schema):
    """A holder under the page: its place and total, and what they are under the method in force."""

    holder_id: int | None
    holder: str
    place: int | None
    was_place: int | None
    total: str | None
    was_total: str | None
    points: dict[str, str | None]


class MovedGroup(Schema):
    """A group in the order of its new places."""

    group: str
    rows: list[MovedTold]


class MovedList(Schema):
    """Who would stand on a list, who would come to it, who would leave it."""

    list: str
    group: str
    holders: tuple[str, ...]
    came: tuple[str, ...]
    gone: tuple[str, ...]


class MethodTried(Schema):
    """What a page would make of the figures; `against` is the version in force, if there is one."""

    method: str
    code: str
    against: int | None
    groups: list[MovedGroup]
    lists: list[MovedList]
    problems: list[TriedProblem]


@router.post("/methods/preview", response={200: MethodTried, **REFUSALS}, summary="办法预览")
@grants(Can.SET_METHOD)
def preview(request: PersonRequest, sent: MethodTyped) -> HttpResponse:
    """Score a page beside the method in force; nothing is written."""
    typed = checked(MethodForm(typed_in(sent)))
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    method = read_method(typed["text"])
    refuse_if_blocked(problems_here(method, place))
    tried = trial(place, typed["text"], day=today(), figures=typed["figures"])
    content = {
        "method": method.title,
        "code": method.code,
        "against": tried.before.number if tried.before and tried.effect.known else None,
        "groups": [
            {"group": group.group, "rows": [_moved_told(tried, group, row) for row in group.rows]}
            for group in tried.effect.groups
        ],
        "lists": [{"list": each.name, **_public(each)} for each in tried.effect.lists],
        "problems": [{"where": each.where, "text": each.text} for each in tried.sheet.problems],
    }
    return answered(content)


def _public(each: ListEffect) -> dict[str, Any]:
    return {name: getattr(each, name) for name in ("group", "holders", "came", "gone")}


def _moved_told(tried: Trial, group: GroupEffect, moved: MovedRow) -> dict[str, Any]:
    row, was, sheet = moved.row, moved.was, tried.sheet
    holder = tried.holders.get(row.holder)
    points = {line.item: line.points for line in row.lines}
    return {
        "holder_id": holder.pk if holder else None,
        "holder": row.holder,
        "place": row.place,
        "was_place": was.place if was else None,
        "total": sheet.printed(row.total),
        "was_total": sheet.printed(was.total) if was else None,
        "points": {line: sheet.printed(points.get(line)) for line in group.lines},
    }
