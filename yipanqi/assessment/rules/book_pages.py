"""The pages of a workbook: figures, groups, boards, and what is only text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from yipanqi.assessment.rules.book import (
    Book,
    HolderCells,
    Page,
    column_range,
    write_helpers,
)
from yipanqi.assessment.rules.evaluating import Value, Values
from yipanqi.assessment.rules.explaining import said
from yipanqi.assessment.rules.figures import Row, holders_in
from yipanqi.assessment.rules.methods import (
    Figure,
    Item,
    MethodGroup,
    Part,
    Rounding,
    Ties,
    Veto,
    concerns,
)
from yipanqi.assessment.rules.names import FULL_MARKS
from yipanqi.assessment.rules.sheets import Line, ScoredBoard, ScoredGroup, ScoredRow
from yipanqi.assessment.rules.spreadsheet import FINE, fine, to_excel

FIGURES_TOP = 3
GROUP_TOP = 6


def write_figures(book: Book, page: Page) -> None:
    """One row a holder, one column a figure; computed figures are live."""
    page.first_helper = len(book.columns) + 3
    page.at.set_row(FIGURES_TOP - 2, 60)
    page.at.set_column(1, 1, 14)
    page.at.set_column(2, 1 + len(book.columns), 11)
    page.text(0, 0, f"{book.sheet.method.title}：指标", "title")
    for column, head in enumerate(("单位", "组")):
        page.text(FIGURES_TOP - 1, column, head, "head")
    for figure in book.sheet.method.figures:
        unit = f"（{figure.unit}）" if figure.unit else ""
        page.text(FIGURES_TOP - 2, book.columns[figure.name], f"{figure.label}{unit}", "note")
        page.text(FIGURES_TOP - 1, book.columns[figure.name], figure.name, "head")
    rows = {row.holder: row for row in book.sheet.figures}
    cells = {holder: _cells_of(page, rows[holder], rows) for holder in book.rows}
    for holder, own in cells.items():
        _write_figures_of(page, rows[holder], own)
    write_helpers(page, cells, book.sheet.values, FIGURES_TOP - 1)
    page.at.freeze_panes(FIGURES_TOP, 1)


def _cells_of(page: Page, row: Row, rows: Mapping[str, Row]) -> HolderCells:
    """A stated total looks at all that are assessed, any other row at its own group."""
    stated = page.book.sheet.method.stated_totals
    members = [
        each.holder
        for each in rows.values()
        if each.holder not in stated and (row.holder in stated or each.group == row.group)
    ]
    return HolderCells(page=page, holder=row.holder, members=members, own_rows=page.book.rows)


def _write_figures_of(page: Page, row: Row, cells: HolderCells) -> None:
    book = page.book
    at = book.rows[row.holder]
    page.text(at, 0, row.holder)
    page.text(at, 1, row.group)
    for figure in book.sheet.method.figures:
        column = book.columns[figure.name]
        value = book.sheet.values.get(row.holder, {}).get(figure.name)
        if figure.lists_holders:
            page.text(at, column, row.texts.get(figure.name, ""), "input")
        elif figure.formula:
            page.formula(at, column, to_excel(figure.formula.tree, cells), value)
        elif figure.mean_total_of:
            page.formula(at, column, _mean_of_totals(book, row, figure), value)
        else:
            page.number(at, column, row.values.get(figure.name))


def _mean_of_totals(book: Book, row: Row, figure: Figure) -> str:
    """Added and divided, not AVERAGEd: a paired holder without a total must not drop out silently."""
    holders = holders_in(row.texts.get(figure.mean_total_of, ""))
    if not holders or any(holder not in book.totals for holder in holders):
        return "NA()"
    return f"({'+'.join(book.totals[holder] for holder in holders)})/{len(holders)}"


def write_group(book: Book, page: Page, group: MethodGroup, scored: ScoredGroup) -> None:
    """The regulation above, the live points below, the place at the right."""
    vetoes = [veto for veto in book.sheet.method.vetoes if concerns(veto.groups, group.group)]
    total_at = 1 + len(group.items) + len(vetoes)
    page.first_helper = total_at + 4
    _write_regulation(page, group, vetoes)
    own_rows = {row.holder: GROUP_TOP + number for number, row in enumerate(scored.rows)}
    members = list(own_rows)
    totals = column_range(total_at, list(own_rows.values()))
    for row in scored.rows:
        cells = HolderCells(page=page, holder=row.holder, members=members, own_rows=own_rows)
        at = own_rows[row.holder]
        page.text(at, 0, row.holder)
        _write_points(page, group.items, row, cells)
        _write_vetoes(page, vetoes, row, cells, 1 + len(group.items))
        _write_total(page, row, at, len(group.items), len(vetoes), totals)
        total_cell = xl_rowcol_to_cell(at, total_at, row_abs=True, col_abs=True)
        book.totals[row.holder] = f"{page.name}!{total_cell}"
    _write_helpers_of_items(page, group.items, members, own_rows)
    page.at.freeze_panes(GROUP_TOP, 1)


def _write_regulation(page: Page, group: MethodGroup, vetoes: Sequence[Veto]) -> None:
    method = page.book.sheet.method
    year = f"（{method.year} 年）" if method.year else ""
    page.text(0, 0, f"{method.title}{year}：{group.group}", "title")
    page.at.set_row(2, 90)
    page.at.set_row(3, 60)
    for row, head in enumerate(("条款", "规定", "公式", "满分", "单位"), start=1):
        page.text(row, 0, head, "head")
    for column, item in enumerate(group.items, start=1):
        _write_heading(page, column, (item.clause, item.says, item.formula.text, item.item))
        if item.full is not None:
            page.number(4, column, item.full, "number")
    for column, veto in enumerate(vetoes, start=1 + len(group.items)):
        _write_heading(page, column, (veto.clause, veto.says, veto.formula.text, veto.veto))
    for column, head in enumerate(
        ("合计", "总分", "名次"), start=1 + len(group.items) + len(vetoes)
    ):
        page.text(GROUP_TOP - 1, column, head, "head")
    page.at.set_column(1, len(group.items) + len(vetoes), 16)


def _write_heading(page: Page, column: int, texts: tuple[str, str, str, str]) -> None:
    clause, says, formula, name = texts
    for row, text in ((1, clause), (2, says), (3, formula)):
        page.text(row, column, text, "note")
    page.text(GROUP_TOP - 1, column, name, "head")


def _number_format(page: Page) -> str:
    decimals = page.book.sheet.method.decimals
    return f"0.{'0' * decimals}" if decimals else "0"


def _write_points(page: Page, items: Sequence[Item], row: ScoredRow, cells: HolderCells) -> None:
    for column, (item, line) in enumerate(zip(items, row.lines, strict=False), start=1):
        own = replace(cells, item=item.item, full=f"{xl_col_to_name(column)}$5")
        formula = _bounded(item, to_excel(item.formula.tree, own), own)
        at = cells.own_rows[row.holder]
        page.formula(at, column, formula, line.points, _number_format(page))


def _bounded(bounds: Item | Part, formula: str, cells: HolderCells) -> str:
    if bounds.at_most:
        formula = f"MIN({formula},{to_excel(bounds.at_most.tree, cells)})"
    if bounds.at_least:
        formula = f"MAX({formula},{to_excel(bounds.at_least.tree, cells)})"
    return formula


def _write_vetoes(
    page: Page, vetoes: Sequence[Veto], row: ScoredRow, cells: HolderCells, first: int
) -> None:
    for column, veto in enumerate(vetoes, start=first):
        formula = f"IF({fine(to_excel(veto.formula.tree, cells))}<>0,1,0)"
        hit = Fraction(veto.veto in row.vetoed)
        page.formula(cells.own_rows[row.holder], column, formula, hit, "0")


def _write_total(page: Page, row: ScoredRow, at: int, items: int, vetoes: int, totals: str) -> None:
    """The exact total for places, the printed total, the place."""
    method = page.book.sheet.method
    points = f"{xl_rowcol_to_cell(at, 1)}:{xl_rowcol_to_cell(at, items)}"
    total = f"SUM({points})"
    if vetoes:
        flags = f"{xl_rowcol_to_cell(at, 1 + items)}:{xl_rowcol_to_cell(at, items + vetoes)}"
        total = f"IF(COUNTIF({flags},1)>0,0,{total}+0*SUM({flags}))"
    column = 1 + items + vetoes
    here = xl_rowcol_to_cell(at, column)
    exact: Value | str = "" if row.total is None else row.total
    page.formula(at, column, f'IFERROR({fine(total)},"")', exact, "General")
    cut = "ROUNDDOWN" if method.rounding is Rounding.TRUNCATE else "ROUND"
    printed = f'IF(ISNUMBER({here}),{cut}({here},{method.decimals}),"")'
    shown = "" if row.total is None else Fraction(method.printed(row.total))
    page.formula(at, column + 1, printed, shown, _number_format(page))
    _write_place(page, at, column, column + 2, totals, row.place, high_first=True)


def _write_place(
    page: Page,
    at: int,
    value_column: int,
    column: int,
    values: str,
    place: int | None,
    *,
    high_first: bool,
) -> None:
    here = xl_rowcol_to_cell(at, value_column)
    ranked = f"RANK({here},{values},{0 if high_first else 1})"
    if page.book.sheet.method.ties is Ties.DENSE:
        better = ">" if high_first else "<"
        ranked = (
            f"SUMPRODUCT(ISNUMBER({values})*({values}{better}{here})/COUNTIF({values},{values}))+1"
        )
    known = "" if place is None else Fraction(place)
    page.formula(at, column, f'IF(ISNUMBER({here}),{ranked},"")', known, "0")


def _write_helpers_of_items(
    page: Page, items: Sequence[Item], members: Sequence[str], own_rows: Mapping[str, int]
) -> None:
    """Each item has its own full marks, so its helpers are written with them."""
    wanted = dict(page.helpers)
    for column, item in enumerate(items, start=1):
        page.helpers = {key: place for key, place in wanted.items() if key[0] == item.item}
        full = f"{xl_col_to_name(column)}$5"
        cells = {
            holder: HolderCells(
                page=page,
                holder=holder,
                members=members,
                own_rows=own_rows,
                item=item.item,
                full=full,
            )
            for holder in members
        }
        scopes: dict[str, Values] = {
            holder: {**page.book.sheet.values[holder], FULL_MARKS: item.full} for holder in members
        }
        write_helpers(page, cells, scopes, GROUP_TOP - 1)


def write_board(book: Book, page: Page, board: ScoredBoard) -> None:
    """A ranking by one live measure."""
    ruled = next(each for each in book.sheet.method.boards if each.board == board.board)
    page.first_helper = 5
    page.text(0, 0, f"{book.sheet.method.title}：{board.group}·{board.board}", "title")
    for column, head in enumerate(("单位", board.board, "名次用值", "名次")):
        page.text(1, column, head, "head")
    own_rows = {row.holder: 2 + number for number, row in enumerate(board.rows)}
    members = list(own_rows)
    values = column_range(2, list(own_rows.values())) if own_rows else ""
    digits = f"0.{'0' * board.decimals}" if board.decimals else "0"
    cells = {
        holder: HolderCells(page=page, holder=holder, members=members, own_rows=own_rows)
        for holder in members
    }
    for row in board.rows:
        at = own_rows[row.holder]
        page.text(at, 0, row.holder)
        formula = to_excel(ruled.formula.tree, cells[row.holder])
        page.formula(at, 1, formula, row.value, f"{digits}%" if board.unit == "%" else digits)
        known: Value | str = "" if row.value is None else row.value
        page.formula(at, 2, f'IFERROR(ROUND({xl_rowcol_to_cell(at, 1)},{FINE}),"")', known)
        _write_place(page, at, 2, 3, values, row.place, high_first=ruled.high_first)
    write_helpers(page, cells, book.sheet.values, 1)


def write_lists(book: Book, page: Page) -> None:
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
    """How every point came about, as it stood when the workbook was made."""
    page.text(0, 0, "得分说明（导出时的结果，不随表格重算）", "title")
    rows: list[tuple[str, Line]] = [
        (row.holder, line)
        for group in book.sheet.groups
        for row in group.rows
        for line in row.lines
    ]
    page.at.set_column(1, 1, 20)
    page.at.set_column(3, 3, 80)
    for column, head in enumerate(("单位", "计分项", "得分", "说明")):
        page.text(1, column, head, "head")
    for at, (holder, line) in enumerate(rows, start=2):
        points = book.sheet.printed(line.points) or "—"
        for column, text in enumerate((holder, line.item, points, said(line.because))):
            page.text(at, column, text)
