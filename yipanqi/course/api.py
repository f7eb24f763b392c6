"""Courses for programs."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yipanqi.core.clock import today
from yipanqi.core.forms import checked
from yipanqi.core.schemas import REFUSALS, Taken, refuse_unknown, takes
from yipanqi.course.forms import CourseForm
from yipanqi.course.reads import A_YEAR, Step, course_of
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import grants
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can

router = Router(tags=["考核与排名"])


@takes(CourseForm, texts=True)
class CourseAsked(Taken):
    """Which days, by which method."""


class MoveTold(Schema):
    """An item whose points changed."""

    item: str
    before: str | None
    after: str | None


class StepTold(Schema):
    """A day on which the score stood otherwise than before; `total` is exact."""

    day: date
    seq: int
    total: str | None
    place: int | None
    moved: list[MoveTold]


class CourseTold(Schema):
    """The days between which a score was asked, and those on which it changed."""

    holder_id: int
    code: str
    steps: list[StepTold]


@router.get(
    "/scores/{int:holder_id}/course",
    response={200: CourseTold, **REFUSALS},
    summary="得分和名次的走势",
)
@grants(Can.SEE_SCORE)
def course(request: PersonRequest, holder_id: int, asked: Query[CourseAsked]) -> dict[str, Any]:
    """A holder's total and place from day to day, with the items that moved them."""
    holder = get_object_or_404(Unit.objects.visible_to(request.user), pk=holder_id)
    refuse_unknown(request.GET, CourseAsked)
    wanted = checked(CourseForm(request.GET))
    until: date = wanted["until"] or today()
    since: date = wanted["since"] or until - A_YEAR
    code = wanted["method"]
    steps = course_of(holder.pk, request.user, code=code, since=since, until=until)
    return {"holder_id": holder.pk, "code": code, "steps": [_told(step) for step in steps]}


def _told(step: Step) -> dict[str, Any]:
    return {
        "day": step.score.day,
        "seq": step.score.seq,
        "total": step.score.total_text or None,
        "place": step.score.rank,
        "moved": [
            {"item": one.item, "before": _exact(one.before), "after": _exact(one.after)}
            for one in step.moved
        ],
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
