"""What a workbook's own markup tells and its parser does not: unsaved formulas, errors, far cells, merges."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from posixpath import join, normpath
from typing import IO
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

MAX_ROWS = 50_000
MAX_COLUMNS = 200
BLOCK = 1024 * 1024
UNENDING = 8 * BLOCK

SHEET = re.compile(r"<(?:\w{1,20}:)?sheet\s([^>]*)>")
RELATION = re.compile(r"<(?:\w{1,20}:)?Relationship\s([^>]*)>")
ATTRIBUTE = re.compile(r'([\w:]{1,40})\s*=\s*"([^"]*)"')
EPOCH_1904 = re.compile(r'date1904\s*=\s*"(?:1|true)"')

# Every repeat is bounded and ends at the next tag: a hostile sheet must not make these slow.
P = rb"(?:\w{1,8}:)?"
INSIDE = rb"[^<>]{0,400}"
FORMULA = rb"<" + P + rb"f\b" + INSIDE + rb"(?:/>|>[^<]{0,9000}</" + P + rb"f>)\s{0,99}"
FAR = re.compile(
    rb' r="([A-Z]{3}|[H-Z][A-Z]|G[S-Z]|[A-Z]{1,2}(?=[5-9][0-9]{4}|[1-9][0-9]{5}))([0-9]{1,7})"'
    + INSIDE
    + rb"(?<!/)>(?!</)"
)
ERROR = re.compile(
    rb"<" + P + rb'c\s([^<>]{0,200}?\bt="e"[^<>]{0,200})>\s{0,99}'
    rb"(?:" + FORMULA + rb")?<" + P + rb"v>(#[A-Z0-9_/!?]{1,20})<"
)
UNSAVED = re.compile(
    rb"<"
    + P
    + rb"c\s([^<>]{0,400})>\s{0,99}"
    + FORMULA
    + rb"(?:<"
    + P
    + rb"v\s?/>|<"
    + P
    + rb"v></|</)"
)
NOWHERE = (-1, -1)
PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')

Cell = tuple[int, int]
Span = tuple[int, int, int, int]


class TooFar(Exception):
    """A sheet with content beyond what a ledger can be."""


@dataclass
class Marks:
    """What stands in a sheet's markup beside its values; rows and columns count from nought."""

    errors: dict[Cell, str] = field(default_factory=dict)
    unsaved: set[Cell] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)


def column_number(letters: str) -> int:
    """The number of a column, from nought: A is 0, AP is 41."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def is_1904(archive: ZipFile) -> bool:
    """Whether a workbook counts its days from 1904, as old Macintosh files do."""
    return bool(EPOCH_1904.search(archive.read("xl/workbook.xml").decode("utf-8", "replace")))


def marks_of_xlsx(archive: ZipFile) -> dict[str, Marks]:
    """Marks by sheet name, read as a stream."""
    members = set(archive.namelist())
    marks = {}
    for name, path in _sheet_paths(archive).items():
        if path in members:
            with archive.open(path) as stream:
                marks[name] = _marks(stream)
    return marks


def _sheet_paths(archive: ZipFile) -> dict[str, str]:
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _attributes(RELATION, archive, "xl/_rels/workbook.xml.rels")
    }
    return {
        unescape(sheet.get("name", "")): normpath(
            join("/xl", targets.get(sheet.get("r:id", ""), "absent"))
        ).lstrip("/")
        for sheet in _attributes(SHEET, archive, "xl/workbook.xml")
    }


def _attributes(pattern: re.Pattern[str], archive: ZipFile, path: str) -> Iterator[dict[str, str]]:
    for found in pattern.findall(archive.read(path).decode("utf-8", "replace")):
        yield dict(ATTRIBUTE.findall(found))


def _marks(stream: IO[bytes]) -> Marks:
    marks = Marks()
    for block in _blocks(stream):
        for found in FAR.finditer(block):
            if int(found[2]) > MAX_ROWS or column_number(found[1].decode()) >= MAX_COLUMNS:
                raise TooFar(f"{found[1].decode()}{found[2].decode()}")
        if b't="e"' in block:
            for found in ERROR.finditer(block):
                marks.errors[_cell(found[1])] = found[2].decode()
        if b"<f" in block or b":f" in block:
            # A formula that yields no text is saved as t="str" with an empty value: that one is computed.
            unsaved = (found[1] for found in UNSAVED.finditer(block) if b't="str"' not in found[1])
            marks.unsaved.update(map(_cell, unsaved))
    marks.unsaved.discard(NOWHERE)
    return marks


def _cell(attributes: bytes) -> Cell:
    place = PLACE.search(attributes)
    return (int(place[2]) - 1, column_number(place[1].decode())) if place else NOWHERE


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """The markup in pieces that end with a row, so that no cell is cut in two."""
    rest = b""
    while piece := stream.read(BLOCK):
        rest += piece
        end = rest.rfind(b"row>") + 4
        if end < 4 and len(rest) < UNENDING:
            continue
        end = end if end >= 4 else len(rest)
        yield rest[:end]
        rest = rest[end:]
    yield rest


def marks_of_ods(content: IO[bytes]) -> dict[str, Marks]:
    """Marks by sheet name of an OpenDocument sheet, whose parser tells neither merges nor errors."""
    marks: dict[str, Marks] = {}
    current, row = Marks(), 0
    for event, element in iterparse(content, ("start", "end")):  # noqa: S314 - guarded: no declarations
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "table":
            current, row = marks.setdefault(_of(element, "name"), Marks()), 0
        elif event == "end" and tag == "table-row":
            repeated = int(_of(element, "number-rows-repeated") or 1)
            if _note_row(current, element, row) and row + repeated > MAX_ROWS:
                raise TooFar(f"第{row + repeated}行")
            row += repeated
            element.clear()
    return marks


def _note_row(marks: Marks, line: Element, row: int) -> bool:
    """Enter what is remarkable in one OpenDocument row; whether there is anything in it."""
    column, filled = 0, False
    for cell in line:
        repeated = int(_of(cell, "number-columns-repeated") or 1)
        if len(cell):
            filled = True
            if column + repeated > MAX_COLUMNS:
                raise TooFar(f"第{column + repeated}列")
            _note_cell(marks, cell, row, column)
        column += repeated
    return filled


def _note_cell(marks: Marks, cell: Element, row: int, column: int) -> None:
    if "error" in cell.attrib.values():
        marks.errors[row, column] = "".join(cell.itertext()) or "#N/A"
    down, across = (int(_of(cell, f"number-{way}-spanned") or 1) for way in ("rows", "columns"))
    if down > 1 or across > 1:
        marks.merged.append((row, column, row + down - 1, column + across - 1))


def _of(element: Element, attribute: str) -> str:
    """An attribute by its local name."""
    return next(
        (value for key, value in element.attrib.items() if key.rpartition("}")[2] == attribute), ""
    )
