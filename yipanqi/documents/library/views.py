"""The library of base documents: the list, one of them, filing, new editions, setting right."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.core.clock import now, today
from yipanqi.core.files import content_of
from yipanqi.core.lists import page_of
from yipanqi.core.problems import Problem, Refused
from yipanqi.documents.library.forms import TYPED, DocumentForm, SearchForm
from yipanqi.documents.library.reads import citings, editions_of, missing, number_of, state_of
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.actions import amend_document, file_document
from yipanqi.place.models import Document
from yipanqi.standing.views.evidence import Laid, laid_down
from yipanqi.standing.views.sent import files, handed_out, number_in, posted, status_of


@require_GET
@needs(Can.SEE_DOCUMENT)
def documents(request: PersonRequest) -> HttpResponse:
    """The newest edition of each document, what rests on it, and what is cited and not there."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    listed = Document.objects.visible_to(request.user).newest().order_by("-issued_on", "-pk")
    listed = listed.named(words) if words else listed
    page = page_of(listed, request.GET.get("page", ""), length=listed.count())
    found = citings(request.user.place_id, on=today())
    rows = [
        (one, number_of(found.get(one.title, ())), state_of(one, None, on=today())) for one in page
    ]
    absent = missing(found)
    context = {"form": form, "page": page, "rows": rows, "missing": absent, "words": words}
    return render(request, "library/documents.html", context)


@require_GET
@needs(Can.SEE_DOCUMENT)
def document(request: PersonRequest, document_id: int) -> HttpResponse:
    """One edition: its particulars, its files, the other editions, everything that rests on it."""
    return _page(request, _seen(request, document_id))


def _page(
    request: PersonRequest, shown: Document, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    editions, day = editions_of(shown), today()
    after = {one.supersedes_id: one for one in editions}
    found = citings(shown.place_id, on=day)
    cited = [one for title in {e.title: 0 for e in editions} for one in found.get(title, ())]
    context = {
        "document": shown,
        "problems": problems,
        "state": state_of(shown, after.get(shown.pk), on=day),
        "editions": [(one, state_of(one, after.get(one.pk), on=day)) for one in editions],
        "newest": editions[0],
        "cited": cited,
        "number": number_of(cited),
    }
    return render(request, "library/document.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "POST"])
@needs(Can.SET_DOCUMENT)
def document_new(request: PersonRequest) -> HttpResponse:
    """File a document, or a new edition of one."""
    old = _superseded(request)
    initial = {name: getattr(old, name) for name in ("title", "organ")} if old else {}
    initial |= {"title": request.GET["title"]} if request.GET.get("title") else {}
    initial["supersedes"] = old.pk if old else None
    form, laid, problems = _sent(request, initial)
    if form.is_bound and not problems:
        place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
        try:
            said = form.said(laid.files)
            made = file_document(place=place, said=said, supersedes=old, by=request.user, at=now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已登记，可以引用了"))
            return redirect("document", made.pk)
    context = {"form": form, "laid": laid, "problems": problems, "old": old}
    return render(request, "library/document_form.html", context, status=status_of(request))


def _superseded(request: PersonRequest) -> Document | None:
    """The document of which a new edition comes, as the address or the form says."""
    if request.method == "POST":
        typed = request.POST.get("supersedes", "")
        key = int(typed) if typed.isdecimal() and len(typed) < 19 else None
    else:
        key = number_in(request, "supersedes")
    return _seen(request, key) if key else None


@require_http_methods(["GET", "POST"])
@needs(Can.SET_DOCUMENT)
def document_edit(request: PersonRequest, document_id: int) -> HttpResponse:
    """Set right what was typed wrongly, or add a file."""
    shown = _seen(request, document_id)
    form, laid, problems = _sent(request, {name: getattr(shown, name) for name in TYPED})
    version = request.POST.get("version", str(shown.version))
    if form.is_bound and not problems:
        try:
            amend_document(
                document=shown,
                said=form.said(laid.files),
                version=int(version) if version.isdecimal() else 0,
                by=request.user,
                at=now(),
            )
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已更正"))
            return redirect("document", shown.pk)
    context = {
        "form": form,
        "laid": laid,
        "problems": problems,
        "document": shown,
        "version": version,
    }
    return render(request, "library/document_form.html", context, status=status_of(request))


@require_GET
@needs(Can.SEE_DOCUMENT)
def document_file(request: PersonRequest, document_id: int, digest: str) -> HttpResponse:
    """Hand out a file of a document as it was laid down."""
    shown = _seen(request, document_id)
    file = next((one for one in shown.files if one.digest == digest), None)
    if file is None:
        raise Http404
    try:
        return handed_out(file, content_of(file))
    except Refused as refused:
        return _page(request, shown, refused.problems)


def _seen(request: PersonRequest, document_id: int) -> Document:
    seen = Document.objects.visible_to(request.user).select_related("place", "supersedes")
    return get_object_or_404(seen, pk=document_id)


def _sent(
    request: PersonRequest, initial: dict[str, Any]
) -> tuple[DocumentForm, Laid, tuple[Problem, ...]]:
    """The form as it stands, the files laid down with it, and what is wrong with those."""
    form = DocumentForm(posted(request), files(request), initial=initial)
    laid = laid_down(request) if form.is_bound else Laid()
    return form, laid, laid.problems
