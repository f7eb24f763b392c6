"""The nots: who is late with what."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from yipanqi.core.lists import Table
from yipanqi.core.problems import Problem, Refused
from yipanqi.core.sheets import Sheet
from yipanqi.facts.projects.models import Project
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import exported, says
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.rules import Settings
from yipanqi.standing.models import Deadline
from yipanqi.standing.reads import nots as reads
from yipanqi.standing.shell import here
from yipanqi.standing.views.sent import number_in

PAGE = 50


@needs(Can.SEE_PROJECT)
def nots(request: PersonRequest) -> HttpResponse | FileResponse:
    """Projects past a day by which a node was due, by kind, with who answers for each."""
    frame = here(request)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    chosen = number_in(request, "unit")
    units = Unit.objects.visible_to(request.user).exclude(kind=Kind.PLACE)
    unit = get_object_or_404(units, pk=chosen) if chosen else None
    projects = reads.projects_of(request.user, chosen)
    tallies = reads.tallies(projects, frame.settings, as_of=frame.today)
    tally = _chosen(tallies, request.GET.get("code", ""))
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        asked = [tally.name, *([unit.name] if unit else [])]
        try:
            return taken_away(request, projects, tally, asked, frame.settings)
        except Refused as refused:
            problems = refused.problems
    page, rows = _rows(request, projects, tally.code, frame.settings)
    context: dict[str, Any] = {  # what a template takes
        "tallies": tallies,
        "tally": tally,
        "page": page,
        "rows": rows,
        "unit": unit,
        "problems": problems,
    }
    context["units"] = units.order_by("kind", "sort", "pk")
    context["table"] = Table.of(reads.columns_of(tally.code), "", reads.USUAL)
    context["heads"] = context["table"].plain_heads()
    return render(request, "standing/nots.html", context, status=422 if problems else 200)


def taken_away(
    request: PersonRequest,
    projects: QuerySet[Project],
    tally: reads.Tally,
    asked: list[str],
    settings: Settings,
) -> FileResponse:
    """Everything that is named, as a file."""
    day = here(request).today
    sheet = Sheet(
        title=_("五未"),
        says=says(request, asked, day.isoformat()),
        columns=reads.columns_of(tally.code),
        rows=reads.all_late(projects, tally.code, settings, as_of=day),
    )
    return exported(request, Listed.NOTS, sheet)


def _chosen(tallies: list[reads.Tally], code: str) -> reads.Tally:
    """The one asked for, else the first that names anybody."""
    if code:
        found = next((tally for tally in tallies if tally.code == code), None)
        if found is None:
            raise Http404
        return found
    return next((tally for tally in tallies if tally.count), tallies[0])


def _rows(
    request: PersonRequest, projects: QuerySet[Project], code: str, settings: Settings
) -> tuple[Page[Deadline] | Page[Project], list[reads.Late]]:
    as_of, number = here(request).today, request.GET.get("page")
    if code == reads.STALLED:
        idle = Paginator(reads.stalled_rows(projects, settings, as_of=as_of), PAGE).get_page(number)
        return idle, reads.stalled_shown(list(idle), settings, as_of=as_of)
    late = Paginator(reads.late_rows(projects, code, as_of=as_of), PAGE).get_page(number)
    return late, reads.late_shown(list(late), settings, as_of=as_of)
