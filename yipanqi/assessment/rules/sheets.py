"""A score sheet (考核结果): exact points with their reasons, places, lists and problems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from yipanqi.assessment.rules.evaluating import Values
from yipanqi.assessment.rules.explaining import Pieces, brief, said
from yipanqi.assessment.rules.figures import Figures
from yipanqi.assessment.rules.methods import Method
from yipanqi.core.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Line:
    """The points of one item, or of a veto, with the reason; None where they cannot be said.

    The reason is put into words when somebody asks for it: most lines of a province are only added.
    """

    item: str
    points: Fraction | None
    tell: Callable[[], Pieces] = field(repr=False, compare=False)
    clause: str = ""

    @cached_property
    def because(self) -> Pieces:
        """How the points came about."""
        return self.tell()


@dataclass(frozen=True, kw_only=True)
class Graded:
    """The grade (等次) of a holder, the sentence it rests on, and its condition with the figures."""

    grade: str
    says: str
    clause: str
    because: Pieces


@dataclass(frozen=True, kw_only=True)
class Reward:
    """What a place on a list is worth (奖励金额); None where that cannot be said."""

    listing: str
    holder: str
    amount: Fraction | None
    unit: str
    because: Pieces
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class ScoredRow:
    """A holder's lines, total and place; a total is always the sum of the lines.

    `parted` is what it had to show against its equals, question after question.
    """

    holder: str
    total: Fraction | None
    lines: tuple[Line, ...]
    place: int | None = None
    vetoed: tuple[str, ...] = ()
    graded: Graded | None = None
    parted: tuple[Fraction | None, ...] = ()

    def line(self, item: str) -> Line | None:
        """The line of an item, a part or a veto."""
        return next((line for line in self.lines if line.item == item), None)

    @property
    def grade(self) -> str:
        """The grade, or nothing."""
        return self.graded.grade if self.graded else ""


@dataclass(frozen=True, kw_only=True)
class ScoredGroup:
    """The holders of a group in the order of their places."""

    group: str
    rows: tuple[ScoredRow, ...]


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """A holder's value on a board, and its place."""

    holder: str
    value: Fraction | None
    because: Pieces
    place: int | None = None


@dataclass(frozen=True, kw_only=True)
class ScoredBoard:
    """A group, or several together, ranked by one measure; `others` do not stand on it."""

    board: str
    group: str
    rows: tuple[BoardRow, ...]
    groups: tuple[str, ...]
    others: tuple[str, ...]
    decimals: int
    unit: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Who of a group, or of several together, is named on a list, and what follows from it."""

    name: str
    group: str
    groups: tuple[str, ...]
    holders: tuple[str, ...]
    outcome: str
    rewards: tuple[Reward, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a method makes of figures; `values` are each holder's figures, the computed ones too.

    `scopes` are the same with points, total and place: what a list or a grade can ask; `given` are
    the figures before any were merged.
    """

    method: Method
    groups: tuple[ScoredGroup, ...]
    boards: tuple[ScoredBoard, ...]
    lists: tuple[Listed, ...]
    problems: tuple[Problem, ...]
    figures: Figures = ()
    values: Mapping[str, Values] = field(default_factory=dict)
    scopes: Mapping[str, Values] = field(default_factory=dict)
    given: Figures = ()

    def row(self, holder: str) -> ScoredRow:
        """The row of a holder."""
        return next(row for group in self.groups for row in group.rows if row.holder == holder)

    def rewards_of(self, holder: str) -> tuple[Reward, ...]:
        """What a holder gets from each list that it stands on."""
        return tuple(
            reward for listed in self.lists for reward in listed.rewards if reward.holder == holder
        )

    @property
    def rewards(self) -> dict[tuple[str, str], Fraction]:
        """What each holder gets from all lists together, in each unit."""
        found: dict[tuple[str, str], Fraction] = {}
        for reward in (reward for listed in self.lists for reward in listed.rewards):
            if reward.amount is not None:
                at = (reward.holder, reward.unit)
                found[at] = found.get(at, Fraction(0)) + reward.amount
        return found

    def printed(self, value: Fraction | None, decimals: int | None = None) -> str | None:
        """A value rounded as the method says."""
        return None if value is None else self.method.printed(value, decimals)

    def printed_on(self, board: ScoredBoard, value: Fraction | None) -> str | None:
        """A value as its board prints it: 93.5%."""
        if value is None:
            return None
        if board.unit == "%":
            return f"{self.method.printed(value * 100, board.decimals)}%"
        return self.method.printed(value, board.decimals)


def as_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain data; numbers are texts, rounded as the method says; a board is a group."""
    named: dict[str, list[Listed]] = {listing.name: [] for listing in sheet.method.lists}
    for listed in sheet.lists:
        named[listed.name].append(listed)
    return {
        "method": sheet.method.title,
        "groups": [
            *({"group": each.group, "rows": _rows(sheet, each)} for each in sheet.groups),
            *(
                {"group": f"{each.group}·{each.board}", "rows": _board_rows(sheet, each)}
                for each in sheet.boards
            ),
        ],
        "lists": [
            {
                "list": name,
                "holders": [holder for listed in found for holder in listed.holders],
                "rewards": [_reward(reward) for listed in found for reward in listed.rewards],
            }
            for name, found in named.items()
        ],
        "problems": [{"where": each.where, "text": each.text} for each in sheet.problems],
    }


def _reward(reward: Reward) -> dict[str, Any]:
    return {
        "holder": reward.holder,
        "amount": None if reward.amount is None else brief(reward.amount),
        "unit": reward.unit,
        "because": said(reward.because),
    }


def _rows(sheet: Sheet, group: ScoredGroup) -> list[dict[str, Any]]:
    return [
        {
            "holder": row.holder,
            "place": _text(row.place),
            "total": sheet.printed(row.total),
            "grade": row.grade,
            "items": [
                {
                    "item": line.item,
                    "points": sheet.printed(line.points),
                    "because": said(line.because),
                }
                for line in row.lines
            ],
        }
        for row in group.rows
    ]


def _board_rows(sheet: Sheet, board: ScoredBoard) -> list[dict[str, Any]]:
    return [
        {
            "holder": row.holder,
            "place": _text(row.place),
            "total": (printed := sheet.printed_on(board, row.value)),
            "items": [{"item": board.board, "points": printed, "because": said(row.because)}],
        }
        for row in board.rows
    ]


def _text(place: int | None) -> str | None:
    return None if place is None else str(place)
