"""Tables of an official paper: thin lines, a head on every page, rows that never break."""

from collections.abc import Iterator

from yipanqi.documents.papers.rules.columns import CELL_MARGIN, Laid, laid_out
from yipanqi.documents.papers.rules.layout import points
from yipanqi.documents.papers.rules.markup import Element, borders, paragraph, run, w
from yipanqi.documents.papers.rules.paper import Table

ROW_HEIGHT = 420
HAIRLINE = (4, 0)
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table_elements(table: Table, *, room: int) -> Iterator[Element]:
    """A table with its title, unit and notes, as wide as the type area."""
    if table.title:
        yield paragraph("TableTitle", run(table.title))
    if table.unit:
        yield paragraph("TableUnit", run(f"单位：{table.unit}"))
    columns = laid_out(table, room=room)
    grid = w("tblGrid", *(w("gridCol", w=laid.width) for laid in columns))
    yield w("tbl", _properties(room), grid, *_head(table, columns), *_lines(table, columns))
    for note in table.notes:
        yield paragraph("TableNote", run(note))
    yield paragraph("Gap", more=(w("spacing", before=points(8)),))


def _properties(room: int) -> Element:
    margins = (w(side, w=CELL_MARGIN, type="dxa") for side in ("left", "right"))
    return w(
        "tblPr",
        w("tblW", w=room, type="dxa"),
        w("jc", val="center"),
        borders("tblBorders", dict.fromkeys(SIDES, HAIRLINE)),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *margins),
    )


def _head(table: Table, columns: tuple[Laid, ...]) -> Iterator[Element]:
    """One row of column titles; two where columns stand under a common head."""
    if any(laid.column.group for laid in columns):
        yield _head_row(_upper_heads(table, columns))
        yield _head_row(_lower_heads(columns))
    else:
        yield _head_row(_head_cell(laid.column.title, laid.width) for laid in columns)


def _upper_heads(table: Table, columns: tuple[Laid, ...]) -> Iterator[Element]:
    place = 0
    for group, members in table.grouped:
        width = sum(laid.width for laid in columns[place : place + len(members)])
        place += len(members)
        if group:
            yield _head_cell(group, width, w("gridSpan", val=len(members)))
        else:
            yield _head_cell(members[0].title, width, w("vMerge", val="restart"))


def _lower_heads(columns: tuple[Laid, ...]) -> Iterator[Element]:
    for laid in columns:
        if laid.column.group:
            yield _head_cell(laid.column.title, laid.width)
        else:
            yield _head_cell("", laid.width, w("vMerge"))


def _head_row(cells: Iterator[Element]) -> Element:
    return w("tr", w("trPr", w("cantSplit"), _height(), w("tblHeader")), *cells)


def _head_cell(title: str, width: int, *merge: Element) -> Element:
    return w("tc", _cell_properties(width, *merge), paragraph("TableHead", run(title)))


def _lines(table: Table, columns: tuple[Laid, ...]) -> Iterator[Element]:
    """All lines, complete or not; the last three and the notes turn the page together."""
    last = len(table.lines) - 1
    for place, line in enumerate(table.lines):
        padded = (*line, *[""] * (len(columns) - len(line)))
        style = "TableTotal" if table.total and place == last else "TableText"
        stays = last - 3 < place < last or bool(table.notes and place == last)
        pairs = zip(columns, padded, strict=False)
        cells = (_cell(laid, cell, style, keep_next=stays) for laid, cell in pairs)
        yield w("tr", w("trPr", w("cantSplit"), _height()), *cells)


def _cell(laid: Laid, cell: str, style: str, *, keep_next: bool) -> Element:
    kept = (w("keepNext"),) if keep_next else ()
    text = paragraph(style, run(cell), more=(*kept, w("jc", val=laid.align)))
    return w("tc", _cell_properties(laid.width), text)


def _height() -> Element:
    return w("trHeight", val=ROW_HEIGHT, hRule="atLeast")


def _cell_properties(width: int, *merge: Element) -> Element:
    return w("tcPr", w("tcW", w=width, type="dxa"), *merge, w("vAlign", val="center"))
