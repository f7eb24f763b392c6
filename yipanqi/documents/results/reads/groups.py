"""The groups of a frozen result, ready for a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from yipanqi.publishing.rules.frozen import Frozen
from yipanqi.publishing.rules.output import Told


@dataclass(frozen=True)
class Group:
    """A group in the order of its places, with the names of its columns."""

    name: str
    items: Sequence[str]
    rows: Sequence[tuple[Told, Sequence[str]]]
    lists: Sequence[Told]


def told_groups(frozen: Frozen) -> list[Group]:
    """Every group of a result: its rows, each with the points of each item, and who is named."""
    return [_group(frozen.said, group) for group in frozen.said["groups"]]


def _group(said: Told, group: Told) -> Group:
    lines = [
        {line["item"]: line["printed"] or "—" for line in row["lines"]} for row in group["rows"]
    ]
    items = list(dict.fromkeys(item for row in lines for item in row))
    lists = [one for one in said["lists"] if one["group"] == group["group"] and one["holders"]]
    rows = [
        (row, [points.get(item, "—") for item in items])
        for row, points in zip(group["rows"], lines, strict=True)
    ]
    return Group(group["group"], items, rows, lists)
