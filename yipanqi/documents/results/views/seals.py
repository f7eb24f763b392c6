"""What is sealed: the seal, its receipts, its package, what came too late, another version beside it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused
from yipanqi.documents.papers.rules import to_docx
from yipanqi.documents.results.forms import (
    DecisionForm,
    PublicationForm,
    ReopeningForm,
    SigningForm,
)
from yipanqi.documents.results.reads.groups import told_groups
from yipanqi.documents.results.reads.papers import DOCX, seal_paper
from yipanqi.documents.results.views.notices import notice_in_sight
from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.publishing.actions import (
    ask_reopening,
    decide_reopening,
    publish_result,
    seal_result,
    sign_for_result,
)
from yipanqi.publishing.models import Reopening, Seal
from yipanqi.publishing.reads.course import course_of
from yipanqi.publishing.reads.drawing import side_of
from yipanqi.publishing.reads.sealing import late_claims, signatures, signing_for, to_seal
from yipanqi.publishing.rules.comparing import differences
from yipanqi.publishing.rules.digests import leaf_of
from yipanqi.publishing.rules.package import package_of, receipt_of
from yipanqi.publishing.rules.workings import row_of, workings
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.views.sent import status_of


@require_http_methods(["GET", "POST"])
@needs(Can.PUBLISH_RESULT)
def seal_new(request: PersonRequest, notice_id: int) -> HttpResponse:
    """What would be sealed: the cutoff, what moved since the notice; and the seal itself."""
    notice = notice_in_sight(request, notice_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            made = seal_result(notice=notice, by=request.user, at=now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已封账，摘要 %(digest)s") % {"digest": made.digest[:16]})
            return redirect("seal", made.pk)
    context: dict[str, object] = {"notice": notice, "course": course_of(notice), "today": today()}
    try:
        coming = to_seal(notice)
    except Refused as refused:
        problems = (*problems, *refused.problems)
    else:
        context |= {"coming": coming, "groups": told_groups(coming.frozen)}
    context["problems"] = problems
    return render(request, "results/seal_new.html", context, status=status_of(request))


def _seal(request: PersonRequest, seal_id: int) -> Seal:
    seen = Seal.objects.visible_to(request.user).select_related("place", "method", "notice")
    found: Seal = get_object_or_404(seen, pk=seal_id)
    return found


@require_GET
@needs(Can.SEE_SCORE)
def seal(request: PersonRequest, seal_id: int) -> HttpResponse:
    """A sealed result: its digest, its sheet, who signed for it, what came too late."""
    return _seal_page(request, _seal(request, seal_id))


def _seal_page(
    request: PersonRequest,
    seal: Seal,
    problems: tuple[Problem, ...] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    course, signed = course_of(seal), signatures(seal, as_of=today())
    newest = course.seal is not None and course.seal.pk == seal.pk
    context = {
        "seal": seal,
        "course": course,
        "newest": newest,
        "publication": getattr(seal, "publication", None),
        "reopenings": list(seal.reopenings.select_related("decision").order_by("seq")),
        "groups": told_groups(seal.frozen),
        "head": seal.frozen.head,
        "signatures": signed,
        "signed": sum(one.at is not None for one in signed),
        "may_sign": signing_for(request.user, seal),
        "late": late_claims(seal).count(),
        "problems": problems,
        "publication_form": PublicationForm(),
        "reopening_form": ReopeningForm(),
        "decision_form": DecisionForm(initial={"agreed": "yes"}),
    }
    return render(request, "results/seal.html", context, status=status)


@require_GET
@needs(Can.SEE_SCORE)
def receipt(request: PersonRequest, seal_id: int, holder_id: int) -> HttpResponse:
    """One holder's own lines of a seal, with the way of their digest to the seal's."""
    found = _seal(request, seal_id)
    frozen = found.frozen
    if holder_id not in frozen.holders:
        raise Http404
    holder = get_object_or_404(Unit.objects.visible_to(request.user), pk=holder_id)
    signed = next(one for one in signatures(found, as_of=today()) if one.unit_id == holder_id)
    context = {
        "seal": found,
        "holder": holder,
        "name": frozen.holders[holder_id],
        "row": row_of(frozen, holder_id),
        "lines": workings(frozen, holder_id),
        "leaf": leaf_of(frozen.block(holder_id)),
        "path": frozen.path(holder_id),
        "root": frozen.head["root"],
        "signed": signed,
        "may_sign": holder in signing_for(request.user, found),
    }
    return render(request, "results/receipt.html", context)


@require_POST
@needs(Can.RECEIVE_RESULT)
def seal_sign(request: PersonRequest, seal_id: int) -> HttpResponse:
    """Sign for one's own lines of a sealed result."""
    found = _seal(request, seal_id)
    form = SigningForm(request.POST)
    if not form.is_valid():
        raise Http404
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=form.cleaned_data["unit"])
    if not request.user.reach(Can.RECEIVE_RESULT).covers(unit.path):
        raise PermissionDenied
    try:
        sign_for_result(seal=found, unit=unit, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("seal", found.pk)
    messages.success(request, _("%(unit)s已签收") % {"unit": unit})
    return redirect("seal_receipt", found.pk, unit.pk)


@require_GET
@needs(Can.SEE_SCORE)
def seal_package(request: PersonRequest, seal_id: int) -> HttpResponse:
    """Everything to check the seal with, away from here."""
    found = _seal(request, seal_id)
    response = HttpResponse(package_of(found.frozen), content_type="application/zip")
    name = f"seal-{found.code}-{found.period}-{found.version}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@needs(Can.SEE_SCORE)
def receipt_file(request: PersonRequest, seal_id: int, holder_id: int) -> HttpResponse:
    """One holder's receipt as a file that can be checked away from here."""
    found = _seal(request, seal_id)
    if holder_id not in found.holding:
        raise Http404
    text = receipt_of(found.frozen, holder_id)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"receipt-{found.code}-{found.period}-{found.version}-{holder_id}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@needs(Can.SEE_SCORE)
def seal_docx(request: PersonRequest, seal_id: int) -> HttpResponse:
    """The sealed result as an official paper: names of units only."""
    found = _seal(request, seal_id)
    response = HttpResponse(to_docx(seal_paper(found)), content_type=DOCX)
    name = f"result-{found.code}-{found.period}-{found.version}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@needs(Can.SEE_SCORE)
def seal_late(request: PersonRequest, seal_id: int) -> HttpResponse:
    """What happened in the sealed period and was reported only afterwards."""
    found = _seal(request, seal_id)
    claims = late_claims(found)
    seen = claims.filter(project__in=Project.objects.visible_to(request.user))
    settings, total = settings_on(found.place_id, today()), claims.count()
    shown = [(claim, settings.name_of(claim.node)) for claim in seen]
    context = {"seal": found, "claims": shown, "total": total, "hidden": total - len(shown)}
    return render(request, "results/late.html", context)


@require_GET
@needs(Can.SEE_SCORE)
def seal_compare(request: PersonRequest, seal_id: int) -> HttpResponse:
    """A version line by line beside the one before it."""
    found = _seal(request, seal_id)
    before = Seal.objects.of(found).filter(version__lt=found.version).order_by("-version").first()
    sides = [side_of(one.frozen) for one in (before or found, found)]
    moved = list(differences(*sides))
    context = {"seal": found, "before": before, "moved": moved}
    return render(request, "results/compare.html", context)


@require_POST
@needs(Can.PUBLISH_RESULT)
def seal_publish(request: PersonRequest, seal_id: int) -> HttpResponse:
    """Publish a sealed result under its number."""
    found = _seal(request, seal_id)
    try:
        remarks = checked(PublicationForm(request.POST))["remarks"]
        made = publish_result(seal=found, remarks=remarks, by=request.user, at=now())
    except Refused as refused:
        return _seal_page(request, found, refused.problems, status=422)
    messages.success(request, _("已公布：%(number)s") % {"number": made.document_number})
    return redirect("seal", found.pk)


@require_POST
@needs(Can.REOPEN_RESULT)
def reopening_new(request: PersonRequest, seal_id: int) -> HttpResponse:
    """Ask that a sealed result be worked out anew."""
    found = _seal(request, seal_id)
    try:
        reason = checked(ReopeningForm(request.POST))["reason"]
        ask_reopening(seal=found, reason=reason, by=request.user, at=now())
    except Refused as refused:
        return _seal_page(request, found, refused.problems, status=422)
    messages.success(request, _("已申请重新核算，等另一人批准"))
    return redirect("seal", found.pk)


@require_POST
@needs(Can.REOPEN_RESULT)
def reopening_decide(request: PersonRequest, reopening_id: int) -> HttpResponse:
    """Agree that a sealed result be worked out anew, or not."""
    seen = Reopening.objects.visible_to(request.user).select_related("seal")
    asked = get_object_or_404(seen, pk=reopening_id)
    found = _seal(request, asked.seal_id)
    try:
        typed = checked(DecisionForm(request.POST))
        decide_reopening(reopening=asked, by=request.user, at=now(), **typed)
    except Refused as refused:
        return _seal_page(request, found, refused.problems, status=422)
    messages.success(request, _("已批复"))
    return redirect("seal", found.pk)
