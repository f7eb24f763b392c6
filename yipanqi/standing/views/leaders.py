"""What leaders answer for: the overview of all of them, and a check of one paired project."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.activities.actions import check_project
from yipanqi.facts.projects.models import Project
from yipanqi.jobs.actions import once
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.standing.access import project_for
from yipanqi.standing.forms.contacts import CheckForm
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.reads.contacts import seats_of
from yipanqi.standing.views.sent import posted, status_of


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
