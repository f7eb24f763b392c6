"""What a day's score is kept as, and what moved between two of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Points = Mapping[str, Fraction | None]


@dataclass(frozen=True)
class Move:
    """An item whose points changed from one day to another; None where they could not be said."""

    item: str
    before: Fraction | None
    after: Fraction | None

    @property
    def by(self) -> Fraction | None:
        """How much it gave or took."""
        return None if self.before is None or self.after is None else self.after - self.before


def kept(points: Points) -> str:
    """Points as a text that reads back to exactly the same."""
    return json.dumps(
        {item: None if value is None else str(value) for item, value in points.items()},
        ensure_ascii=False,
    )


def points_in(text: str) -> dict[str, Fraction | None]:
    """The points of a kept text."""
    said: dict[str, str | None] = json.loads(text)
    return {item: None if value is None else Fraction(value) for item, value in said.items()}


def moves(before: Points, after: Points) -> list[Move]:
    """What changed, the largest change first; an item that was not there gave nothing."""
    items = dict.fromkeys([*after, *before])
    nothing = Fraction(0)
    found = [Move(item, before.get(item, nothing), after.get(item, nothing)) for item in items]
    changed = [move for move in found if move.before != move.after]
    return sorted(changed, key=lambda move: -abs(move.by) if move.by is not None else nothing)
