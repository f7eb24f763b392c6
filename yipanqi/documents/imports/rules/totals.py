"""Printed totals against our own sums. A difference is shown; which side is wrong, a person decides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from yipanqi.core.numbers import rounded
from yipanqi.documents.imports.rules.amounts import amount, in_unit
from yipanqi.documents.imports.rules.columns import Column
from yipanqi.documents.imports.rules.fields import Kind
from yipanqi.documents.imports.rules.headers import Header
from yipanqi.documents.imports.rules.lines import Line, LineKind
from yipanqi.documents.imports.rules.texts import address, exact, plain
from yipanqi.documents.imports.rules.values import Amount
from yipanqi.documents.imports.rules.workbook import Cell, RawSheet

NOT_ADDED = frozenset(
    {Kind.SERIAL, Kind.CODE, Kind.CREDIT, Kind.PHONE, Kind.DATE, Kind.FLAG, Kind.NAME}
)
RATE = re.compile(
    r"率|比例|占比|%|年限|编号|编码|代码|电话|时间|日期|年份|月份|均价|序号|排名|名次"
)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
HEADS = re.compile(r"(\d{1,5})(?:个|家|项|户|组|宗|行)")


@dataclass(frozen=True)
class Total:
    """A printed total, what its parts add up to, and where it stands."""

    cell: str
    printed: str
    computed: str

    @property
    def agrees(self) -> bool:
        return self.printed == self.computed


@dataclass(frozen=True)
class Claim:
    """A line that states totals, and the lines that it may be the total of, likeliest first."""

    index: int
    parts: tuple[tuple[int, ...], ...]
    partial: bool = False


def totals_of(sheet: RawSheet, header: Header, lines: Sequence[Line]) -> tuple[Total, ...]:
    """Every printed total that can be recomputed, whether it agrees or not."""
    totals: list[Total] = []
    for claim in _claims(lines):
        found = list(_compared(sheet, header, claim))
        if claim.partial and not any(total.agrees for total in found):
            continue
        totals += found
        totals += _counted(sheet, claim)
    return tuple(totals)


def _claims(lines: Sequence[Line]) -> Iterator[Claim]:
    everything = _data(lines)
    for position, line in enumerate(lines):
        if line.kind is LineKind.TOTAL:
            yield Claim(line.index, (everything, _since(lines, position), _until(lines, position)))
        elif line.kind is LineKind.SUBTOTAL:
            before = _since(lines, position)
            yield Claim(line.index, (before or _until(lines, position),))
        elif line.kind is LineKind.SECTION:
            yield Claim(line.index, (_until(lines, position),))
        if line.kind is not LineKind.AMONG and (parts := _among(lines, position)):
            yield Claim(line.index, (parts,), partial=True)


def _data(lines: Sequence[Line]) -> tuple[int, ...]:
    return tuple(line.index for line in lines if line.kind is LineKind.DATA)


def _since(lines: Sequence[Line], position: int) -> tuple[int, ...]:
    """The projects between the last boundary and this line."""
    start = position
    while start > 0 and lines[start - 1].kind in (LineKind.DATA, LineKind.AMONG):
        start -= 1
    return _data(lines[start:position])


def _until(lines: Sequence[Line], position: int) -> tuple[int, ...]:
    """The projects from this line to the next boundary; a section reaches to the next of its level."""
    here = lines[position]
    end = position + 1
    while end < len(lines) and not _bounds(lines[end], here):
        end += 1
    return _data(lines[position + 1 : end])


def _bounds(line: Line, here: Line) -> bool:
    if line.kind is LineKind.SECTION and here.kind is LineKind.SECTION:
        return line.level <= here.level
    if line.kind is LineKind.SUBTOTAL:
        return here.kind is LineKind.SUBTOTAL
    return line.kind in (LineKind.SECTION, LineKind.TOTAL)


def _among(lines: Sequence[Line], position: int) -> tuple[int, ...]:
    """The parts (其中) printed right under a line, if there are two or more."""
    end = position + 1
    while end < len(lines) and lines[end].kind is LineKind.AMONG:
        end += 1
    parts = tuple(line.index for line in lines[position + 1 : end])
    return parts if len(parts) > 1 else ()


def _compared(sheet: RawSheet, header: Header, claim: Claim) -> Iterator[Total]:
    for column in header.columns:
        if column.kind in NOT_ADDED or RATE.search(column.source):
            continue
        printed = _figure(_cell(sheet, claim.index, column), column)
        if printed is None or not any(claim.parts):
            continue
        sums = [_sum(sheet, column, rows) for rows in claim.parts if rows]
        own = next((each for each in sums if _equal(printed, each)), sums[0])
        computed = printed if _equal(printed, own) else own
        yield Total(column.cell(claim.index), _shown(printed), _shown(computed))


def _counted(sheet: RawSheet, claim: Claim) -> Iterator[Total]:
    """How many there are, where the line says so in words: 合计（20个）."""
    for index, cell in enumerate(sheet.rows[claim.index]):
        found = HEADS.search(plain(cell)) if isinstance(cell, str) and not claim.partial else None
        if found:
            counts = [str(len(rows)) for rows in claim.parts]
            own = found[1] if found[1] in counts else counts[0]
            yield Total(address(claim.index, index), found[1], own)
            return


def _cell(sheet: RawSheet, row: int, column: Column) -> Cell:
    cells = sheet.rows[row]
    return cells[column.index] if column.index < len(cells) else ""


def _sum(sheet: RawSheet, column: Column, rows: Sequence[int]) -> Fraction:
    figures = (_figure(_cell(sheet, row, column), column) for row in rows)
    return sum((figure for figure in figures if figure is not None), Fraction(0))


def _figure(cell: Cell, column: Column) -> Fraction | None:
    """A cell's number in the unit of its column; None where it is no number."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if not isinstance(cell, str):
        return Fraction(exact(cell))
    text = plain(cell).replace(",", "")
    if NUMBER.fullmatch(text):
        return Fraction(Decimal(text))
    if column.kind is Kind.MONEY and column.unit:
        value = amount(cell, column.unit).value
        return in_unit(value, column.unit) if isinstance(value, Amount) else None
    return None


def _equal(printed: Fraction, own: Fraction) -> bool:
    """Equal, or equal once our sum is rounded to the decimals that were printed."""
    decimals = len(_shown(printed).partition(".")[2])
    return rounded(own, decimals) == printed


def _shown(value: Fraction) -> str:
    """An exact decimal without needless noughts."""
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
