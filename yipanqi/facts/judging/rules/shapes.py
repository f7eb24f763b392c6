"""What a round of judging is made of, and how its parts are held as text."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from yipanqi.core.numbers import grouped

PARTS = 100
"""Points are kept in hundredths."""
WHOLE = 100
"""The weights of all sides together, in per cent."""


class Way(TextChoices):
    """How a round is judged (评分方式)."""

    JUDGED = "judged", gettext_lazy("评定")
    RATING = "rating", gettext_lazy("互评")
    BALLOT = "ballot", gettext_lazy("票决")
    SELF = "self", gettext_lazy("自评")

    @property
    def is_secret(self) -> bool:
        """Whether a single sheet is nobody's but its writer's; such rounds are counted once."""
        return self in {Way.RATING, Way.BALLOT}


class RoundState(StrEnum):
    """How far a round has come."""

    WAITING = "waiting"
    RUNNING = "running"
    OVERDUE = "overdue"
    FILLED = "filled"
    COUNTED = "counted"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Asked:
    """Something that is given points (评定项): its name and its bounds, in hundredths of a point."""

    item: str
    lowest: int
    highest: int

    @property
    def bounds(self) -> str:
        """From where to where, as people write it: 0～10."""
        return f"{told(self.lowest)}～{told(self.highest)}"


@dataclass(frozen=True)
class Block:
    """Holders of one group, by key, and what each of them is given points for."""

    group: str
    holders: tuple[int, ...]
    items: tuple[Asked, ...]


@dataclass(frozen=True)
class Side:
    """One side of raters (评分方): its weight in per cent, and who they are, by key."""

    name: str
    weight: int
    raters: tuple[int, ...]


@dataclass(frozen=True)
class Word:
    """What a sheet says of a holder: points for an item in hundredths, or its place in a ballot."""

    holder: int
    item: str
    points: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class NewRound:
    """A round as it is to be: about whom, by whom, from when until when."""

    way: Way
    name: str
    first_on: date
    last_on: date
    opens_on: date
    due_on: date
    blocks: tuple[Block, ...]
    sides: tuple[Side, ...]
    top: int = 0
    step: int = 0
    names_shown: bool = False


@dataclass(frozen=True)
class Result:
    """What a holder came to, from how many raters of each side; nothing where a side is silent."""

    holder: int
    value: Fraction | None
    numbers: tuple[int, ...]


Words = tuple[Word, ...]


def told(points: int) -> str:
    """Hundredths of a point as people write them: 4.5."""
    return grouped(Fraction(points, PARTS), 2)


def _text(listed: object) -> str:
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def _keys_text(keys: Iterable[int]) -> str:
    """Keys in a form in which a query finds one of them: ,3,5,."""
    return "".join(f",{key}" for key in keys) + ","


def _keys_in(text: str) -> tuple[int, ...]:
    return tuple(int(key) for key in text.split(",") if key)


def blocks_text(blocks: Iterable[Block]) -> str:
    """How a round holds whom it is about."""
    return _text(
        [
            [b.group, list(b.holders), [[a.item, a.lowest, a.highest] for a in b.items]]
            for b in blocks
        ]
    )


def blocks_in(text: str) -> tuple[Block, ...]:
    """Whom a round is about."""
    return tuple(
        Block(group, tuple(holders), tuple(Asked(*asked) for asked in items))
        for group, holders, items in json.loads(text)
    )


def sides_text(sides: Iterable[Side]) -> str:
    """How a round holds who judges."""
    return _text([[side.name, side.weight, _keys_text(side.raters)] for side in sides])


def sides_in(text: str) -> tuple[Side, ...]:
    """Who judges in a round."""
    return tuple(Side(name, weight, _keys_in(keys)) for name, weight, keys in json.loads(text))


def words_text(words: Iterable[Word]) -> str:
    """How a sheet holds what it says."""
    return _text([[word.holder, word.item, word.points, word.reason] for word in words])


def words_in(text: str) -> Words:
    """What a sheet says."""
    return tuple(Word(*listed) for listed in json.loads(text))


def results_text(results: Iterable[Result]) -> str:
    """How a count is held: the value as numerator and denominator, and how many raters of each side."""
    return _text([[one.holder, *_ratio(one.value), list(one.numbers)] for one in results])


def _ratio(value: Fraction | None) -> tuple[int | None, int | None]:
    return (None, None) if value is None else (value.numerator, value.denominator)


def results_in(text: str) -> dict[int, Result]:
    """What each holder came to."""
    return {
        holder: Result(holder, None if num is None else Fraction(num, den), tuple(numbers))
        for holder, num, den, numbers in json.loads(text or "[]")
    }


def state_of(
    *, opens_on: date, due_on: date, waiting: int, closed: RoundState | None, as_of: date
) -> RoundState:
    """Closed, or not begun, or filled by everybody, or running, or beyond its day."""
    if closed is not None:
        return closed
    if as_of < opens_on:
        return RoundState.WAITING
    if not waiting:
        return RoundState.FILLED
    return RoundState.OVERDUE if as_of > due_on else RoundState.RUNNING
