"""What waits for an office, and what it says of it."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.problems import Problem, Refused
from yipanqi.core.sheets import Sheet
from yipanqi.facts.projects.models import Pending
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import exported, says
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person
from yipanqi.org.rules import Can
from yipanqi.standing import actions
from yipanqi.standing.access import claim_in_sight, claims_to_decide
from yipanqi.standing.actions import Decision
from yipanqi.standing.forms.claims import DecideForm, ReasonForm
from yipanqi.standing.forms.fields import texts_in
from yipanqi.standing.reads.desk import WAITING, story_of, waiting
from yipanqi.standing.rules import Outcome
from yipanqi.standing.views.sent import posted, status_of

PAGE = 50


@needs(Can.VERIFY)
def pending(request: PersonRequest) -> HttpResponse | FileResponse:
    """The claims that wait for my office, the oldest first; all of them as a file."""
    if request.method != "POST":
        return _pile(request, DecideForm(), ())
    sheet = Sheet(
        title=_("待认定"),
        says=says(request, (), today().isoformat()),
        columns=WAITING,
        rows=waiting(list(_mine(request.user)), as_of=today()),
    )
    try:
        return exported(request, Listed.PENDING, sheet)
    except Refused as refused:
        return _pile(request, DecideForm(), refused.problems)


def _mine(person: Person) -> QuerySet[Pending]:
    mine = Pending.objects.visible_to(person)
    return mine.select_related("claim__unit", "project", "office").order_by("pk")


def _pile(request: PersonRequest, form: DecideForm, problems: Sequence[Problem]) -> HttpResponse:
    page = Paginator(_mine(request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "problems": problems,
        "page": page,
        "rows": waiting(list(page), as_of=today()),
        "ticked": set(texts_in(form, "claims")),
    }
    name = "standing/_pending_rows.html" if request.htmx else "standing/pending.html"
    return render(request, name, context, status=422 if problems else 200)


@needs(Can.VERIFY)
def decide(request: PersonRequest) -> HttpResponse:
    """Accept or return the claims that were ticked, all or none."""
    if request.method != "POST":
        return redirect(f"{reverse('pending')}?{request.GET.urlencode()}")
    form = DecideForm(request.POST)
    try:
        count = len(_decided(form, request.user))
    except Refused as refused:
        return _pile(request, form, refused.problems)
    said = Outcome(form.cleaned_data["outcome"]).label
    done = ngettext("已%(said)s %(count)d 条申报", "已%(said)s %(count)d 条申报", count)
    messages.success(request, done % {"said": said, "count": count})
    return _pile(request, DecideForm(), ()) if request.htmx else redirect("pending")


def _decided(form: DecideForm, by: Person) -> Sequence[object]:
    typed = checked(form)
    outcome = Outcome(typed["outcome"])
    reason = typed["reason"] if outcome is Outcome.RETURNED else ""
    claims = claims_to_decide(by, typed["claims"])
    decisions = [Decision(claim, outcome, reason) for claim in claims]
    return actions.decide(decisions, by=by, at=now())


@needs(Can.VERIFY)
def find_false(request: PersonRequest, claim_id: int) -> HttpResponse:
    """Find out that what my office accepted was false."""
    claim = claim_in_sight(request.user, claim_id)
    story = story_of(claim, as_of=today())
    if story.office is None or not request.user.reach(Can.VERIFY).covers(story.office.path):
        raise PermissionDenied
    form = ReasonForm(posted(request))
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            actions.find_false(claim=claim, by=request.user, at=now(), **checked(form))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.warning(request, _("已记为查实造假，不再计入"))
            return redirect("claim", claim_id=claim.pk)
    context = {"claim": claim, "story": story, "form": form, "problems": problems}
    return render(request, "standing/decide.html", context, status=status_of(request))
