"""A sheet as plain text for a terminal."""

from collections.abc import Iterator, Sequence

from yipanqi.assessment.rules.methods import Ties
from yipanqi.assessment.rules.sheets import ScoredBoard, ScoredGroup, Sheet
from yipanqi.assessment.rules.tables import width, widths

NOTHING = "—"


def as_text(sheet: Sheet) -> str:
    """The sheet as tables of points and places, followed by lists and problems."""
    return "\n".join(_lines(sheet))


def _lines(sheet: Sheet) -> Iterator[str]:
    yield sheet.method.title
    for group in sheet.groups:
        yield ""
        yield f"【{group.group}】"
        yield from _table(_rows(sheet, group))
    for board in sheet.boards:
        yield ""
        yield f"【{board.group}·{board.board}】"
        yield from _table(_board_rows(sheet, board))
    if sheet.lists:
        yield ""
    for listed in sheet.lists:
        yield f"{listed.name}（{listed.group}）：{'、'.join(listed.holders) or '无'}"
    if sheet.problems:
        yield ""
        yield f"有 {len(sheet.problems)} 个问题："
    for problem in sheet.problems:
        yield f"· {problem}"


def _rows(sheet: Sheet, group: ScoredGroup) -> list[list[str]]:
    items = next(each.items for each in sheet.method.groups if each.group == group.group)
    shared = _shared([row.place for row in group.rows])
    body = [
        [
            _place(sheet, row.place, shared),
            row.holder,
            *(sheet.printed(line.points) or NOTHING for line in row.lines[: len(items)]),
            _total(sheet.printed(row.total), row.vetoed),
        ]
        for row in group.rows
    ]
    return [["名次", "单位", *(item.item for item in items), "总分"], *body]


def _total(total: str | None, vetoed: Sequence[str]) -> str:
    return f"{total}（{'、'.join(vetoed)}）" if vetoed else total or NOTHING


def _board_rows(sheet: Sheet, board: ScoredBoard) -> list[list[str]]:
    shared = _shared([row.place for row in board.rows])
    body = [
        [
            _place(sheet, row.place, shared),
            row.holder,
            sheet.printed_on(board, row.value) or NOTHING,
        ]
        for row in board.rows
    ]
    return [["名次", "单位", board.board], *body]


def _shared(found: Sequence[int | None]) -> frozenset[int]:
    return frozenset(place for place in found if place is not None and found.count(place) > 1)


def _place(sheet: Sheet, place: int | None, shared: frozenset[int]) -> str:
    if place is None:
        return NOTHING
    return f"并列{place}" if sheet.method.ties is Ties.SHARED and place in shared else f"{place}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    wide = widths(rows)
    for row in rows:
        cells = (cell + " " * (most - width(cell)) for cell, most in zip(row, wide, strict=True))
        yield "  ".join(cells).rstrip()
