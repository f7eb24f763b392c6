"""Every result and how far it has come; the draft with who will be named."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.rules.periods import Period, PeriodKind
from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused, blocking
from yipanqi.documents.results.forms import DraftForm, NoticeForm
from yipanqi.documents.results.reads.groups import told_groups
from yipanqi.ledger.reads import now_seq
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.publishing.actions import draw_up, open_notice
from yipanqi.publishing.reads.course import Course, course_named, courses_for
from yipanqi.publishing.reads.drawing import changes_since, drawn
from yipanqi.publishing.reads.sealing import waiting_for
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.views.sent import posted, status_of


@require_GET
@needs(Can.SEE_SCORE)
def results(request: PersonRequest) -> HttpResponse:
    """Every result with its state, and what waits for one's own units."""
    return _results_page(request, _draft_form(request))


def _draft_form(request: PersonRequest) -> DraftForm:
    return DraftForm(
        posted(request),
        methods=_methods(request.user),
        initial={"period": _just_over()},
    )


def _methods(person: Person) -> list[tuple[str, str]]:
    versions = MethodVersion.objects.all_in_force(person.place_id, seq=now_seq())
    return [(version.code, version.title) for version in versions]


def _just_over() -> str:
    """The last quarter that is over."""
    running = Period.of(PeriodKind.QUARTER, today())
    return Period.of(PeriodKind.QUARTER, running.first - timedelta(days=1)).label


def _results_page(
    request: PersonRequest, form: DraftForm, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context = {
        "courses": [(one, one.state(today())) for one in courses_for(request.user)],
        "waiting": waiting_for(request.user, as_of=today()),
        "form": form if request.user.may(Can.PUBLISH_RESULT) else None,
        "problems": problems,
    }
    return render(request, "results/results.html", context, status=status_of(request))


@require_POST
@needs(Can.PUBLISH_RESULT)
def result_new(request: PersonRequest) -> HttpResponse:
    """Draw a result up as the ledger stands now."""
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    form = _draft_form(request)
    try:
        typed = checked(form)
        draft = draw_up(place=place, by=request.user, at=now(), **typed)
    except Refused as refused:
        return _results_page(request, form, refused.problems)
    messages.success(request, _("已起草，账本截止到第 %(seq)s 条") % {"seq": draft.cutoff})
    return redirect("result_draft", draft.code, draft.period)


@require_GET
@needs(Can.SEE_SCORE)
def result(request: PersonRequest, code: str, period: str) -> HttpResponse:
    """One result: its notices, objections, seals, each version beside the others."""
    course = _course(request, code, period)
    return render(
        request,
        "results/result.html",
        {"course": course, "state": course.state(today()), "today": today()},
    )


def _course(request: PersonRequest, code: str, period: str) -> Course:
    course = course_named(request.user, code, period)
    if course is None:
        raise Http404
    return course


@require_http_methods(["GET", "POST"])
@needs(Can.PUBLISH_RESULT)
def result_draft(request: PersonRequest, code: str, period: str) -> HttpResponse:
    """The draft: what stops it, who will be named, what moved; from here it is put up for objection."""
    course = _course(request, code, period)
    form = NoticeForm(posted(request))
    problems: tuple[Problem, ...] = ()
    if form.is_bound:
        try:
            days = checked(form)["days"]
            notice = open_notice(draft=course.draft, days=days, by=request.user, at=now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("公示到 %(until)s 为止") % {"until": notice.until})
            return redirect("notice", notice.pk)
    return _draft_page(request, course, form, problems)


def _draft_page(
    request: PersonRequest, course: Course, form: NoticeForm, problems: tuple[Problem, ...]
) -> HttpResponse:
    context: dict[str, object] = {"course": course, "form": form, "state": course.state(today())}
    try:
        now_drawn = drawn(course.draft)
    except Refused as refused:
        problems = (*problems, *refused.problems)
    else:
        earlier = course.drafts[-2] if len(course.drafts) > 1 else None
        found = [one for one in now_drawn.problems if one not in problems]
        context |= {
            "drawn": now_drawn,
            "found": found,
            "stopped": len(blocking(now_drawn.problems)),
            "groups": told_groups(now_drawn.frozen),
            "earlier": earlier,
            "changes": changes_since(earlier, now_drawn) if earlier else [],
        }
    context["problems"] = problems
    return render(request, "results/draft.html", context, status=422 if problems else 200)
