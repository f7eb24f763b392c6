"""Bulletins: the draft with who will be named, the issue, the page, its files, who signed for it."""

from collections import Counter
from fractions import Fraction

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.assessment.reads.told import in_scope
from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused
from yipanqi.dispatch.actions import issue_bulletin, sign_for
from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.reads.doors import counted_in
from yipanqi.dispatch.reads.drafting import SPECS, Draft, draft, next_number
from yipanqi.dispatch.reads.receipts import distribution, signed_counts, signing_for, waiting_for
from yipanqi.dispatch.rules import half_month, named_in, told_half
from yipanqi.documents.papers.actions import Made, is_printed, made
from yipanqi.documents.papers.forms import BulletinForm, NamedForm, ReceiptForm
from yipanqi.documents.papers.reads import REMARKS, issued_paper, paper_of
from yipanqi.documents.papers.rules import checked
from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on


@require_GET
@needs(Can.SEE_BULLETIN)
def bulletins(request: PersonRequest) -> HttpResponse:
    """What has been issued, newest first."""
    issued = list(Bulletin.objects.visible_to(request.user).order_by("-seq"))
    counts = signed_counts(issued)
    key, _official = half_month(today())
    context = {
        "bulletins": [(each, *counts[each.pk]) for each in issued],
        "waiting": waiting_for(request.user, as_of=today()),
        "may_issue": request.user.may(Can.ISSUE_BULLETIN),
        "period": told_half(today()),
        "done": any(b.period == key and b.year == today().year for b in issued),
    }
    return render(request, "papers/bulletins.html", context)


@require_http_methods(["GET", "POST"])
@needs(Can.ISSUE_BULLETIN)
def bulletin_new(request: PersonRequest) -> HttpResponse:
    """The draft as it would go out now: text, tables, what does not fit, who will be named."""
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    form = BulletinForm(request.POST or None, initial={"remarks": REMARKS})
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            issued = issue_bulletin(
                place=place, remarks=form.cleaned_data["remarks"], by=request.user, at=now()
            )
            return redirect("bulletin", issued.pk)
        except Refused as refused:
            problems = list(refused.problems)
    context: dict[str, object] = {"form": form, "period": told_half(today())}
    try:
        context |= _drafted(place, draft(place, as_of=today()), problems)
    except Refused as refused:
        problems += refused.problems
    context |= {"problems": problems, "by": NamedForm.chosen(request.GET)}
    return render(
        request, "papers/bulletin_new.html", context, status=422 if form.is_bound else 200
    )


def _drafted(place: Unit, drafted: Draft, problems: list[Problem]) -> dict[str, object]:
    day = today()
    paper = paper_of(
        drafted.content,
        letterhead=settings_on(place.pk, day).bulletin,
        number=next_number(place, on=day)[1],
        title=f"关于{half_month(day)[1]}招商引资工作进展情况的通报",
        remarks="",
        dated=day,
        checkpoint=str(drafted.checkpoint),
    )
    found = [p for p in (*drafted.problems, *checked(paper)) if p not in problems]
    counts = Counter(naming.kind for naming in drafted.named)
    return {"paper": paper, "found": found, "draft": drafted, "kinds": counts.most_common()}


@require_GET
@needs(Can.SEE_BULLETIN)
def bulletin(request: PersonRequest, bulletin_id: int) -> HttpResponse:
    """An issued bulletin as a page: what one's own units are named for first, who has signed last."""
    found = _issued(request, bulletin_id)
    said = found.said
    mine = {post.unit.name for post in request.user.held}
    signatures = distribution(found, as_of=today())
    context = {
        "bulletin": found,
        "paper": issued_paper(found),
        "said": said,
        "named": [naming for naming in named_in(said) if naming.unit in mine],
        "may_sign": signing_for(request.user, found),
        "signatures": signatures,
        "signed": sum(one.at is not None for one in signatures),
        "printed": is_printed(found),
    }
    return render(request, "papers/bulletin.html", context)


def _issued(request: PersonRequest, bulletin_id: int) -> Bulletin:
    return get_object_or_404(Bulletin.objects.visible_to(request.user), pk=bulletin_id)


@require_POST
@needs(Can.RECEIVE_BULLETIN)
def bulletin_sign(request: PersonRequest, bulletin_id: int) -> HttpResponse:
    """Sign for a bulletin in the name of one's unit."""
    found = _issued(request, bulletin_id)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        raise Http404
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=form.cleaned_data["unit"])
    if not request.user.reach(Can.RECEIVE_BULLETIN).covers(unit.path):
        raise PermissionDenied
    try:
        sign_for(bulletin=found, unit=unit, by=request.user, at=now())
        messages.success(request, _("%(unit)s已签收") % {"unit": unit})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("bulletin", found.pk)


@require_GET
@needs(Can.SEE_BULLETIN)
def bulletin_figure(
    request: PersonRequest, bulletin_id: int, unit_id: int, name: str
) -> HttpResponse:
    """The records behind a unit's figure: those in one's scope, and in one line how many are not."""
    found = _issued(request, bulletin_id)
    line = next((one for one in found.said.progress if one.unit_id == unit_id), None)
    if line is None or name not in SPECS:
        raise Http404
    records = counted_in(found, unit_id, name)
    visible = Project.objects.visible_to(request.user)
    value = sum((record.amount for record in records), Fraction(0))
    context = {
        "bulletin": found,
        "line": line,
        "name": name,
        "unit": SPECS[name][1],
        **in_scope(records, value, visible),
    }
    return render(request, "papers/bulletin_figure.html", context)


@require_GET
@needs(Can.SEE_BULLETIN)
def bulletin_docx(request: PersonRequest, bulletin_id: int) -> HttpResponse:
    """The same bulletin as a Word file in the official layout, the same bytes each time."""
    found = _issued(request, bulletin_id)
    return _attached(made(found, "docx"))


@require_GET
@needs(Can.SEE_BULLETIN)
def bulletin_xlsx(request: PersonRequest, bulletin_id: int) -> HttpResponse:
    """Its tables as an Excel workbook with real numbers."""
    found = _issued(request, bulletin_id)
    return _attached(made(found, "xlsx"))


@require_GET
@needs(Can.SEE_BULLETIN)
def bulletin_pdf(request: PersonRequest, bulletin_id: int) -> HttpResponse:
    """Its printed pages. The page asks for them ahead, so that nobody waits while LibreOffice works."""
    found = _issued(request, bulletin_id)
    problems: list[Problem] = []
    try:
        pages = made(found, "pdf")
    except Refused as refused:
        problems = list(refused.problems)
    context = {"bulletin": found, "problems": problems, "printed": not problems}
    if request.htmx:
        return render(request, "papers/_pdf.html", context)
    if problems:
        return render(request, "papers/no_pdf.html", context, status=503)
    return _attached(pages)


def _attached(file: Made) -> HttpResponse:
    disposition = f'attachment; filename="{file.name}"'
    headers = {"Content-Disposition": disposition}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)
