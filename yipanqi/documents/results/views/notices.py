"""What is put up for objection: the ranking, and each holder's workings line by line."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from yipanqi.core.clock import today
from yipanqi.documents.papers.rules import to_docx
from yipanqi.documents.results.reads.groups import told_groups
from yipanqi.documents.results.reads.papers import DOCX, notice_paper
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.publishing.models import Notice, Objection
from yipanqi.publishing.reads.course import course_of
from yipanqi.publishing.rules.workings import row_of
from yipanqi.publishing.rules.workings import workings as workings_of


@require_GET
@needs(Can.SEE_SCORE)
def notice(request: PersonRequest, notice_id: int) -> HttpResponse:
    """The notice: places and totals with a way to the workings of each, and what is objected."""
    found = notice_in_sight(request, notice_id)
    mine = {post.unit_id for post in request.user.held}
    course = course_of(found)
    said = Objection.objects.filter(notice=found).select_related("holder", "answer")
    context = {
        "notice": found,
        "course": course,
        "newest": course.notice is not None and course.notice.pk == found.pk,
        "seal": getattr(found, "seal", None),
        "groups": told_groups(found.frozen),
        "mine": [(pk, name) for pk, name in found.frozen.holders.items() if pk in mine],
        "objections": [(one, one.overdue(today())) for one in said.order_by("seq")],
        "is_open": today() <= found.until,
    }
    return render(request, "results/notice.html", context)


def notice_in_sight(request: PersonRequest, notice_id: int) -> Notice:
    """A notice of one's own place."""
    seen = Notice.objects.visible_to(request.user).select_related("place", "method")
    notice: Notice = get_object_or_404(seen, pk=notice_id)
    return notice


def holder_of(request: PersonRequest, notice: Notice, holder_id: int) -> Unit:
    """A holder that the notice assesses; another does not exist here."""
    if holder_id not in notice.frozen.holders:
        raise Http404
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=holder_id)


@require_GET
@needs(Can.SEE_SCORE)
def workings(request: PersonRequest, notice_id: int, holder_id: int) -> HttpResponse:
    """One holder's workings as they were put up: rule, figures, points, and where to object."""
    found = notice_in_sight(request, notice_id)
    holder = holder_of(request, found, holder_id)
    said = Objection.objects.filter(notice=found, holder=holder).select_related("answer")
    context = {
        "notice": found,
        "holder": holder,
        "name": found.frozen.holders[holder.pk],
        "row": row_of(found.frozen, holder.pk),
        "lines": workings_of(found.frozen, holder.pk),
        "objections": [(one, one.overdue(today())) for one in said.order_by("seq")],
        "may_object": today() <= found.until and request.user.reach(Can.OBJECT).covers(holder.path),
    }
    return render(request, "results/workings.html", context)


@require_GET
@needs(Can.SEE_SCORE)
def notice_docx(request: PersonRequest, notice_id: int) -> HttpResponse:
    """The notice with the workings of every holder as a Word file in the official layout."""
    found = notice_in_sight(request, notice_id)
    response = HttpResponse(to_docx(notice_paper(found)), content_type=DOCX)
    name = f"notice-{found.code}-{found.period}-{found.number}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
