"""How a score went, and what moved it between two days."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from yipanqi.assessment.reads.told import in_scope
from yipanqi.assessment.rules.methods import ANNUAL
from yipanqi.core.clock import today
from yipanqi.course.forms import CourseForm
from yipanqi.course.models import DayScore
from yipanqi.course.reads import A_YEAR, Between, Shift, between, course_of
from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can

Records = dict[str, object]


@require_GET
@needs(Can.SEE_SCORE)
def course(request: PersonRequest, holder_id: int) -> HttpResponse:
    """A holder's total and place from day to day, with the items that moved them."""
    holder = get_object_or_404(Unit.objects.visible_to(request.user), pk=holder_id)
    form = CourseForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"method": ANNUAL}
    until: date = asked.get("until") or today()
    since: date = asked.get("since") or until - A_YEAR
    steps = course_of(holder.pk, request.user, code=asked["method"], since=since, until=until)
    context = {"holder": holder, "steps": steps, "code": asked["method"], "form": form}
    return render(request, "course/course.html", context)


@require_GET
@needs(Can.SEE_SCORE)
def moved(request: PersonRequest, holder_id: int) -> HttpResponse:
    """The records that came and went between two remembered days."""
    holder = get_object_or_404(Unit.objects.visible_to(request.user), pk=holder_id)
    form = CourseForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    code, days = asked.get("method"), (asked.get("since"), asked.get("until"))
    known = DayScore.objects.visible_to(request.user).filter(holder=holder, code=code)
    kept = {score.day: score for score in known.filter(day__in=[day for day in days if day])}
    known_days = [kept[day] for day in days if day in kept]
    found = between(*known_days) if len(known_days) == len(days) else None
    context = {"holder": holder, "code": code, "between": found, "shifts": _told(request, found)}
    return render(request, "course/moved.html", context)


def _told(request: PersonRequest, found: Between | None) -> list[tuple[Shift, Records, Records]]:
    """The figures that changed, with what came and what went as far as somebody may see it."""
    visible = Project.objects.visible_to(request.user)
    return [
        (shift, in_scope(shift.came, None, visible), in_scope(shift.went, None, visible))
        for shift in (found.shifts if found else ())
    ]
