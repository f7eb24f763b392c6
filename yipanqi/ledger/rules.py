"""What an entry of the ledger is made of, and how one proves another."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

OPEN = 2**63 - 1
"""The `to_seq` of an interval that still holds."""

GENESIS = "0" * 64
"""What the first entry is chained to."""

Value = str | int | bool | None
Payload = Mapping[str, "Value | Payload | Sequence[Value]"]


def canonical(payload: Payload) -> str:
    """The one way to write a payload down: sorted keys, no blanks, whole numbers and text only."""
    _refuse_floats(payload)
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"a float has no place in the ledger: {value!r}")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)


def said(payload: str, part: str) -> Any:
    """What a payload says under a name; nothing where it does not or was made unreadable."""
    try:
        return json.loads(payload)[part]
    except (ValueError, KeyError, TypeError):
        return None


def plain(value: object) -> Value:
    """A field's value as text, whole number, truth or nothing, the same on every database."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no canonical form")


def instant(moment: datetime) -> str:
    """A moment in UTC with microseconds, always the same length."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commitment(salt: str, value: str) -> str:
    """Proves a personal value without holding it: without the salt it says nothing."""
    return "commit:" + hashlib.sha256(f"{salt}|{value}".encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Header:
    """Who wrote what about which thing, and when the database says it was."""

    seq: int
    recorded_at: datetime
    kind: str
    subject: str
    actor_id: int | None
    unit_id: int | None


def digest(previous: str, header: Header, payload: str) -> str:
    """The hash of an entry, over the entry before it, its header and its payload as stored."""
    head = "\x1f".join(
        (
            previous,
            str(header.seq),
            instant(header.recorded_at),
            header.kind,
            header.subject,
            "" if header.actor_id is None else str(header.actor_id),
            "" if header.unit_id is None else str(header.unit_id),
            payload,
        )
    )
    return hashlib.sha256(head.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """Size and head hash of the ledger at a moment, to be kept where its keeper cannot reach."""

    size: int
    hash: str

    def __str__(self) -> str:
        return f"{self.size}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """A checkpoint from its text; ValueError where it is none."""
        size, _, hash_ = text.strip().partition(":")
        if not size.isdigit() or len(hash_) != len(GENESIS):
            raise ValueError(f"不是账本存证：{text.strip()[:80]!r}，应为 数目:64位摘要")
        return cls(size=int(size), hash=hash_.lower())


@dataclass(frozen=True)
class Finding:
    """Something that verification found wrong, and where."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}：{self.text}"


def broken_links(entries: Iterator[tuple[Header, str, str]], head: Checkpoint) -> Iterator[Finding]:
    """Walk the chain: gaps, altered entries, and an end that is not the head's."""
    previous, expected = GENESIS, 1
    for header, payload, stored in entries:
        if header.seq != expected:
            yield Finding(f"账本第 {expected} 条", f"缺失，下一条是第 {header.seq} 条")
            expected = header.seq
        if digest(previous, header, payload) != stored:
            yield Finding(f"账本第 {header.seq} 条", "内容或顺序与摘要不符，被改动过")
        previous, expected = stored, expected + 1
    if Checkpoint(size=expected - 1, hash=previous) != head:
        yield Finding("账本末尾", f"应有 {head.size} 条，现有 {expected - 1} 条，或末条摘要不符")
