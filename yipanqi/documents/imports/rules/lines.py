"""What each line below the heading is: a project, or one of the many things that are none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from yipanqi.documents.imports.rules.columns import field_named
from yipanqi.documents.imports.rules.headers import FEWEST, Header, recognised
from yipanqi.documents.imports.rules.texts import plain
from yipanqi.documents.imports.rules.workbook import Cell, RawSheet


class LineKind(StrEnum):
    """What a line is."""

    DATA = "data"
    BLANK = "blank"
    NOTE = "note"
    SECTION = "section"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    AMONG = "among"
    SAMPLE = "sample"
    HEADING = "heading"
    OTHER_HEADING = "other_heading"


@dataclass(frozen=True)
class Line:
    """A line of the sheet (from nought) and what it is; sections have a level, 一、 above （一）."""

    index: int
    kind: LineKind
    level: int = 0


LONGEST_TOTAL = 24
NUMERAL = "[一二三四五六七八九十]{1,3}"
TOTAL = re.compile(r"[^()\d]{0,12}(?:合计|总计|共计|总合计|累计)(?:[(:\d共].*)?")
SUBTOTAL = re.compile(r"[^()]{0,16}小计(?:[(:\d共].*)?")
AMONG = re.compile(r"其中")
NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人?|单位负责人|负责人|联系人|填报日期|填表日期)[:\d]"
)
SECTION_OUTER = re.compile(rf"(?:{NUMERAL}[、.]|第{NUMERAL}[章节部类批])")
SECTION_INNER = re.compile(rf"\({NUMERAL}\)")
SERIAL_OUTER = re.compile(rf"{NUMERAL}[、.]?")
SERIAL_INNER = re.compile(rf"\({NUMERAL}\)[、.]?")
SAMPLE = re.compile(r"(?:填写)?(?:示例|样例|范例|举例)|例[:)]|\(例\)?|例$|[x×*某]{2,}")
INDENTED = re.compile(r"[ \u3000]{2}")
WIDE = 3
HEADING_SHARE = 0.6
OWN_SHARE = 0.8


def lines_of(sheet: RawSheet, header: Header) -> tuple[Line, ...]:
    """Every line below the heading, in order, blank ones left out."""
    wide = {top: right - left + 1 for top, left, low, right in sheet.merged if top == low}
    lines: list[Line] = []
    for index in range(header.rows[-1] + 1, len(sheet.rows)):
        before = lines[-1].kind if lines else None
        line = _line(index, sheet.rows[index], header, before, wide.get(index, 1))
        if line.kind is not LineKind.BLANK:
            lines.append(line)
    return _sections_with_content(lines)


def _line(
    index: int, row: Sequence[Cell], header: Header, before: LineKind | None, merged: int
) -> Line:
    serial = next((column.index for column in header.columns if column.field == "serial"), -1)
    filled = {
        column: cell
        for column, cell in enumerate(row)
        if cell != "" and not (isinstance(cell, str) and cell.isspace())
    }
    content = {column: cell for column, cell in filled.items() if column != serial}
    if not content and not isinstance(filled.get(serial), str):
        return Line(index, LineKind.BLANK)
    words = [plain(cell) for cell in list(filled.values())[:3] if isinstance(cell, str)]
    kind = _by_words(words) or _of_heading(row, header, first=before is None)
    kind = kind or _after_among(filled, before)
    if kind:
        return Line(index, kind)
    level = _section_level(content, filled.get(serial), header, merged)
    return Line(index, LineKind.SECTION, level) if level else Line(index, LineKind.DATA)


def _by_words(words: Sequence[str]) -> LineKind | None:
    """What the first words of a line say it is."""
    for word in words[:2]:
        if len(word) <= LONGEST_TOTAL and SUBTOTAL.fullmatch(word):
            return LineKind.SUBTOTAL
        if len(word) <= LONGEST_TOTAL and TOTAL.fullmatch(word):
            return LineKind.TOTAL
        if AMONG.match(word):
            return LineKind.AMONG
        if SAMPLE.match(word):
            return LineKind.SAMPLE
    return LineKind.NOTE if words and NOTE.match(words[0]) else None


def _of_heading(row: Sequence[Cell], header: Header, *, first: bool) -> LineKind | None:
    """Whether a line repeats this heading, brings another one, or shows column names as values."""
    probe = header.name.index if header.name else 0
    cell = row[probe] if probe < len(row) else ""
    cell = next((cell for cell in row if cell != ""), "") if cell == "" else cell
    if not isinstance(cell, str) or not field_named(cell):
        return None
    filled = sum(cell != "" for cell in row)
    own = sum(
        isinstance(row[column.index], str)
        and plain(str(row[column.index])) in map(plain, column.source.split("|"))
        for column in header.columns
        if column.index < len(row)
    )
    known = len(recognised(row))
    figures = any(not isinstance(cell, str) for cell in row)
    if figures or known < FEWEST or known < HEADING_SHARE * filled:
        return LineKind.SAMPLE if own else None
    if own >= OWN_SHARE * filled:
        return LineKind.SAMPLE if first else LineKind.HEADING
    return LineKind.OTHER_HEADING


def _after_among(filled: dict[int, Cell], before: LineKind | None) -> LineKind | None:
    """The further parts under 其中 are only set in from the margin."""
    words = next((cell for cell in filled.values() if isinstance(cell, str)), "")
    return LineKind.AMONG if before is LineKind.AMONG and INDENTED.match(words) else None


def _section_level(
    content: dict[int, Cell], serial: Cell | None, header: Header, merged: int
) -> int:
    """The level of a line that only names what follows; nought for any other line."""
    words = [cell for cell in content.values() if isinstance(cell, str)]
    if len(words) > 1:
        return 0
    number = plain(serial) if isinstance(serial, str) else ""
    first = plain(words[0]) if words else number
    if SECTION_OUTER.match(first) or SERIAL_OUTER.fullmatch(number):
        return 1
    if SECTION_INNER.match(first) or SERIAL_INNER.fullmatch(number):
        return 2
    return 1 if len(content) <= 1 and merged >= WIDE else 0


def _sections_with_content(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A section with nothing under it is a project after all, where projects are numbered 一、二、三."""
    sections = [line for line in lines if line.kind is LineKind.SECTION]
    if any(line.kind is LineKind.DATA for line in lines) or len(sections) < 2:
        return tuple(lines)
    return tuple(
        Line(line.index, LineKind.DATA) if line.kind is LineKind.SECTION else line for line in lines
    )


def spans_down(sheet: RawSheet, header: Header) -> dict[tuple[int, int], int]:
    """For each body cell under a vertical merge, the row that holds its content."""
    return {
        (row, left): top
        for top, left, low, _ in sheet.merged
        if low > top > header.rows[-1]
        for row in range(top + 1, min(low + 1, len(sheet.rows)))
    }
