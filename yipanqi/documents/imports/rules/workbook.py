"""A workbook as plain cells, parsed outside this process."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from yipanqi.core.problems import refuse
from yipanqi.documents.imports.rules.guard import (
    MEGABYTE,
    Format,
    content_of,
    guard,
    inflated_size,
)

ROOT = Path(__file__).parents[4]
CHILD = "yipanqi.documents.imports.rules.child"
# A cell of twenty-five bytes costs the parser and us some two hundred and fifty; more is a trap.
LEAST_MEMORY, MEMORY_PER_BYTE, MOST_MEMORY = 256 * MEGABYTE, 12, 1024 * MEGABYTE
DIED = "内容过多或文件已损坏，请只留台账所在的工作表、删去空白行列、另存为 .xlsx 后再传"
TOO_SLOW = "读取用时过长，请只留台账所在的工作表，或分成几个文件后再传"

Cell = str | int | float | bool | date
Span = tuple[int, int, int, int]


@dataclass(frozen=True)
class RawSheet:
    """One sheet: its cells from A1 on (blank is ''), merged spans, and formulas saved without a value."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Span, ...] = ()
    unsaved: frozenset[tuple[int, int]] = frozenset()
    hidden: bool = False
    epoch_1904: bool = False


def read_workbook(source: Path | str | bytes, *, timeout: int = 60) -> tuple[RawSheet, ...]:
    """All sheets of a guarded file; what cannot be read in time and memory is refused."""
    data = content_of(source)
    return sheets_of(_parsed_apart(guard(data), data, timeout))


def sheets_of(answer: bytes) -> tuple[RawSheet, ...]:
    """The sheets that the child has found, or its refusal."""
    found = json.loads(answer, object_hook=_object)
    if sentence := found.get("refused"):
        raise refuse(sentence)
    return tuple(_sheet(sheet) for sheet in found["sheets"])


def _parsed_apart(form: Format, data: bytes, timeout: int) -> bytes:
    """The child's answer. It gets no name, no environment and no file but this content."""
    memory = min(MOST_MEMORY, LEAST_MEMORY + MEMORY_PER_BYTE * inflated_size(form, data))
    command = [sys.executable, "-m", CHILD, form.value, str(timeout), str(memory)]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, arguments from an enumeration
            command, input=data, capture_output=True, timeout=timeout, cwd=ROOT, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise refuse(TOO_SLOW) from None
    if child.returncode == -signal.SIGXCPU:
        raise refuse(TOO_SLOW)
    if child.returncode:
        raise refuse(DIED)
    return child.stdout


def _object(value: dict[str, Any]) -> Any:  # what JSON held
    if text := value.get("day"):
        moment = datetime.fromisoformat(text)
        return moment if "T" in text else moment.date()
    return value


def _sheet(sheet: dict[str, Any]) -> RawSheet:
    return RawSheet(
        name=sheet["name"],
        rows=tuple(map(tuple, sheet["rows"])),
        merged=tuple((top, left, low, right) for top, left, low, right in sheet.get("merged", ())),
        unsaved=frozenset((row, column) for row, column in sheet.get("unsaved", ())),
        hidden=sheet["hidden"],
        epoch_1904=sheet["epoch_1904"],
    )
