"""Personal files: one's own always, another's for a day once the opening is written down."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.core.clock import now, today
from yipanqi.core.lists import page_of
from yipanqi.core.problems import Problem, Refused
from yipanqi.documents.papers.rules import to_docx
from yipanqi.documents.personal.actions import open_dossier
from yipanqi.documents.personal.forms import PurposeForm
from yipanqi.documents.personal.reads.access import is_open, looks_at, people_for
from yipanqi.documents.personal.reads.dossier import in_sight, periods_of, sheets_of, terms_of
from yipanqi.documents.personal.reads.paper import dossier_paper
from yipanqi.org.access import PersonRequest, needs, signed_in
from yipanqi.org.models import Person
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Settings
from yipanqi.standing.forms.fields import checked

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@needs(Can.SEE_DOSSIER)
def dossiers(request: PersonRequest) -> HttpResponse:
    """Everybody of the place whose file may be opened."""
    words = request.GET.get("q", "").strip()
    people = people_for(request.user)
    people = people.filter(name__icontains=words) if words else people
    page = page_of(
        people.prefetch_related("posts__unit"),
        request.GET.get("page", ""),
        length=people.count(),
    )
    return render(request, "personal/dossiers.html", {"page": page, "words": words})


def _subject(request: PersonRequest, person_id: int) -> Person:
    """Oneself, or somebody whose file this person may open; nobody else exists here."""
    if person_id == request.user.pk:
        return request.user
    return get_object_or_404(people_for(request.user), pk=person_id)


def _opened(request: PersonRequest, person_id: int) -> tuple[Person, Settings]:
    """The same, for a file that is open; a closed one is not read past its first page."""
    subject = _subject(request, person_id)
    if not is_open(request.user, subject, on=today()):
        raise Http404
    return subject, settings_on(request.user.place_id, today())


@require_GET
@signed_in
def dossier(request: PersonRequest, person_id: int) -> HttpResponse:
    """What somebody has done, term by term; before another's is opened, the reason is asked."""
    subject = _subject(request, person_id)
    if not is_open(request.user, subject, on=today()):
        return render(request, "personal/dossier_closed.html", _closed(subject, PurposeForm()))
    settings = settings_on(request.user.place_id, today())
    context = {
        "subject": subject,
        "periods": periods_of(subject, settings, as_of=today()),
        "looks": looks_at(subject),
        "own": subject.pk == request.user.pk,
    }
    return render(request, "personal/dossier.html", context)


def _closed(
    subject: Person, form: PurposeForm, problems: tuple[Problem, ...] = ()
) -> dict[str, object]:
    return {"subject": subject, "form": form, "problems": problems}


@require_POST
@needs(Can.SEE_DOSSIER)
def dossier_open(request: PersonRequest, person_id: int) -> HttpResponse:
    """Open another's file for today; the ledger says who, whose and why."""
    subject, form = _subject(request, person_id), PurposeForm(request.POST)
    try:
        purpose = checked(form)["purpose"]
        open_dossier(subject=subject, purpose=purpose, by=request.user, at=now())
    except Refused as refused:
        context = _closed(subject, form, refused.problems)
        return render(request, "personal/dossier_closed.html", context, status=422)
    messages.success(request, _("已记入账本，今天内可以查看"))
    return redirect("dossier", subject.pk)


@require_GET
@signed_in
def dossier_figure(request: PersonRequest, person_id: int, post_id: int, code: str) -> HttpResponse:
    """The records behind a figure of a term; projects open only to those who may see them."""
    subject, settings = _opened(request, person_id)
    terms = terms_of(subject, as_of=today())
    term = next((one for one in terms if one.post.pk == post_id), None)
    sheets = sheets_of(subject, term, settings) if term else ()
    sheet = next((one for one in sheets if one.code == code), None)
    if sheet is None:
        raise Http404
    context = {
        "subject": subject,
        "term": term,
        "sheet": sheet,
        "seen": in_sight(request.user, sheet.records),
    }
    return render(request, "personal/dossier_figure.html", context)


@require_GET
@signed_in
def dossier_docx(request: PersonRequest, person_id: int) -> HttpResponse:
    """The file as Word, to be printed and bound."""
    subject, settings = _opened(request, person_id)
    periods = periods_of(subject, settings, as_of=today())
    paper = dossier_paper(subject, periods, settings.bulletin, on=today())
    response = HttpResponse(to_docx(paper), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="dossier-{subject.pk}.docx"'
    return response
