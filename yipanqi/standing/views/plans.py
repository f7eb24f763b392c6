"""A year's plan: written by rules or copied, looked at before, issued at once; tables pasted in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from yipanqi.core.clock import now
from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.targets.actions import adjust_tasks, issue_plan
from yipanqi.facts.targets.models import YearPlan
from yipanqi.facts.targets.rules import PlanLine, line_problems, tasks_of
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.rules import Settings
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.forms.plans import PasteForm, PlanForm
from yipanqi.standing.reads.plans import Preview, one_of, preview
from yipanqi.standing.reads.tasks import carriers_of, documents_of
from yipanqi.standing.shell import here
from yipanqi.standing.views.sent import number_in, posted
from yipanqi.standing.views.targets import point

MORE = 5
MOST = 60


def _units(request: PersonRequest) -> list[Unit]:
    """Everybody who may be given a task, by kind and rank."""
    order = list(Kind)
    units = Unit.objects.visible_to(request.user).standing()
    return sorted(units, key=lambda unit: (order.index(Kind(unit.kind)), unit.sort, unit.pk))


@require_GET
@needs(Can.SEE_TARGET)
def year_plans(request: PersonRequest) -> HttpResponse:
    """The plans that were issued, the newest first."""
    plans = YearPlan.objects.visible_to(request.user).select_related("document")
    return render(request, "standing/year_plans.html", {"plans": plans.order_by("-seq")})


@require_GET
@needs(Can.SEE_TARGET)
def year_plan(request: PersonRequest, plan_id: int) -> HttpResponse:
    """A plan as it was issued: its lines, and what it gave to whom."""
    plans = YearPlan.objects.visible_to(request.user).select_related("document")
    plan = get_object_or_404(plans, pk=plan_id)
    settings, _at = point(request)
    units = {unit.pk: unit for unit in _units(request)}
    given = plan.targets.select_related("holder", "person").order_by("seq")
    told = [(one, *_told(settings, one.indicator, one.amount)) for one in given]
    lines = [
        (_who(line, units), line, *_told(settings, line.indicator, line.amount))
        for line in plan.rules
    ]
    return render(request, "standing/year_plan.html", {"plan": plan, "lines": lines, "given": told})


def _told(settings: Settings, code: str, amount: int) -> tuple[str, str]:
    one = one_of(settings, code)
    return one.name, f"{one.told(amount)}{one.unit}"


def _who(line: PlanLine, units: Mapping[int, Unit]) -> str:
    """To whom a line of a plan gives, in words."""
    if line.unit_id is not None:
        return units[line.unit_id].name
    kind = str(Kind(line.kind).label)
    first = (line.first or 1) > 1
    if first and line.last:
        return _("%(kind)s第 %(first)s 至 %(last)s 位") % {**vars(line), "kind": kind}
    if line.last:
        return _("%(kind)s前 %(last)s 位") % {"kind": kind, "last": line.last}
    if first:
        return _("%(kind)s第 %(first)s 位起") % {"kind": kind, "first": line.first}
    return kind


@needs(Can.SET_TARGET)
def year_plan_new(request: PersonRequest) -> HttpResponse:
    """Write a plan by rules, look at what it would give, issue it at once."""
    settings, at = point(request)
    units = _units(request)
    form = _plan_form(request, settings, units)
    carriers = carriers_of(request.user, at.day)
    problems: tuple[Problem, ...] = ()
    seen: Preview | None = None
    if request.method == "POST" and "more" not in request.POST:
        try:
            checked(form)
            if "issue" in request.POST:
                plan = issue_plan(
                    place=here_place(request),
                    year=form.cleaned_data["year"],
                    lines=form.lines(),
                    carriers=carriers,
                    ground=form.ground(),
                    by=request.user,
                    at=now(),
                )
                return _issued(request, plan)
            seen = _seen(form, carriers, settings, units)
        except Refused as refused:
            problems = refused.problems
    context = {"form": form, "problems": problems, "preview": seen}
    context["last"] = YearPlan.objects.visible_to(request.user).order_by("-year", "-seq").first()
    return render(request, "standing/year_plan_new.html", context, status=422 if problems else 200)


def here_place(request: PersonRequest) -> Unit:
    """The place for which a plan is issued."""
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=here(request).place_id)


def _plan_form(request: PersonRequest, settings: Settings, units: Sequence[Unit]) -> PlanForm:
    """The plan as typed, or copied from an earlier one, or empty."""
    copied = number_in(request, "copy")
    plans = YearPlan.objects.visible_to(request.user)
    old = get_object_or_404(plans, pk=copied) if copied else None
    sent = request.POST.get("rows", "")
    rows = int(sent) if sent.isdecimal() and len(sent) < 4 else 0
    rows = min(rows + (MORE if "more" in request.POST else 0), MOST)
    return PlanForm(
        posted(request),
        settings=settings,
        documents=documents_of(request.user),
        units=units,
        standing=old.rules if old else (),
        rows=rows,
        initial={"year": old.year + 1 if old else here(request).today.year},
    )


def _seen(
    form: PlanForm, carriers: Sequence[Any], settings: Settings, units: Sequence[Unit]
) -> Preview:
    lines = form.lines()
    if problems := list(line_problems(lines, carriers)):
        raise Refused(problems)
    named = {unit.pk: unit for unit in units}
    return preview(tasks_of(lines, carriers), form.cleaned_data["year"], settings, named)


def _issued(request: PersonRequest, plan: YearPlan) -> HttpResponse:
    number = plan.targets.count()
    told = ngettext("已下达 %(number)s 项任务", "已下达 %(number)s 项任务", number)
    messages.success(request, told % {"number": number})
    return redirect("year_plan", plan.pk)


@needs(Can.SET_TARGET)
def targets_paste(request: PersonRequest) -> HttpResponse:
    """Take a table of tasks copied from a spreadsheet; look at it before it is set."""
    settings, at = point(request)
    units = _units(request)
    form = PasteForm(
        posted(request),
        settings=settings,
        documents=documents_of(request.user),
        units=units,
        initial={"year": at.day.year},
    )
    problems: tuple[Problem, ...] = ()
    seen: Preview | None = None
    if request.method == "POST":
        try:
            typed = checked(form)
            if "issue" in request.POST:
                adjust_tasks(
                    tasks=form.tasks(),
                    year=typed["year"],
                    ground=form.ground(),
                    reason=typed["reason"],
                    by=request.user,
                    at=now(),
                )
                messages.success(request, _("任务已记下"))
                return redirect("targets")
            named = {unit.pk: unit for unit in units}
            seen = preview(form.tasks(), typed["year"], settings, named)
        except Refused as refused:
            problems = refused.problems
    context = {"form": form, "problems": problems, "preview": seen}
    return render(request, "standing/targets_paste.html", context, status=422 if problems else 200)
