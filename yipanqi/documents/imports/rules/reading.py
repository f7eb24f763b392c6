"""A whole ledger, read: what every column means and what became of every row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from yipanqi.core.problems import Problem, Weight, refuse
from yipanqi.documents.imports.rules.columns import MEASURES, Column
from yipanqi.documents.imports.rules.fields import Kind
from yipanqi.documents.imports.rules.headers import Header, header_of
from yipanqi.documents.imports.rules.lines import Line, LineKind, lines_of
from yipanqi.documents.imports.rules.rows import Row, plan_of, rows_of
from yipanqi.documents.imports.rules.texts import plain
from yipanqi.documents.imports.rules.totals import Total, totals_of
from yipanqi.documents.imports.rules.units import unit_named
from yipanqi.documents.imports.rules.workbook import RawSheet, read_workbook

QUALIFIES = 0.6

NO_HEADER = "没有找到表头，请保留写有“项目名称”“投资方”“总投资”等列名的一行后再传"
NO_SUCH_SHEET = "没有名为“{sheet}”的工作表，请从{names}里选一张"
TWO_HEADERS = "第{first}行和第{second}行各有一个不同的表头，请拆成两张工作表后再传"
NO_NAME_COLUMN = "没有“项目名称”这一列，请补上列名后再传"
NO_ROWS = "表头以下没有数据"
OTHER_SHEET = "工作表“{other}”也像台账，这次只读了“{sheet}”，需要时请另选"
NO_UNIT = "“{source}”没有写单位，请在列名里写明（如“万元”）"
UNKNOWN_COLUMNS = "这些列没有对应的项目字段，内容随原文件保留：{names}"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a ledger says, sheet, columns, rows and totals, each with what is doubtful about it."""

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    problems: tuple[Problem, ...]

    def json(self) -> dict[str, Any]:
        """The same in plain lists and words."""
        return {
            "sheet": self.sheet,
            "header_rows": list(self.header_rows),
            "columns": [_column(column) for column in self.columns],
            "rows": [
                {"row": row.number, "outcome": row.outcome.value, "problems": _told(row.problems)}
                for row in self.rows
            ],
            "totals": [
                {"cell": total.cell, "printed": total.printed, "computed": total.computed}
                for total in self.totals
            ],
            "problems": _told(self.problems),
        }


def _column(column: Column) -> dict[str, Any]:
    return {
        "source": column.source,
        "field": column.field,
        "unit": column.unit.name if column.unit else "",
        "kept": column.kept,
        "label": column.label,
    }


def _told(problems: Sequence[Problem]) -> list[dict[str, str]]:
    return [{"cell": problem.where, "text": problem.text} for problem in problems]


def read_ledger(
    path: Path | str | bytes,
    *,
    kind: str | None,
    as_of: date,
    sheet: str | None = None,
    units: Mapping[str, str] | None = None,
) -> Reading:
    """Read the ledger in a file; only a file without one is refused as a whole.

    `kind` is what the sender calls it (在谈, 签约) and decides between two sheets that both qualify;
    `sheet` names one outright; `units` answers a doubt about a column's unit by its heading.
    """
    sheets = read_workbook(path)
    candidates = _candidates(sheets, sheet)
    chosen, header = max(candidates, key=lambda pair: _preference(pair[0], pair[1], kind))
    header = _answered(header, units or {})
    lines = lines_of(chosen, header)
    _refuse_second_header(header, lines)
    rows = tuple(rows_of(plan_of(chosen, header, as_of), lines))
    others = [each for each in candidates if each[0] is not chosen]
    return Reading(
        sheet=chosen.name,
        header_rows=tuple(row + 1 for row in header.rows),
        columns=header.columns,
        rows=rows,
        totals=totals_of(chosen, header, lines),
        problems=tuple(_problems(chosen, header, rows, others)),
    )


def _candidates(sheets: Sequence[RawSheet], wanted: str | None) -> list[tuple[RawSheet, Header]]:
    if wanted is not None and wanted not in {sheet.name for sheet in sheets}:
        names = "、".join(f"“{sheet.name}”" for sheet in sheets)
        raise refuse(NO_SUCH_SHEET.format(sheet=wanted, names=names))
    chosen = [sheet for sheet in sheets if wanted in (None, sheet.name)]
    found = [(sheet, header) for sheet in chosen if (header := header_of(sheet))]
    if not found:
        raise refuse(NO_HEADER)
    return found


def _preference(sheet: RawSheet, header: Header, kind: str | None) -> tuple[bool, bool, bool, int]:
    """A sheet in sight, with project names, of the kind that the sender named, and with most columns."""
    named, known = header.score
    above = [cell for row in sheet.rows[: header.rows[0]] for cell in row if isinstance(cell, str)]
    of_kind = bool(kind) and any(str(kind) in text for text in (sheet.name, *above))
    return named, not sheet.hidden, of_kind, known


def _answered(header: Header, units: Mapping[str, str]) -> Header:
    """The same heading with the units that a person has given for columns without one."""
    answers = {plain(source): unit_named(unit) for source, unit in units.items()}
    columns = []
    for column in header.columns:
        unit = answers.get(plain(column.source))
        fits = unit is not None and unit.measure is MEASURES.get(column.kind)
        columns.append(replace(column, unit=unit) if fits and not column.unit else column)
    return replace(header, columns=tuple(columns))


def _refuse_second_header(header: Header, lines: Sequence[Line]) -> None:
    for line in lines:
        if line.kind is LineKind.OTHER_HEADING:
            text = TWO_HEADERS.format(first=header.rows[0] + 1, second=line.index + 1)
            raise refuse(text, where=f"A{header.rows[0] + 1}、A{line.index + 1}")


def _problems(
    sheet: RawSheet, header: Header, rows: Sequence[Row], others: Sequence[tuple[RawSheet, Header]]
) -> Iterator[Problem]:
    """What there is to say about the sheet as a whole."""
    top = f"A{header.rows[-1] + 1}"
    if header.name is None:
        yield Problem(text=NO_NAME_COLUMN, where=top)
    if not rows:
        yield Problem(text=NO_ROWS, where=top, weight=Weight.WARNS)
    for other, heading in others:
        if heading.name and heading.score[1] >= QUALIFIES * header.score[1]:
            text = OTHER_SHEET.format(other=other.name, sheet=sheet.name)
            yield Problem(text=text, weight=Weight.WARNS)
    for column in header.columns:
        if column.kept and column.kind in (Kind.MONEY, Kind.AREA) and column.unit is None:
            where = column.cell(header.rows[-1])
            text = NO_UNIT.format(source=column.source)
            yield Problem(text=text, where=where, weight=Weight.WARNS)
    if unknown := [column.source or column.label for column in header.columns if not column.field]:
        text = UNKNOWN_COLUMNS.format(names="、".join(unknown))
        yield Problem(text=text, where=top, weight=Weight.WARNS)
