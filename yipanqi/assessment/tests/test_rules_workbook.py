"""The exported workbook gives the same points when a spreadsheet program computes it anew."""

import io
import re
import shutil
import subprocess
import zipfile
from fractions import Fraction
from pathlib import Path
from random import Random

import openpyxl
import pytest
import xlsxwriter

from tests.shelf import FOLDERS, METHODS
from yipanqi.assessment.rules import (
    Figures,
    Method,
    Row,
    Sheet,
    read_figures_table,
    read_method,
    read_table,
    score,
    to_workbook,
)
from yipanqi.assessment.rules.workbook import add_live_pages

SHEETS = 100
NAMES = ("甲", "乙", "丙")
METHOD = """
method: 生成的办法
full: 20
{rounding}
figures:
  甲: {{}}
  乙: {{}}
  丙: {{}}
  丁: {{is: "{computed}"}}
  同伴: {{holders: true}}
  同伴均分: {{mean_total_of: 同伴}}
groups:
  - group: 一组
    items:
      - {{item: 一, says: 规定, full: 20, points: "{one}"}}
      - {{item: 二, says: 规定, kind: bonus, points: "{two}", at_most: 40, at_least: -40}}
{leaders}
veto:
  - {{veto: 否决, says: 规定, when: "=甲=9"}}
results:
  ties: {ties}
{boards}
"""
LEADERS = """
  - group: 二组
    items:
      - {item: 三, says: 规定, full: 20, points: "=满分*同伴均分/100"}
"""
BOARDS = """
  boards:
    - {board: 丁榜, by: "=丁", order: low, decimals: 2, groups: [一组]}
    - {board: 甲榜, by: "=甲", decimals: 1, unit: "%", groups: [一组]}
"""
ONE_VALUE = ("ABS({})", "INT({})", "ROUND({},1)", "ROUNDUP({},0)", "ROUNDDOWN({},1)", "-{}", "{}%")
MANY_VALUES = ("MIN({},{})", "MAX({},{},3)", "SUM({},{})", "AVERAGE({},{})", "IFERROR({},{})")
BETWEEN = ("{}+{}", "{}-{}", "{}*{}", "{}/{}", "{}^2/({}+7)", "缺({},{})")
CONDITIONS = ("{}>={}", "{}<{}", "{}<>{}", "AND({}>1,{}<5)", "OR({}=2,NOT({}<3))")


def some_formula(random: Random, names: tuple[str, ...], levels: int) -> str:
    if levels == 0 or random.random() < 0.15:
        return random.choice([*names, "10%", "0.1", "2", "1.2", "组最大(甲)", "名次(乙)"])

    def part() -> str:
        return f"({some_formula(random, names, levels - 1)})"

    kind = random.randrange(7)
    if kind == 0:
        return random.choice(ONE_VALUE).format(part())
    if kind == 1:
        return random.choice(MANY_VALUES).format(part(), part())
    if kind in (2, 3):
        return random.choice(BETWEEN).format(part(), part())
    if kind == 4:
        condition = random.choice(CONDITIONS).format(part(), part())
        return f"IF({condition},{part()},{part()})"
    if kind == 5:
        return f"IFS({part()}>={part()},{part()},TRUE,{part()})"
    inner = random.choice(("甲+乙", "甲/10", "丙", "INT(乙/2)"))
    return f"{random.choice(('组最大', '组最小', '组平均', '组合计', '名次'))}({inner})"


def some_method(random: Random, *, whole: bool) -> Method:
    return read_method(
        METHOD.format(
            rounding=random.choice(("rounding: half_up", "rounding: truncate", "decimals: 0")),
            computed="=" + some_formula(random, NAMES, 2),
            one="=" + some_formula(random, (*NAMES, "丁", "满分"), 3),
            two="=" + some_formula(random, (*NAMES, "丁"), 2),
            ties=random.choice(("skip", "dense", "shared")),
            leaders=LEADERS if whole else "",
            boards=BOARDS if whole else "",
        )
    )


def some_figures(random: Random, *, whole: bool) -> Figures:
    def value() -> Fraction | None:
        if random.random() < 0.04:
            return None
        return Fraction(
            random.choice((0, 1, 2, 3, 9, 10, 11, random.randrange(500))), random.choice((1, 1, 10))
        )

    first = [
        Row(holder=f"乡{n}", group="一组", values={name: value() for name in NAMES})
        for n in range(5)
    ]
    second = Row(
        holder="领导",
        group="二组",
        values=dict.fromkeys(NAMES, Fraction(1)),
        texts={"同伴": "乡0、乡3"},
    )
    return (*first, second) if whole else tuple(first)


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
            wanted = {line.item: line.points for line in row.lines if line.item not in row.vetoed}
            wanted |= {
                "合计": row.total,
                "名次": None if row.place is None else Fraction(row.place),
            }
            wanted["总分"] = (
                None if row.total is None else Fraction(sheet.method.printed(row.total))
            )
            found += [
                f"{prefix} {row.holder} {name}: {own[name]} {value}"
                for name, value in wanted.items()
                if not same(own[name], value)
            ]
    for board in sheet.boards:
        cells = table(book, f"{prefix}{board.group}·{board.board}", 1)
        found += [
            f"{prefix} {row.holder} {board.board}: {cells[row.holder]} {row.place}"
            for row in board.rows
            if not same(cells[row.holder][board.board], row.value)
            or not same(
                cells[row.holder]["名次"], None if row.place is None else Fraction(row.place)
            )
        ]
    return found


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


def generated_sheets() -> dict[str, Sheet]:
    random = Random(20260722)
    return {
        f"{number}-": score(
            some_method(random, whole=number % 5 == 0), some_figures(random, whole=number % 5 == 0)
        )
        for number in range(SHEETS)
    }


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
