"""A holder objects to a line; the office answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.core.clock import now, today
from yipanqi.core.files import content_of
from yipanqi.core.problems import Problem, Refused, refuse_if_blocked
from yipanqi.documents.results.forms import AnswerForm, ObjectionForm
from yipanqi.documents.results.views.notices import holder_of, notice_in_sight
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.rules import Can
from yipanqi.publishing.actions import answer_objection, object_to
from yipanqi.publishing.models import Objection
from yipanqi.publishing.reads.objections import MOST, since
from yipanqi.publishing.rules.workings import Working, workings
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.reads.history import told
from yipanqi.standing.shell import here
from yipanqi.standing.views.evidence import Laid, laid_down
from yipanqi.standing.views.sent import files, handed_out, posted, status_of


@require_http_methods(["GET", "POST"])
@needs(Can.OBJECT)
def objection_new(request: PersonRequest, notice_id: int, holder_id: int) -> HttpResponse:
    """Object to a line of one's own unit's workings."""
    notice = notice_in_sight(request, notice_id)
    holder = holder_of(request, notice, holder_id)
    if not request.user.reach(Can.OBJECT).covers(holder.path):
        raise PermissionDenied
    lines = workings(notice.frozen, holder.pk)
    form = _objection_form(request, lines)
    problems: tuple[Problem, ...] = ()
    laid = Laid()
    if form.is_bound:
        laid = laid_down(request)
        try:
            refuse_if_blocked(laid.problems)
            typed = {name: value for name, value in checked(form).items() if name != "evidence"}
            made = object_to(
                notice=notice, holder=holder, files=laid.files, by=request.user, at=now(), **typed
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("异议已提交，%(day)s 前答复") % {"day": made.due_on})
            return redirect("objection", made.pk)
    context = {
        "notice": notice,
        "holder": holder,
        "form": form,
        "laid": laid,
        "lines": lines,
        "problems": problems,
    }
    return render(request, "results/objection_new.html", context, status=status_of(request))


def _objection_form(request: PersonRequest, lines: tuple[Working, ...]) -> ObjectionForm:
    asked = {name: request.GET.get(name, "") for name in ("item", "figure")}
    form = ObjectionForm(posted(request), files(request), initial=asked)
    used = {one.name: one.label or one.name for line in lines for one in line.used}
    form.offer([line.item for line in lines], list(used.items()))
    return form


def _in_sight(request: PersonRequest, objection_id: int) -> Objection:
    seen = Objection.objects.visible_to(request.user)
    found: Objection = get_object_or_404(
        seen.select_related("notice__place", "notice__method", "holder", "answer"), pk=objection_id
    )
    return found


@require_GET
@needs(Can.SEE_SCORE)
def objection(request: PersonRequest, objection_id: int) -> HttpResponse:
    """An objection with the line it is about, its files, and what the office answered."""
    found = _in_sight(request, objection_id)
    return _objection_page(request, found, _answer_form(request, found))


def _answer_form(request: PersonRequest, objection: Objection) -> AnswerForm | None:
    if hasattr(objection, "answer") or not request.user.may(Can.ANSWER_OBJECTION):
        return None
    entries = list(since(objection.notice, objection.holder)[:MOST])
    named = told(entries, request.user, here(request).settings)
    offered = [
        (
            one.entry.seq,
            _("第 %(seq)s 条 %(kind)s %(about)s")
            % {"seq": one.entry.seq, "kind": one.kind, "about": one.about},
        )
        for one in named
    ]
    return AnswerForm(posted(request), entries=offered, initial={"accepted": "no"})


def _objection_page(
    request: PersonRequest,
    objection: Objection,
    form: AnswerForm | None,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    lines = workings(objection.notice.frozen, objection.holder_id)
    context = {
        "objection": objection,
        "notice": objection.notice,
        "answer": getattr(objection, "answer", None),
        "line": next((line for line in lines if line.item == objection.item), None),
        "late": objection.overdue(today()),
        "form": form,
        "problems": problems,
    }
    return render(request, "results/objection.html", context, status=422 if problems else 200)


@require_http_methods(["POST"])
@needs(Can.ANSWER_OBJECTION)
def objection_answer(request: PersonRequest, objection_id: int) -> HttpResponse:
    """Accept an objection, naming the entry that followed, or reject it."""
    found = _in_sight(request, objection_id)
    form = _answer_form(request, found)
    if form is None:
        messages.error(request, _("这条异议已经答复"))
        return redirect("objection", found.pk)
    try:
        answer_objection(objection=found, by=request.user, at=now(), **checked(form))
    except Refused as refused:
        return _objection_page(request, found, form, refused.problems)
    messages.success(request, _("已答复"))
    return redirect("objection", found.pk)


@require_GET
@needs(Can.SEE_SCORE)
def objection_file(request: PersonRequest, objection_id: int, digest: str) -> HttpResponse:
    """A file that was attached, as it was laid down."""
    found = _in_sight(request, objection_id)
    file = next((one for one in found.files if one.digest == digest), None)
    if file is None:
        raise Http404
    try:
        return handed_out(file, content_of(file))
    except Refused as refused:
        return _objection_page(request, found, _answer_form(request, found), refused.problems)
