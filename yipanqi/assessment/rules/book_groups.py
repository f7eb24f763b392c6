"""The page of a group: the regulation above, the live points below, the place at the right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from yipanqi.assessment.rules.book import Book, HolderCells, Page, write_helpers
from yipanqi.assessment.rules.book_ranks import write_parted, write_places
from yipanqi.assessment.rules.evaluating import Values
from yipanqi.assessment.rules.listing import totals_in
from yipanqi.assessment.rules.methods import (
    Grade,
    Item,
    MethodGroup,
    Part,
    Rounding,
    Veto,
    concerns,
)
from yipanqi.assessment.rules.names import FULL_MARKS, PLACE, TOTAL, points_of
from yipanqi.assessment.rules.ranking import parted
from yipanqi.assessment.rules.sheets import ScoredGroup, ScoredRow
from yipanqi.assessment.rules.spreadsheet import fine, to_excel

GROUP_TOP = 6


@dataclass(frozen=True)
class _Layout:
    """Which column holds what."""

    page: Page
    group: MethodGroup
    vetoes: Sequence[Veto]
    grades: Sequence[Grade]
    cells: dict[str, HolderCells]

    @property
    def parts_at(self) -> int:
        return 1 + len(self.group.items)

    @property
    def vetoes_at(self) -> int:
        return self.parts_at + len(self.group.parts)

    @property
    def total_at(self) -> int:
        return self.vetoes_at + len(self.vetoes)

    @property
    def heads(self) -> list[str]:
        """What stands above the columns behind the vetoes."""
        return ["合计", "总分", "名次", *(["等次"] if self.grades else [])]

    @property
    def parted_at(self) -> int:
        return self.total_at + len(self.heads) + 1

    def where(self, holder: str, column: int) -> str:
        """A cell of a holder as other pages call it."""
        at = self.cells[holder].own_rows[holder]
        return f"{self.page.name}!{xl_rowcol_to_cell(at, column, row_abs=True, col_abs=True)}"


def write_group(book: Book, page: Page, group: MethodGroup, scored: ScoredGroup) -> None:
    """A group with everything that its points, places and grades are made of."""
    method = book.sheet.method
    own_rows = {row.holder: GROUP_TOP + number for number, row in enumerate(scored.rows)}
    cells = {
        holder: HolderCells(page=page, holder=holder, members=[*own_rows], own_rows=own_rows)
        for holder in own_rows
    }
    layout = _Layout(
        page,
        group,
        [veto for veto in method.vetoes if concerns(veto.groups, group.group)],
        [grade for grade in method.grades if concerns(grade.groups, group.group)],
        cells,
    )
    page.first_helper = layout.parted_at + 2 * len(method.tie_break) + 2
    _tell(book, layout)
    _write_regulation(layout)
    for row in scored.rows:
        page.text(own_rows[row.holder], 0, row.holder)
        _write_points(layout, row)
        _write_parts(layout, row)
        _write_vetoes(layout, row)
        _write_total(layout, row)
        _write_grade(layout, row)
    _write_places(layout, scored)
    _write_helpers(layout)
    page.at.freeze_panes(GROUP_TOP, 1)


def _tell(book: Book, layout: _Layout) -> None:
    """Note where the points, the total and the place of everybody stand."""
    for holder in layout.cells:
        told = {
            points_of(item.item): layout.where(holder, column)
            for column, item in enumerate(layout.group.items, start=1)
        }
        for column, part in enumerate(layout.group.parts, start=layout.parts_at):
            cells = [*_of_part(layout, holder, part), layout.where(holder, column)]
            told[points_of(part.part)] = f"({'+'.join(cells)})"
        told[TOTAL] = layout.where(holder, layout.total_at)
        told[PLACE] = layout.where(holder, layout.total_at + 2)
        book.told.update({(holder, name): cell for name, cell in told.items()})


def _of_part(layout: _Layout, holder: str, part: Part) -> list[str]:
    return [
        layout.where(holder, column)
        for column, item in enumerate(layout.group.items, start=1)
        if item.part == part.part
    ]


def _write_regulation(layout: _Layout) -> None:
    page, group = layout.page, layout.group
    method = page.book.sheet.method
    year = f"（{method.year} 年）" if method.year else ""
    page.text(0, 0, f"{method.title}{year}：{group.group}", "title")
    page.at.set_row(2, 90)
    page.at.set_row(3, 60)
    for row, head in enumerate(("条款", "规定", "公式", "满分", "单位"), start=1):
        page.text(row, 0, head, "head")
    headings = [
        *((item.clause, item.says, item.formula.text, item.item) for item in group.items),
        *((part.clause, part.says, _bounds_told(part), part.part) for part in group.parts),
        *((veto.clause, veto.says, veto.formula.text, veto.veto) for veto in layout.vetoes),
    ]
    for column, (clause, says, formula, name) in enumerate(headings, start=1):
        for row, text in ((1, clause), (2, says), (3, formula)):
            page.text(row, column, text, "note")
        page.text(GROUP_TOP - 1, column, name, "head")
    for column, item in enumerate(group.items, start=1):
        if item.full is not None:
            page.number(4, column, item.full, "number")
    for column, head in enumerate(layout.heads, start=layout.total_at):
        page.text(GROUP_TOP - 1, column, head, "head")
    page.at.set_column(1, layout.total_at - 1, 16)


def _bounds_told(part: Part) -> str:
    bounds = (("不高于", part.at_most), ("不低于", part.at_least))
    return "，".join(f"{words} {bound.text}" for words, bound in bounds if bound)


def _number_format(page: Page) -> str:
    decimals = page.book.sheet.method.decimals
    return f"0.{'0' * decimals}" if decimals else "0"


def _write_points(layout: _Layout, row: ScoredRow) -> None:
    page, cells = layout.page, layout.cells[row.holder]
    for column, (item, line) in enumerate(
        zip(layout.group.items, row.lines, strict=False), start=1
    ):
        own = replace(cells, item=item.item, here={FULL_MARKS: _full(column)})
        formula = _bounded(item, to_excel(item.formula.tree, own), own)
        at = cells.own_rows[row.holder]
        page.formula(at, column, formula, line.points, _number_format(page))


def _full(column: int) -> str:
    return f"{xl_col_to_name(column)}$5"


def _bounded(bounds: Item | Part, formula: str, cells: HolderCells) -> str:
    if bounds.at_most:
        formula = f"MIN({formula},{to_excel(bounds.at_most.tree, cells)})"
    if bounds.at_least:
        formula = f"MAX({formula},{to_excel(bounds.at_least.tree, cells)})"
    return formula


def _write_parts(layout: _Layout, row: ScoredRow) -> None:
    """What the bounds of a part take or give."""
    page, cells = layout.page, layout.cells[row.holder]
    for column, part in enumerate(layout.group.parts, start=layout.parts_at):
        own = replace(cells, item=part.part)
        earned = f"({'+'.join(_of_part(layout, row.holder, part))})"
        line = row.line(part.part)
        unsaid = not isinstance(page.book.sheet.scopes[row.holder][points_of(part.part)], Fraction)
        known = None if unsaid else line.points if line else Fraction(0)
        formula = f"{_bounded(part, earned, own)}-{earned}"
        page.formula(cells.own_rows[row.holder], column, formula, known, _number_format(page))


def _write_vetoes(layout: _Layout, row: ScoredRow) -> None:
    cells = layout.cells[row.holder]
    for column, veto in enumerate(layout.vetoes, start=layout.vetoes_at):
        formula = f"IF({fine(to_excel(veto.formula.tree, cells))}<>0,1,0)"
        hit = Fraction(veto.veto in row.vetoed)
        layout.page.formula(cells.own_rows[row.holder], column, formula, hit, "0")


def _write_total(layout: _Layout, row: ScoredRow) -> None:
    """The exact total for places, and the printed one."""
    page, column = layout.page, layout.total_at
    method, at = page.book.sheet.method, layout.cells[row.holder].own_rows[row.holder]
    total = f"SUM({xl_rowcol_to_cell(at, 1)}:{xl_rowcol_to_cell(at, layout.vetoes_at - 1)})"
    if layout.vetoes:
        first, last = (xl_rowcol_to_cell(at, each) for each in (layout.vetoes_at, column - 1))
        total = f"IF(COUNTIF({first}:{last},1)>0,0,{total}+0*SUM({first}:{last}))"
    exact = "" if row.total is None else row.total
    page.formula(at, column, f'IFERROR({fine(total)},"")', exact, "General")
    here = xl_rowcol_to_cell(at, column)
    cut = "ROUNDDOWN" if method.rounding is Rounding.TRUNCATE else "ROUND"
    printed = f'IF(ISNUMBER({here}),{cut}({here},{method.decimals}),"")'
    shown = "" if row.total is None else Fraction(method.printed(row.total))
    page.formula(at, column + 1, printed, shown, _number_format(page))


def _write_grade(layout: _Layout, row: ScoredRow) -> None:
    """The first grade whose condition holds."""
    if not layout.grades:
        return
    cells, formula = layout.cells[row.holder], '""'
    for grade in reversed(layout.grades):
        name = grade.grade.replace('"', '""')
        formula = f'IF({fine(to_excel(grade.when.tree, cells))}<>0,"{name}",{formula})'
    at = cells.own_rows[row.holder]
    layout.page.formula(at, layout.total_at + 3, f'IFERROR({formula},"")', row.grade, "text")


def _write_places(layout: _Layout, scored: ScoredGroup) -> None:
    page = layout.page
    breakers = page.book.sheet.method.tie_break
    scopes = {holder: page.book.sheet.scopes[holder] for holder in layout.cells}
    steps = parted(totals_in(scopes), breakers, scopes, [])
    ranked = write_parted(page, layout.cells, layout.total_at, layout.parted_at, breakers, steps)
    known = {row.holder: row.place for row in scored.rows if row.place is not None}
    write_places(page, layout.cells, ranked, layout.total_at + 2, known)


def _write_helpers(layout: _Layout) -> None:
    """Each item has its own full marks, so its helpers are written with them."""
    page, wanted = layout.page, dict(layout.page.helpers)
    columns = {item.item: (column, item) for column, item in enumerate(layout.group.items, 1)}
    for name in dict.fromkeys(item for item, _ in wanted):
        page.helpers = {key: place for key, place in wanted.items() if key[0] == name}
        column, item = columns.get(name, (0, None))
        here = {FULL_MARKS: _full(column)} if item else {}
        cells = {h: replace(own, item=name, here=here) for h, own in layout.cells.items()}
        full = {FULL_MARKS: item.full} if item else {}
        scopes: dict[str, Values] = {
            holder: {**page.book.sheet.scopes[holder], **full} for holder in cells
        }
        write_helpers(page, cells, scopes, GROUP_TOP - 1)
