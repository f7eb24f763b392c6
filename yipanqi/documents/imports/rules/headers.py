"""Where the heading of a sheet stands and what its columns are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yipanqi.documents.imports.rules.columns import Column, column_of, field_named, settled
from yipanqi.documents.imports.rules.texts import column_letters, header_text, is_blank, plain
from yipanqi.documents.imports.rules.units import Measure, Unit, units_of_line
from yipanqi.documents.imports.rules.workbook import Cell, RawSheet

SEARCHED = 50
FEWEST = 3
DEEPEST = 3
LONGEST_HEADING = 60
LONGEST_SUBHEADING = 20
LEADS = frozenset({"serial", "name"})
YEAR = re.compile(r"(?<!\d)(20\d\d)年?(?!\d)")


@dataclass(frozen=True, kw_only=True)
class Header:
    """The heading of a table: its rows (from nought), its columns, and the year its title speaks of."""

    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    year: int | None = None

    @property
    def name(self) -> Column | None:
        """The column with the names of the projects, if there is one."""
        return next((column for column in self.columns if column.field == "name"), None)

    @property
    def score(self) -> tuple[bool, int]:
        """How much this looks like a project ledger."""
        return self.name is not None, len({column.field for column in self.columns} - {""})


def recognised(row: Sequence[Cell]) -> set[str]:
    """The cells of a row that would be known headings, each name once."""
    return {
        plain(cell)
        for cell in row
        if isinstance(cell, str) and 0 < len(cell) <= LONGEST_HEADING and field_named(cell)
    }


def header_of(sheet: RawSheet) -> Header | None:
    """The heading of a sheet: the row with most known columns and the rows that belong to it."""
    scores = [len(recognised(row)) for row in sheet.rows[:SEARCHED]]
    if max(scores, default=0) < FEWEST:
        return None
    block = _block(sheet, scores.index(max(scores)))
    above = sheet.rows[: block[0]]
    columns = _columns(sheet, block, _units_above(above))
    return Header(rows=tuple(block), columns=columns, year=_year(sheet.name, above))


def _block(sheet: RawSheet, row: int) -> list[int]:
    block = [row]
    while len(block) < DEEPEST and block[0] > 0 and _is_group_row(sheet, block[0] - 1, block[0]):
        block.insert(0, block[0] - 1)
    while len(block) < DEEPEST and _is_second_row(sheet, block, block[-1] + 1):
        block.append(block[-1] + 1)
    return block


def _is_group_row(sheet: RawSheet, upper: int, lower: int) -> bool:
    """Whether a row above the heading names groups of it, and is not a title or a line of notes."""
    texts = {column: cell for column, cell in enumerate(sheet.rows[upper]) if cell != ""}
    if len(texts) < 2 or not all(isinstance(cell, str) for cell in texts.values()):
        return False
    if any(top <= upper < lower <= low for top, _, low, _ in sheet.merged):
        return True
    if any(
        field_named(str(cell)) for column, cell in texts.items() if _at(sheet, lower, column) == ""
    ):
        return True
    return len(texts) < len(sheet.rows[lower]) and not any(
        ":" in plain(str(c)) for c in texts.values()
    )


def _is_second_row(sheet: RawSheet, block: Sequence[int], lower: int) -> bool:
    """Whether the row below belongs to the heading: merged into it, or filling only its gaps."""
    if lower >= len(sheet.rows):
        return False
    if any(top <= block[-1] < lower <= low for top, _, low, _ in sheet.merged):
        return True
    texts = {column: cell for column, cell in enumerate(sheet.rows[lower]) if cell != ""}
    short = all(
        isinstance(cell, str) and len(cell) <= LONGEST_SUBHEADING for cell in texts.values()
    )
    above = {column: [_at(sheet, row, column) for row in block] for column in texts}
    gaps = [column for column, cells in above.items() if not any(cells)]
    leads = {
        column
        for row in block
        for column, cell in enumerate(sheet.rows[row])
        if isinstance(cell, str) and (found := field_named(cell)) and found[0].code in LEADS
    }
    return short and bool(gaps) and bool(leads) and not leads & set(texts)


def _at(sheet: RawSheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else ""


def _columns(
    sheet: RawSheet, block: list[int], defaults: Mapping[Measure, Unit]
) -> tuple[Column, ...]:
    width = max(len(row) for row in sheet.rows)
    grid = {row: _headings(sheet, row, block, width) for row in block}
    columns = []
    for index in range(width):
        parts: list[str] = []
        for row in block:
            text = grid[row][index]
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        if parts:
            columns.append(column_of(index, parts, defaults))
        elif any(
            not is_blank(row[index]) for row in sheet.rows[block[-1] + 1 :] if index < len(row)
        ):
            columns.append(
                Column(index=index, source="", label=f"{column_letters(index)}列没有列名")
            )
    return settled(columns)


def _headings(sheet: RawSheet, row: int, block: list[int], width: int) -> list[str]:
    """The headings of one row, each written into every column and row that it spans."""
    texts = [header_text(str(_at(sheet, row, column))) for column in range(width)]
    spans = [span for span in sheet.merged if span[0] <= row <= span[2] and span[0] in block]
    for top, left, _, right in spans:
        for column in range(left, min(right + 1, width)):
            texts[column] = header_text(str(_at(sheet, top, left)))
    if row != block[-1] and not sheet.merged:
        for column in range(1, width):
            if not texts[column] and _at(sheet, row + 1, column) != "":
                texts[column] = texts[column - 1]
    return texts


def _units_above(rows: Sequence[Sequence[Cell]]) -> dict[Measure, Unit]:
    units: dict[Measure, Unit] = {}
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and cell:
                units |= units_of_line(cell)
    return units


def _year(name: str, rows: Sequence[Sequence[Cell]]) -> int | None:
    """The one year that the title speaks of."""
    texts = [name, *(cell for row in rows for cell in row if isinstance(cell, str))]
    years = {int(year) for text in texts for year in YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None
