"""Figures that are told (填报数): a table of holders and figures, typed, pasted or uploaded."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.assessment.forms import GoneForm, MonthForm, TellForm
from yipanqi.assessment.reads.entering import Table, last_month, table_of
from yipanqi.assessment.reads.live import Live, live
from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.problems import Refused
from yipanqi.facts.outside.actions import take_off, tell_figures, weighed
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can


def _place(request: PersonRequest) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)


def _asked(
    request: PersonRequest, asked: Mapping[str, str], typed: Mapping[str, str] | None = None
) -> tuple[Live | None, Table | None]:
    """The method that is asked for and its table up to the month; neither where there is none."""
    form = MonthForm(asked)
    known = form.cleaned_data if form.is_valid() else {}
    code, month = known.get("method", ""), known.get("month") or last_month(today())
    scored = live(request.user.place_id, day=today(), code=code)
    if scored is None and code:
        raise Http404
    if scored is None:
        return None, None
    return scored, table_of(scored, _place(request), request.user, month, typed)


@require_GET
@needs(Can.SEE_SCORE)
def told(request: PersonRequest) -> HttpResponse:
    """What was told of every holder up to a month, and the form of whoever may tell it."""
    scored, table = _asked(request, request.GET)
    form = TellForm(initial={"said_on": today(), **_where(scored, table)})
    return _shown(request, scored, table, form)


def _where(scored: Live | None, table: Table | None) -> dict[str, str]:
    if scored is None or table is None:
        return {}
    return {"method": scored.version.code, "month": f"{table.month:%Y-%m}"}


def _shown(
    request: PersonRequest, scored: Live | None, table: Table | None, form: TellForm, **more: object
) -> HttpResponse:
    context = {"live": scored, "table": table, "form": form, **more}
    context["may_tell"] = bool(table and table.units)
    status = 422 if more.get("problems") else 200
    return render(request, "assessment/told.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Can.TELL_FIGURE)
def told_new(request: PersonRequest) -> HttpResponse:
    """Tell figures: those typed into the table at once, those of a sheet after a look at them."""
    if request.method == "GET":
        return redirect("told")
    scored, table = _asked(request, request.POST, request.POST.dict())
    form = TellForm(request.POST, request.FILES)
    try:
        figures, entered, reason = form.told(table, request.POST.dict())
        if form.has_sheet and "write" not in request.POST:
            again = TellForm(initial={**form.cleaned_data, "text": form.sheet_text})
            news, corrected, wrong = weighed(_place(request), figures, today=today())
            seen = {"entered": entered, "news": news, "corrected": corrected, "problems": wrong}
            return _shown(request, scored, table, again, **seen)
        facts = tell_figures(
            place=_place(request), told=figures, reason=reason, by=request.user, at=now()
        )
    except Refused as refused:
        return _shown(request, scored, table, form, problems=refused.problems)
    said = _("已填报 %(number)s 个数") if facts else _("没有新的数：表里的数都已经填过")
    messages.success(request, said % {"number": len(facts)} if facts else said)
    where = _where(scored, table)
    return redirect(f"{reverse('told')}?method={where['method']}&month={where['month']}")


@require_POST
@needs(Can.TELL_FIGURE)
def told_gone(request: PersonRequest, told_id: int) -> HttpResponse:
    """Take a figure off that was told wrongly and has no right value yet."""
    ours = OutsideFigure.objects.visible_to(request.user).of_ours()
    figure = get_object_or_404(ours.select_related("place"), pk=told_id)
    if not request.user.reach(Can.TELL_FIGURE).covers(figure.place.path):
        raise Http404
    form = GoneForm(request.POST)
    try:
        take_off(figure=figure, reason=checked(form)["reason"], by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已撤下，原来填的留在账本里"))
    return redirect(f"{reverse('told')}?month={date(figure.year, figure.month, 1):%Y-%m}")
