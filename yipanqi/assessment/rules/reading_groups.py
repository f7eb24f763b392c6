"""The `groups:` part of a method file: who is assessed together, by which items."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from yipanqi.assessment.rules.explaining import brief
from yipanqi.assessment.rules.fields import Fields, fields_of, refuse_doubles
from yipanqi.assessment.rules.marked import Spot
from yipanqi.assessment.rules.methods import Item, ItemKind, Method, MethodGroup, Part
from yipanqi.assessment.rules.names import FULL_MARKS, points_of
from yipanqi.assessment.rules.nodes import Number

GROUP = ("group", "kinds", "units", "full", "parts", "items")
PART = ("part", "at_most", "at_least", "says", "clause")
ITEM = ("item", "says", "clause", "full", "points", "at_most", "at_least", "kind", "part")

Groups = dict[str, MethodGroup]


def read_groups(spot: Spot, known: Sequence[str]) -> tuple[MethodGroup, ...]:
    """The groups in the order of the file."""
    groups: Groups = {}
    entries = spot.entries()
    names = []
    for entry in entries:
        group = _group(entry, known, groups)
        names.append(group.group)
        groups[group.group] = group
    refuse_doubles(spot, names, "分组")
    refuse_doubles(spot, [unit for group in groups.values() for unit in group.units], "单位")
    if spot.is_list and not entries:
        spot.trouble("一个分组也没有。请至少写一个。")
    return tuple(groups.values())


def _group(spot: Spot, known: Sequence[str], groups: Groups) -> MethodGroup:
    fields = fields_of(spot, GROUP)
    same = _same_as(fields.found.get("items"), groups)
    parts_at = fields.entries("parts")
    wanted = [_peeked(entry, "part") for entry in parts_at]
    items = same.items if same else _items(fields.found.get("items"), known, wanted)
    group = MethodGroup(
        group=fields.needed_text("group"),
        kinds=fields.texts("kinds"),
        units=fields.texts("units"),
        full=fields.number("full"),
        parts=same.parts if same else tuple(_part(entry, known, items) for entry in parts_at),
        items=items,
    )
    if same and parts_at:
        spot.trouble(f"items 与“{same.group}”相同时，parts 也相同，不要再写。")
    refuse_doubles(spot, group.scored_names(), "名称")
    return group


def _same_as(spot: Spot | None, groups: Groups) -> MethodGroup | None:
    """The earlier group whose items these are, where `items` is its name."""
    if spot is None or spot.is_list:
        return None
    same = spot.text()
    if same not in groups:
        spot.trouble("items 写计分项的列表，或写前面一个分组的名称，表示与它相同。")
    return groups.get(same)


def _items(spot: Spot | None, known: Sequence[str], parts: Sequence[str]) -> tuple[Item, ...]:
    """Each item may ask the points of those before it, and of parts that are complete by then."""
    if spot is None or not spot.is_list:
        return ()
    entries = spot.entries()
    part_of = [_peeked(entry, "part") for entry in entries]
    items: list[Item] = []
    for number, entry in enumerate(entries):
        done = [p for p in parts if p in part_of[:number] and p not in part_of[number:]]
        asked = [points_of(name) for name in (*(item.item for item in items), *done)]
        items.append(_item(entry, [*known, *asked], parts))
    refuse_doubles(spot, [item.item for item in items], "计分项")
    return tuple(items)


def _peeked(spot: Spot, key: str) -> str:
    """A text looked at before its entry is read, and without noting problems twice."""
    return "".join(fields_of(Spot(spot.node, spot.key, spot.line, [])).texts(key))


def _item(spot: Spot, known: Sequence[str], parts: Sequence[str]) -> Item:
    fields = fields_of(spot, ITEM)
    kind = fields.word("kind", ItemKind.ORDINARY)
    full = fields.number("full")
    if kind is ItemKind.ORDINARY and "full" not in fields:
        spot.trouble("缺“full”。请写这一项的满分；加分项写 kind: bonus，扣分项写 kind: deduction。")
    elif full is not None and full <= 0:
        spot.trouble("满分应当大于 0。")
    names = [*known, FULL_MARKS] if "full" in fields else known
    item = Item(
        item=fields.needed_text("item"),
        says=fields.needed_text("says"),
        clause=fields.text("clause"),
        full=full,
        formula=fields.needed_formula("points", names),
        at_most=fields.number_or_formula("at_most", names),
        at_least=fields.number_or_formula("at_least", names),
        kind=kind,
        part="".join(fields.among("part", parts, "部分")),
    )
    _note_wrong_bounds(spot, item)
    return item


def _part(spot: Spot, known: Sequence[str], items: Sequence[Item]) -> Part:
    fields = fields_of(spot, PART)
    name = fields.needed_text("part")
    ends = [number for number, item in enumerate(items, start=1) if item.part == name]
    if not ends:
        spot.trouble(f"没有计分项写 part: {name}。请在属于它的计分项里写上。")
    if not {"at_most", "at_least"} & set(fields.found):
        spot.trouble("这一部分要写 at_most（最多几分）或 at_least（最少几分）。")
    asked = [points_of(item.item) for item in items[: max(ends, default=0)]]
    part = Part(
        part=name,
        at_most=fields.number_or_formula("at_most", [*known, *asked]),
        at_least=fields.number_or_formula("at_least", [*known, *asked]),
        says=fields.text("says"),
        clause=fields.text("clause"),
    )
    _note_wrong_bounds(spot, part)
    return part


def _note_wrong_bounds(spot: Spot, bounded: Item | Part) -> None:
    if bounded.at_most and bounded.at_least:
        most, least = bounded.at_most.tree, bounded.at_least.tree
        if isinstance(most, Number) and isinstance(least, Number) and least.value > most.value:
            spot.trouble("at_least 大于 at_most，没有分数能同时满足。")


def note_wrong_sums(top: Fields, spot: Spot, method: Method) -> None:
    """Full marks that do not add up to what the method says."""
    for group in (group for group in method.groups if group.items):
        parts = [item.full or Fraction(0) for item in group.items if item.kind is ItemKind.ORDINARY]
        wanted = method.full_of(group.group)
        if wanted is None and parts:
            top.spot.trouble("缺“full”。请写各组计分项满分之和，例如 full: 100。")
            return
        total = sum(parts, Fraction(0))
        if wanted is not None and total != wanted:
            told = " + ".join(brief(part) for part in parts)
            summed = f"{told} = " if len(parts) > 1 else ""
            spot.trouble(
                f"“{group.group}”各项满分之和是 {summed}{brief(total)}，不等于 full: "
                f"{brief(wanted)}。请改其中一处。"
            )


def read_merge(spot: Spot | None, groups: Sequence[MethodGroup]) -> Mapping[str, tuple[str, ...]]:
    """Who is added to whom."""
    if spot is None:
        return {}
    merge = {name: entry.texts() for name, entry in fields_of(spot).found.items()}
    added = [name for names in merge.values() for name in names]
    refuse_doubles(spot, added, "单位")
    named = {unit for group in groups for unit in group.units}
    for name in added:
        if name in merge:
            spot.trouble(f"“{name}”并入别的单位，就不能再有单位并入它。")
        if name in named:
            spot.trouble(f"“{name}”并入别的单位，不单独考核。请从 units 里删去。")
    return merge
