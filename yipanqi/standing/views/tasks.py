"""Setting tasks: one anew, a pledge beside it, a unit's task split to its people."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yipanqi.core.clock import now
from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.targets.actions import adjust_tasks, pledge_task, split_task
from yipanqi.facts.targets.reads import standing_on
from yipanqi.facts.targets.rules import Key, TargetKind
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.rules import Indicator
from yipanqi.standing.access import unit_for
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.forms.targets import GroundForm, PledgeForm, SplitForm, TargetForm
from yipanqi.standing.reads.holding import serving
from yipanqi.standing.reads.tasks import documents_of
from yipanqi.standing.views.sent import posted, status_of
from yipanqi.standing.views.targets import point


def _answered(
    request: PersonRequest,
    unit: Unit,
    form: GroundForm,
    page: str,
    act: Callable[[], object],
    done: str,
    **more: Any,  # what a template takes
) -> HttpResponse:
    """Do what was sent, or show the page with everything that stands in the way."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and not checking(request):
        try:
            checked(form)
            act()
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, done)
            return redirect("holder_targets", unit.pk)
    context = {"unit": unit, "form": form, "problems": problems, **more}
    status = 200 if checking(request) else status_of(request)
    return render(request, page, context, status=status)


def checking(request: PersonRequest) -> bool:
    """Whether only the sum is asked for and nothing is to be written."""
    return "check" in request.POST


@needs(Can.SET_TARGET)
def target_set(request: PersonRequest, unit_id: int) -> HttpResponse:
    """Set one task of a unit, or of a person in it; a change has its reason."""
    unit = unit_for(request.user, unit_id, Can.SET_TARGET)
    settings, at = point(request)
    form = TargetForm(
        posted(request),
        settings=settings,
        documents=documents_of(request.user),
        people=serving(unit, at.day),
        initial={"indicator": request.GET.get("indicator", "")},
    )

    def act() -> None:
        adjust_tasks(
            tasks=[form.task(unit.pk)],
            year=at.day.year,
            ground=form.ground(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=now(),
        )

    return _answered(
        request,
        unit,
        form,
        "standing/target_form.html",
        act,
        _("任务已记下"),
        at=at,
        pledging=False,
    )


@needs(Can.PLEDGE)
def target_pledge(request: PersonRequest, unit_id: int) -> HttpResponse:
    """Promise more than was given; both are measured."""
    unit = unit_for(request.user, unit_id, Can.PLEDGE)
    settings, at = point(request)
    form = PledgeForm(
        posted(request),
        settings=settings,
        documents=documents_of(request.user),
        initial={"indicator": request.GET.get("indicator", "")},
    )

    def act() -> None:
        pledge_task(
            task=form.task(unit.pk),
            year=at.day.year,
            ground=form.ground(),
            by=request.user,
            at=now(),
        )

    return _answered(
        request,
        unit,
        form,
        "standing/target_form.html",
        act,
        _("自报数已记下"),
        at=at,
        pledging=True,
    )


@needs(Can.SPLIT_TARGET)
def target_split(request: PersonRequest, unit_id: int, indicator: str) -> HttpResponse:
    """Split a unit's task in one indicator to its people, against the whole."""
    unit = unit_for(request.user, unit_id, Can.SPLIT_TARGET)
    settings, at = point(request)
    one = settings.indicator(indicator)
    if one is None:
        raise Http404
    said = standing_on(at.day.year, [one.code])
    standing = {p: amount for (u, p, *_rest), amount in said.items() if u == unit.pk and p}
    people = serving(unit, at.day)
    form = SplitForm(
        posted(request),
        settings=settings,
        documents=documents_of(request.user),
        indicator=one,
        people=people,
        standing=standing,
        initial={"basis": _("本单位分解")},
    )

    def act() -> None:
        split_task(
            holder=unit,
            indicator=one.code,
            year=at.day.year,
            amounts=form.amounts(),
            ground=form.ground(),
            by=request.user,
            at=now(),
        )

    whole = said.get(Key(unit.pk, None, one.code, TargetKind.ASSIGNED)) or 0
    told: dict[str, Any] = {"indicator": one, "at": at}
    told["sum"] = _sum(one, whole, _typed(form, standing))
    if checking(request) and request.htmx:
        return render(request, "standing/_split_sum.html", told)
    return _answered(
        request, unit, form, "standing/target_split.html", act, _("任务已分到人"), **told
    )


def _typed(form: SplitForm, standing: dict[int, int]) -> int:
    """What the people would have together: what is typed, and what stands of the others."""
    typed: dict[int, int] = {}
    if form.is_bound:
        form.is_valid()  # what is wrong elsewhere does not keep the sum from being told
        typed = form.amounts()
    return sum((standing | typed).values())


def _sum(one: Indicator, whole: int, given: int) -> dict[str, str]:
    """A unit's task beside what its people have, told in the unit."""
    told = {"whole": one.told(whole), "given": one.told(given)}
    if given > whole:
        return {**told, "over": one.told(given - whole)}
    return {**told, "short": one.told(whole - given)} if given < whole else told
