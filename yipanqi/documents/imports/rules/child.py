"""The process that parses one workbook and then ends: limited in memory and time, it answers in JSON only.

JSON, because whatever a hostile file does to the parser, its answer can then be nothing but text and numbers.
"""

import csv
import json
import resource
import struct
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from itertools import repeat
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from yipanqi.documents.imports.rules import markup, ole
from yipanqi.documents.imports.rules.guard import BROKEN, MEGABYTE, Format, decoded
from yipanqi.documents.imports.rules.markup import MAX_COLUMNS, MAX_ROWS, Marks, TooFar

MAX_ANSWER = 150 * MEGABYTE
LONGEST_TEXT = 32_767
MOST_MERGED = 1_000_000

TOO_FAR = "表格超过50000行或200列（到{where}），请删去多余的行列或分成几个文件后再传"
TOO_MUCH = "表格内容过多，请只留台账所在的工作表后再传"
LONG_CELL = "{where}超过32767个字，请删短后再传"

Rows = list[list[Any]]  # whatever the parser finds in cells
Sheet = dict[str, Any]  # what JSON can carry


class Unfit(Exception):
    """A workbook that no ledger can be; the text is the sentence for the user."""


def main() -> None:
    """Read a file from standard input, under limits, and answer on standard output."""
    form = sys.argv[1]
    seconds, memory = map(int, sys.argv[2:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.stdout.buffer.write(answer(Format(form), sys.stdin.buffer.read()))


def answer(form: Format, data: bytes) -> bytes:
    """The sheets of a workbook, or the sentence that says why not."""
    try:
        parts = [_encoded(sheet) for sheet in READERS[form](data)]
    except Unfit as unfit:
        return _encoded({"refused": str(unfit)})
    except TooFar as far:
        return _encoded({"refused": TOO_FAR.format(where=far)})
    except MemoryError:
        return _encoded({"refused": TOO_MUCH})
    except (CalamineError, csv.Error, struct.error, SyntaxError, KeyError, ValueError):
        return _encoded({"refused": BROKEN})
    if sum(map(len, parts)) > MAX_ANSWER:
        return _encoded({"refused": TOO_MUCH})
    return b'{"sheets": [' + b",".join(parts) + b"]}"


def _encoded(value: Sheet) -> bytes:
    return json.dumps(value, default=_spelled, ensure_ascii=False).encode("utf-8", "replace")


def _spelled(value: object) -> object:
    """Days and moments are marked as such; hours and lengths of time are only text."""
    return {"day": value.isoformat()} if isinstance(value, date) else str(value)


def _xlsx(data: bytes) -> Iterator[Sheet]:
    with ZipFile(BytesIO(data)) as archive:
        marks = markup.marks_of_xlsx(archive)
        epoch_1904 = markup.is_1904(archive)
    for sheet, hidden in _parsed(data):
        yield _sheet(sheet, marks.get(sheet.name, Marks()), hidden=hidden, epoch_1904=epoch_1904)


def _ods(data: bytes) -> Iterator[Sheet]:
    with ZipFile(BytesIO(data)) as archive, archive.open("content.xml") as content:
        marks = markup.marks_of_ods(content)
    for sheet, hidden in _parsed(data):
        yield _sheet(sheet, marks.get(sheet.name, Marks()), hidden=hidden, epoch_1904=False)


def _xls(data: bytes) -> Iterator[Sheet]:
    found = ole.marks_of(data)
    for marks in found:
        if marks.rows > MAX_ROWS or marks.columns > MAX_COLUMNS:
            raise TooFar(f"第{marks.rows}行第{marks.columns}列")
    epoch_1904 = ole.traits_of(data).epoch_1904
    for (sheet, hidden), marks in zip(_parsed(data), found, strict=False):
        yield _sheet(sheet, Marks(errors=marks.errors), hidden=hidden, epoch_1904=epoch_1904)


def _csv(data: bytes) -> Iterator[Sheet]:
    text = decoded(data) or ""
    head = text[:4096]
    delimiter = max(",\t;", key=head.count)
    rows: Rows = list(csv.reader(StringIO(text), delimiter=delimiter))
    yield _bounded({"name": "CSV", "hidden": False, "rows": rows, "epoch_1904": False})


READERS = {Format.XLSX: _xlsx, Format.ODS: _ods, Format.XLS: _xls, Format.CSV: _csv}


def _parsed(data: bytes) -> Iterator[tuple[CalamineSheet, bool]]:
    """Every sheet with whether it is hidden; the parser chooses its way by content."""
    with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        for sheet in workbook.sheets_metadata:
            yield workbook.get_sheet_by_name(sheet.name), sheet.visible != SheetVisibleEnum.Visible


def _sheet(sheet: CalamineSheet, marks: Marks, *, hidden: bool, epoch_1904: bool) -> Sheet:
    rows: Rows = sheet.to_python(skip_empty_area=False)
    _restore(rows, marks)
    merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []] or marks.merged
    if sum(low - top for top, _, low, _ in merged) > MOST_MERGED:
        raise Unfit(TOO_MUCH)
    return _bounded(
        {
            "name": sheet.name,
            "hidden": hidden,
            "rows": rows,
            "merged": merged,
            "unsaved": sorted(marks.unsaved),
            "epoch_1904": epoch_1904,
        }
    )


def _restore(rows: Rows, marks: Marks) -> None:
    """Put back the error values that the parser leaves out as if those cells were blank."""
    for (row, column), error in marks.errors.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend(repeat("", column + 1 - len(rows[row])))
        rows[row][column] = error


def _bounded(sheet: Sheet) -> Sheet:
    """The same sheet if a person could have made it."""
    widest = max(map(len, sheet["rows"]), default=0)
    if len(sheet["rows"]) > MAX_ROWS or widest > MAX_COLUMNS:
        raise TooFar(f"第{len(sheet['rows'])}行第{widest}列")
    for number, row in enumerate(sheet["rows"], start=1):
        if any(cell.__class__ is str and len(cell) > LONGEST_TEXT for cell in row):
            raise Unfit(LONG_CELL.format(where=f"“{sheet['name']}”第{number}行有一格"))
    return sheet


if __name__ == "__main__":  # pragma: no cover - the child process itself
    main()
