"""Sheets that are taken away: numbers are numbers, days are days, a text is never a formula."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
from python_calamine import load_workbook

from yipanqi.core.lists import Column, Look
from yipanqi.core.numbers import letters_of
from yipanqi.core.sheets import Sheet, in_wan, write_csv, write_xlsx


def _column(place, look):
    return Column(f"c{place}", f"列{place}", look=look, value=lambda row: row[place])


LOOKS = (Look.TEXT, Look.MONEY, Look.DAY, Look.NUMBER, Look.LONG)
COLUMNS = tuple(_column(place, look) for place, look in enumerate(LOOKS))
FORMULA = '=HYPERLINK("http://evil.example.com")'
ROWS = [
    ("云岭<食品>&公司", 36_000_005_000, date(2026, 5, 9), 41, "进展\n第二行"),
    (FORMULA, None, None, None, ""),
    (("青山镇 60%", "柳河镇 40%"), -1, date(1999, 12, 31), 0, "坏\x00字\ud800符"),
]


def sheet_of(rows=ROWS):
    return Sheet("项目", "数据截至 2026-11-20", COLUMNS, iter(rows))


def written(rows=ROWS):
    out = BytesIO()
    assert write_xlsx(out, sheet_of(rows)) == len(rows)
    return out.getvalue()


def test_a_workbook_opens_with_numbers_days_and_texts():
    book = openpyxl.load_workbook(BytesIO(written()))

    page = book["项目"]
    assert page["A1"].value == "数据截至 2026-11-20"
    assert [cell.value for cell in page[2]] == ["列0", "列1（万元）", "列2", "列3", "列4"]
    assert [cell.value for cell in page[3]] == [
        *("云岭<食品>&公司", 36000.005, datetime(2026, 5, 9), 41, "进展\n第二行"),  # noqa: DTZ001 - as read
    ]
    assert page["C3"].number_format == "yyyy\\-mm\\-dd"
    assert page["A5"].value == "青山镇 60%、柳河镇 40%"
    assert page["B5"].value == -0.000001
    assert page["E5"].value == "坏字符"
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:E5"


def test_another_reader_reads_the_same():
    read = load_workbook(BytesIO(written())).get_sheet_by_index(0).to_python()

    assert read[2] == ["云岭<食品>&公司", 36000.005, date(2026, 5, 9), 41.0, "进展\n第二行"]


def test_a_text_is_never_a_formula():
    page = openpyxl.load_workbook(BytesIO(written()))["项目"]

    assert (page["A4"].value, page["A4"].data_type) == (FORMULA, "s")


def test_the_same_rows_make_the_same_file_and_no_rows_make_one_too():
    assert written() == written()
    page = openpyxl.load_workbook(BytesIO(written([])))["项目"]
    assert page.max_row == 2


def test_many_rows_come_in_pieces_and_none_is_lost():
    rows = [(f"项目{number}", number, None, number, "") for number in range(1_203)]

    page = openpyxl.load_workbook(BytesIO(written(rows)), read_only=True)["项目"]

    assert [row[0] for row in page.iter_rows(min_row=3, values_only=True)] == [r[0] for r in rows]


def test_a_text_file_opens_in_chinese_and_holds_no_formula():
    out = BytesIO()

    number = write_csv(out, sheet_of())

    assert number == 3
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(out.getvalue().decode("utf-8-sig"))))
    assert lines[2] == ["云岭<食品>&公司", "36000.005", "2026-05-09", "41", "进展\n第二行"]
    assert lines[3] == [f"'{FORMULA}", "", "", "", ""]
    assert lines[4][1] == "-0.000001"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_begins_like_a_formula_is_held_as_text(text):
    out = BytesIO()

    write_csv(out, sheet_of([(text, None, None, None, "")]))

    [*_, line] = csv.reader(StringIO(out.getvalue().decode("utf-8-sig"), newline=""))
    assert line[0] == f"'{text}"


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0"), (1, "0.000001"), (-1_500_000, "-1.5"), (36_000_000_000, "36000")],
)
def test_amounts_are_exact_numbers_in_wan(fen, text):
    assert in_wan(fen) == text


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_called_as_tables_call_them(place, letters):
    assert letters_of(place) == letters
