"""Ours beside theirs, and the figures of others as they are entered, pasted, taken off."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused, refuse_if_blocked
from yipanqi.facts.outside.actions import enter_figures, problems_in, take_off
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.facts.outside.rules import Period, Told
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Indicator
from yipanqi.standing.forms.comparison import FigureForm, PasteForm
from yipanqi.standing.reads.comparison import compared, counted_here, indicators_of, periods_of
from yipanqi.standing.shell import here
from yipanqi.standing.views.sent import posted, status_of


@needs(Can.SEE_TARGET)
def comparison(request: PersonRequest) -> HttpResponse:
    """One indicator over the same months for ourselves and for others, in each group of peers."""
    frame = here(request)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    figures = list(
        OutsideFigure.objects.visible_to(request.user).of_others().standing().order_by("seq")
    )
    known = indicators_of(figures, frame.settings)
    context: dict[str, object] = {"indicators": known}
    if known:
        code = request.GET.get("indicator") or known[0][0]
        if code not in dict(known):
            raise Http404
        period = _period(request, periods_of(figures, code))
        context["periods"] = periods_of(figures, code)
        context["shown"] = compared(
            figures,
            code,
            period,
            place=_place(request),
            person=request.user,
            settings=frame.settings,
            as_of=frame.today,
        )
    return render(request, "standing/comparison.html", context)


def _period(request: PersonRequest, periods: Sequence[Period]) -> Period:
    """The months asked for, as 2026-10; the latest where nothing is asked."""
    asked = request.GET.get("period", "")
    if not asked:
        return periods[0]
    found = next((one for one in periods if f"{one.year}-{one.month}" == asked), None)
    if found is None:
        raise Http404
    return found


def _place(request: PersonRequest) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)


def _mine(request: PersonRequest) -> list[Indicator]:
    return counted_here(settings_on(request.user.place_id, today()))


@needs(Can.ENTER_FIGURE)
def figure_new(request: PersonRequest) -> HttpResponse:
    """Enter one figure of another place."""
    day = today()
    initial = {"year": day.year, "month": day.month, "said_on": day}
    form = FigureForm(posted(request), initial=initial)
    problems: Sequence[Problem] = ()
    if form.is_bound:
        try:
            return _entered(request, [form.told(_mine(request))])
        except Refused as refused:
            problems = refused.problems
    context = {"form": form, "problems": problems, "indicators": _mine(request)}
    return render(request, "standing/figure_form.html", context, status=status_of(request))


@needs(Can.ENTER_FIGURE)
def figures_paste(request: PersonRequest) -> HttpResponse:
    """Rows from a table: first seen as they were read, then entered, all or nothing."""
    form = PasteForm(posted(request))
    context: dict[str, Any] = {"form": form}
    status = 200
    if form.is_bound:
        try:
            told, mine = form.told(_mine(request)), _mine(request)
            known = {one.code: one for one in mine}
            problems = problems_in(_place(request), told, ours=known, today=today())
            refuse_if_blocked(problems)
            if "confirm" in request.POST:
                return _entered(request, told)
            context["told"] = [(one, known.get(one.indicator)) for one in told]
        except Refused as refused:
            context["problems"], status = refused.problems, 422
    return render(request, "standing/figures_paste.html", context, status=status)


def _entered(request: PersonRequest, told: Sequence[Told]) -> HttpResponse:
    enter_figures(
        place=_place(request),
        told=told,
        ours={one.code: one for one in _mine(request)},
        by=request.user,
        at=now(),
    )
    messages.success(request, _("已录入 %(number)s 个数") % {"number": len(told)})
    one = told[0]
    asked = f"indicator={one.indicator}&period={one.period.year}-{one.period.month}"
    return redirect(f"{reverse('comparison')}?{asked}")


@require_POST
@needs(Can.ENTER_FIGURE)
def figure_gone(request: PersonRequest, figure_id: int) -> HttpResponse:
    """Take a figure off the comparison."""
    figure = get_object_or_404(
        OutsideFigure.objects.visible_to(request.user).of_others(), pk=figure_id
    )
    try:
        take_off(figure=figure, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused.problems[0].text))
    else:
        messages.success(request, _("已撤下，原来录的留在账本里"))
    return redirect("comparison")
