"""Boards (榜) as people read them: places and values, each with the figures that it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

from yipanqi.assessment.reads.live import Holder, Live
from yipanqi.assessment.reads.told import doors
from yipanqi.assessment.rules.explaining import Pieces
from yipanqi.assessment.rules.sheets import BoardRow, ScoredBoard, ScoredGroup


@dataclass(frozen=True)
class ToldPlace:
    """A holder on a board: the place, the value as printed, and why."""

    holder: Holder
    place: int | None
    value: str | None
    because: Pieces


@dataclass(frozen=True)
class ToldBoard:
    """A board, its sentence, and who stands on it in the order of places."""

    board: str
    says: str
    unit: str
    rows: Sequence[ToldPlace]


def groups_of(scored: Live) -> list[ScoredGroup]:
    """Every group that has holders; one that is only ranked on boards has no totals."""
    totals = {group.group: group for group in scored.sheet.groups}
    assessed = {holder.group for holder in scored.holders.values()}
    return [
        totals.get(group.group, ScoredGroup(group=group.group, rows=()))
        for group in scored.method.groups
        if group.group in assessed
    ]


def told_boards(scored: Live, group: str) -> list[ToldBoard]:
    """The boards on which a group stands, alone or together with others."""
    says = {board.board: board.says for board in scored.method.boards}
    return [
        ToldBoard(
            board.board,
            says[board.board],
            board.unit if board.unit != "%" else "",
            [_place(scored, board, row) for row in board.rows],
        )
        for board in scored.sheet.boards
        if group in board.groups
    ]


def _place(scored: Live, board: ScoredBoard, row: BoardRow) -> ToldPlace:
    printed = scored.sheet.printed_on(board, row.value)
    return ToldPlace(scored.holders[row.holder], row.place, printed, doors(scored, row.because))
