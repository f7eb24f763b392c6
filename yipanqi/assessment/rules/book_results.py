"""The pages of boards and lists of a workbook, and what is only text."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell

from yipanqi.assessment.rules.book import Book, HolderCells, Page, write_helpers
from yipanqi.assessment.rules.book_ranks import Ranked, write_parted, write_places
from yipanqi.assessment.rules.evaluating import Group, Values, value_or_problems
from yipanqi.assessment.rules.explaining import said
from yipanqi.assessment.rules.listing import list_places, ranked_steps
from yipanqi.assessment.rules.methods import Board, Listing
from yipanqi.assessment.rules.names import PLACE, TOTAL
from yipanqi.assessment.rules.nodes import Formula
from yipanqi.assessment.rules.sheets import Listed, ScoredBoard
from yipanqi.assessment.rules.spreadsheet import fine, to_excel

Cells = dict[str, HolderCells]


def _cells(page: Page, holders: Sequence[str]) -> Cells:
    own_rows = {holder: 2 + number for number, holder in enumerate(holders)}
    return {
        holder: HolderCells(page=page, holder=holder, members=[*own_rows], own_rows=own_rows)
        for holder in own_rows
    }


def write_board(book: Book, page: Page, board: ScoredBoard) -> None:
    """A ranking by one live measure; who does not stand on it has no place."""
    ruled = next(each for each in book.sheet.method.boards if each.board == board.board)
    page.first_helper = 5
    page.text(0, 0, f"{book.sheet.method.title}：{board.group}·{board.board}", "title")
    for column, head in enumerate(("单位", board.board, "名次用值", "名次")):
        page.text(1, column, head, "head")
    digits = f"0.{'0' * board.decimals}" if board.decimals else "0"
    digits = f"{digits}%" if board.unit == "%" else digits
    known = {row.holder: row.value for row in board.rows}
    cells = _cells(page, [*known, *board.others])
    scopes = {holder: book.sheet.scopes[holder] for holder in cells}
    members = Group(scopes)
    for holder, own in cells.items():
        at = own.own_rows[holder]
        page.text(at, 0, holder)
        value, _ = value_or_problems(ruled.formula.tree, scopes[holder], members)
        page.formula(at, 1, to_excel(ruled.formula.tree, own), value, digits)
        page.formula(at, 2, _ranked_value(ruled, own), _or_nothing(known.get(holder)))
    if cells:
        places = {row.holder: row.place for row in board.rows if row.place is not None}
        write_places(page, cells, Ranked(2, ruled.high_first), 3, places)
    write_helpers(page, cells, scopes, 1)


def _ranked_value(board: Board, cells: HolderCells) -> str:
    value = fine(xl_rowcol_to_cell(cells.own_rows[cells.holder], 1))
    if board.when:
        value = f'IF({fine(to_excel(board.when.tree, cells))}<>0,{value},"")'
    return f'IFERROR({value},"")'


def _or_nothing(value: Fraction | None) -> Fraction | str:
    return "" if value is None else value


def write_lists_of(book: Book, page: Page, lists: Sequence[Listed]) -> None:
    """Who stands on each list of a group, with the place on it and the reward, all live."""
    method = book.sheet.method
    holders = sorted(row.holder for row in book.sheet.figures if row.group in lists[0].groups)
    cells = _cells(page, [holder for holder in holders if holder in book.sheet.scopes])
    page.text(0, 0, f"{method.title}：{lists[0].group}名单", "title")
    page.text(1, 0, "单位", "head")
    wide = 4 + 1 + 2 * len(method.tie_break)
    page.first_helper = 1 + wide * len(lists) + 1
    for holder, own in cells.items():
        page.text(own.own_rows[holder], 0, holder)
    for number, listed in enumerate(lists):
        ruled = next(each for each in method.lists if each.name == listed.name)
        _write_list(page, ruled, listed, cells, 1 + wide * number)


def _write_list(page: Page, ruled: Listing, listed: Listed, cells: Cells, first: int) -> None:
    """The value that ranks, the place, whether listed, the reward; behind them what parts equals."""
    book = page.book
    method = book.sheet.method
    for column, head in enumerate(("名次用值", "名次", "列入", "金额"), start=first):
        page.text(1, column, f"{ruled.name}{head}", "head")
    scopes: dict[str, Values] = {holder: book.sheet.scopes[holder] for holder in cells}
    steps = ranked_steps(method, ruled, scopes)
    by = ruled.by.tree if ruled.by else None
    for holder, own in cells.items():
        own = cells[holder] = replace(own, item=ruled.name)
        ranked_by = to_excel(by, own) if by else book.told.get((holder, TOTAL), '""')
        value = _or_nothing(steps[0].values[holder])
        formula = f'IFERROR({fine(ranked_by)},"")'
        page.formula(own.own_rows[holder], first, formula, value, "General")
    breakers = () if by else method.tie_break
    ranked = write_parted(page, cells, first, first + 4, breakers, steps)
    ranked = ranked.from_below() if ruled.last else ranked
    places = list_places(method, ruled, steps)
    write_places(page, cells, ranked, first + 1, places)
    _write_named(page, ruled, listed, cells, first)
    page.helpers = {key: at for key, at in page.helpers.items() if key[0] == ruled.name}
    taken = page.first_helper
    write_helpers(page, cells, scopes, 1)
    page.first_helper = taken + len(page.helpers)
    page.helpers = {}


def _write_named(page: Page, ruled: Listing, listed: Listed, cells: Cells, first: int) -> None:
    rewards = {reward.holder: reward.amount for reward in listed.rewards}
    own_place = PLACE not in page.book.columns
    for holder, own in cells.items():
        at = own.own_rows[holder]
        place, named = (xl_rowcol_to_cell(at, column) for column in (first + 1, first + 2))
        own = replace(own, here={PLACE: place} if own_place else {})
        cells[holder] = own
        hit = Fraction(holder in listed.holders)
        page.formula(at, first + 2, f"IF({_is_named(ruled, own, place)},1,0)", hit, "0")
        if ruled.amount:
            amount = to_excel(ruled.amount.tree, own)
            known = rewards.get(holder, "")
            page.formula(at, first + 3, f'IF({named}=1,{amount},"")', known, "General")


def _is_named(ruled: Listing, cells: HolderCells, place: str) -> str:
    """What must hold; what cannot be said holds not."""
    conditions = ["TRUE"]
    if most := ruled.first or ruled.last:
        within = f"AND(ISNUMBER({place}),{place}<={fine(to_excel(most.tree, cells))})"
        conditions.append(f"IFERROR({within},FALSE)")
    if ruled.when:
        conditions.append(_holds(ruled.when, cells))
    if ruled.unless:
        conditions.append(f"NOT({_holds(ruled.unless, cells)})")
    return f"AND({','.join(conditions)})"


def _holds(formula: Formula, cells: HolderCells) -> str:
    return f"IFERROR({fine(to_excel(formula.tree, cells))}<>0,FALSE)"


def write_summary(book: Book, page: Page) -> None:
    """Who is named, and what is wrong, as it stood when the workbook was made."""
    page.text(0, 0, "名单和问题（导出时的结果，不随表格重算）", "title")
    rows = [("名单", "组", "单位", "结果")]
    rows += [
        (each.name, each.group, "、".join(each.holders) or "无", each.outcome)
        for each in book.sheet.lists
    ]
    rows += [("问题", each.where, each.text, "") for each in book.sheet.problems]
    page.at.set_column(0, 1, 16)
    page.at.set_column(2, 2, 80)
    for at, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts):
            page.text(at, column, text)


def write_reasons(book: Book, page: Page) -> None:
    """How every point, grade and reward came about, as it stood when the workbook was made."""
    page.text(0, 0, "得分说明（导出时的结果，不随表格重算）", "title")
    page.at.set_column(1, 1, 20)
    page.at.set_column(3, 3, 80)
    for column, head in enumerate(("单位", "计分项", "得分", "说明")):
        page.text(1, column, head, "head")
    for at, texts in enumerate(_reasons(book), start=2):
        for column, text in enumerate(texts):
            page.text(at, column, text)


def _reasons(book: Book) -> list[tuple[str, str, str, str]]:
    sheet = book.sheet
    rows = [row for group in sheet.groups for row in group.rows]
    found = [
        (row.holder, line.item, sheet.printed(line.points) or "—", said(line.because))
        for row in rows
        for line in row.lines
    ]
    found += [
        (row.holder, "等次", row.grade, said(row.graded.because)) for row in rows if row.graded
    ]
    found += [
        (reward.holder, reward.listing, "奖励", said(reward.because))
        for listed in sheet.lists
        for reward in listed.rewards
    ]
    return found
