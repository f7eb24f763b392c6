"""The page of figures of a workbook: one row a holder, live where they are computed."""

from collections.abc import Mapping
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell

from yipanqi.assessment.rules.book import Book, HolderCells, Page, write_helpers
from yipanqi.assessment.rules.figures import Row, holders_in
from yipanqi.assessment.rules.methods import Figure
from yipanqi.assessment.rules.names import TOTAL
from yipanqi.assessment.rules.spreadsheet import to_excel

FIGURES_TOP = 3


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
        elif row.added and isinstance(value, Fraction):
            page.formula(at, column, _sum_of_merged(row, figure.name), value, "input")
        else:
            page.number(at, column, row.values.get(figure.name))


def _sum_of_merged(row: Row, name: str) -> str:
    """What each of the merged units has: 8+3."""
    own = row.values[name] or Fraction(0)
    others = [each.values.get(name) or Fraction(0) for each in row.added]
    values = [own - sum(others, Fraction(0)), *others]
    return "+".join(f"{float(value):.15g}" for value in values)


def _mean_of_totals(book: Book, row: Row, figure: Figure) -> str:
    """Added and divided, not AVERAGEd: a paired holder without a total must not drop out silently."""
    holders = holders_in(row.texts.get(figure.mean_total_of, ""))
    totals = [book.told.get((holder, TOTAL), "") for holder in holders]
    if not holders or "" in totals:
        return "NA()"
    if not figure.weighted_by:
        return f"({'+'.join(totals)})/{len(holders)}"
    column = book.columns[figure.weighted_by]
    weights = [xl_rowcol_to_cell(book.rows[holder], column) for holder in holders]
    products = (f"{total}*{weight}" for total, weight in zip(totals, weights, strict=True))
    return f"({'+'.join(products)})/({'+'.join(weights)})"
