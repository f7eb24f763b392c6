"""Two sheets of the same result line by line: what moved, by how much, who came onto a list or left it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from yipanqi.publishing.rules.output import Told, rows_in


class About(StrEnum):
    """What of a holder differs."""

    PLACE = "place"
    TOTAL = "total"
    ITEM = "item"
    FIGURE = "figure"
    GRADE = "grade"
    LIST = "list"
    REWARD = "reward"
    PRESENCE = "presence"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs between two sheets: whose, what, before and after as they are told."""

    unit: int
    holder: str
    about: About
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Side:
    """A sheet with the figures that it was scored from."""

    went_in: Told
    said: Told

    @property
    def figures(self) -> Mapping[int, Told]:
        """The figures of each holder."""
        return {one["unit"]: one for one in self.went_in["figures"] if one["unit"]}

    @property
    def rows(self) -> Mapping[int, Told]:
        """The row of each holder."""
        return {row["unit"]: row for row in rows_in(self.said)}


def differences(before: Side, after: Side) -> Iterator[Difference]:
    """Everything that differs, holder after holder in the order of the later sheet."""
    names = {u: f["holder"] for side in (before, after) for u, f in side.figures.items()}
    order = list(dict.fromkeys((*after.figures, *before.figures)))
    for unit in order:
        found = [*_presence(before, after, unit), *_of_row(before, after, unit)]
        found += [*_of_figures(before, after, unit), *_of_lists(before, after, unit)]
        for about, name, was, now in found:
            yield Difference(
                unit=unit, holder=names[unit], about=about, name=name, before=was, after=now
            )


Found = tuple[About, str, str, str]


def _presence(before: Side, after: Side, unit: int) -> Iterator[Found]:
    was, now = before.figures.get(unit), after.figures.get(unit)
    if was is None or now is None or was["group"] != now["group"]:
        told = [side["group"] if side else "" for side in (was, now)]
        yield About.PRESENCE, "", told[0], told[1]


def _of_row(before: Side, after: Side, unit: int) -> Iterator[Found]:
    was, now = before.rows.get(unit, {}), after.rows.get(unit, {})
    if was.get("place") != now.get("place"):
        yield About.PLACE, "", _text(was.get("place")), _text(now.get("place"))
    if was.get("total") != now.get("total"):
        yield About.TOTAL, "", _text(was.get("printed")), _text(now.get("printed"))
    grades = [(row.get("grade") or {}).get("grade") for row in (was, now)]
    if grades[0] != grades[1]:
        yield About.GRADE, "", _text(grades[0]), _text(grades[1])
    lines = [{line["item"]: line for line in row.get("lines", ())} for row in (was, now)]
    for item in dict.fromkeys((*lines[1], *lines[0])):
        one, other = (side.get(item, {}) for side in lines)
        if one.get("points") != other.get("points"):
            yield About.ITEM, item, _text(one.get("printed")), _text(other.get("printed"))


def _of_figures(before: Side, after: Side, unit: int) -> Iterator[Found]:
    was, now = (side.figures.get(unit, {}) for side in (before, after))
    for kind in ("values", "texts"):
        one, other = was.get(kind, {}), now.get(kind, {})
        for name in dict.fromkeys((*other, *one)):
            if one.get(name) != other.get(name):
                yield About.FIGURE, name, _text(one.get(name)), _text(other.get(name))


def _of_lists(before: Side, after: Side, unit: int) -> Iterator[Found]:
    was, now = (_lists(side.said, unit) for side in (before, after))
    for name in (*(one for one in now if one not in was), *(one for one in was if one not in now)):
        yield About.LIST, name, name if name in was else "", name if name in now else ""
    for name in now:
        if name in was and was[name] != now[name]:
            yield About.REWARD, name, was[name], now[name]


def _lists(said: Told, unit: int) -> dict[str, str]:
    """The lists that name a holder, each with what it gets for it."""
    return {
        one["list"]: "、".join(
            f"{_text(reward['printed'])}{reward['in']}"
            for reward in one["rewards"]
            if reward["unit"] == unit
        )
        for one in said["lists"]
        if unit in {holder["unit"] for holder in one["holders"]}
    }


def _text(value: object) -> str:
    return "—" if value is None or value == "" else str(value)
