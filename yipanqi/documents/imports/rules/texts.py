"""How the words of a sheet are compared: width, blanks and brackets do not count."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

from yipanqi.documents.imports.rules.workbook import Cell

BLANKS = frozenset(
    {"", "-", "--", "—", "——", "–", "/", "\\", "无", "暂无", "空", "n/a", "na", "null"}
)
UNKNOWN = frozenset({"待定", "未定", "不详", "未知", "保密", "待补", "待核实", "待确定", "tbd"})
LONGEST_BLANK = max(map(len, BLANKS))
EXACT_DIGITS = 15


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Text without width, blanks, line breaks and marks of obligation."""
    return re.sub(r"[\s*]+", "", unicodedata.normalize("NFKC", text)).rstrip(":").lower()


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, or one of the marks offices use for it."""
    if not isinstance(cell, str):
        return False
    core = cell.strip()
    return len(core) <= LONGEST_BLANK and plain(core) in BLANKS


def header_text(text: str) -> str:
    """A heading in one line with full-width brackets, as it is shown."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return text.translate({ord("("): "（", ord(")"): "）"})


def spelled(cell: Cell) -> str:
    """What a cell shows, without the .0 that spreadsheets put behind whole numbers."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, date):
        return cell.isoformat().replace("T", " ")
    whole = abs(cell) < 10**EXACT_DIGITS and int(cell) == cell
    return str(int(cell)) if whole else f"{exact(cell):f}"


def exact(number: float) -> Decimal:
    """A spreadsheet's number with the fifteen digits that it really keeps."""
    return Decimal(f"{number:.{EXACT_DIGITS}g}")


def is_rounded(cell: Cell) -> bool:
    """Whether a number has more digits than a spreadsheet can keep, so that its end is already lost."""
    return isinstance(cell, int | float) and abs(cell) >= 10**EXACT_DIGITS


def column_letters(column: int) -> str:
    """The letters of a column counted from nought: 0 is A, 41 is AP."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell whose row and column count from nought: R4."""
    return f"{column_letters(column)}{row + 1}"
