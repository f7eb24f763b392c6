"""Live places on a page of a workbook: equals parted by further columns, then ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell

from yipanqi.assessment.rules.book import HolderCells, Page, column_range
from yipanqi.assessment.rules.methods import Ties
from yipanqi.assessment.rules.nodes import Formula
from yipanqi.assessment.rules.ranking import Step
from yipanqi.assessment.rules.spreadsheet import fine, to_excel

Cells = Mapping[str, HolderCells]


@dataclass(frozen=True)
class Ranked:
    """A column by which holders are ranked, and whether the high values are the first places."""

    column: int
    high_first: bool = True

    def from_below(self) -> "Ranked":
        """The same counted from the other end."""
        return Ranked(self.column, not self.high_first)


def write_places(
    page: Page, cells: Cells, ranked: Ranked, column: int, known: Mapping[str, int]
) -> None:
    """The place of each row by a column of numbers; a row without a number has none."""
    values = _column(cells, ranked.column)
    for holder, own in cells.items():
        at = own.own_rows[holder]
        here = xl_rowcol_to_cell(at, ranked.column)
        formula = f"RANK({here},{values},{0 if ranked.high_first else 1})"
        if page.book.sheet.method.ties is Ties.DENSE:
            better = ">" if ranked.high_first else "<"
            equal = f"COUNTIF({values},{values})"
            formula = f"SUMPRODUCT(ISNUMBER({values})*({values}{better}{here})/{equal})+1"
        place = Fraction(known[holder]) if holder in known else ""
        page.formula(at, column, f'IF(ISNUMBER({here}),{formula},"")', place, "0")


def write_parted(
    page: Page, cells: Cells, start: int, first: int, breakers: Sequence[Formula], steps: list[Step]
) -> Ranked:
    """Columns from `first` on that part equals; what the places are ranked by in the end."""
    if not breakers:
        return Ranked(start)
    totals = _column(cells, start)
    for holder, own in cells.items():
        at = own.own_rows[holder]
        here = xl_rowcol_to_cell(at, start)
        formula = f'IF(ISNUMBER({here}),RANK({here},{totals},0),"")'
        page.formula(at, first, formula, _known(steps[0].ranks.get(holder)), "helper")
    for number, (breaker, step) in enumerate(zip(breakers, steps[1:], strict=True)):
        column = first + 1 + 2 * number
        _write_compared(page, cells, column, breaker, step, begun=not number)
        _write_ranks(page, cells, column + 1, step)
    return Ranked(first + 2 * len(breakers), high_first=False)


def _write_compared(
    page: Page, cells: Cells, column: int, breaker: Formula, step: Step, *, begun: bool
) -> None:
    """What equals have to show; nothing where there are none, or none that can be parted."""
    ranks = _column(cells, column - 1)
    for holder, own in cells.items():
        at = own.own_rows[holder]
        tied = f"COUNTIF({ranks},{xl_rowcol_to_cell(at, column - 1)})>1"
        if not begun:
            tied = f"AND({tied},{_unparted(cells, at, column - 2)}=0)"
        shown = f'IFERROR({fine(to_excel(breaker.tree, own))},"")'
        value = step.values[holder]
        known = "" if value is None else value
        page.formula(at, column, f'IF({tied},{shown},"")', known, "helper")


def _write_ranks(page: Page, cells: Cells, column: int, step: Step) -> None:
    """The ranks after a comparison."""
    ranks, values = _column(cells, column - 2), _column(cells, column - 1)
    for holder, own in cells.items():
        at = own.own_rows[holder]
        rank, value = (xl_rowcol_to_cell(at, each) for each in (column - 2, column - 1))
        more = f"SUMPRODUCT(({ranks}={rank})*ISNUMBER({values})*({values}>{value}))"
        parting = f"IF({_unparted(cells, at, column - 1)}>0,0,{more})"
        formula = f'IF(ISNUMBER({rank}),{rank}+{parting},"")'
        page.formula(at, column, formula, _known(step.ranks.get(holder)), "helper")


def _unparted(cells: Cells, at: int, column: int) -> str:
    """How many of a row's equals have nothing to show in a column."""
    ranks, values = _column(cells, column - 1), _column(cells, column)
    return f"SUMPRODUCT(({ranks}={xl_rowcol_to_cell(at, column - 1)})*(1-ISNUMBER({values})))"


def _column(cells: Cells, column: int) -> str:
    return column_range(column, [own.own_rows[holder] for holder, own in cells.items()])


def _known(rank: int | None) -> Fraction | str:
    return "" if rank is None else Fraction(rank)
