"""What came with a request, the status of the page that answers it, and files handed out."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import content_disposition_header

from yipanqi.core.files import Evidence
from yipanqi.org.access import PersonRequest


def posted(request: PersonRequest) -> QueryDict | None:
    """What was sent to be done; nothing where a page is only asked for."""
    return request.POST if request.method == "POST" else None


def files(request: PersonRequest) -> "MultiValueDict[str, UploadedFile[Any]] | None":
    """The files that came with it."""
    return request.FILES if request.method == "POST" else None


def status_of(request: PersonRequest) -> int:
    """A form that is shown after it was sent has been refused."""
    return 422 if request.method == "POST" else 200


def number_in(request: PersonRequest, name: str) -> int | None:
    """A whole number from the address, or nothing."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def handed_out(file: Evidence, content: bytes) -> HttpResponse:
    """A kept file to lay down at the reader's, under its own name, never to be run."""
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, file.name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )
