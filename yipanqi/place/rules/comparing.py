"""What is different between two pages of definitions, heading by heading, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.translation import gettext

from yipanqi.place.rules.meaning import Settings
from yipanqi.place.rules.telling import HEADINGS, NOTHING, Item, Items


@dataclass(frozen=True)
class Change:
    """One thing that is said differently; nothing stood before what is new, nothing after what is gone."""

    name: str
    facet: str
    was: str
    now: str


@dataclass(frozen=True)
class Heading:
    """A heading of the page with all that changes under it."""

    label: str
    changes: tuple[Change, ...]


def compared(old: Settings, new: Settings) -> list[Heading]:
    """Every heading under which something changes, and what."""
    found = [
        Heading(gettext(label), tuple(_changes(items(old), items(new))))
        for label, items in HEADINGS.items()
    ]
    return [heading for heading in found if heading.changes]


def _changes(old: Items, new: Items) -> Iterator[Change]:
    """What changed, what is gone, what is new."""
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in new:
            yield Change(old[key].name, "", _told(old[key]), "")
        elif key not in old:
            yield Change(new[key].name, "", "", _told(new[key]))
        else:
            was, now = old[key], new[key]
            for facet, words in now.says.items():
                if was.says[facet] != words:
                    yield Change(was.name, facet and gettext(facet), was.says[facet], words)


def _told(item: Item) -> str:
    """All that is said of a thing in one line."""
    said = [(facet, words) for facet, words in item.says.items() if words != NOTHING]
    return "；".join(f"{gettext(facet)} {words}" if facet else words for facet, words in said)


class Line(NamedTuple):
    """A line of two texts side by side; nothing on a side where it does not stand."""

    was_number: int | None
    was: str
    now_number: int | None
    now: str
    same: bool


def lines_of(old: str, new: str, *, around: int = 2) -> list[Line | None]:
    """Two texts side by side, the changed lines with a few around; None where same ones are left out."""
    was, now = old.splitlines(), new.splitlines()
    shown: list[Line | None] = []
    groups = SequenceMatcher(None, was, now, autojunk=False).get_grouped_opcodes(around)
    for number, group in enumerate(groups):
        shown += [None] if number else []
        for tag, a, b, c, d in group:
            for step in range(max(b - a, d - c)):
                left, right = a + step, c + step
                shown.append(
                    Line(
                        left + 1 if left < b else None,
                        was[left] if left < b else "",
                        right + 1 if right < d else None,
                        now[right] if right < d else "",
                        tag == "equal",
                    )
                )
    return shown
