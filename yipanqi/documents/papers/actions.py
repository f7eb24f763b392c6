"""What is made of an issued bulletin: Word, Excel, and printed pages that are kept."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import File
from django.core.files.storage import default_storage

from yipanqi.dispatch.models import Bulletin
from yipanqi.documents.papers.reads import issued_paper
from yipanqi.documents.papers.rules import to_docx, to_pdf, to_xlsx

PATIENCE = 25.0
"""A page waits for LibreOffice no longer than the server waits for the page."""

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


MAKERS = {"docx": to_docx, "xlsx": to_xlsx}


@dataclass(frozen=True)
class Made:
    """A file of a bulletin to take along."""

    name: str
    content_type: str
    content: bytes


def made(bulletin: Bulletin, kind: str) -> Made:
    """The bulletin as a file, each time the same; its pages are refused where LibreOffice is missing."""
    content = _printed(bulletin) if kind == "pdf" else MAKERS[kind](issued_paper(bulletin))
    return Made(f"bulletin-{bulletin.year}-{bulletin.number}.{kind}", KINDS[kind], content)


def is_printed(bulletin: Bulletin) -> bool:
    """Whether its pages lie in the store already."""
    return bool(default_storage.exists(_path(bulletin)))


def _path(bulletin: Bulletin) -> str:
    frozen = f"{bulletin.pk}\n{bulletin.checkpoint}\n{bulletin.remarks}\n{bulletin.content}"
    return f"printed/{hashlib.sha256(frozen.encode()).hexdigest()}.pdf"


def _printed(bulletin: Bulletin) -> bytes:
    """Printed once, kept under the digest of what was frozen."""
    if is_printed(bulletin):
        with default_storage.open(_path(bulletin)) as kept:
            pages: bytes = kept.read()
        return pages
    pages = to_pdf(to_docx(issued_paper(bulletin)), patience=PATIENCE)
    default_storage.save(_path(bulletin), File(BytesIO(pages)))
    return pages
