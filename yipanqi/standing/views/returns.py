"""Monthly returns: who has sent which month, and one's own to confirm."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from yipanqi.core.clock import now
from yipanqi.core.forms import checked
from yipanqi.core.problems import Problem, Refused
from yipanqi.core.sheets import Sheet
from yipanqi.facts.returns.actions import submit_return
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import says, taken_away
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.rules import Settings
from yipanqi.standing.forms.claims import ReturnForm
from yipanqi.standing.reads.returns import grid, holders, month_of, punctual, tally
from yipanqi.standing.reads.sheets import return_columns
from yipanqi.standing.shell import here
from yipanqi.standing.views.sent import number_in, posted, status_of


@needs(Can.SEE_RETURN)
def returns(request: PersonRequest) -> HttpResponse | FileResponse:
    """The months of this year for every unit in sight, or for those punctual in one month."""
    frame = here(request)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    rows = grid(
        holders(request.user, frame.settings),
        person=request.user,
        settings=frame.settings,
        as_of=frame.today,
    )
    columns = return_columns(rows)
    asked: list[str] = []
    context: dict[str, object] = {"due_day": frame.settings.return_due_day}
    if (number := number_in(request, "on_time")) is not None:
        month = _month(request, frame.today.year, number)[1]
        rows = punctual(rows, month)
        asked = [_("%(month)d 月按时上报的") % {"month": month.month}]
        context["month"] = month
    else:
        context["tally"] = tally(rows)
    told = says(request, asked, frame.today.isoformat())
    sheet = Sheet(title=_("月报"), says=told, columns=columns, rows=rows)
    file, problems = taken_away(request, Listed.RETURNS, sheet)
    if file:
        return file
    context |= {"rows": rows, "problems": problems}
    return render(request, "standing/returns.html", context, status=422 if problems else 200)


@needs(Can.SEE_RETURN)
def return_form(request: PersonRequest, unit_id: int, year: int, month: int) -> HttpResponse:
    """One unit's month, filled with what was recorded in it; its liaison confirms."""
    settings, first = _month(request, year, month)
    unit = get_object_or_404(holders(request.user, settings), pk=unit_id)
    mine = request.user.reach(Can.SUBMIT_RETURN).covers(unit.path)
    form = ReturnForm(posted(request))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        if not mine:
            raise PermissionDenied
        try:
            submit_return(holder=unit, month=first, by=request.user, at=now(), **checked(form))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("月报已上报"))
            return redirect("returns")
    context = {"unit": unit, "mine": mine, "form": form, "problems": problems}
    context |= _filled(request, unit, first, settings)
    return render(request, "standing/return_form.html", context, status=status_of(request))


def _month(request: PersonRequest, year: int, month: int) -> tuple[Settings, date]:
    """This year's months up to now are returned; others have no page."""
    frame = here(request)
    if frame.settings is None or year != frame.today.year or not 1 <= month <= frame.today.month:
        raise Http404
    return frame.settings, date(year, month, 1)


def _filled(
    request: PersonRequest, unit: Unit, first: date, settings: Settings
) -> dict[str, object]:
    rows = grid([unit], person=request.user, settings=settings, as_of=here(request).today)
    cell = next(cell for cell in rows[0].cells if cell.month == first)
    return {"cell": cell, "listed": month_of(unit, first, settings)}
