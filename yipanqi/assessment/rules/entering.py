"""Figures that are told as they are typed, pasted or uploaded: a table of holders and figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.assessment.rules.figures import read_number
from yipanqi.assessment.rules.grammar import plain, plain_name
from yipanqi.core.numbers import letters_of
from yipanqi.core.problems import Problem

TITLES = 20
"""So many rows may stand above the row of names."""

SUMS = re.compile(r"(合计|总计|小计|平均).*")
DECIMALS = 10_000


@dataclass(frozen=True)
class Cell:
    """A figure as it was read: of whom, which, how much in its unit, and where it stands."""

    holder: str
    figure: str
    value: Fraction
    where: str


@dataclass(frozen=True)
class Entered:
    """What a table says, what is wrong with it, and the columns that nobody asked for."""

    cells: tuple[Cell, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()


def value_in(text: str, unit: str) -> Fraction | str:
    """What a cell says in its unit, or why that cannot be; a percentage carries its sign."""
    value, percent = read_number(text), plain(text).strip().endswith("%")
    if value is None:
        return _("“%(text)s”不是数，没有数就留空") % {"text": text[:20]}
    if unit == "%" and not percent:
        return _("“%(text)s”要带百分号，如 96%%") % {"text": text[:20]}
    if unit != "%" and percent:
        return _("“%(text)s”不应带百分号，请写以%(unit)s为单位的数") % {
            "text": text[:20],
            "unit": unit,
        }
    value = value * 100 if percent else value
    if (value * DECIMALS).denominator != 1:
        return _("“%(text)s”最多四位小数") % {"text": text[:20]}
    return value


def read_cells(texts: Mapping[tuple[str, str], str], units: Mapping[str, str]) -> Entered:
    """What was typed into the table on the page; an empty cell says nothing."""
    cells, problems = [], []
    for (holder, figure), text in texts.items():
        where = f"{holder} {figure}"
        value = value_in(text, units[figure]) if text.strip() else None
        if isinstance(value, str):
            problems.append(Problem(text=value, where=where))
        elif value is not None:
            cells.append(Cell(holder, figure, value, where))
    return Entered(tuple(cells), tuple(problems))


def rows_in(text: str) -> list[list[str]]:
    """The rows of a table as it is pasted."""
    lines = text.replace("\r\n", "\n").split("\n")
    return [line.split("\t") if "\t" in line else plain(line).split(",") for line in lines]


def read_sheet(
    table: Sequence[Sequence[str]], units: Mapping[str, str], holders: Sequence[str]
) -> Entered:
    """A table with a row for each holder and a column for each figure, found by their names."""
    head = next(
        (n for n, row in enumerate(table[:TITLES]) if units.keys() & set(map(plain_name, row[1:]))),
        None,
    )
    if head is None:
        text = _("没有找到表头：第一列写单位，以后各列的列名要是：%(names)s")
        return Entered(problems=(Problem(text=text % {"names": "、".join(units)}),))
    names = [plain_name(cell) for cell in table[head]]
    cells: list[Cell] = []
    problems = list(_doubled(names, units))
    for number, row in enumerate(table[head + 1 :], start=head + 2):
        holder = row[0].strip() if row else ""
        if holder in holders:
            found = _row(number, row, names, units)
            cells += [Cell(holder, *one) for one in found if isinstance(one, tuple)]
            problems += [one for one in found if isinstance(one, Problem)]
        elif any(map(str.strip, row)) and SUMS.fullmatch(holder) is None:
            text = _("没有“%(holder)s”这个单位，请核对名称") % {"holder": holder}
            problems.append(Problem(text=text, where=f"A{number}"))
    unread = [name for name in names[1:] if name and name not in units]
    return Entered(tuple(cells), tuple(problems), tuple(unread))


def _doubled(names: Sequence[str], units: Mapping[str, str]) -> Iterator[Problem]:
    for name in units:
        if names.count(name) > 1:
            yield Problem(text=_("列“%(name)s”有两个，请删去一个") % {"name": name})


def _row(
    number: int, row: Sequence[str], names: Sequence[str], units: Mapping[str, str]
) -> list[tuple[str, Fraction, str] | Problem]:
    found: list[tuple[str, Fraction, str] | Problem] = []
    for place, name in enumerate(names):
        text = row[place].strip() if place < len(row) else ""
        if place and name in units and text:
            where, value = f"{letters_of(place)}{number}", value_in(text, units[name])
            wrong = isinstance(value, str)
            found.append(Problem(text=value, where=where) if wrong else (name, value, where))  # type: ignore[arg-type]  # one or the other
    return found
