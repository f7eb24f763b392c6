"""What leaders answer for: the overview of all of them, and a check of one paired project."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused
from yipanqi.core.sheets import Sheet
from yipanqi.facts.activities.actions import check_project
from yipanqi.facts.projects.models import Project
from yipanqi.jobs.actions import once
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import says, taken_away
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.standing.access import project_for
from yipanqi.standing.forms.contacts import CheckForm
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.reads import passed_on as reads
from yipanqi.standing.reads.contacts import seats_of
from yipanqi.standing.reads.leaders import (
    checked_parts,
    late_condition,
    leaders_of,
    looks_of,
)
from yipanqi.standing.reads.sheets import leader_columns
from yipanqi.standing.shell import here
from yipanqi.standing.views.sent import number_in, posted, status_of

PAGE = 50


SHOWS = ("silent", "late")


@needs(Can.SEE_CONTACT)
def leaders(request: PersonRequest) -> HttpResponse | FileResponse:
    """Every leader: what the seat answers for, how it stands, the last contact, checks that are late."""
    frame = here(request)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    rows = leaders_of(request.user, frame.settings, as_of=frame.today)
    lists = {
        "": rows,
        "silent": [row for row in rows if row.silent],
        "late": [row for row in rows if row.seen.late],
    }
    show = request.GET.get("show", "")
    late = checked_parts(request.user, frame.settings)
    words = {"silent": _("本年没有直接接洽"), "late": _("检查逾期")}
    sheet = Sheet(
        title=_("领导包保"),
        says=says(request, [words[show]] if show in words else [], frame.today.isoformat()),
        columns=leader_columns(),
        rows=lists.get(show, rows),
    )
    file, problems = taken_away(request, Listed.LEADERS, sheet)
    if file:
        return file
    context = {
        "rows": sheet.rows,
        "problems": problems,
        "all": len(rows),
        "silent": lists["silent"],
        "late": late.filter(late_condition(frame.settings, frame.today)).count(),
        "show": show if show in SHOWS else "",
    }
    return render(request, "standing/leaders.html", context, status=422 if problems else 200)


@needs(Can.SEE_PROJECT)
def checks(request: PersonRequest) -> HttpResponse:
    """The paired projects that leaders look at, the longest overdue first."""
    frame = here(request)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    parts = checked_parts(request.user, frame.settings)
    seats = Unit.objects.visible_to(request.user).standing().filter(kind=Kind.SEAT)
    seat = number_in(request, "seat")
    if seat is not None:
        parts = parts.filter(unit=get_object_or_404(seats, pk=seat))
    late = parts.filter(late_condition(frame.settings, frame.today))
    shown = late if request.GET.get("late") else parts
    rows = shown.select_related("unit", "person", "project")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": looks_of(list(page), frame.settings, as_of=frame.today),
        "late": bool(request.GET.get("late")),
        "numbers": (parts.count(), late.count()),
        "seats": seats.order_by("sort", "pk"),
        "seat": seat,
    }
    return render(request, "standing/checks.html", context)


@needs(Can.SEE_CONTACT)
def passed_on(request: PersonRequest) -> HttpResponse:
    """Holders of a task that only passed it on: no contact, no project, no claim of their own (E1)."""
    frame = here(request)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    idle = reads.passed_on(request.user, frame.settings, as_of=frame.today)
    return render(request, "standing/passed_on.html", {"rows": idle})


@needs(Can.SEE_PROJECT)
def helpers(request: PersonRequest) -> HttpResponse:
    """What ambassadors, advisers, agents, outposts and associations brought (E3)."""
    rows = reads.helpers_of(request.user)
    context = {
        "rows": rows,
        "number": sum(row.number for row in rows),
        "total_fen": sum(row.total_fen for row in rows),
    }
    return render(request, "standing/helpers.html", context)


@needs(Can.CHECK_PROJECT)
def check_new(request: PersonRequest, project_id: int) -> HttpResponse:
    """A leader, or the seat's liaison, writes down what was found at a paired project."""
    project = project_for(request.user, project_id, Can.SEE_PROJECT)
    seats = {seat.pk: seat for seat in seats_of(project, request.user)}
    if not seats:
        raise PermissionDenied
    form = CheckForm(
        posted(request),
        seats=[(pk, seat.name) for pk, seat in seats.items()],
        initial={"key": uuid.uuid4().hex, "seat": min(seats), "happened_on": today()},
    )
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            _checked(project, form, seats, request.user)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("检查已记入"))
            return redirect("project", project_id=project.pk)
    context = {"project": project, "form": form, "problems": problems}
    return render(request, "standing/check_form.html", context, status=status_of(request))


def _checked(project: Project, form: CheckForm, seats: dict[int, Unit], by: Person) -> None:
    typed = checked(form)
    key, seat = typed.pop("key"), seats[typed.pop("seat")]

    def do() -> dict[str, object]:
        made = check_project(project=project, seat=seat, by=by, at=now(), **typed)
        return {"check": made.pk}

    asked = {"check": project.pk, "seat": seat.pk, **typed}
    once(person_id=by.pk, key=key, request=asked, do=do)
