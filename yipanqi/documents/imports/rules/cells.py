"""One cell, read as its column says."""

from collections.abc import Callable

from yipanqi.documents.imports.rules import amounts, codes, dates
from yipanqi.documents.imports.rules.columns import Column
from yipanqi.documents.imports.rules.dates import Calendar
from yipanqi.documents.imports.rules.fields import Kind
from yipanqi.documents.imports.rules.texts import is_rounded
from yipanqi.documents.imports.rules.units import Measure
from yipanqi.documents.imports.rules.values import EMPTY, Read, lost
from yipanqi.documents.imports.rules.workbook import Cell

Reader = Callable[[Cell], Read]

ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"}
)
ERROR = "公式出错，显示为{raw}，请改正后再传"
UNSAVED = lost("公式还没有算出结果，请用 WPS 或 Excel 打开本文件、保存一次后再传")

WORDS: dict[Kind, Reader] = {
    Kind.NAME: codes.name,
    Kind.TEXT: codes.text,
    Kind.LABEL: codes.label,
    Kind.CODE: codes.code,
    Kind.CREDIT: codes.credit_code,
    Kind.PHONE: codes.phone,
    Kind.FLAG: codes.flag,
    Kind.SERIAL: codes.text,
}


def reader_of(column: Column, calendar: Calendar) -> Reader:
    """How the cells of a column are read."""
    unit = column.unit
    if column.kind is Kind.MONEY:
        return lambda cell: amounts.amount(cell, unit)
    if column.kind is Kind.AREA:
        return lambda cell: amounts.quantity(cell, unit, Measure.AREA)
    if column.kind is Kind.COUNT:
        return lambda cell: amounts.quantity(cell, unit, Measure.COUNT)
    if column.kind is Kind.DATE:
        return lambda cell: dates.imprecise_date(cell, calendar)
    return WORDS[column.kind]


def read_cell(cell: Cell, reader: Reader) -> Read:
    """The reading of a cell with content; an error is never taken for it."""
    if isinstance(cell, str) and cell in ERRORS:
        return lost(ERROR.format(raw=cell))
    return reader(cell)


def checked_only(cell: Cell, reader: Reader, kind: Kind) -> Read:
    """The doubt about a cell that stays in the file: only what would be lost there."""
    if kind is Kind.TEXT and cell not in ERRORS and not is_rounded(cell):
        return EMPTY
    return read_cell(cell, reader)
