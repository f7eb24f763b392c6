"""Pledges: everybody's, one holder's, the paper to sign, the signed page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.core.clock import now, today
from yipanqi.core.files import content_of
from yipanqi.core.problems import Problem, Refused, refuse_if_blocked
from yipanqi.documents.papers.rules import to_docx
from yipanqi.documents.personal.forms import RoundForm, SigningForm
from yipanqi.documents.personal.reads.pledges import (
    Row,
    may_pledge,
    paper_of,
    round_of,
    rows_of,
    signers_of,
    tally,
)
from yipanqi.facts.pledges.actions import call_for_pledges, print_pledges, sign_pledge
from yipanqi.facts.pledges.models import Pledge, Signing
from yipanqi.facts.pledges.rules import PledgeState
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.models import Document
from yipanqi.place.reads import settings_on
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.shell import here
from yipanqi.standing.views.evidence import Laid, laid_down
from yipanqi.standing.views.sent import files, handed_out, number_in, posted, status_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORD = "状"
"""What follows the office's own word in the number of a pledge."""


@require_GET
@needs(Can.SEE_TARGET)
def pledges(request: PersonRequest) -> HttpResponse:
    """Who has not signed, who has, of everybody who carries a task."""
    frame = here(request)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    year = number_in(request, "year") or frame.today.year
    rows, state = _rows(request, year), request.GET.get("state", "")
    counts = tally(rows)
    context = {
        "year": year,
        "called": round_of(request.user.place_id, year),
        "all": len(rows),
        "states": [(one.value, counts[one]) for one in PledgeState],
        "state": state,
        "rows": [row for row in rows if state in ("", row.state)],
        "own": [row for row in rows if row.unit.pk == request.user.acting_unit_id],
        "unprinted": sum(row.pledge is None for row in rows),
    }
    return render(request, "personal/pledges.html", context)


def _rows(request: PersonRequest, year: int) -> list[Row]:
    return rows_of(
        request.user,
        year,
        settings=settings_on(request.user.place_id, today()),
        called=round_of(request.user.place_id, year),
        as_of=today(),
    )


@require_http_methods(["GET", "POST"])
@needs(Can.SET_TARGET)
def pledge_round(request: PersonRequest) -> HttpResponse:
    """Set the day by which pledges are to be signed."""
    documents = Document.objects.visible_to(request.user).newest().order_by("-issued_on", "-pk")
    form = RoundForm(
        posted(request),
        documents=[(one.pk, str(one)) for one in documents],
        initial={"year": today().year},
    )
    problems: tuple[Problem, ...] = ()
    if form.is_bound:
        try:
            typed = checked(form)
            document = documents.filter(pk=typed.pop("document")).first()
            call_for_pledges(
                place=_place(request), document=document, by=request.user, at=now(), **typed
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("签订期限已定"))
            return redirect(f"{reverse('pledges')}?year={typed['year']}")
    context = {"form": form, "problems": problems}
    return render(request, "personal/round_form.html", context, status=status_of(request))


def _place(request: PersonRequest) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)


@require_POST
@needs(Can.SEE_TARGET)
def pledges_print(request: PersonRequest, year: int) -> HttpResponse:
    """Make the pledge of one holder anew, or those of all that have none yet."""
    wanted = request.POST.get("unit", "")
    rows = [row for row in _rows(request, year) if row.mine]
    if wanted:
        rows = [row for row in rows if str(row.unit.pk) == wanted]
    else:
        rows = [row for row in rows if row.pledge is None]
    if not rows:
        raise PermissionDenied
    letterhead = settings_on(request.user.place_id, today()).bulletin
    try:
        made = print_pledges(
            place=_place(request),
            year=year,
            word=f"{letterhead.word}{WORD}",
            tasks={row.unit: row.tasks for row in rows},
            by=request.user,
            at=now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('pledges')}?year={year}")
    messages.success(request, _("已生成 %(number)s 份，打印后签字") % {"number": len(made)})
    return redirect("pledge", made[0].holder_id, year) if wanted else redirect("pledges")


@require_http_methods(["GET", "POST"])
@needs(Can.SEE_TARGET)
def pledge(request: PersonRequest, unit_id: int, year: int) -> HttpResponse:
    """One holder's pledge: the paper, how it stands, and the signed page to be laid down."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    made = _newest(request, unit, year)
    people = signers_of(unit, today())
    form = SigningForm(
        posted(request),
        files(request),
        people=[(one.pk, one.name) for one in people],
        initial={"signed_on": today(), "signer": people[0].pk if people else None},
    )
    laid = Laid()
    problems: tuple[Problem, ...] = ()
    if form.is_bound:
        laid = laid_down(request)
        try:
            _signed(request, form, laid, made)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("签了字的军令状已存"))
            return redirect("pledge", unit_id, year)
    return _pledge_page(request, unit, year, made, form=form, laid=laid, problems=problems)


def _newest(request: PersonRequest, unit: Unit, year: int) -> Pledge | None:
    made = Pledge.objects.visible_to(request.user).filter(holder=unit, year=year)
    return made.select_related("place", "holder").order_by("-seq").first()


def _pledge_page(
    request: PersonRequest,
    unit: Unit,
    year: int,
    made: Pledge | None,
    *,
    form: SigningForm | None = None,
    laid: Laid | None = None,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    row = next((one for one in _rows(request, year) if one.unit == unit), None)
    if row is None:
        raise Http404
    letterhead = settings_on(request.user.place_id, today()).bulletin
    context = {
        "unit": unit,
        "year": year,
        "row": row,
        "form": form,
        "laid": laid,
        "problems": problems,
        "paper": paper_of(made, letterhead) if made else None,
        "signings": list(made.signings.select_related("signer").order_by("-seq")) if made else [],
    }
    return render(request, "personal/pledge.html", context, status=422 if problems else 200)


def _signed(request: PersonRequest, form: SigningForm, laid: Laid, made: Pledge | None) -> Signing:
    if made is None or not may_pledge(request.user, made.holder):
        raise PermissionDenied
    refuse_if_blocked(laid.problems)
    typed = checked(form)
    return sign_pledge(
        pledge=made,
        signer=Person.objects.get(pk=typed["signer"]),
        signed_on=typed["signed_on"],
        files=laid.files,
        by=request.user,
        at=now(),
    )


@require_GET
@needs(Can.SEE_TARGET)
def pledge_docx(request: PersonRequest, unit_id: int, year: int) -> HttpResponse:
    """The pledge as a Word file in the official layout, to be printed and signed."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    made = _newest(request, unit, year)
    if made is None:
        raise Http404
    letterhead = settings_on(request.user.place_id, today()).bulletin
    response = HttpResponse(to_docx(paper_of(made, letterhead)), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="pledge-{year}-{unit_id}.docx"'
    return response


@require_GET
@needs(Can.SEE_TARGET)
def pledge_file(request: PersonRequest, signing_id: int, digest: str) -> HttpResponse:
    """The signed page as it was laid down."""
    seen = Signing.objects.filter(pledge__in=Pledge.objects.visible_to(request.user))
    signing = get_object_or_404(seen.select_related("pledge__holder"), pk=signing_id)
    file = next((one for one in signing.files if one.digest == digest), None)
    if file is None:
        raise Http404
    try:
        return handed_out(file, content_of(file))
    except Refused as refused:
        made = _newest(request, signing.pledge.holder, signing.pledge.year)
        return _pledge_page(
            request, signing.pledge.holder, signing.pledge.year, made, problems=refused.problems
        )
