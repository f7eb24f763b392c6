"""The tables of an official paper as an Excel workbook: real numbers, printed as the paper prints them."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from yipanqi.documents.papers.rules.columns import laid_out
from yipanqi.documents.papers.rules.layout import AREA_HEIGHT
from yipanqi.documents.papers.rules.paper import Column, Kind, Paper, Table

A4, TWIPS_PER_LETTER = 9, 110
ROW = 18
"""Points; a head has two lines."""

PLAIN = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")
AHEAD = re.compile(r"[超欠]\d+(\.\d+)?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Value = str | float | int | date


@dataclass(frozen=True)
class Cell:
    """A value with the way in which Excel shows it; the shown text is that of the paper."""

    value: Value
    form: str = ""


def to_xlsx(paper: Paper) -> bytes:
    """A page for each annex that holds tables, landscape on A4; the same paper, the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": paper.title, "created": datetime.combine(paper.dated, time())})
    marked = zip(paper.annex_marks, paper.annexes, strict=True)
    for mark, annex in marked:
        tables = [block for block in annex.blocks if isinstance(block, Table)]
        if tables:
            _Page(book, annex.title[:31]).write(mark, annex.title, tables)
    book.close()
    return buffer.getvalue()


def cell_of(text: str, column: Column) -> Cell:
    """What a printed cell is worth: 8,640 and 88.8% and 超3.2 are numbers, 2026-11-20 is a day."""
    if DAY.fullmatch(text):
        return Cell(date.fromisoformat(text), "yyyy-mm-dd")
    if column.kind is Kind.TEXT:
        return Cell(text)
    if PLAIN.fullmatch(text):
        return Cell(_number(text), _form(text))
    if text.endswith("%") and PLAIN.fullmatch(text[:-1]):
        return Cell(float(text[:-1].replace(",", "")) / 100, f"{_form(text[:-1])}%")
    if AHEAD.fullmatch(text):
        form = _form(text[1:])
        sign = 1 if text[0] == "超" else -1
        return Cell(sign * float(text[1:]), f'"超"{form};"欠"{form};"超"{form}')
    return Cell(text)


def _number(text: str) -> float | int:
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _form(text: str) -> str:
    """With as many decimals as are printed, thousands apart."""
    _, _, decimals = text.partition(".")
    return "#,##0" + (f".{'0' * len(decimals)}" if decimals else "")


class _Page:
    """One page of the workbook, written from the top down."""

    def __init__(self, book: Any, name: str) -> None:
        self.book, self.sheet = book, book.add_worksheet(name)
        self.line = 0
        self.sheet.set_default_row(ROW)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_footer("&C— &P —")

    def write(self, mark: str, title: str, tables: list[Table]) -> None:
        """The annex with its number and title, then one table under the other."""
        self.sheet.write_string(0, 0, mark, self._look(font_name="黑体"))
        last = max(len(table.columns) for table in tables) - 1
        self._across(1, 0, last, title, font_name="方正小标宋简体", font_size=18, align="center")
        self.line = 2
        for table in tables:
            self._table(table)
        for place, laid in enumerate(laid_out(tables[0], room=AREA_HEIGHT)):
            self.sheet.set_column(place, place, laid.width / TWIPS_PER_LETTER)

    def _table(self, table: Table) -> None:
        last = len(table.columns) - 1
        if table.title:
            self._across(self.line, 0, last, table.title, font_name="黑体", align="center")
            self.line += 1
        if table.unit:
            self._across(self.line, 0, last, f"单位：{table.unit}", align="right")
            self.line += 1
        self._head(table)
        for line in table.lines:
            self._row(line, table.columns, bold=line is table.total)
        for note in table.notes:
            self._across(self.line, 0, last, note)
            self.line += 1
        self.line += 1

    def _head(self, table: Table) -> None:
        """One row of titles; two where columns share a head. Repeated on each page of one table."""
        deep = any(column.group for column in table.columns)
        place, top = 0, self.line
        for group, members in table.grouped:
            if group:
                self._across(top, place, place + len(members) - 1, group, **HEAD)
                for offset, column in enumerate(members):
                    self.sheet.write_string(
                        top + 1, place + offset, column.title, self._look(**HEAD)
                    )
            else:
                self._down(top, top + deep, place, members[0].title)
            place += len(members)
        self.line = top + deep + 1
        self.sheet.set_row(top + deep, 2 * ROW)
        if top == 2:
            self.sheet.repeat_rows(1, self.line - 1)

    def _row(self, line: tuple[str, ...], columns: tuple[Column, ...], *, bold: bool) -> None:
        for place, (text, column) in enumerate(zip(line, columns, strict=False)):
            cell = cell_of(text, column)
            align = {Kind.NUMBER: "right", Kind.RANK: "center"}.get(column.kind, "left")
            look = self._look(border=1, bold=bold, align=align, num_format=cell.form or "@")
            if isinstance(cell.value, date):
                self.sheet.write_datetime(self.line, place, cell.value, look)
            elif isinstance(cell.value, str):
                self.sheet.write_string(self.line, place, cell.value, look)
            else:
                self.sheet.write_number(self.line, place, cell.value, look)
        self.line += 1

    def _across(self, line: int, first: int, last: int, text: str, **look: Any) -> None:
        if first == last:
            self.sheet.write_string(line, first, text, self._look(**look))
        else:
            self.sheet.merge_range(line, first, line, last, text, self._look(**look))

    def _down(self, top: int, bottom: int, place: int, text: str) -> None:
        if top == bottom:
            self.sheet.write_string(top, place, text, self._look(**HEAD))
        else:
            self.sheet.merge_range(top, place, bottom, place, text, self._look(**HEAD))

    def _look(self, **look: Any) -> Any:
        return self.book.add_format({"font_name": "宋体", "font_size": 10.5, **look})


HEAD: Mapping[str, Any] = {
    "font_name": "黑体",
    "border": 1,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
