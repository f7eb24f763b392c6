"""A score sheet in the one way in which it is written down: sorted keys, whole numbers and texts."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from yipanqi.assessment.rules.explaining import brief, said
from yipanqi.assessment.rules.sheets import (
    Graded,
    Listed,
    ScoredBoard,
    ScoredGroup,
    ScoredRow,
    Sheet,
)
from yipanqi.ledger.rules import canonical

Told = dict[str, Any]
"""Plain data: texts, whole numbers, truths, nothing, and lists and objects of these."""


def written(sheet: Sheet, units: Mapping[str, int]) -> str:
    """The sheet as the text that is sealed; `units` are the keys of the holders by name.

    Points stand in it exactly, as 901/10, and as they are printed; nothing depends on language, zone
    or database.
    """
    return canonical(told(sheet, units))


def told(sheet: Sheet, units: Mapping[str, int]) -> Told:
    """The sheet as plain data."""
    method = sheet.method
    return {
        "method": method.title,
        "decimals": method.decimals,
        "rounding": method.rounding.value,
        "ties": method.ties.value,
        "groups": [_group(sheet, group, units) for group in sheet.groups],
        "boards": [_board(sheet, board, units) for board in sheet.boards],
        "lists": [_list(one, units) for one in sheet.lists],
        "problems": [
            {"where": one.where, "text": one.text, "weight": one.weight.value}
            for one in sheet.problems
        ],
    }


def _group(sheet: Sheet, group: ScoredGroup, units: Mapping[str, int]) -> Told:
    return {"group": group.group, "rows": [_row(sheet, row, units) for row in group.rows]}


def _row(sheet: Sheet, row: ScoredRow, units: Mapping[str, int]) -> Told:
    return {
        "unit": units[row.holder],
        "holder": row.holder,
        "place": row.place,
        "total": exact(row.total),
        "printed": sheet.printed(row.total),
        "parted": [exact(value) for value in row.parted],
        "vetoed": list(row.vetoed),
        "grade": None if row.graded is None else _grade(row.graded),
        "lines": [
            {
                "item": line.item,
                "clause": line.clause,
                "points": exact(line.points),
                "printed": sheet.printed(line.points),
                "because": said(line.because),
            }
            for line in row.lines
        ],
    }


def _board(sheet: Sheet, board: ScoredBoard, units: Mapping[str, int]) -> Told:
    rows = [
        {
            "unit": units[row.holder],
            "holder": row.holder,
            "place": row.place,
            "value": exact(row.value),
            "printed": sheet.printed_on(board, row.value),
            "because": said(row.because),
        }
        for row in board.rows
    ]
    high_first = next(b.high_first for b in sheet.method.boards if b.board == board.board)
    return {"board": board.board, "group": board.group, "high_first": high_first, "rows": rows}


def _grade(graded: Graded) -> Told:
    return {
        "grade": graded.grade,
        "says": graded.says,
        "clause": graded.clause,
        "because": said(graded.because),
    }


def _list(listed: Listed, units: Mapping[str, int]) -> Told:
    return {
        "list": listed.name,
        "group": listed.group,
        "holders": [{"unit": units[name], "holder": name} for name in listed.holders],
        "outcome": listed.outcome,
        "rewards": [
            {
                "unit": units[reward.holder],
                "holder": reward.holder,
                "amount": exact(reward.amount),
                "printed": None if reward.amount is None else brief(reward.amount),
                "in": reward.unit,
                "because": said(reward.because),
            }
            for reward in listed.rewards
        ],
    }


def exact(value: Fraction | None) -> str | None:
    """A value without any rounding: 90, 901/10."""
    return None if value is None else str(value)


def rows_in(output: Told) -> list[Told]:
    """Every holder's row, group after group."""
    return [row for group in output["groups"] for row in group["rows"]]


def of_holder(output: Told, unit: int) -> Told:
    """All that a sheet says of one holder: its row, its places on boards, the lists that name it."""
    rows = [
        {"group": group["group"], **row}
        for group in output["groups"]
        for row in group["rows"]
        if row["unit"] == unit
    ]
    boards = [
        {"board": board["board"], "group": board["group"], **row}
        for board in output["boards"]
        for row in board["rows"]
        if row["unit"] == unit
    ]
    lists = [
        {
            **{name: one[name] for name in ("list", "group", "outcome")},
            "rewards": [reward for reward in one["rewards"] if reward["unit"] == unit],
        }
        for one in output["lists"]
        if unit in {holder["unit"] for holder in one["holders"]}
    ]
    return {"rows": rows, "boards": boards, "lists": lists}


def named_in(output: Told) -> Sequence[Told]:
    """Every list with somebody on it, in the order of the method."""
    return [one for one in output["lists"] if one["holders"]]
