"""How wide a table's columns are and how their cells stand."""

from dataclasses import dataclass

from yipanqi.documents.papers.rules.layout import SIZE_5, SIZE_SMALL_4, points
from yipanqi.documents.papers.rules.paper import Column, Kind, Table
from yipanqi.documents.papers.rules.text import ems

CELL_MARGIN = 57
# Figures and Latin of other faces run wider than half a Chinese character.
SPARE = 1.12
# In characters: what a head needs before it wraps, what a column has at least and wants at most,
# up to where a text is short and stands in the middle, up to where it is never wrapped.
HEAD, LEAST, MOST, SHORT, FIRM = 4, 2.5, 20, 6, 10


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A column with its width in twips and the way its cells stand."""

    column: Column
    width: int
    align: str


def laid_out(table: Table, *, room: int) -> tuple[Laid, ...]:
    """The room by what the cells need; figures and short words stay whole, long ones give way."""
    longest = [_longest(table, place) for place in range(len(table.columns))]
    pairs = list(zip(table.columns, longest, strict=True))
    needs = _squeezed(
        [_need(column, letters) for column, letters in pairs],
        [column.kind is Kind.TEXT and letters > FIRM for column, letters in pairs],
        room=room,
    )
    widths = [int(need * room / sum(needs)) for need in needs]
    widths[-1] = room - sum(widths[:-1])
    return tuple(
        Laid(column=column, width=width, align=_align(column, letters))
        for (column, letters), width in zip(pairs, widths, strict=True)
    )


def _longest(table: Table, place: int) -> float:
    return max([LEAST, *(ems(line[place]) for line in table.lines if place < len(line))])


def _need(column: Column, letters: float) -> float:
    """Twips for the longest cell and for the head, which may wrap."""
    head = min(ems(column.title), HEAD) * points(SIZE_SMALL_4)
    wanted = min(letters, MOST) if column.kind is Kind.TEXT else letters
    return max(head, wanted * SPARE * points(SIZE_5)) + 4 * CELL_MARGIN


def _squeezed(needs: list[float], gives_way: list[bool], *, room: int) -> list[float]:
    """Too wide a table is paid for by its long texts, as long as a third is left to them."""
    loose = sum(need for need, gives in zip(needs, gives_way, strict=True) if gives)
    firm = sum(needs) - loose
    if not (loose and sum(needs) > room > firm + loose / 3):
        return needs
    share = (room - firm) / loose
    return [need * share if gives else need for need, gives in zip(needs, gives_way, strict=True)]


def _align(column: Column, letters: float) -> str:
    """Figures to the right, ranks and short words in the middle, long text to the left."""
    if column.kind is Kind.NUMBER:
        return "right"
    return "center" if column.kind is Kind.RANK or letters <= SHORT else "left"
