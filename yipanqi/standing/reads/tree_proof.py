"""Whether units stand where the ledger says, and who verifies what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yipanqi.ledger.models import Entry
from yipanqi.ledger.rules import OPEN, Finding, said
from yipanqi.org.models import Duty, Membership, Pairing, Unit, UnitSpan
from yipanqi.place.models import SettingsVersion

Row = tuple[object, ...]


TIES: tuple[tuple[str, type[Membership | Duty | Pairing], str, str, tuple[str, ...]], ...] = (
    ("成员单位", Membership, "join", "leave", ("group_id", "unit_id", "capacity")),
    ("职能分工", Duty, "charge", "relieve", ("unit_id", "function")),
    ("包保", Pairing, "pair", "unpair", ("seat_id", "unit_id", "matter", "name")),
)
"""What binds units: its name, its rows, the entries with which one begins and ends, what it holds."""


def tree_findings() -> Iterator[Finding]:
    """Units whose place in the tree, and ties between units, that are not what was written."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for unit in units.values():
        if unit.path != _path(unit.pk, {pk: one.parent_id for pk, one in units.items()}):
            yield Finding(f"单位 {unit.pk}", f"路径 {unit.path} 与上级单位不符")
    stored = UnitSpan.objects.values_list(*vars(Span(0, None, "", "", 0)))
    yield from _unlike("单位归属", {tuple(vars(span).values()) for span in _spans()}, stored)
    for what, model, begins, ends, columns in TIES:
        written = _ties(begins, ends, columns)
        rows = model._default_manager.values_list("from_seq", "to_seq", *columns)
        yield from _unlike(what, written, rows)


def _unlike(what: str, written: set[Row], stored: Iterable[Row]) -> Iterator[Finding]:
    for row in sorted(written.symmetric_difference(stored), key=str):
        yield Finding(what, f"账表不一：{' '.join(map(str, row))}")


@dataclass(frozen=True)
class Span:
    """Where a unit stood from one entry to another, as the entries say."""

    unit_id: int
    parent_id: int | None
    kind: str
    path: str
    from_seq: int
    to_seq: int = OPEN


def _spans() -> Iterator[Span]:
    """Every span that follows from how units were opened, moved and closed, in the ledger's order."""
    told: dict[int, dict[str, Any]] = defaultdict(dict)
    parents: dict[int, int | None] = {}
    now: dict[int, Span] = {}
    entries = Entry.objects.filter(kind__in=["open:org.unit", "amend:org.unit"]).order_by("seq")
    for seq, subject, payload in entries.values_list("seq", "subject", "payload"):
        pk = int(subject.rsplit(":", 1)[1])
        told[pk] |= said(payload, "after") or {}
        parents[pk] = told[pk].get("parent_id")
        below = now[pk].path if pk in now else ""
        for one in [pk, *(u for u, span in now.items() if below and span.path.startswith(below))]:
            columns, before = told[one], now.get(one)
            after = Span(one, parents[one], str(columns.get("kind")), _path(one, parents), seq)
            if before and (columns.get("closed_on") or replace(before, from_seq=seq) != after):
                yield replace(now.pop(one), to_seq=seq)
            if one not in now and not columns.get("closed_on"):
                now[one] = after
    yield from now.values()


def _path(pk: int, parents: Mapping[int, int | None]) -> str:
    keys, above = [pk], parents.get(pk)
    while above is not None and above not in keys:
        keys.append(above)
        above = parents.get(above)
    return "/" + "".join(f"{key}/" for key in reversed(keys))


def _ties(begins: str, ends: str, columns: Sequence[str]) -> set[Row]:
    """The intervals that follow from these entries."""
    ended = {
        said(payload, "began"): seq
        for seq, payload in Entry.objects.of(ends).values_list("seq", "payload")
    }
    return {
        (seq, ended.get(seq, OPEN), *(said(payload, column) for column in columns))
        for seq, payload in Entry.objects.of(begins).values_list("seq", "payload")
    }


def offices_by_node() -> dict[tuple[int, str], frozenset[int]]:
    """The units that verify a node in a place, by any of its definitions."""
    named: dict[str, set[int]] = defaultdict(set)
    for pk, name in _names():
        named[name].add(pk)
    offices: dict[tuple[int, str], frozenset[int]] = defaultdict(frozenset)
    for version in SettingsVersion.objects.all():
        settings = version.settings
        for node in (*settings.nodes, settings.funds):
            offices[version.place_id, node.code] |= frozenset(named[node.office])
    return offices


def _names() -> Iterator[tuple[int, str]]:
    """Every name that a unit has or had."""
    yield from Unit.objects.values_list("pk", "name")
    for subject, payload in Entry.objects.of("amend:org.unit").values_list("subject", "payload"):
        if name := (said(payload, "before") or {}).get("name"):
            yield int(subject.rsplit(":", 1)[1]), name
