"""The library for programs."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Form, Router, Schema, UploadedFile
from ninja.params.functions import File

from yipanqi.core.clock import now, today
from yipanqi.core.files import keep_evidence
from yipanqi.core.schemas import REFUSALS, Taken, answered, refuse_unknown, takes, typed_in
from yipanqi.documents.library.forms import DocumentForm
from yipanqi.documents.library.reads import Citing, citings, missing
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.actions import file_document
from yipanqi.place.models import Document

router = Router(tags=["依据文件"])
PLAIN = (
    *("id", "title", "number", "organ", "issued_on", "valid_from", "valid_to", "edition"),
    "supersedes_id",
)


@takes(DocumentForm, texts=True)
class DocumentNew(Taken):
    """A document as it is filed, its files beside it under `evidence`."""


class CitingTold(Schema):
    """Something that rests on a document."""

    title: str
    what: str
    clause: str
    count: int


class DocumentTold(Schema):
    """One edition of a document."""

    id: int
    title: str
    number: str
    organ: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    edition: int
    supersedes_id: int | None
    cited_by: list[CitingTold]


class Documents(Schema):
    """The library, and what rests on documents that it does not have."""

    items: list[DocumentTold]
    missing: list[CitingTold]


class Filed(Schema):
    """The document stands in the library under this key."""

    id: int


FILES = File([], description="文件，可以有多个")


@router.get("/documents", response={200: Documents, **REFUSALS}, summary="依据文件库")
@grants(Can.SEE_DOCUMENT)
def documents(request: PersonRequest) -> HttpResponse:
    """Every edition, newest first, with what rests on it."""
    found = citings(request.user.place_id, on=today())
    listed = Document.objects.visible_to(request.user).order_by("-issued_on", "-pk")
    items = [
        {name: getattr(one, name) for name in PLAIN}
        | {"cited_by": [_told(each) for each in found.get(one.title, ())]}
        for one in listed
    ]
    absent = [_told(each) for _, cited in missing(found) for each in cited]
    return answered({"items": items, "missing": absent})


def _told(one: Citing) -> dict[str, object]:
    return {"title": one.title, "what": one.what, "clause": one.clause, "count": one.count}


@router.post("/documents", response={201: Filed, **REFUSALS}, summary="登记依据文件或新版")
@grants(Can.SET_DOCUMENT)
def document_new(
    request: PersonRequest,
    sent: Form[DocumentNew],
    evidence: list[UploadedFile] = FILES,
    key: str = KEY,
) -> HttpResponse:
    """File a document or a new edition, as multipart/form-data."""
    refuse_unknown(request.POST, DocumentNew)
    form = DocumentForm(request.POST, request.FILES)
    said = form.said(tuple(keep_evidence(file) for file in evidence))
    old_id = form.cleaned_data["supersedes"]
    seen = Document.objects.visible_to(request.user).select_related("place")
    old = get_object_or_404(seen, pk=old_id) if old_id else None
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)

    def do() -> dict[str, object]:
        made = file_document(place=place, said=said, supersedes=old, by=request.user, at=now())
        return {"id": made.pk}

    asked = {**typed_in(sent), "files": [file.digest for file in said.files]}
    return answered(once_for(request, key, asked, do), status=201)
