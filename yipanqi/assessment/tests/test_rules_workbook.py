"""The exported workbook gives the same points when a spreadsheet program computes it anew."""

import io
import re
import shutil
import subprocess
import zipfile
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.shelf import FOLDERS, METHODS
from yipanqi.assessment.rules import (
    Listed,
    ScoredRow,
    Sheet,
    read_figures_table,
    read_method,
    read_table,
    score,
    to_workbook,
)
from yipanqi.assessment.rules.workbook import add_live_pages
from yipanqi.assessment.tests.generated import generated_sheets


def without_cached_values(content: bytes) -> bytes:
    """The workbook as if nobody had ever computed it."""
    stripped = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stripped, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
                assert b"</f><v>" not in part
            new.writestr(name, part)
    return stripped.getvalue()


def recalculated(content: bytes, folder: Path) -> openpyxl.Workbook:
    (folder / "in").mkdir()
    (folder / "in" / "book.xlsx").write_bytes(without_cached_values(content))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run(
        [*command, str(folder / "in" / "book.xlsx")], check=True, capture_output=True, timeout=180
    )
    return openpyxl.load_workbook(folder / "book.xlsx", data_only=True)


def table(book: openpyxl.Workbook, name: str, head: int) -> dict[str, dict[str, object]]:
    """A page by holder and column, below its row of heads."""
    rows = list(book[name].iter_rows(values_only=True))
    heads = [str(cell) for cell in rows[head]]
    return {str(row[0]): dict(zip(heads, row, strict=True)) for row in rows[head + 1 :] if row[0]}


def same(cell: object, value: Fraction | None) -> bool:
    if value is None:
        return not isinstance(cell, int | float)
    allowed = 1e-7 * max(1.0, abs(float(value)))
    return isinstance(cell, int | float) and abs(cell - float(value)) <= allowed


def differences(book: openpyxl.Workbook, sheet: Sheet, prefix: str = "") -> list[str]:
    found = []
    for group in sheet.groups:
        cells = table(book, f"{prefix}{group.group}", 5)
        for row in group.rows:
            own = cells[row.holder]
            wanted = wanted_points(sheet, group.group, row)
            found += [
                f"{prefix} {row.holder} {name}: {own[name]} {value}"
                for name, value in wanted.items()
                if not same(own[name], value)
            ]
            if (own.get("等次") or "") != row.grade:
                found.append(f"{prefix} {row.holder} 等次: {own.get('等次')} {row.grade}")
    for board in sheet.boards:
        cells = table(book, f"{prefix}{board.group}·{board.board}", 1)
        found += [
            f"{prefix} {row.holder} {board.board}: {cells[row.holder]} {row.place}"
            for row in board.rows
            if not same(cells[row.holder][board.board], row.value)
            or not same(cells[row.holder]["名次"], whole(row.place))
        ]
        found += [f"{prefix} {h} stands" for h in board.others if not same(cells[h]["名次"], None)]
    return found + [text for listed in sheet.lists for text in unlike(book, listed, prefix)]


def wanted_points(sheet: Sheet, group: str, row: ScoredRow) -> dict[str, Fraction | None]:
    wanted = {line.item: line.points for line in row.lines if line.item not in row.vetoed}
    for part in sheet.method.group_named(group).parts:
        known = isinstance(sheet.scopes[row.holder][f"得分({part.part})"], Fraction)
        wanted.setdefault(part.part, Fraction(0) if known else None)
    printed = None if row.total is None else Fraction(sheet.method.printed(row.total))
    return wanted | {"合计": row.total, "名次": whole(row.place), "总分": printed}


def whole(place: int | None) -> Fraction | None:
    return None if place is None else Fraction(place)


def unlike(book: openpyxl.Workbook, listed: Listed, prefix: str) -> list[str]:
    cells = table(book, f"{prefix}{listed.group}·名单", 1)
    named = {holder for holder, own in cells.items() if own[f"{listed.name}列入"] == 1}
    amounts = {reward.holder: reward.amount for reward in listed.rewards}
    found = [] if named == set(listed.holders) else [f"{prefix} {listed}: {cells}"]
    return found + [
        f"{prefix} {listed.name} {holder}: {own} {amounts.get(holder)}"
        for holder, own in cells.items()
        if not same(own[f"{listed.name}金额"], amounts.get(holder))
    ]


needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


def published_sheet(folder: str) -> Sheet:
    method = read_method((METHODS / folder / "method.yaml").read_text(encoding="utf-8"))
    table = read_table((METHODS / folder / "figures.csv").read_bytes(), name="figures.csv")
    return score(method, read_figures_table(table, method))


def mark(folder: str) -> str:
    """What stands before the names of a method's pages; a page's name has at most 31 characters."""
    return f"m{FOLDERS.index(folder)}-"


@pytest.fixture(scope="module")
def written_book() -> bytes:
    """All sheets in one workbook, for starting the spreadsheet program takes longest."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    for prefix, sheet in generated_sheets().items():
        add_live_pages(workbook, sheet, prefix)
    for folder in FOLDERS:
        add_live_pages(workbook, published_sheet(folder), mark(folder))
    workbook.close()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def recalculated_book(
    written_book: bytes, tmp_path_factory: pytest.TempPathFactory
) -> openpyxl.Workbook:
    """The same workbook after a spreadsheet program has computed all of it."""
    return recalculated(written_book, tmp_path_factory.mktemp("book"))


def test_no_formula_is_written_without_the_value_that_it_has_now(written_book):
    cached = openpyxl.load_workbook(io.BytesIO(written_book), data_only=True)

    for prefix, sheet in generated_sheets().items():
        assert not differences(cached, sheet, prefix)


@pytest.mark.libreoffice
@needs_libreoffice
def test_a_hundred_generated_sheets_are_the_same_when_recalculated(recalculated_book):
    for prefix, sheet in generated_sheets().items():
        found = differences(recalculated_book, sheet, prefix)
        assert not found, [item.formula.text for item in sheet.method.groups[0].items] + found


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_methods_we_ship_are_the_same_when_recalculated(recalculated_book, folder):
    assert not differences(recalculated_book, published_sheet(folder), mark(folder))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_workbook_to_download_holds_the_same_points(folder):
    content = to_workbook(published_sheet(folder))

    cached = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert not differences(cached, published_sheet(folder))
