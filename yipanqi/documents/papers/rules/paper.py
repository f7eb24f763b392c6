"""An official paper in the form of a 文件, as it is before anyone thinks of pages and fonts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Literal

from yipanqi.documents.papers.rules.text import heading_number


class Kind(StrEnum):
    """What a table's column holds, which says how it is set."""

    TEXT = "text"
    NUMBER = "number"
    RANK = "rank"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading within the text; its number follows from its place (7.3.3)."""

    level: Literal[1, 2, 3, 4]
    text: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure the text states, so that it can be held against the tables.

    `name` is a column's name, or a table's when rows are counted; `row` names the line and is
    empty for the total.
    """

    name: str
    shown: str
    row: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph of the text; `lead` stands before it in bold, as names do in a list."""

    text: str
    lead: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column; neighbours of one `group` share a head, `sums` promises that parts make the total."""

    title: str
    kind: Kind = Kind.TEXT
    group: str = ""
    name: str = ""
    sums: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of printed cells; `total` is its last, bold row (合计)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    title: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False
    name: str = ""

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """All lines below the head, the total last."""
        return (*self.rows, self.total) if self.total else self.rows

    @property
    def kinds(self) -> tuple[tuple[tuple[str, Kind], ...], ...]:
        """The cells of each row, each with what its column holds."""
        held = [column.kind for column in self.columns]
        return tuple(tuple(zip(row, held, strict=False)) for row in self.rows)

    @property
    def grouped(self) -> tuple[tuple[str, tuple[Column, ...]], ...]:
        """The columns by their common head; a column without one stands alone."""
        keyed = groupby(enumerate(self.columns), key=lambda pair: pair[1].group or str(pair[0]))
        runs = (tuple(column for _, column in run) for _, run in keyed)
        return tuple((run[0].group, run) for run in runs)


Block = Heading | Paragraph | Table


@dataclass(frozen=True, kw_only=True)
class Annex:
    """What is bound behind the text, under its own title, on a new page (7.3.7)."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def landscape(self) -> bool:
        """Whether a wide table turns the page."""
        return any(isinstance(block, Table) and block.landscape for block in self.blocks)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A 文件 (通报) with all its parts in the order of GB/T 9704—2012, clause 7."""

    organ: str
    number: str
    title: str
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    signed_by: str
    dated: date
    annexes: tuple[Annex, ...] = ()
    note: str = ""
    copied_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None

    @property
    def mark(self) -> str:
        """The red name at the head (发文机关标志): the organ's name and 文件 (7.2.4)."""
        return self.organ if self.organ.endswith("文件") else f"{self.organ}文件"

    @property
    def listed_annexes(self) -> tuple[tuple[str, str], ...]:
        """Number and title of each annex as the text names it; one alone has no number (7.3.4)."""
        alone = len(self.annexes) == 1
        return tuple(
            ("" if alone else f"{place}.", annex.title)
            for place, annex in enumerate(self.annexes, 1)
        )

    @property
    def annex_marks(self) -> tuple[str, ...]:
        """What stands at the top left of each annex; one alone has no number (7.3.7): 附件1."""
        alone = len(self.annexes) == 1
        return tuple(
            "附件" if alone else f"附件{place}" for place in range(1, len(self.annexes) + 1)
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, each under the title it is known by: its own or its annex's."""
        homes = [("", self.blocks), *((annex.title, annex.blocks) for annex in self.annexes)]
        return tuple(
            replace(block, title=block.title or home)
            for home, blocks in homes
            for block in blocks
            if isinstance(block, Table)
        )

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        """Text and annexes in the order of reading."""
        return (*self.blocks, *(block for annex in self.annexes for block in annex.blocks))


def numbered(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, str]]:
    """Each block with its heading's number; a heading starts the levels below it anew (7.3.3)."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            yield block, heading_number(block.level, counts[block.level - 1])
        else:
            yield block, ""
