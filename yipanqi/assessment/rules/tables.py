"""A file of figures, csv or Excel, as rows of texts."""

import csv
import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal

from python_calamine import CalamineError, load_workbook

from yipanqi.core.problems import Problem, Refused

MOST_BYTES = 50_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS = 100_000

Table = list[list[str]]


def read_table(content: bytes, *, name: str) -> Table:
    """The rows of a csv or Excel file; refused where it is neither or far too large."""
    if len(content) > MOST_BYTES:
        raise _refuse(f"文件超过 {MOST_BYTES // 1_000_000} 兆。请只保留要计分的单位。", name)
    table = _excel(content, name) if _is_excel(content) else _csv(content, name)
    if len(table) > MOST_ROWS:
        raise _refuse(f"表超过 {MOST_ROWS} 行。请只保留要计分的单位。", name)
    return table


def _refuse(text: str, name: str) -> Refused:
    return Refused([Problem(where=name, text=text)])


def _is_excel(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _excel(content: bytes, name: str) -> Table:
    """The first sheet of a workbook."""
    unreadable = _refuse("Excel 文件打不开。请在 Excel 或 WPS 里另存为 .xlsx 再试。", name)
    if content.startswith(b"PK"):
        try:
            unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).filelist)
        except zipfile.BadZipFile:
            raise unreadable from None
        if unpacked > MOST_UNPACKED:
            raise _refuse("Excel 文件解开后过大。请只保留要计分的单位。", name)
    try:
        sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    except (CalamineError, ValueError, IndexError):
        raise unreadable from None
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    """A number as the sheet shows it: fifteen digits, which drops the noise of binary fractions."""
    if isinstance(value, float):
        text = f"{Decimal(f'{value:.15g}'):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _csv(content: bytes, name: str) -> Table:
    text = _decoded(content, name)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    try:
        return [*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)]
    except csv.Error:
        raise _refuse("csv 读不通。请看引号是否成对，或另存为 .xlsx 再试。", name) from None


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refuse("文字编码认不出来。请另存为 UTF-8 的 csv 或 .xlsx 再试。", name)


def widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """How many columns each column of a printed table needs; a Chinese character takes two."""
    return [max(map(width, column)) for column in zip(*rows, strict=True)]


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
