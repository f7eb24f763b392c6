"""Reporting on a project: a node, money, progress, another due day; taking a report back."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.projects.actions.report import NewClaim, report_progress
from yipanqi.facts.projects.actions.report import claim as make_claim
from yipanqi.facts.projects.models import Claim, Project
from yipanqi.jobs.actions import once
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.standing.access import claim_in_sight, project_for, project_of_place
from yipanqi.standing.actions import plan_node, withdraw_claim
from yipanqi.standing.forms.claims import ClaimForm, PlanForm, ProgressForm, ReasonForm
from yipanqi.standing.reads.desk import (
    WAITS,
    WITHDRAWN,
    Story,
    reporting_units,
    steps_of,
    story_of,
)
from yipanqi.standing.rules import Outcome, next_node
from yipanqi.standing.views.evidence import Laid, laid_down
from yipanqi.standing.views.sent import files, posted, status_of

NONE: Sequence[Problem] = ()


@needs(Can.CLAIM)
def claim_new(request: PersonRequest, project_id: int) -> HttpResponse:
    """Report a node or money that arrived, with its evidence."""
    project = project_for(request.user, project_id, Can.CLAIM)
    form, laid = _claim_form(request, project), Laid()
    problems = NONE
    if request.method == "POST":
        laid = laid_down(request)
        try:
            made = _claimed(project, form, laid, request.user)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已申报，等认定单位认定后计入"))
            return redirect("claim", claim_id=made)
    return _claim_page(request, project, form, laid, problems)


def _claim_page(
    request: PersonRequest,
    project: Project,
    form: ClaimForm,
    laid: Laid,
    problems: Sequence[Problem],
) -> HttpResponse:
    settings = settings_on(project.place_id, today())
    context = {
        "project": project,
        "form": form,
        "problems": problems,
        "laid": laid,
        "steps": steps_of(project, settings),
        "chosen": form["node"].value(),
    }
    return render(request, "standing/claim_form.html", context, status=status_of(request))


def _claim_form(request: PersonRequest, project: Project) -> ClaimForm:
    day = today()
    settings = settings_on(project.place_id, day)
    units = reporting_units(project, request.user)
    wanted = request.GET.get("node") or next_node(settings.order, project.stage)
    return ClaimForm(
        posted(request),
        files(request),
        settings=settings,
        units=units,
        initial={
            "key": uuid.uuid4().hex,
            "node": wanted,
            "happened_on": day,
            "unit": units[0][0] if units else None,
        },
    )


def _claimed(project: Project, form: ClaimForm, laid: Laid, by: Person) -> int:
    """Make the claim once, however often it is sent; answers its number."""
    typed = _all_checked(form, laid.problems)
    key, _files = typed.pop("key"), typed.pop("evidence")
    unit_id = typed.pop("unit")
    new = NewClaim(project=project, unit_id=unit_id, evidence=laid.files, **typed)

    def do() -> dict[str, Any]:
        return {"claim": make_claim(new=new, by=by, at=now()).pk}

    request = {
        "claim": project.pk,
        "unit": unit_id,
        **typed,
        "files": [f.digest for f in laid.files],
    }
    answer = once(person_id=by.pk, key=key, request=request, do=do)
    return int(str(answer["claim"]))


def _all_checked(form: ClaimForm, others: tuple[Problem, ...]) -> dict[str, Any]:
    """What was typed; refuses with what is wrong in it together with what was wrong besides."""
    try:
        typed = checked(form)
    except Refused as refused:
        raise Refused([*refused.problems, *others]) from None
    if others:
        raise Refused(others)
    return typed


@needs(Can.CLAIM)
def progress_new(request: PersonRequest, project_id: int) -> HttpResponse:
    """Report what has moved and what is in the way."""
    project = project_for(request.user, project_id, Can.CLAIM)
    initial = {"happened_on": today(), "key": uuid.uuid4().hex}
    form, problems = ProgressForm(posted(request), initial=initial), NONE
    if request.method == "POST":
        try:
            _progressed(project, form, request.user)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("进展已记入"))
            return redirect("project", project_id=project.pk)
    context = {"project": project, "form": form, "problems": problems}
    return render(request, "standing/progress_form.html", context, status=status_of(request))


def _progressed(project: Project, form: ProgressForm, by: Person) -> None:
    typed = checked(form)
    key = typed.pop("key")

    def do() -> dict[str, object]:
        return {"progress": report_progress(project=project, by=by, at=now(), **typed).pk}

    once(person_id=by.pk, key=key, request={"progress": project.pk, **typed}, do=do)


@needs(Can.AMEND_PROJECT)
def plan_new(request: PersonRequest, project_id: int) -> HttpResponse:
    """Set the day by which a node is due for one project; only who answers for the whole place may."""
    project = project_of_place(request.user, project_id, Can.AMEND_PROJECT)
    settings = settings_on(project.place_id, today())
    initial = {"node": request.GET.get("node") or next_node(settings.order, project.stage)}
    form, problems = PlanForm(posted(request), settings=settings, initial=initial), NONE
    if request.method == "POST":
        try:
            plan_node(project=project, by=request.user, at=now(), **checked(form))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("期限已调整"))
            return redirect("project", project_id=project.pk)
    context = {"project": project, "form": form, "problems": problems}
    return render(request, "standing/plan_form.html", context, status=status_of(request))


@needs(Can.SEE_PROJECT)
def claim(request: PersonRequest, claim_id: int) -> HttpResponse:
    """One claim: its evidence, what was said of it by whom and when, and what may be done now."""
    made = claim_in_sight(request.user, claim_id)
    story = story_of(made, as_of=today())
    context = {"claim": made, "story": story, **rights_on(story, request.user)}
    return render(request, "standing/claim.html", context)


def rights_on(story: Story, person: Person) -> dict[str, bool]:
    """What a person may do with a claim as it stands."""
    office = story.office
    mine = office is not None and person.reach(Can.VERIFY).covers(office.path)
    return {
        "may_decide": mine and story.state == WAITS,
        "may_find_false": mine and story.state == Outcome.ACCEPTED,
        "may_withdraw": _reported(story.claim, person)
        and story.state not in (WITHDRAWN, Outcome.FALSIFIED),
    }


def _reported(claim: Claim, person: Person) -> bool:
    return person.reach(Can.WITHDRAW).covers(claim.unit.path)


@needs(Can.WITHDRAW)
def withdraw(request: PersonRequest, claim_id: int) -> HttpResponse:
    """Take back what one's own unit claimed."""
    made = claim_in_sight(request.user, claim_id)
    if not _reported(made, request.user):
        raise PermissionDenied
    form, problems = ReasonForm(posted(request)), NONE
    if request.method == "POST":
        try:
            withdraw_claim(claim=made, by=request.user, at=now(), **checked(form))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已撤回，账上留有经过"))
            return redirect("claim", claim_id=made.pk)
    story = story_of(made, as_of=today())
    context = {"claim": made, "story": story, "form": form, "problems": problems}
    return render(request, "standing/withdraw.html", context, status=status_of(request))
