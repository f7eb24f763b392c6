"""The only way to write: lock the head, reserve a block of numbers, insert entries and facts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from django.db import connection, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.ledger.models import Entry, Fact, Head, Record, subject_of
from yipanqi.ledger.rules import Header, Payload, Value, canonical, digest

BATCH = 2_000
FEW = 50
"""So many rows are written by INSERT; from here on COPY is faster."""

FactType = TypeVar("FactType", bound=Fact)
RecordType = TypeVar("RecordType", bound=Record)


joined = transaction.atomic(savepoint=False)
"""Part of whoever's transaction this is: a write that fails has no half to go back to."""


class Actor(Protocol):
    """Who acts, and for which unit."""

    @property
    def pk(self) -> Any: ...  # the ORM leaves the type of keys open
    @property
    def acting_unit_id(self) -> int | None: ...


@dataclass(frozen=True)
class Line:
    """One entry to be: what kind of thing was written about which record."""

    kind: str
    subject: str
    payload: Payload


@dataclass(frozen=True)
class Block:
    """A reserved run of numbers, the chain's end before it, and the moment it is stamped with."""

    first: int
    hash: str
    clock: datetime


def found(*, simulated: bool, place: str) -> None:
    """Open the books (开账). A simulated ledger may set its own clock, and says so for ever."""
    if Head.objects.filter(seq__gt=0).exists():
        raise refuse(_("账本已经开账，不能再次开账"))
    Head.objects.update_or_create(
        pk=1, defaults={"simulated": simulated, "clock": datetime(1970, 1, 1, tzinfo=UTC)}
    )
    line = Line("genesis", "ledger:1", {"simulated": simulated, "place": place})
    append([line], by=None, at=datetime(2000, 1, 1, tzinfo=UTC))


def hold() -> None:
    """Take the head's lock early, so that what is read from here on stays true until the end."""
    Head.objects.filter(pk=1).update(clock=F("clock"))


@joined
def append(lines: Sequence[Line], *, by: Actor | None, at: datetime) -> list[Entry]:
    """Write entries in this order at the end of the ledger, under the head's lock."""
    if not lines:
        return []
    return _enter(_reserve(len(lines), at), lines, by=by)


@joined
def record_many(facts: Sequence[Fact], *, by: Actor | None, at: datetime) -> None:
    """Write facts, one entry each, in this order. `at` counts in a simulated ledger only."""
    if not facts:
        return
    block = _reserve(len(facts), at)
    lines = []
    for seq, fact in enumerate(facts, start=block.first):
        fact.seq = seq
        lines.append(Line(f"fact:{fact._meta.label_lower}", fact.ledger_subject(), fact.vouched()))
    _enter(block, lines, by=by)
    for model in dict.fromkeys(type(fact) for fact in facts):
        pour([fact for fact in facts if type(fact) is model])


def record(fact: FactType, *, by: Actor | None, at: datetime) -> FactType:
    """Write one fact and its entry."""
    record_many([fact], by=by, at=at)
    return fact


@joined
def open_records(
    records: Sequence[Record],
    *,
    by: Actor | None,
    at: datetime,
    following: Callable[[], Sequence[Line]] = tuple,
) -> list[Entry]:
    """Begin ordinary records, one entry each, and what follows once they have their keys."""
    for model in dict.fromkeys(type(record) for record in records):
        rows = [record for record in records if type(record) is model]
        model._default_manager.bulk_create(rows, batch_size=BATCH)
    lines = [
        Line(f"open:{r._meta.label_lower}", subject_of(r), {"after": r.vouched()}) for r in records
    ]
    return append([*lines, *following()], by=by, at=at)


@transaction.atomic
def amend(
    old: RecordType,
    changes: Mapping[str, object],
    *,
    version: int,
    by: Actor | None,
    at: datetime,
    reason: str = "",
) -> Entry:
    """Change an ordinary record that still has this `version`; the entry holds before and after.

    Refuses when somebody else changed it meanwhile, and says which fields differ.
    """
    hold()
    table = type(old)._default_manager
    before = table.get(pk=old.pk).vouched()
    won = table.filter(pk=old.pk, version=version).update(**changes, version=version + 1)
    current = table.get(pk=old.pk)
    if not won:
        raise refuse(_difference(current, changes), where=_("保存"))
    return append([_amended(current, before, reason)], by=by, at=at)[0]


