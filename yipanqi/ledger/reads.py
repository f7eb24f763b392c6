"""What the ledger can prove of itself: its chain, its facts, its records, its size."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db import connection, models, transaction
from django.utils.timezone import make_aware

from yipanqi.ledger.models import Entry, Fact, Head, Record, fact_models, record_models, subject_of
from yipanqi.ledger.rules import (
    GENESIS,
    Checkpoint,
    Finding,
    Header,
    broken_links,
    canonical,
    said,
)

CHUNK = 5_000
Model = TypeVar("Model", bound=models.Model)


def now_seq() -> int:
    """Where the ledger stands now."""
    return Head.objects.values_list("seq", flat=True).get(pk=1)


def last_of(day: date) -> int | None:
    """The last entry that was written when a day ended; none before the first."""
    midnight = make_aware(datetime.combine(day + timedelta(days=1), time()))
    written = Entry.objects.filter(recorded_at__lt=midnight).order_by("-seq")
    return written.values_list("seq", flat=True).first()


def checkpoint() -> Checkpoint:
    """Size and head hash as they stand now."""
    head = Head.objects.filter(pk=1).first()
    return head.checkpoint() if head else Checkpoint(size=0, hash=GENESIS)


def is_simulated() -> bool:
    """Whether this ledger may set its own clock: a demonstration or a test, never a real place."""
    return Head.objects.filter(pk=1, simulated=True).exists()


@contextmanager
def still() -> Iterator[None]:
    """Everything read inside is of one moment, while others go on writing. For reading only."""
    connection.ensure_connection()
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    elif connection.vendor == "sqlite" and not connection.connection.in_transaction:
        connection.connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.connection.execute("COMMIT")
    else:
        yield


def findings(against: Checkpoint | None = None) -> Iterator[Finding]:
    """Everything in the ledger that is not as it was written."""
    with still():
        yield from broken_links(_links(), checkpoint())
        yield from _unlike_their_entries()
        yield from _records_changed_in_silence()
        if against is not None:
            yield from _departed_from(against)


def _links() -> Iterator[tuple[Header, str, str]]:
    for entry in Entry.objects.order_by("seq").iterator(CHUNK):
        yield entry.header(), entry.payload, entry.hash


def _departed_from(kept: Checkpoint) -> Iterator[Finding]:
    entry = Entry.objects.filter(seq=kept.size).first()
    if entry is None:
        yield Finding("外部存证", f"存证时有 {kept.size} 条，现在不足：账本尾部被截去")
    elif entry.hash != kept.hash:
        yield Finding("外部存证", f"第 {kept.size} 条的摘要与存证不符：账本被整体改写过")


def _unlike_their_entries() -> Iterator[Finding]:
    """Facts without an entry, entries without their fact, facts that differ from what was written."""
    for model in fact_models():
        kind, seen = f"fact:{model._meta.label_lower}", 0
        for facts in _chunks(model):
            entries = Entry.objects.of(kind).in_bulk([fact.seq for fact in facts])
            seen += len(entries)
            for fact in facts:
                yield from _compare(fact, entries.get(fact.seq))
        if seen != (written := Entry.objects.of(kind).count()):
            yield Finding(model._meta.label_lower, f"账上有 {written} 条，表中只有 {seen} 条")


def _chunks(model: type[Model]) -> Iterator[list[Model]]:
    chunk: list[Model] = []
    for row in model._default_manager.order_by("pk").iterator(CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _compare(fact: Fact, entry: Entry | None) -> Iterator[Finding]:
    where = f"{fact._meta.label_lower} 第 {fact.seq} 条"
    if entry is None:
        yield Finding(where, "账上没有这一条")
    elif canonical(fact.vouched()) != entry.payload or fact.ledger_subject() != entry.subject:
        yield Finding(where, "与账上写下的不同")


def _records_changed_in_silence() -> Iterator[Finding]:
    for model in record_models():
        label, seen = model._meta.label_lower, set[str]()
        for records in _chunks(model):
            subjects = [subject_of(record) for record in records]
            seen.update(subjects)
            written = _last_written(label, subjects)
            for record in records:
                yield from _compare_record(record, written.get(subject_of(record)))
        opened = Entry.objects.of(f"open:{label}").values_list("subject", flat=True)
        for subject in opened.iterator(CHUNK):
            if subject not in seen:
                yield Finding(subject, "账上有这份档案，表中没有")


def _last_written(label: str, subjects: list[str]) -> dict[str, dict[str, object]]:
    """What each record should say, by folding its entries in order."""
    standing: dict[str, dict[str, object]] = {}
    entries = Entry.objects.filter(
        subject__in=subjects, kind__in=[f"open:{label}", f"amend:{label}"]
    )
    for subject, payload in entries.order_by("seq").values_list("subject", "payload"):
        standing.setdefault(subject, {}).update(said(payload, "after") or {})
    return standing


def _compare_record(record: Record, written: dict[str, object] | None) -> Iterator[Finding]:
    if written is None:
        yield Finding(subject_of(record), "账上没有这份档案")
        return
    content = record.vouched()
    changed = [name for name in content if content[name] != written.get(name)]
    if changed:
        yield Finding(subject_of(record), f"{'、'.join(changed)} 与账上写下的不同")
