"""A staff table comes in: pasted or uploaded, looked at row by row, written at once."""

from dataclasses import astuple, dataclass
from io import BytesIO

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused, refuse
from yipanqi.core.sheets import Sheet, write_xlsx
from yipanqi.dashboards.forms.staff import RosterForm, SlipsForm
from yipanqi.dashboards.reads.staff import slips_sheet, staff_sheet, text_of
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.actions.roster import Slip, load_roster
from yipanqi.org.models import Unit
from yipanqi.org.reads import Comparison, compare
from yipanqi.org.rules import Can
from yipanqi.org.rules.roster import COLUMNS, OFFERED, Line, read_roster
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.views.sent import files, posted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AN_HOUR = 60 * 60


@dataclass
class _Table:
    """A staff table on its way in: its text, its rows, what they come to, what was handed out."""

    text: str = "\t".join(COLUMNS) + "\n"
    lines: tuple[Line, ...] = ()
    seen: Comparison | None = None
    slips: list[Slip] | None = None


@require_http_methods(["GET", "POST"])
@needs(Can.APPOINT)
def staff(request: PersonRequest) -> HttpResponse:
    """Take in a staff table after a look at it; new passwords are shown this once."""
    place = _place(request)
    form = RosterForm(posted(request), files(request))
    table, problems = _Table(), tuple[Problem, ...]()
    if request.method == "POST":
        try:
            _do(request, form, place, table)
        except Refused as refused:
            problems = refused.problems
    shown = RosterForm(initial={"text": table.text, "seal": table.seen and table.seen.seal})
    context = {
        "form": shown,
        "problems": problems,
        "seen": table.seen,
        "slips": table.slips,
        "signed": signing.dumps([astuple(slip) for slip in table.slips or ()], salt="slips"),
        "words": OFFERED.items(),
        "columns": COLUMNS,
    }
    return render(request, "dashboards/staff.html", context, status=422 if problems else 200)


def _place(request: PersonRequest) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)


def _do(request: PersonRequest, form: RosterForm, place: Unit, table: _Table) -> None:
    """Read the table and, where its preview is confirmed, take it in."""
    typed = checked(form)
    table.text = typed["text"]
    if typed["file"]:
        table.text = text_of(typed["file"].read())
    lines, wrong = read_roster(table.text)
    if wrong:
        raise Refused(wrong)
    table.seen = compare(lines, place, today=today())
    if "write" in request.POST:
        table.slips = load_roster(
            place=place,
            lines=lines,
            seal=typed["seal"],
            beside=typed["beside"],
            by=request.user,
            at=now(),
        )


@require_GET
@needs(Can.APPOINT)
def template(request: PersonRequest) -> HttpResponse:
    """The form of a staff table, with everybody who is there already."""
    return _handed(staff_sheet(_place(request)))


@require_POST
@needs(Can.APPOINT)
def passwords(request: PersonRequest) -> HttpResponse:
    """The passwords of the page that was just shown as a sheet; nothing of them is kept here."""
    form = SlipsForm(request.POST)
    try:
        signed = checked(form)["slips"]
        listed = signing.loads(signed, salt="slips", max_age=AN_HOUR)
    except (Refused, signing.BadSignature):
        problems = refuse(
            _("口令单已过一小时，不能再下载；没有抄下的，请到“人员”里逐个重置密码"),
            where=_("首次口令"),
        ).problems
        context = {"problems": problems, "form": RosterForm(), "columns": COLUMNS}
        return render(request, "dashboards/staff.html", context, status=422)
    return _handed(slips_sheet([Slip(*one) for one in listed]))


def _handed(sheet: Sheet) -> HttpResponse:
    out = BytesIO()
    write_xlsx(out, sheet)
    name = content_disposition_header(True, f"{sheet.title}.xlsx") or "attachment"
    return HttpResponse(out.getvalue(), content_type=XLSX, headers={"Content-Disposition": name})