@transaction.atomic
def amend_many(
    changes: Sequence[tuple[RecordType, Mapping[str, object]]],
    *,
    by: Actor | None,
    at: datetime,
    reason: str = "",
) -> list[Entry]:
    """Change ordinary records of one kind, all or none, each still at the version it was read at."""
    if not changes:
        return []
    hold()
    table = type(changes[0][0])._default_manager
    standing = table.in_bulk([old.pk for old, _ in changes])
    lines = []
    for old, wanted in changes:
        record = standing[old.pk]
        if record.version != old.version:
            raise refuse(_difference(record, wanted), where=_("保存"))
        before = record.vouched()
        for name, value in {**wanted, "version": record.version + 1}.items():
            setattr(record, name, value)
        lines.append(_amended(record, before, reason))
    names = {name for _, wanted in changes for name in wanted}
    table.bulk_update(standing.values(), [*names, "version"], batch_size=BATCH // 4)
    return append(lines, by=by, at=at)


def _amended(record: Record, before: Mapping[str, Value], reason: str) -> Line:
    """What the ledger says of a change: only what differs, before and after."""
    after = record.vouched()
    changed = [name for name in after if before[name] != after[name]]
    payload: Payload = {
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
        "reason": reason,
    }
    return Line(f"amend:{record._meta.label_lower}", subject_of(record), payload)


def _difference(current: Record, changes: Mapping[str, object]) -> str:
    differing = [
        _("%(called)s现在是“%(now)s”，你填的是“%(value)s”")
        % {"called": _called(current, name), "now": getattr(current, name), "value": value}
        for name, value in changes.items()
        if getattr(current, name) != value
    ]
    return _("别人刚刚改过这份档案，请核对后再保存：") + (
        "；".join(differing) or _("你填的与现在相同")
    )


def _called(record: Record, name: str) -> str:
    field = record._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))


def _reserve(count: int, at: datetime) -> Block:
    """Lock the head, move it on by `count`, and read the database's clock."""
    sql, wanted = _RESERVE[connection.vendor], at.astimezone(UTC)
    given = wanted.strftime("%Y-%m-%d %H:%M:%S.%f") if connection.vendor == "sqlite" else wanted
    with connection.cursor() as cursor:
        cursor.execute(sql, [count, given])
        row = cursor.fetchone()
    if row is None:
        raise refuse(_("账本还没有开账，请先运行 yipanqi open，或用 make run 装入演示县"))
    seq, hash_, clock = row
    return Block(seq - count + 1, hash_, clock if clock.tzinfo else clock.replace(tzinfo=UTC))


_RESERVE = {
    "postgresql": """
        UPDATE ledger_head SET seq = seq + %s,
          clock = CASE WHEN simulated THEN greatest(clock, %s)
                  ELSE greatest(clock, clock_timestamp()) END
        WHERE id = 1 RETURNING seq, hash, clock""",
    "sqlite": """
        UPDATE ledger_head SET seq = seq + %s,
          clock = CASE WHEN simulated THEN max(clock, %s)
                  ELSE max(clock, strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now') || '000') END
        WHERE id = 1 RETURNING seq, hash, clock""",
}


def _enter(block: Block, lines: Iterable[Line], *, by: Actor | None) -> list[Entry]:
    previous, entries = block.hash, []
    actor_id, unit_id = (by.pk, by.acting_unit_id) if by else (None, None)
    for seq, line in enumerate(lines, start=block.first):
        header = Header(
            seq=seq,
            recorded_at=block.clock,
            kind=line.kind,
            subject=line.subject,
            actor_id=actor_id,
            unit_id=unit_id,
        )
        payload = canonical(line.payload)
        previous = digest(previous, header, payload)
        entries.append(Entry(**vars(header), payload=payload, hash=previous))
    pour(entries)
    Head.objects.filter(pk=1).update(hash=previous)
    return entries


def pour(given: Iterable[models.Model]) -> None:
    """Insert rows of one model whose keys nobody asks for afterwards; many of them by COPY."""
    rows = list(given)
    if connection.vendor != "postgresql" or len(rows) < FEW:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
        return
    table = rows[0]._meta
    fields = [field for field in table.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    names = [field.attname for field in fields]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([getattr(row, name) for name in names])
