"""The container of .xls files and the few records in it that decide whether one may be read."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST_SECTOR = 0xFFFFFFFA
HEAD = 512
ENTRY = 128
ROOT = 5

EOF, FORMULA, FILEPASS, DATE_1904 = 0x000A, 0x0006, 0x002F, 0x0022
BOUND_SHEET, LINK, BOOL_OR_ERROR = 0x0085, 0x01AE, 0x0205
NUMBER, LABEL, SHARED_LABEL, RK, SEVERAL_RK = 0x0203, 0x0204, 0x00FD, 0x027E, 0x00BD
FILLED = frozenset({FORMULA, BOOL_OR_ERROR, NUMBER, LABEL, SHARED_LABEL, RK, SEVERAL_RK})
OWN_BOOK, ADD_IN = 0x0401, 0x3A01
MACRO_SHEET = 1
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class Malformed(Exception):
    """A container whose own tables lead nowhere."""


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What a compound file is and carries."""

    is_workbook: bool
    encrypted: bool
    macros: bool
    external: bool
    epoch_1904: bool


@dataclass(frozen=True)
class Marks:
    """What the parser does not tell of a sheet: which cells hold errors, and how far it reaches."""

    errors: dict[tuple[int, int], str]
    rows: int
    columns: int


@dataclass(frozen=True)
class Entry:
    """One line of the container's directory."""

    name: str
    kind: int
    start: int
    size: int


def traits_of(data: bytes) -> Traits:
    """What stands in the directory and in the first part of the workbook stream."""
    entries = {entry.name.lower() for entry in _entries(data)}
    globals_ = list(_globals(workbook_stream(data)))
    return Traits(
        is_workbook=bool(entries & {"workbook", "book"}),
        encrypted="encryptedpackage" in entries or any(code == FILEPASS for code, _ in globals_),
        macros=any(name.startswith("_vba_project") for name in entries)
        or any(
            code == BOUND_SHEET and body[5:6] == bytes([MACRO_SHEET]) for code, body in globals_
        ),
        external=any(code == LINK and _is_outside(body) for code, body in globals_),
        epoch_1904=any(code == DATE_1904 and body[:1] == b"\x01" for code, body in globals_),
    )


def marks_of(data: bytes) -> list[Marks]:
    """For each sheet in order, what its records say beyond the values that the parser shows."""
    stream = workbook_stream(data)
    starts = [
        struct.unpack_from("<I", body)[0]
        for code, body in _globals(stream)
        if code == BOUND_SHEET and len(body) >= 4
    ]
    ends = dict(pairwise([*sorted(starts), len(stream)]))
    return [_marks(stream[start : ends[start]]) for start in starts]


def _marks(part: bytes) -> Marks:
    errors: dict[tuple[int, int], str] = {}
    rows = columns = 0
    for code, body in _records(part):
        if code not in FILLED or len(body) < 6:
            continue
        row, column = struct.unpack_from("<HH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if code == SEVERAL_RK else column
        rows, columns = max(rows, row + 1), max(columns, last + 1)
        if error := _error(code, body):
            errors[row, column] = error
    return Marks(errors, rows, columns)


def _error(code: int, body: bytes) -> str:
    """The error that a cell holds, typed or computed; empty where it holds none."""
    if code == BOOL_OR_ERROR and body[7:8] == b"\x01":
        return ERRORS.get(body[6], "#N/A")
    if code == FORMULA and body[6:7] == b"\x02" and body[12:14] == b"\xff\xff":
        return ERRORS.get(body[8], "#N/A")
    return ""


def _is_outside(body: bytes) -> bool:
    return body[2:4] not in (struct.pack("<H", OWN_BOOK), struct.pack("<H", ADD_IN))


def _globals(stream: bytes) -> Iterator[tuple[int, bytes]]:
    for code, body in _records(stream):
        if code == EOF:
            return
        yield code, body


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, position)
        yield code, stream[position + 4 : position + 4 + length]
        position += 4 + length


def workbook_stream(data: bytes) -> bytes:
    """The stream with the cells; empty where there is none."""
    entries = _entries(data)
    for entry in entries:
        if entry.name.lower() in ("workbook", "book"):
            return _content(data, entry, root=entries[0])
    return b""


def _content(data: bytes, entry: Entry, *, root: Entry) -> bytes:
    """A stream's bytes; a short one lives in small sectors inside the root's stream."""
    if entry.size >= _u32(data, 56):
        return _chain(data, entry.start, _table(data), _sector_size(data), offset=1)[: entry.size]
    inside = _chain(data, root.start, _table(data), _sector_size(data), offset=1)
    small = _chain(data, _u32(data, 60), _table(data), _sector_size(data), offset=1)
    table = struct.unpack(f"<{len(small) // 4}I", small)
    return _chain(inside, entry.start, table, 64, offset=0)[: entry.size]


def _entries(data: bytes) -> list[Entry]:
    directory = _chain(data, _u32(data, 48), _table(data), _sector_size(data), offset=1)
    entries = [_entry(directory[at : at + ENTRY]) for at in range(0, len(directory), ENTRY)]
    if not entries or entries[0].kind != ROOT:
        raise Malformed
    return entries


def _entry(line: bytes) -> Entry:
    length = struct.unpack_from("<H", line, 64)[0]
    name = line[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return Entry(name, line[66], *struct.unpack_from("<II", line, 116))


def _table(data: bytes) -> tuple[int, ...]:
    """Which sector follows which."""
    size = _sector_size(data)
    listed = list(struct.unpack_from("<109I", data, 76))
    more = _chain(data, _u32(data, 68), None, size, offset=1)
    listed += struct.unpack(f"<{len(more) // 4}I", more)
    sectors = b"".join(_sector(data, number, size, offset=1) for number in listed[: _u32(data, 44)])
    return struct.unpack(f"<{len(sectors) // 4}I", sectors)


def _chain(
    data: bytes, start: int, table: tuple[int, ...] | None, size: int, *, offset: int
) -> bytes:
    """The sectors from `start` on, joined; where no table is given each one names the next at its end."""
    parts: list[bytes] = []
    number = start
    while number < LAST_SECTOR:
        if len(parts) > len(data) // size or (table is not None and number >= len(table)):
            raise Malformed
        sector = _sector(data, number, size, offset=offset)
        if table is None:
            parts.append(sector[:-4])
            number = _u32(sector, size - 4)
        else:
            parts.append(sector)
            number = table[number]
    return b"".join(parts)


def _sector(data: bytes, number: int, size: int, *, offset: int) -> bytes:
    start = (number + offset) * size
    sector = data[start : start + size]
    if not sector:
        raise Malformed
    return sector.ljust(size, b"\x00")


def _sector_size(data: bytes) -> int:
    shift = struct.unpack_from("<H", data.ljust(HEAD, b"\x00"), 30)[0]
    if shift not in (9, 12) or len(data) < HEAD:
        raise Malformed
    return 1 << int(shift)


def _u32(data: bytes, position: int) -> int:
    if len(data) < position + 4:
        raise Malformed
    return int(struct.unpack_from("<I", data, position)[0])
