"""The register: a project enters it, its particulars are amended, its parts are shared."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.projects.actions.register import amend_project, register_project, set_parts
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import (
    PartRole,
    Share,
    credit_code_problems,
)
from yipanqi.jobs.actions import once
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.standing.access import project_for, project_of_place, refuse_strangers
from yipanqi.standing.forms.fields import AmountField, in_wan
from yipanqi.standing.forms.register import NATURES, EditForm, PartsForm, ProjectForm
from yipanqi.standing.reads.desk import people_of, units_of
from yipanqi.standing.reads.doubts import Doubted, Doubts, doubts_of, refuse_doubted
from yipanqi.standing.views.sent import posted, status_of


@needs(Can.REGISTER_PROJECT)
def project_new(request: PersonRequest) -> HttpResponse:
    """Take a project into the register, after a look at what may be the same one."""
    place = _place_of(request.user)
    form = ProjectForm(posted(request), initial={"key": uuid.uuid4().hex})
    parts = _parts_form(request, place, _own(request.user))
    problems: Sequence[Problem] = ()
    doubts = Doubts()
    if request.method == "POST":
        try:
            made = _registered(request, place, form, parts)
        except Doubted as doubted:
            doubts = doubted.doubts
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("项目已入库"))
            return redirect("project", project_id=made)
    context = {"form": form, "parts": parts, "problems": problems, "doubts": doubts}
    context["natures"] = NATURES
    return render(request, "standing/project_form.html", context, status=status_of(request))


def _place_of(person: Person) -> Unit:
    return get_object_or_404(Unit, path__in=person.place_paths[:1])


def _own(person: Person) -> list[Share]:
    """A unit that registers a project has most likely introduced it and leads it."""
    unit, reach = person.acting_unit, person.reach(Can.REGISTER_PROJECT)
    if unit is None or reach.places:
        return []
    return [Share(unit_id=unit.pk, role=role) for role in (PartRole.INTRODUCER, PartRole.LEAD)]


def _parts_form(
    request: PersonRequest, place: Unit, standing: Sequence[Share], since: int | None = None
) -> PartsForm:
    return PartsForm(
        posted(request),
        units=units_of(place),
        people=people_of(place, today()),
        standing=standing,
        initial={"since": since},
    )


def _registered(request: PersonRequest, place: Unit, form: ProjectForm, parts: PartsForm) -> int:
    """Register once, however often it is sent; answers the project's key."""
    typed = _both_checked(form, parts)
    key, shares = typed.pop("key"), parts.shares()
    refuse_strangers(request.user, shares, parts.units)
    refuse_doubted(doubts_of(typed, place, request.user), request.POST.get("confirmed", ""))
    project = Project(place=place, **typed)

    def do() -> dict[str, object]:
        return {
            "project": register_project(
                project=project, shares=shares, by=request.user, at=now()
            ).pk
        }

    asked = {"register": typed, "shares": [str(share) for share in shares]}
    return int(str(once(person_id=request.user.pk, key=key, request=asked, do=do)["project"]))


def _both_checked(form: ProjectForm, parts: PartsForm) -> dict[str, Any]:
    """What was typed in both halves of the page; refuses with what is wrong in either."""
    problems: list[Problem] = []
    for half in (form, parts):
        try:
            checked(half)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return dict(form.cleaned_data)


@dataclass(frozen=True)
class Difference:
    """A particular that somebody else has changed, or that differs from what was typed."""

    label: str
    now: str
    typed: str


@needs(Can.AMEND_PROJECT)
def project_edit(request: PersonRequest, project_id: int) -> HttpResponse:
    """Change what is registered; somebody else's change in between is shown and nothing is lost."""
    project = project_for(request.user, project_id, Can.AMEND_PROJECT)
    initial = {name: getattr(project, name) for name in ProjectForm.particulars}
    form = EditForm(posted(request), initial={**initial, "version": project.version})
    problems: Sequence[Problem] = ()
    differences: list[Difference] = []
    if request.method == "POST":
        try:
            _amended(project, form, request.user, confirmed="confirmed" in request.POST)
        except Refused as refused:
            problems, differences = _explained(refused, project, form)
        else:
            messages.success(request, _("已保存"))
            return redirect("project", project_id=project.pk)
    context = {"form": form, "project": project, "problems": problems, "natures": NATURES}
    context["differences"] = differences
    return render(request, "standing/project_form.html", context, status=status_of(request))


def _amended(project: Project, form: EditForm, by: Person, *, confirmed: bool) -> None:
    typed = checked(form)
    if not confirmed and typed["credit_code"] != project.credit_code:
        doubts = list(credit_code_problems(typed["credit_code"]))
        if doubts:
            raise Refused(doubts)
    amend_project(
        project=project,
        changes=form.differing(project),
        version=typed["version"],
        by=by,
        at=now(),
        reason=typed["reason"],
    )


def _explained(
    refused: Refused, project: Project, form: EditForm
) -> tuple[Sequence[Problem], list[Difference]]:
    """Where the page had grown old, what differs now, field by field; sent again, the typed counts."""
    fresh = Project.objects.get(pk=project.pk)
    if not form.is_valid() or form.cleaned_data["version"] == fresh.version:
        return refused.problems, []
    differences = [
        Difference(
            str(form.fields[name].label),
            _shown(form, name, getattr(fresh, name)),
            _shown(form, name, typed),
        )
        for name, typed in form.differing(fresh).items()
    ]
    form.see(fresh.version)
    text = _("你打开这一页之后，别人改过这个项目。下面是不同之处；再次保存就以你填的为准")
    return [Problem(text=text, where=_("保存"))], differences


def _shown(form: EditForm, name: str, value: object) -> str:
    """A particular as its field would show it."""
    field = form.fields[name]
    if isinstance(field, AmountField) and isinstance(value, int):
        return f"{in_wan(value)}{_('万元')}"
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, field.prepare_value(value) if value is not None else ""))


@needs(Can.AMEND_PROJECT)
def parts(request: PersonRequest, project_id: int) -> HttpResponse:
    """Say anew who takes part and how the credit is shared; who answers for the place decides."""
    project = project_of_place(request.user, project_id, Can.AMEND_PROJECT)
    standing = project.parts.current().exclude(role=PartRole.VERIFIER)
    current = list(standing.select_related("unit", "person").order_by("pk"))
    since = max((part.from_seq for part in current), default=0)
    form = _parts_form(request, project.place, [part.share() for part in current], since)
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            _shared(project, form, request.user)
        except Refused as refused:
            problems = refused.problems
            form.see(since)
        else:
            messages.success(request, _("参与单位和份额已更新；以前的认定按当时的份额计"))
            return redirect("project", project_id=project.pk)
    context = {"project": project, "form": form, "problems": problems, "current": current}
    return render(request, "standing/parts_form.html", context, status=status_of(request))


def _shared(project: Project, form: PartsForm, by: Person) -> None:
    since = checked(form)["since"]
    set_parts(project=project, shares=form.shares(), since=since, by=by, at=now())
