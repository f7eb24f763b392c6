"""What can happen to a place's definitions and documents: they are adopted, filed, set right."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yipanqi.core.files import Evidence, evidence_text
from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.ledger.actions import Actor, amend, hold, open_records, record
from yipanqi.org.models import Unit
from yipanqi.place.models import Document, SettingsVersion
from yipanqi.place.rules import parsed
from yipanqi.place.rules.documents import document_problems


@transaction.atomic
def adopt_settings(*, place: Unit, text: str, by: Actor | None, at: datetime) -> SettingsVersion:
    """Put a page of definitions in force from its day on. What was judged before stays judged."""
    settings = parsed(text)
    if settings.place != place.name:
        raise refuse(
            _("这是%(place)s的口径，不是%(other)s的")
            % {"place": settings.place, "other": place.name},
            where="place",
        )
    hold()
    number = SettingsVersion.objects.filter(place=place).count() + 1
    version = SettingsVersion(
        place=place, number=number, text=text, happened_on=settings.valid_from
    )
    return record(version, by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class DocumentSaid:
    """What is said of a document when it is filed or set right."""

    title: str
    number: str
    organ: str
    issued_on: date
    valid_from: date
    valid_to: date | None = None
    files: tuple[Evidence, ...] = ()

    def columns(self) -> dict[str, Any]:
        """As the library keeps it; the title stands without its marks."""
        said = {**vars(self), "title": self.title.strip().strip("《》")}
        return {"evidence": evidence_text(said.pop("files")), **said}


@transaction.atomic
def file_document(
    *,
    place: Unit,
    said: DocumentSaid,
    by: Actor | None,
    at: datetime,
    supersedes: Document | None = None,
) -> Document:
    """Take a document into the library (P3); a new edition stands beside the one it supersedes."""
    columns = said.columns()
    edition = supersedes.edition + 1 if supersedes else 1
    document = Document(place=place, supersedes=supersedes, edition=edition, **columns)
    since = supersedes.valid_from if supersedes else None
    refuse_if_blocked(document_problems(said.valid_from, said.valid_to, since=since))
    hold()
    _refuse_second(document)
    open_records([document], by=by, at=at)
    return document


def _refuse_second(document: Document) -> None:
    """One title is one document, and an edition has one successor."""
    old = document.supersedes
    if old and Document.objects.filter(supersedes=old).exists():
        raise refuse(_("这一版已经有新版，请在最新一版上登记"), where=_("标题"))
    if old and old.title == document.title:
        return
    others = Document.objects.filter(place=document.place, title=document.title)
    if others.exclude(pk=document.pk).exists():
        raise refuse(_("库里已有这个标题的文件，请打开它登记新版"), where=_("标题"))


@transaction.atomic
def amend_document(
    *, document: Document, said: DocumentSaid, version: int, by: Actor | None, at: datetime
) -> None:
    """Set right what was typed wrongly; files are added and none is taken away."""
    before = document.supersedes.valid_from if document.supersedes else None
    refuse_if_blocked(document_problems(said.valid_from, said.valid_to, since=before))
    columns = said.columns()
    if columns["title"] != document.title:
        _refuse_second(Document(pk=document.pk, place=document.place, title=columns["title"]))
    kept = {file.digest: file for file in (*document.files, *said.files)}
    changes = {**columns, "evidence": evidence_text(kept.values())}
    amend(document, changes, version=version, by=by, at=at)
