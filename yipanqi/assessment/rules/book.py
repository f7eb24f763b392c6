"""A workbook in the making: its pages, its formats, and where each holder's figures stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from yipanqi.assessment.rules.evaluating import Value, Values, value_or_problems
from yipanqi.assessment.rules.nodes import Name, Node
from yipanqi.assessment.rules.sheets import Sheet
from yipanqi.assessment.rules.spreadsheet import to_excel

MISSING = "#N/A"
LONGEST_NAME = 31
A4 = 9

FORMATS = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"},
    "note": {"border": 1, "text_wrap": True, "valign": "top", "font_color": "#555555"},
    "text": {"border": 1},
    "input": {"border": 1, "bg_color": "#FFF9E5"},
    "number": {"border": 1},
    "helper": {"font_color": "#999999"},
}


@dataclass
class Book:
    """What all pages share; `rows` and `columns` are places on the page of figures.

    `told` is where the points, total and place of a holder stand, by the name in formulas.
    """

    workbook: Any
    sheet: Sheet
    prefix: str
    formats: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    told: dict[tuple[str, str], str] = field(default_factory=dict)
    figures_page: str = ""

    def format(self, name: str) -> Any:
        """A cell format by its name here, or by its number format."""
        if name not in self.formats:
            wanted = FORMATS.get(name) or {"border": 1, "num_format": name}
            self.formats[name] = self.workbook.add_format(wanted)
        return self.formats[name]

    def page(self, name: str) -> Page:
        """A new page, named as Excel allows."""
        taken = {sheet.get_name().casefold() for sheet in self.workbook.worksheets()}
        plain = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", "", f"{self.prefix}{name}")
        title = unique = plain[:LONGEST_NAME] or "页"
        number = 1
        while unique.casefold() in taken:
            number += 1
            unique = f"{title[: LONGEST_NAME - 4]}{number}"
        at = self.workbook.add_worksheet(unique)
        at.set_landscape()
        at.set_paper(A4)
        at.fit_to_pages(1, 0)
        at.set_column(0, 0, 14)
        return Page(self, at, f"'{unique}'")


@dataclass
class Page:
    """A page, and the helper columns at its right edge that group functions look at."""

    book: Book
    at: Any
    name: str
    first_helper: int = 0
    helpers: dict[tuple[str, Node], int] = field(default_factory=dict)

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """A text that is never taken for a formula."""
        self.at.write_string(row, column, text, self.book.format(style))

    def number(self, row: int, column: int, value: Fraction | None, style: str = "input") -> None:
        """A number; a missing one is #N/A, so that the spreadsheet does not take it for nought."""
        if value is None:
            self.formula(row, column, "NA()", None, style)
        else:
            self.at.write_number(row, column, float(value), self.book.format(style))

    def formula(
        self, row: int, column: int, formula: str, value: Value | str, style: str = "number"
    ) -> None:
        """A live formula with the value that it has now."""
        known = float(value) if isinstance(value, Fraction) else value
        result = known if isinstance(known, float | str) else MISSING
        self.at.write_formula(row, column, f"={formula}", self.book.format(style), result)

    def helper(self, item: str, node: Node) -> int:
        """The helper column for a formula; equal formulas of an item share one."""
        return self.helpers.setdefault((item, node), self.first_helper + len(self.helpers))


@dataclass(frozen=True, kw_only=True)
class HolderCells:
    """Where the figures of one holder stand, seen from a page."""

    page: Page
    holder: str
    members: Sequence[str]
    own_rows: Mapping[str, int]
    item: str = ""
    here: Mapping[str, str] = field(default_factory=dict)

    def cell(self, name: str) -> str:
        """The cell of a figure, or of what a name means on this page or on the group's."""
        book = self.page.book
        if name in book.columns:
            place = xl_rowcol_to_cell(book.rows[self.holder], book.columns[name], col_abs=True)
            return f"{book.figures_page}!{place}"
        return self.here[name] if name in self.here else book.told[self.holder, name]

    def group_range(self, node: Node) -> str:
        """The column of a figure over the group, or a helper column of the formula's values."""
        book = self.page.book
        if isinstance(node, Name) and node.name in book.columns:
            rows = sorted(book.rows[each] for each in self.members)
        else:
            rows = []
        if rows and rows[-1] - rows[0] == len(rows) - 1:
            assert isinstance(node, Name)
            return f"{book.figures_page}!{column_range(book.columns[node.name], rows)}"
        column = self.page.helper(self.item, node)
        return column_range(column, [self.own_rows[each] for each in self.members])


def column_range(column: int, rows: Sequence[int]) -> str:
    """The cells of a column from the first to the last of the rows."""
    letter = xl_col_to_name(column, col_abs=True)
    return f"{letter}${min(rows) + 1}:{letter}${max(rows) + 1}"


def write_helpers(
    page: Page, cells: Mapping[str, HolderCells], scopes: Mapping[str, Values], top: int
) -> None:
    """The helper columns that formulas on the page asked for, at its right edge."""
    for (_, node), column in page.helpers.items():
        page.text(top, column, "辅助列", "helper")
        for holder, own in cells.items():
            value, _ = value_or_problems(node, scopes[holder])
            page.formula(own.own_rows[holder], column, to_excel(node, own), value, "helper")
