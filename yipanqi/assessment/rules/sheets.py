"""A score sheet (考核结果): exact points with their reasons, places, lists and problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from yipanqi.assessment.rules.evaluating import Values
from yipanqi.assessment.rules.explaining import Pieces, said
from yipanqi.assessment.rules.figures import Figures
from yipanqi.assessment.rules.methods import Method
from yipanqi.core.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Line:
    """The points of one item, or of a veto, with the reason; None where they cannot be said."""

    item: str
    points: Fraction | None
    because: Pieces
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class ScoredRow:
    """A holder's lines, total and place; a total is always the sum of the lines."""

    holder: str
    total: Fraction | None
    lines: tuple[Line, ...]
    place: int | None = None
    vetoed: tuple[str, ...] = ()


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
    """A group ranked by one measure."""

    board: str
    group: str
    rows: tuple[BoardRow, ...]
    decimals: int
    unit: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Who of a group is named on a list, and what follows from it."""

    name: str
    group: str
    holders: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a method makes of figures; `values` are each holder's figures, the computed ones too."""

    method: Method
    groups: tuple[ScoredGroup, ...]
    boards: tuple[ScoredBoard, ...]
    lists: tuple[Listed, ...]
    problems: tuple[Problem, ...]
    figures: Figures = ()
    values: Mapping[str, Values] = field(default_factory=dict)

    def row(self, holder: str) -> ScoredRow:
        """The row of a holder."""
        return next(row for group in self.groups for row in group.rows if row.holder == holder)

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
    named: dict[str, list[str]] = {listing.name: [] for listing in sheet.method.lists}
    for listed in sheet.lists:
        named[listed.name].extend(listed.holders)
    return {
        "method": sheet.method.title,
        "groups": [
            *({"group": each.group, "rows": _rows(sheet, each)} for each in sheet.groups),
            *(
                {"group": f"{each.group}·{each.board}", "rows": _board_rows(sheet, each)}
                for each in sheet.boards
            ),
        ],
        "lists": [{"list": name, "holders": holders} for name, holders in named.items()],
        "problems": [{"where": each.where, "text": each.text} for each in sheet.problems],
    }


def _rows(sheet: Sheet, group: ScoredGroup) -> list[dict[str, Any]]:
    return [
        {
            "holder": row.holder,
            "place": _text(row.place),
            "total": sheet.printed(row.total),
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
