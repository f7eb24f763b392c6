"""Today: how the year stands, what is due from me, what is late."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest, signed_in
from yipanqi.org.rules import Can
from yipanqi.standing.reads import nots
from yipanqi.standing.shell import here


@require_GET
@signed_in
def today(request: PersonRequest) -> HttpResponse:
    """Where everybody begins, each with what is theirs."""
    frame, context = here(request), dict[str, object]()
    if frame.settings and request.user.may(Can.SEE_PROJECT):
        mine = Project.objects.visible_to(request.user)
        context["nots"] = nots.tallies(mine, frame.settings, as_of=frame.today)
    return render(request, "dashboards/today.html", context)
