"""The guide from an empty ledger to the first bulletin, and the staff table with which it begins."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Refused
from yipanqi.dashboards.forms.start import RosterForm
from yipanqi.dashboards.reads.guide import steps
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.actions.roster import Slip, load_roster
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.org.rules.roster import COLUMNS, KINDS, ROLES, read_roster
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.views.sent import posted


@require_GET
@needs(Can.SEE_PLACE)
def guide(request: PersonRequest) -> HttpResponse:
    """What is done and what is missing until the first bulletin goes out."""
    listed = steps(request.user, today=today()) if request.user.place_id else []
    following = next((step for step in listed if not step.done), None)
    return render(request, "dashboards/guide.html", {"steps": listed, "following": following})


@require_http_methods(["GET", "POST"])
@needs(Can.APPOINT)
def staff(request: PersonRequest) -> HttpResponse:
    """Take in a staff table; each new account's password is shown once, to be handed out."""
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    form = RosterForm(posted(request), initial={"text": "\t".join(COLUMNS) + "\n"})
    problems: list[object] = []
    slips: list[Slip] | None = None
    if request.method == "POST":
        try:
            slips = _taken_in(form, place, request)
        except Refused as refused:
            problems = list(refused.problems)
    context = {
        "form": form,
        "problems": problems,
        "slips": slips,
        "columns": COLUMNS,
        "kinds": KINDS,
        "roles": ROLES,
    }
    return render(request, "dashboards/staff.html", context, status=422 if problems else 200)


def _taken_in(form: RosterForm, place: Unit, request: PersonRequest) -> list[Slip]:
    lines, wrong = read_roster(checked(form)["text"])
    if wrong:
        raise Refused(wrong)
    return load_roster(place=place, lines=lines, by=request.user, at=now())
