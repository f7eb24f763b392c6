"""Bulletins: the draft with who will be named, the issue, the page, the Word file."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused
from yipanqi.dispatch.actions import issue_bulletin
from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.reads import Draft, draft, next_number
from yipanqi.dispatch.rules import half_month
from yipanqi.documents.papers.forms import BulletinForm
from yipanqi.documents.papers.reads import REMARKS, paper_of
from yipanqi.documents.papers.rules import Paper, checked, to_docx
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@needs(Can.SEE_BULLETIN)
def bulletins(request: PersonRequest) -> HttpResponse:
    """What has been issued, newest first."""
    issued = Bulletin.objects.visible_to(request.user).order_by("-seq")
    key, words = half_month(today())
    context = {
        "bulletins": issued,
        "may_issue": request.user.may(Can.ISSUE_BULLETIN),
        "period": words,
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
    context: dict[str, object] = {"form": form, "period": half_month(today())[1]}
    try:
        context |= _drafted(place, draft(place, as_of=today()), problems)
    except Refused as refused:
        problems += refused.problems
    context["problems"] = problems
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
    return {"paper": paper, "found": found, "draft": drafted}


def _paper(bulletin: Bulletin) -> Paper:
    return paper_of(
        bulletin.said,
        letterhead=settings_on(bulletin.place_id, bulletin.happened_on).bulletin,
        number=bulletin.document_number,
        title=bulletin.title,
        remarks=bulletin.remarks,
        dated=bulletin.happened_on,
        checkpoint=bulletin.checkpoint,
    )


@require_GET
@needs(Can.SEE_BULLETIN)
def bulletin(request: PersonRequest, bulletin_id: int) -> HttpResponse:
    """An issued bulletin as a page; every named line leads to its record."""
    found = get_object_or_404(Bulletin.objects.visible_to(request.user), pk=bulletin_id)
    context = {"bulletin": found, "paper": _paper(found), "said": found.said}
    return render(request, "papers/bulletin.html", context)


@require_GET
@needs(Can.SEE_BULLETIN)
def bulletin_docx(request: PersonRequest, bulletin_id: int) -> HttpResponse:
    """The same bulletin as a Word file in the official layout, the same bytes each time."""
    found = get_object_or_404(Bulletin.objects.visible_to(request.user), pk=bulletin_id)
    response = HttpResponse(to_docx(_paper(found)), content_type=DOCX)
    name = f"bulletin-{found.year}-{found.number}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
