"""A sheet as plain text for a terminal."""

from collections.abc import Iterator, Sequence

from yipanqi.assessment.rules.explaining import brief
from yipanqi.assessment.rules.methods import Part, Ties, concerns
from yipanqi.assessment.rules.sheets import Reward, ScoredBoard, ScoredGroup, ScoredRow, Sheet
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
    yield from _rewards(sheet)
    if sheet.problems:
        yield ""
        yield f"有 {len(sheet.problems)} 个问题："
    for problem in sheet.problems:
        yield f"· {problem}"


def _rewards(sheet: Sheet) -> Iterator[str]:
    """What each holder gets, list by list and in all."""
    if sheet.rewards:
        yield ""
        yield "奖励金额："
    for (holder, unit), amount in sheet.rewards.items():
        told = [f"{r.listing} {_amount(r)}" for r in sheet.rewards_of(holder) if r.unit == unit]
        yield f"{holder}：{'，'.join(told)}，共 {brief(amount)} {unit}"


def _amount(reward: Reward) -> str:
    return NOTHING if reward.amount is None else brief(reward.amount)


def _rows(sheet: Sheet, group: ScoredGroup) -> list[list[str]]:
    ruled = sheet.method.group_named(group.group)
    graded = any(concerns(grade.groups, group.group) for grade in sheet.method.grades)
    shared = _shared([row.place for row in group.rows])
    body = [
        [
            _place(sheet, row.place, shared),
            row.holder,
            *(sheet.printed(line.points) or NOTHING for line in row.lines[: len(ruled.items)]),
            *(_of_part(sheet, row, part) for part in ruled.parts),
            _total(sheet.printed(row.total), row.vetoed),
            *([row.grade or NOTHING] if graded else []),
        ]
        for row in group.rows
    ]
    items = [*(item.item for item in ruled.items), *(f"{part.part}限" for part in ruled.parts)]
    return [["名次", "单位", *items, "总分", *(["等次"] if graded else [])], *body]


def _of_part(sheet: Sheet, row: ScoredRow, part: Part) -> str:
    """What the bounds of a part take or give, if they do."""
    line = row.line(part.part)
    return (sheet.printed(line.points) if line else None) or NOTHING


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
