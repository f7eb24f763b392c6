"""Whatever stands in a cell is taken unchanged or reported with its address: never changed in silence."""

import unicodedata
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from yipanqi.documents.imports.rules import child, workbook
from yipanqi.documents.imports.rules.guard import guard
from yipanqi.documents.imports.rules.headers import header_of
from yipanqi.documents.imports.rules.lines import lines_of
from yipanqi.documents.imports.rules.reading import read_ledger
from yipanqi.documents.imports.rules.rows import Row, plan_of, rows_of
from yipanqi.documents.imports.rules.values import Amount, ImpreciseDate
from yipanqi.documents.imports.tests.ledgers import xlsx

TODAY = date(2026, 11, 20)
HEADING = (
    "项目名称",
    "投资方",
    "项目编码",
    "总投资（万元）",
    "落地时间",
    "联系电话",
    "备注",
    "自定一列",
)
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
SHEETS, LINES = 5, 13  # with eight columns more than 500 cells

words = st.text(alphabet="甲乙丙丁项目公司ABC12 （）、+@", min_size=1, max_size=12)
whole = st.integers(0, 10**9)
written = st.decimals(0, 10**6, places=2, allow_nan=False).map(str)
day = st.dates(date(1990, 1, 1), date(2050, 1, 1))

codes = st.one_of(words, st.integers(10**10, 10**19), st.integers(1, 10**6), written)
amounts = st.one_of(
    whole,
    st.floats(0, 10**6).map(lambda number: round(number, 4)),
    written,
    written.map(lambda text: text.translate(FULL_WIDTH)),
    written.map(lambda text: f" {text}万元 "),
    written.map(lambda text: f"约{text}亿"),
    st.sampled_from(["1.2-1.5亿", "厂库房", "-", "/", "十二亿五", "", "#N/A", "=1+1"]),
    day,
)
days = st.one_of(
    day,
    day.map(lambda when: when.strftime("%Y.%-m.%-d")),
    day.map(lambda when: (when - date(1899, 12, 30)).days),
    day.map(lambda when: when.strftime("%Y年%-m月")),
    st.sampled_from(["3月底", "上半年", "已开工", "暂无", 2024.1, ""]),
)
lines = st.tuples(words, words, codes, amounts, days, codes, words, st.one_of(words, codes))


def rows_in(content: bytes) -> list[Row]:
    """The rows of the only sheet, parsed in this process."""
    (sheet,) = workbook.sheets_of(child.answer(guard(content), content))
    header = header_of(sheet)
    assert header is not None
    return list(rows_of(plan_of(sheet, header, TODAY), lines_of(sheet, header)))


def is_same(cell: object, row: Row, field: str) -> bool:
    """Whether the reading of a cell says exactly what was typed into it."""
    value = row.values.get(field)
    if isinstance(value, Amount):
        text = unicodedata.normalize("NFKC", str(cell)).strip().lstrip("约").rstrip("万元")
        yi = text.endswith("亿")
        return value.minor == Decimal(text.rstrip("亿")) * (10**10 if yi else 10**6)
    if isinstance(value, ImpreciseDate):
        return value.day is not None and cell in (
            value.day,
            value.day.strftime("%Y.%-m.%-d"),
            (value.day - date(1899, 12, 30)) // timedelta(days=1),
        )
    if value is None:
        return str(cell).strip() in ("", "-", "/", "暂无")
    return str(cell).strip().rstrip("_0123456789") in str(value) or str(cell).strip() == value


FIELDS = ("name", "investor", "code", "total_investment", "landed_on", "phone", "remark")


@seed(20261120)
@settings(max_examples=SHEETS, deadline=None, database=None, phases=[Phase.generate])
@given(st.lists(lines, min_size=LINES, max_size=LINES))
def test_every_cell_is_accepted_unchanged_or_reported_with_its_address(ledger):
    rows = [[f"项目甲{line[0].strip()}", *line[1:]] for line in ledger]

    found = {row.number: row for row in rows_in(xlsx([HEADING, *rows]))}

    for number, line in enumerate(rows, start=2):
        row = found[number]
        reported = {problem.where for problem in row.problems}
        for column, (field, cell) in enumerate(zip(FIELDS, line, strict=False)):
            assert f"{chr(65 + column)}{number}" in reported or is_same(cell, row, field), (
                field,
                cell,
            )
        rounded = isinstance(line[7], int) and line[7] >= 10**15
        assert (f"H{number}" in reported) == rounded, line[7]


def test_the_same_cells_are_read_the_same_through_the_child_process():
    content = xlsx([HEADING, ["甲", "乙", "A-1", "5.2亿", date(2024, 3, 15), "", "", 7]])

    reading = read_ledger(content, kind=None, as_of=TODAY)

    assert list(reading.rows) == rows_in(content)
