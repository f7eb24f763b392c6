"""Projects for programs: found, added up, looked at, registered, amended."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yipanqi.core.clock import now, today
from yipanqi.core.forms import all_checked, checked
from yipanqi.core.lists import Sorting
from yipanqi.core.schemas import (
    REFUSALS,
    Taken,
    answered,
    initials,
    refuse_unknown,
    takes,
    told,
    typed_in,
)
from yipanqi.facts.projects.actions.register import amend_project, register_project
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import Share
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.standing.access import project_for, refuse_strangers
from yipanqi.standing.api.shapes import (
    PLAIN,
    Projects,
    ProjectWhole,
    Sums,
    parts_told,
    project_told,
    project_whole,
    sum_told,
)
from yipanqi.standing.forms.program import SKIP, ConfirmForm, ListQuery, SumsQuery
from yipanqi.standing.forms.register import EditForm, PartsForm, ProjectForm
from yipanqi.standing.models import Deadline, Recognised
from yipanqi.standing.reads.columns import COLUMNS, NEWEST
from yipanqi.standing.reads.desk import people_of, units_of
from yipanqi.standing.reads.doubts import Doubted, doubts_of, refuse_doubted
from yipanqi.standing.reads.listing import chosen, totals_of
from yipanqi.standing.reads.sums import sums_of

router = Router(tags=["项目"])
SHOWING = frozenset({"group", "then", "show", "cols"})
"""What only a page is asked for."""


@takes(ListQuery, without=SHOWING, texts=True)
class ProjectsAsked(Taken):
    """Which projects, in which order."""


@takes(SumsQuery, without={*SHOWING, "sort", "page"}, texts=True)
class SumsAsked(Taken):
    """Which projects, in which groups."""


@takes(ProjectForm, PartsForm(units=(), people=()), ConfirmForm, without={"key", "since"})
class ProjectNew(Taken):
    """The particulars of a project and who takes part in it."""


@takes(EditForm, without={"key"})
class ProjectAmended(Taken):
    """The particulars that change, and the version that they were read at."""


class Registered(Schema):
    """A project that is in the register, under this code."""

    id: int
    code: str
    version: int


@router.get("/projects", response={200: Projects, **REFUSALS}, summary="查询项目")
@grants(Can.SEE_PROJECT)
def find_projects(request: PersonRequest, asked: Query[ProjectsAsked]) -> HttpResponse:
    """One page of the projects in sight, with number and investment of all that were asked for."""
    refuse_unknown(request.GET, ProjectsAsked)
    day = today()
    settings = settings_on(request.user.place_id, day)
    form = ListQuery(request.GET, settings=settings)
    typed = checked(form)
    found = chosen(Project.objects.visible_to(request.user), form.wanted(), settings, day)
    totals, page = totals_of(found), typed["page"] or 1
    rows = Sorting.of(COLUMNS, typed["sort"], NEWEST).apply(found).values(*PLAIN)
    shown = list(rows[(page - 1) * form.size : page * form.size])
    parts = parts_told([row["id"] for row in shown])
    return answered(
        {
            "count": totals.number,
            "total_fen": totals.total_fen,
            "page": page,
            "page_size": form.size,
            "items": [project_told(row, parts[row["id"]], settings, day) for row in shown],
        }
    )


@router.get("/projects/sums", response={200: Sums, **REFUSALS}, summary="分组汇总")
@grants(Can.SEE_PROJECT)
def sum_projects(request: PersonRequest, asked: Query[SumsAsked]) -> HttpResponse:
    """Number and investment of the projects asked for, by unit and stage or other dimensions."""
    refuse_unknown(request.GET, SumsAsked)
    day = today()
    settings = settings_on(request.user.place_id, day)
    form = SumsQuery(request.GET, settings=settings)
    by = checked(form)["by"]
    wanted = replace(form.wanted(), role="") if "unit" in by else form.wanted()
    found = chosen(Project.objects.visible_to(request.user), wanted, settings, day)
    groups = [sum_told(group) for group in sums_of(found, by, form.part)]
    return answered({"by": by, "role": form.part, "groups": groups})


@router.get("/projects/{int:project_id}", response={200: ProjectWhole, **REFUSALS}, summary="项目")
@grants(Can.SEE_PROJECT)
def see_project(request: PersonRequest, project_id: int) -> HttpResponse:
    """One project in sight, with its parts, what is recognised of it and what is awaited."""
    day = today()
    visible = Project.objects.visible_to(request.user).filter(pk=project_id)
    project = visible.values(*PLAIN, "content", "remark", "place_id").first()
    if project is None:
        raise Http404
    recognised = Recognised.objects.current().filter(project_id=project_id)
    deadlines = Deadline.objects.current().filter(project_id=project_id)
    content = project_whole(
        project,
        parts_told([project_id])[project_id],
        recognised.order_by("counted_on", "pk"),
        deadlines.order_by("due_on", "pk"),
        settings_on(project["place_id"], day),
        day,
    )
    return answered(content)


@router.post("/projects", response={201: Registered, **REFUSALS}, summary="项目入库")
@grants(Can.REGISTER_PROJECT)
def register(request: PersonRequest, sent: ProjectNew, key: str = KEY) -> HttpResponse:
    """Take a project into the register, once under its key, after a look at what may be the same."""
    data = {**initials(ProjectForm), **typed_in(sent)}
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    named = any(name.endswith("_person") for name in data)
    people = people_of(place, today()) if named else []
    parts = PartsForm(data, units=units_of(place), people=people)
    typed = all_checked(ProjectForm(data), parts, ConfirmForm(data))
    refuse_strangers(request.user, parts.shares(), parts.units)

    def do() -> dict[str, object]:
        return _registered(typed, parts.shares(), place, request.user)

    try:
        return answered(once_for(request, key, data, do), status=201)
    except Doubted as doubted:
        return told(doubted.problems, seal=doubted.doubts.seal)


def _registered(
    typed: Mapping[str, Any], shares: Sequence[Share], place: Unit, by: Person
) -> dict[str, object]:
    if typed["confirmed"] != SKIP:
        refuse_doubted(doubts_of(typed, place, by), typed["confirmed"])
    particulars = {name: typed[name] for name in ProjectForm.particulars}
    made = register_project(
        project=Project(place=place, **particulars), shares=shares, by=by, at=now()
    )
    return {"id": made.pk, "code": made.code, "version": made.version}


@router.patch(
    "/projects/{int:project_id}", response={200: Registered, **REFUSALS}, summary="修改项目"
)
@grants(Can.AMEND_PROJECT)
def amend(
    request: PersonRequest, project_id: int, sent: ProjectAmended, key: str = KEY
) -> HttpResponse:
    """Change what is named; the version that it was read at is compared, and one of two wins."""
    project = project_for(request.user, project_id, Can.AMEND_PROJECT)
    data = typed_in(sent)
    form = EditForm({**_standing(project), **data})
    typed = checked(form)

    def do() -> dict[str, object]:
        made = amend_project(
            project=project,
            changes=form.differing(project),
            version=typed["version"],
            by=request.user,
            at=now(),
            reason=typed["reason"],
        )
        return {"id": made.pk, "code": made.code, "version": made.version}

    return answered(once_for(request, key, data, do))


def _standing(project: Project) -> dict[str, Any]:
    """A project's particulars as their fields would show them."""
    fields = EditForm.base_fields
    return {
        name: fields[name].prepare_value(value)
        for name in EditForm.particulars
        if (value := getattr(project, name)) is not None
    }
