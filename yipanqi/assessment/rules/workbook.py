"""A sheet as an Excel workbook whose points are live formulas over the figures."""

import io
from typing import Any

import xlsxwriter

from yipanqi.assessment.rules.book import Book
from yipanqi.assessment.rules.book_figures import FIGURES_TOP, write_figures
from yipanqi.assessment.rules.book_groups import write_group
from yipanqi.assessment.rules.book_results import (
    write_board,
    write_lists_of,
    write_reasons,
    write_summary,
)
from yipanqi.assessment.rules.sheets import Sheet


def to_workbook(sheet: Sheet) -> bytes:
    """The whole workbook: figures, a page for each group and board, lists, reasons."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book = add_live_pages(workbook, sheet)
    write_summary(book, book.page("名单和问题"))
    if sheet.groups:
        write_reasons(book, book.page("得分说明"))
    workbook.close()
    return buffer.getvalue()


def add_live_pages(workbook: Any, sheet: Sheet, prefix: str = "") -> Book:
    """Figures, groups and boards of a sheet; a prefix keeps the pages of several sheets apart."""
    book = Book(workbook, sheet, prefix)
    _lay_out(book)
    figures = book.page("指标")
    book.figures_page = figures.name
    for scored in sheet.groups:
        group = sheet.method.group_named(scored.group)
        write_group(book, book.page(scored.group), group, scored)
    write_figures(book, figures)
    for board in sheet.boards:
        write_board(book, book.page(f"{board.group}·{board.board}"), board)
    for label, groups in dict.fromkeys((listed.group, listed.groups) for listed in sheet.lists):
        lists = [listed for listed in sheet.lists if listed.groups == groups]
        write_lists_of(book, book.page(f"{label}·名单"), lists)
    return book


def _lay_out(book: Book) -> None:
    """The members of a group stand together, stated totals below all."""
    stated = book.sheet.method.stated_totals
    order = [group.group for group in book.sheet.method.groups]
    rows = sorted(
        book.sheet.figures,
        key=lambda row: (
            row.holder in stated,
            order.index(row.group) if row.group in order else len(order),
            row.holder,
        ),
    )
    book.rows.update({row.holder: FIGURES_TOP + at for at, row in enumerate(rows)})
    names = [figure.name for figure in book.sheet.method.figures]
    book.columns.update({name: at for at, name in enumerate(names, start=2)})
