"""A view is kept, changed or removed; a list is taken away, and the ledger says by whom."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, Refused, refuse_if_blocked
from yipanqi.core.sheets import Sheet, write_csv, write_xlsx
from yipanqi.ledger.actions import Line, amend, append, hold, open_records
from yipanqi.ledger.models import subject_of
from yipanqi.ledger.rules import Payload
from yipanqi.lists.models import SavedView
from yipanqi.lists.rules import Listed, Written, kept_of, view_problems
from yipanqi.org.models import Person
from yipanqi.org.rules import Can

WRITERS: Mapping[Written, Callable[[IO[bytes], Sheet], int]] = {
    Written.XLSX: write_xlsx,
    Written.CSV: write_csv,
}


@transaction.atomic
def save_view(
    *,
    listed: Listed,
    name: str,
    query: str,
    by: Person,
    at: datetime,
    shared: bool = False,
    first: bool = False,
) -> SavedView:
    """Keep what is asked of a list under a name (保存视图)."""
    hold()
    _refuse(by, listed, name, query, shared=shared)
    if first:
        _no_longer_first(by, listed, at)
    view = SavedView(
        place_id=by.place_id,
        owner=by,
        listed=listed,
        name=name.strip(),
        query=kept_of(query),
        shared=shared,
        first=first,
    )
    open_records([view], by=by, at=at)
    return view


@transaction.atomic
def change_view(
    *,
    view: SavedView,
    name: str,
    query: str,
    shared: bool,
    first: bool,
    version: int,
    by: Person,
    at: datetime,
) -> None:
    """Rename a view, replace what it asks, share it or keep it to oneself, begin with it (修改视图).

    Only its owner begins with it; somebody else who looks after it leaves that as it is.
    """
    hold()
    _refuse(by, Listed(view.listed), name, query, shared=shared and not view.shared, view=view)
    first = first if view.owner_id == by.pk else view.first
    if first and not view.first:
        _no_longer_first(by, Listed(view.listed), at)
    changes = {"name": name.strip(), "query": kept_of(query), "shared": shared, "first": first}
    amend(view, changes, version=version, by=by, at=at)


def remove_view(*, view: SavedView, by: Person, at: datetime) -> None:
    """Take a view away (删除视图); the ledger remembers that it was there."""
    amend(view, {"removed": True, "first": False}, version=view.version, by=by, at=at)


def _refuse(
    by: Person,
    listed: Listed,
    name: str,
    query: str,
    *,
    shared: bool,
    view: SavedView | None = None,
) -> None:
    """Refuse a name that is taken, an address too long, sharing without the right."""
    owner_id = view.owner_id if view else by.pk
    theirs = SavedView.objects.filter(owner_id=owner_id, listed=listed, removed=False)
    others = theirs.exclude(pk=view.pk) if view else theirs
    refuse_if_blocked(view_problems(name, query, others.values_list("name", flat=True)))
    if shared and not by.may(Can.SHARE_VIEW):
        text = _("你没有共享视图的权限，可以先存给自己用")
        raise Refused([Problem(text=text, where=_("共享"))])


def _no_longer_first(by: Person, listed: Listed, at: datetime) -> None:
    """A list begins with one view; the one before steps back."""
    for view in SavedView.objects.filter(owner=by, listed=listed, first=True, removed=False):
        amend(view, {"first": False}, version=view.version, by=by, at=at)


@dataclass(frozen=True)
class Exported:
    """A list that was taken away: the file, ready to be read, and what the ledger says of it."""

    file: IO[bytes]
    rows: int
    digest: str


def export(
    *, sheet: Sheet, written: Written, listed: Listed, query: str, by: Person, at: datetime
) -> Exported:
    """Write a list into a file (导出). No byte leaves before the ledger says who took it.

    The entry holds what was asked, the columns, the number of rows and the digest of the file.
    """
    file: Any = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    rows = WRITERS[written](file, sheet)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    payload: Payload = {
        "list": listed.value,
        "query": kept_of(query),
        "columns": [column.key for column in sheet.columns],
        "format": written.value,
        "rows": rows,
        "digest": digest,
    }
    append([Line("export", subject_of(by), payload)], by=by, at=at)
    return Exported(file, rows, digest)
