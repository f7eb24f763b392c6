"""The figures that a method is applied to: one row a holder."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from yipanqi.assessment.rules.grammar import plain, plain_name
from yipanqi.assessment.rules.marked import to_number
from yipanqi.assessment.rules.methods import Figure, Method
from yipanqi.assessment.rules.names import GROUP_COLUMN
from yipanqi.assessment.rules.parsing import nearest
from yipanqi.core.problems import Problem, Refused

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?%?")
_BETWEEN_HOLDERS = re.compile(r"[、，,;；|\n]")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A holder, its group, its figures by name (None is missing), its lists of other holders.

    `added` are the rows of others whose figures are in these.
    """

    holder: str
    group: str = ""
    values: Mapping[str, Fraction | None] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    added: "tuple[Row, ...]" = ()


Figures = tuple[Row, ...]
Table = Sequence[Sequence[str]]


def holders_in(text: str) -> tuple[str, ...]:
    """The holders named in a text: 青山镇、柳河镇."""
    return tuple(part.strip() for part in _BETWEEN_HOLDERS.split(text) if part.strip())


def read_number(text: str) -> Fraction | None:
    """A number as tables have it: 12,500 or 86.6%; none where the text is no number."""
    ready = plain(text).strip()
    return to_number(ready.replace(",", "") if _THOUSANDS.fullmatch(ready) else ready)


def read_figures_table(table: Table, method: Method) -> Figures:
    """The rows of a table for a method, or a refusal that names each wrong cell."""
    filled = [
        (number, row) for number, row in enumerate(table, start=1) if any(map(str.strip, row))
    ]
    if not filled:
        raise Refused([Problem(text="表是空的。第一行写列名，以下每行一个单位。")])
    (_, header), *rows = filled
    columns = [plain_name(cell) for cell in header]
    problems = [*_problems_of_header(columns, method)]
    if problems:
        raise Refused(problems)
    figures = tuple(_row(number, row, columns, method, problems) for number, row in rows)
    problems.extend(problems_of_rows(figures, method))
    if problems:
        raise Refused(problems)
    return figures


def _problems_of_header(columns: Sequence[str], method: Method) -> list[Problem]:
    given = [figure.name for figure in method.figures if figure.is_given]
    known = [*given, GROUP_COLUMN]
    problems = []
    for number, column in enumerate(columns[1:], start=2):
        where = f"第 1 行第 {number} 列"
        if column and column not in known:
            hint = nearest(column, known) or f"办法里有：{'、'.join(given)}。"
            problems.append(Problem(where=where, text=f"办法里没有指标“{column}”。{hint}"))
        elif column and column in columns[1 : number - 1]:
            problems.append(Problem(where=where, text=f"列“{column}”有两个。请删去一个。"))
    for name in given:
        if name not in columns[1:]:
            text = f"缺列“{name}”。请加上这一列；没有数的单元格留空。"
            problems.append(Problem(where="第 1 行", text=text))
    return problems


def _row(
    number: int, row: Sequence[str], columns: Sequence[str], method: Method, problems: list[Problem]
) -> Row:
    cells = dict(zip(columns[1:], map(str.strip, row[1:]), strict=False))
    if any(map(str.strip, row[len(columns) :])):
        problems.append(Problem(where=f"第 {number} 行", text="比表头多出几格。请核对列。"))
    if not row[0].strip():
        problems.append(Problem(where=f"第 {number} 行第 1 列", text="没有单位名称。请补上。"))
    values, texts = {}, {}
    for figure in (figure for figure in method.figures if figure.is_given):
        text = cells.get(figure.name, "")
        if figure.lists_holders:
            texts[figure.name] = text
        else:
            where = f"第 {number} 行“{figure.name}”列"
            values[figure.name] = _value(text, where, figure, problems)
    holder = row[0].strip()
    group = cells.get(GROUP_COLUMN, "") or _group_of(method, holder)
    return Row(holder=holder, group=group, values=values, texts=texts)


def _value(text: str, where: str, figure: Figure, problems: list[Problem]) -> Fraction | None:
    value = read_number(text)
    if value is None and text:
        unit = f"（单位：{figure.unit}）" if figure.unit else ""
        remedy = f"请只写数{unit}，没有数就留空。"
        problems.append(Problem(where=where, text=f"“{text[:40]}”不是数。{remedy}"))
    return value


def _group_of(method: Method, holder: str) -> str:
    """The group that names a holder, or the only one there is."""
    named = [group.group for group in method.groups if holder in group.units]
    return named[0] if named else method.groups[0].group if len(method.groups) == 1 else ""


def problems_of_rows(figures: Figures, method: Method) -> list[Problem]:
    """Holders that stand twice, and rows without a group of the method."""
    groups = [group.group for group in method.groups]
    seen: set[str] = set()
    problems = []
    for row in figures:
        if row.holder and row.holder in seen:
            text = f"单位“{row.holder}”出现两次。请合并或删去一行。"
            problems.append(Problem(where=row.holder, text=text))
        seen.add(row.holder)
        if row.group not in groups and row.holder not in method.stated_totals | method.merged:
            text = (
                f"没有分组“{row.group}”。可以写：{'、'.join(groups)}。"
                if row.group
                else f"没有写分组。请加“{GROUP_COLUMN}”列，可以写：{'、'.join(groups)}。"
            )
            problems.append(Problem(where=row.holder, text=text))
    return problems
