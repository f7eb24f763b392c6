"""One line of a ledger, read: what was taken from it, what was not, and why."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yipanqi.core.problems import Problem, Weight, blocking
from yipanqi.documents.imports.rules.cells import (
    UNSAVED,
    Reader,
    checked_only,
    read_cell,
    reader_of,
)
from yipanqi.documents.imports.rules.columns import Column
from yipanqi.documents.imports.rules.dates import Calendar
from yipanqi.documents.imports.rules.fields import Kind
from yipanqi.documents.imports.rules.headers import Header
from yipanqi.documents.imports.rules.lines import Line, LineKind, spans_down
from yipanqi.documents.imports.rules.texts import plain, spelled
from yipanqi.documents.imports.rules.values import EMPTY, ImpreciseDate, Read, Value
from yipanqi.documents.imports.rules.workbook import Cell, RawSheet

ESSENTIAL = frozenset({"name", "total_investment", "code", "credit_code"})
ALREADY = frozenset({"signed_on", "registered_on", "started_on", "produced_on"})
SHARED = frozenset({Kind.LABEL, Kind.TEXT})
PLANNED = re.compile(r"计划|预计|拟")

SAMPLE = "示例行"
NO_NAME = "没有项目名称，请补上后重传"
PART_OF_ABOVE = "项目名称与第{row}行合并为一格，这一行没有单独导入，请把两行并成一行"
NOT_REPEATED = "与第{row}行合并为一格，没有重复取用，请核对"
FUTURE = "晚于{as_of}，请核对是否写错年份"
TWICE = "与第{row}行的项目名称、投资方相同，请核对是否重复"


class Outcome(StrEnum):
    """What became of a line."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the sheet (`number` as the spreadsheet counts), with typed values by field.

    `raw` holds the text of every cell, in the order of the reading's columns. A row is refused if its
    name is missing, its investment cannot be read, or its code was destroyed; any other doubt only warns.
    """

    number: int
    outcome: Outcome
    problems: tuple[Problem, ...]
    values: Mapping[str, Value]
    raw: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """How each line of one sheet is read; `odd` lines have blanks that may be none."""

    sheet: RawSheet
    header: Header
    readers: tuple[Reader, ...]
    spans: Mapping[tuple[int, int], int]
    odd: frozenset[int]
    as_of: date

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.header.columns

    def cells(self, index: int) -> list[Cell]:
        """The cells of one line, one for each column."""
        row = self.sheet.rows[index]
        width = len(row)
        return [row[column.index] if column.index < width else "" for column in self.columns]


def plan_of(sheet: RawSheet, header: Header, as_of: date) -> Plan:
    """The readers of all columns, chosen once."""
    calendar = Calendar(epoch_1904=sheet.epoch_1904, year=header.year)
    readers = tuple(reader_of(column, calendar) for column in header.columns)
    spans = spans_down(sheet, header)
    odd = frozenset(row for row, _ in (*spans, *sheet.unsaved))
    return Plan(sheet, header, readers, spans, odd, as_of)


def rows_of(plan: Plan, lines: Sequence[Line]) -> Iterator[Row]:
    """The projects of a sheet, and the sample line if it was left in."""
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.kind is LineKind.SAMPLE:
            yield _sample(plan, line.index)
        elif line.kind is LineKind.DATA:
            yield _row(plan, line.index, seen)


def _sample(plan: Plan, index: int) -> Row:
    where = (plan.header.name or plan.columns[0]).cell(index)
    problems = (Problem(text=SAMPLE, where=where),)
    return Row(
        number=index + 1,
        outcome=Outcome.REFUSED,
        problems=problems,
        values={},
        raw=_raw(plan, index),
    )


def _row(plan: Plan, index: int, seen: dict[tuple[str, str], int]) -> Row:
    values: dict[str, Value] = {}
    ranks: dict[str, int] = {}
    problems: list[Problem] = []
    for column, reader, cell in zip(plan.columns, plan.readers, plan.cells(index), strict=True):
        if cell != "":
            read = _content(cell, column, reader)
        elif index in plan.odd:
            read = _blank(plan, index, column, reader)
        else:
            continue
        if read.doubt:
            problems.append(_problem(column, index, read))
        if column.kept and read.value is not None and column.rank <= ranks.get(column.field, 999):
            values[column.field], ranks[column.field] = read.value, column.rank
    problems += _of_name(plan, index, values)
    problems += _of_dates(plan, index, values)
    problems += _twice(plan, index, values, seen)
    return Row(
        number=index + 1,
        outcome=_outcome(problems),
        problems=tuple(problems),
        values=values,
        raw=_raw(plan, index),
    )


def _content(cell: Cell, column: Column, reader: Reader) -> Read:
    if column.kept:
        return read_cell(cell, reader)
    return checked_only(cell, reader, column.kind)


def _blank(plan: Plan, index: int, column: Column, reader: Reader) -> Read:
    """A blank that may be none: a formula without its value, or a part of a merged cell.

    Words under a vertical merge hold for every line of it, figures for the first alone.
    """
    place = index, column.index
    if place in plan.sheet.unsaved:
        return UNSAVED
    top = plan.spans.get(place)
    cell = "" if top is None else plan.sheet.rows[top][column.index]
    if cell == "" or top is None or column.field == "name":
        return EMPTY
    if column.kind not in SHARED:
        return Read(None, NOT_REPEATED.format(row=top + 1))
    return _content(cell, column, reader)


def _problem(column: Column, index: int, read: Read) -> Problem:
    grave = read.lost and column.kept and column.field in ESSENTIAL
    weight = Weight.BLOCKS if grave else Weight.WARNS
    return Problem(text=read.doubt, where=column.cell(index), weight=weight)


def _of_name(plan: Plan, index: int, values: Mapping[str, Value]) -> Iterator[Problem]:
    column = plan.header.name
    if "name" in values:
        return
    where = (column or plan.columns[0]).cell(index)
    top = plan.spans.get((index, column.index)) if column else None
    yield Problem(text=NO_NAME if top is None else PART_OF_ABOVE.format(row=top + 1), where=where)


def _of_dates(plan: Plan, index: int, values: Mapping[str, Value]) -> Iterator[Problem]:
    """What is reported as done cannot lie in the future."""
    for column in plan.columns:
        if not column.kept or column.field not in ALREADY:
            continue
        value = values.get(column.field)
        if not isinstance(value, ImpreciseDate) or PLANNED.search(column.source):
            continue
        if value.first_on and value.first_on > plan.as_of:
            text = FUTURE.format(as_of=plan.as_of.isoformat())
            yield Problem(text=text, where=column.cell(index), weight=Weight.WARNS)


def _twice(
    plan: Plan, index: int, values: Mapping[str, Value], seen: dict[tuple[str, str], int]
) -> Iterator[Problem]:
    """The same project and investor in two lines of one file."""
    if "name" not in values or plan.header.name is None:
        return
    key = plain(str(values["name"])), plain(str(values.get("investor", "")))
    first = seen.setdefault(key, index)
    if first != index:
        text = TWICE.format(row=first + 1)
        yield Problem(text=text, where=plan.header.name.cell(index), weight=Weight.WARNS)


def _outcome(problems: Sequence[Problem]) -> Outcome:
    if blocking(problems):
        return Outcome.REFUSED
    return Outcome.WARNED if problems else Outcome.ACCEPTED


def _raw(plan: Plan, index: int) -> tuple[str, ...]:
    return tuple(cell if isinstance(cell, str) else spelled(cell) for cell in plan.cells(index))
