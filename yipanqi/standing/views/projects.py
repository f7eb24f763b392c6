"""The list of projects, and the page of one."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from yipanqi.core.lists import Sorting, address, page_of
from yipanqi.facts.projects.models import Project, ProjectQuerySet
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.rules import Settings
from yipanqi.standing.forms.filter import GROUPS, ListFilter
from yipanqi.standing.reads.contacts import of_project
from yipanqi.standing.reads.listing import (
    COLUMNS,
    chosen,
    groups_of,
    industries,
    rows_of,
    totals_of,
    with_parts,
)
from yipanqi.standing.reads.page import sheet_of
from yipanqi.standing.shell import Here, here


@needs(Can.SEE_PROJECT)
def projects(request: PersonRequest) -> HttpResponse:
    """The projects asked for, as rows or in groups."""
    frame, mine = here(request), Project.objects.visible_to(request.user)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    form = ListFilter(
        request.GET,
        settings=frame.settings,
        units=units_to_choose(request),
        industries=industries(mine),
    )
    shown = _shown(form, mine, frame.settings, frame, request.GET)
    partly = request.htmx and not request.htmx.history_restore_request
    page = "standing/_rows.html" if partly else "standing/projects.html"
    return render(request, page, {"form": form, "problems": form.problems(), **shown})


def units_to_choose(request: PersonRequest) -> list[tuple[int, str]]:
    """The units of one's place, as a list to choose from."""
    units = Unit.objects.visible_to(request.user).exclude(kind=Kind.PLACE)
    return list(units.order_by("kind", "sort", "pk").values_list("pk", "name"))


def _shown(
    form: ListFilter, mine: ProjectQuerySet, settings: Settings, frame: Here, asked: QueryDict
) -> dict[str, Any]:  # what a template takes
    """What a page shows of the projects asked for."""
    wanted = form.wanted()
    found = chosen(mine, wanted, settings, frame.today)
    totals = totals_of(found)
    shown: dict[str, Any] = {"totals": totals, "ways": _ways(form, asked)}
    if by := form.grouped_by:
        groups = groups_of(found, by, wanted, settings)
        doors = [(group, address(asked, group=None, **{by: group.key})) for group in groups]
        return {**shown, "groups": doors, "by": by}
    sorting = Sorting.of(COLUMNS, form.cleaned_data.get("sort", ""))
    rows = sorting.apply(with_parts(found))
    page = page_of(rows, form.cleaned_data.get("page", ""), length=totals.number)
    return {
        **shown,
        "page": page,
        "rows": rows_of(page, settings, frame.today),
        "heads": sorting.headings(asked),
    }


def _ways(form: ListFilter, asked: QueryDict) -> list[tuple[str, str, bool]]:
    """The list, and the ways of grouping it."""
    choices = [("", gettext("列表")), *GROUPS]
    return [
        (str(label), address(asked, group=key or None), form.grouped_by == key)
        for key, label in choices
    ]


@needs(Can.SEE_PROJECT)
def project(request: PersonRequest, project_id: int) -> HttpResponse:
    """One project: its way, what happened, who answers for it, what the next step needs."""
    frame = here(request)
    one = get_object_or_404(Project.objects.visible_to(request.user), pk=project_id)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    sheet = sheet_of(one, frame.settings, as_of=frame.today)
    reach = request.user.reach(Can.CHECK_PROJECT)
    context = {
        "project": one,
        "sheet": sheet,
        "contacts": of_project(one, request.user),
        "may_check": any(reach.covers(seat.path) for seat in sheet.seats),
    }
    return render(request, "standing/project.html", context)
