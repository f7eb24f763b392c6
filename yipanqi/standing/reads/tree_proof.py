"""Whether units stand where the ledger says, and who verifies what."""

from collections import defaultdict
from collections.abc import Iterator

from yipanqi.ledger.models import Entry
from yipanqi.ledger.rules import Finding, said
from yipanqi.org.models import Pairing, Unit, UnitSpan
from yipanqi.place.models import SettingsVersion


def tree_findings() -> Iterator[Finding]:
    """Units whose place in the tree, and pairings whose entry, is not what was written."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    spans = {span.unit_id: span for span in UnitSpan.objects.current()}
    for unit in units.values():
        if unit.path != _path(unit, units):
            yield Finding(f"单位 {unit.pk}", f"路径 {unit.path} 与上级单位不符")
        span = spans.get(unit.pk)
        if span is None or (span.parent_id, span.kind, span.path) != (
            unit.parent_id,
            unit.kind,
            unit.path,
        ):
            yield Finding(f"单位 {unit.pk}", "现行的归属区间与单位名录不符")
    pairs = Entry.objects.of("pair").values_list("seq", "payload")
    written = {(said(told, "seat"), said(told, "unit"), seq) for seq, told in pairs}
    for row in written.symmetric_difference(
        Pairing.objects.values_list("seat_id", "unit_id", "from_seq")
    ):
        yield Finding("包保", f"岗位 {row[0]} 与单位 {row[1]} 自第 {row[2]} 条，账表不一")


def _path(unit: Unit, units: dict[int, Unit]) -> str:
    keys, above = [unit.pk], unit.parent_id
    while above is not None and above not in keys:
        keys.append(above)
        above = units[above].parent_id
    return "/" + "".join(f"{key}/" for key in reversed(keys))


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
