"""One cell at a time: what it states, with what doubt, and what cannot be read."""

from datetime import date, datetime

import pytest

from yipanqi.documents.imports.rules import cells, codes
from yipanqi.documents.imports.rules.columns import Column, field_named
from yipanqi.documents.imports.rules.dates import Calendar, imprecise_date
from yipanqi.documents.imports.rules.fields import Kind
from yipanqi.documents.imports.rules.texts import address, header_text, spelled
from yipanqi.documents.imports.rules.units import (
    UNITS,
)
from yipanqi.documents.imports.rules.values import EMPTY, ImpreciseDate

WAN, WAN_DOLLARS, SQUARE_METRES = UNITS["万元"], UNITS["万美元"], UNITS["平方米"]
YI = 10**10
MOMENT = datetime(2024, 3, 15, 10)  # noqa: DTZ001 - a spreadsheet's moment has no zone


@pytest.mark.parametrize(
    ("cell", "first", "precision"),
    [
        (44177.0, "2020-12-12", "day"),
        (date(2020, 12, 12), "2020-12-12", "day"),
        (MOMENT, "2024-03-15", "day"),
        ("2025.3.1", "2025-03-01", "day"),
        ("2024/3/15 0:00:00", "2024-03-15", "day"),
        ("２０２４－０３－１５", "2024-03-15", "day"),
        ("二〇二四年三月十五日", "2024-03-15", "day"),
        ("2024年十二月二十日", "2024-12-20", "day"),
        (20240315.0, "2024-03-15", "day"),
        ("2024.3", "2024-03-01", "month"),
        (2024.3, "2024-03-01", "month"),
        ("2024.10", "2024-10-01", "month"),
        ("202403", "2024-03-01", "month"),
        ("2024年3月底", "2024-03-01", "month"),
        ("2024年第一季度", "2024-01-01", "quarter"),
        ("2024Q3", "2024-07-01", "quarter"),
        ("2024年上半年", "2024-01-01", "half"),
        ("2024年下半年", "2024-07-01", "half"),
        ("2024年", "2024-01-01", "year"),
        (2024.0, "2024-01-01", "year"),
    ],
)
def test_a_date_keeps_the_precision_it_was_stated_with(cell, first, precision):
    read = imprecise_date(cell, Calendar())

    assert read.value == ImpreciseDate(date.fromisoformat(first), precision, spelled(cell))
    assert isinstance(read.value, ImpreciseDate)
    assert (read.value.day is not None) == (precision == "day")
    assert bool(read.doubt) == (precision != "day")


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("3月底", "没有写年份"),
        ("3月15日", "没有写年份"),
        ("上半年", "没有写年份"),
        ("一季度", "没有写年份"),
        ("已开工", "不是日期"),
        ("2024.3-2026.5", "不是日期"),
        ("1024-03-01", "不是日期"),
        (True, "不是日期"),
        (5.0, "不是日期"),
        ("待定", "待定"),
        ("2024年2月30日", "这一天"),
        ("2024.13", "这一天"),
        (date(1900, 1, 1), "这一天"),
    ],
)
def test_what_is_no_date_is_told_and_no_day_is_made_up(cell, word):
    read = imprecise_date(cell, Calendar())

    assert word in read.doubt
    assert not isinstance(read.value, ImpreciseDate) or read.value.first_on is None


def test_a_year_from_the_title_or_of_two_digits_is_used_with_a_doubt():
    titled = imprecise_date("3月底", Calendar(year=2024))
    short = imprecise_date("24年3月", Calendar())

    assert titled.value == ImpreciseDate(date(2024, 3, 1), "month", "3月底")  # type: ignore[arg-type]  # StrEnum
    assert "2024" in titled.doubt
    assert "两位" in short.doubt
    assert imprecise_date("2月30日", Calendar(year=2024)).lost


def test_a_number_that_is_january_or_october_is_only_a_year():
    read = imprecise_date(2024.1, Calendar())

    assert read.value == ImpreciseDate(date(2024, 1, 1), "year", "2024.1")  # type: ignore[arg-type]  # StrEnum
    assert "1月还是10月" in read.doubt


def test_serial_days_count_from_1904_where_the_workbook_says_so():
    read = imprecise_date(42715.0, Calendar(epoch_1904=True))

    assert isinstance(read.value, ImpreciseDate)
    assert read.value.day == date(2020, 12, 12)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("☆新能源项目 ", "新能源项目"),
        ("1、新能源项目", "新能源项目"),
        ("★（3）新能源\n项目★", "新能源项目"),
        ("1.5万吨新材料项目", "1.5万吨新材料项目"),
        ("5G产业园", "5G产业园"),
        ("☆", None),
        ("-", None),
    ],
)
def test_a_name_loses_its_marks_and_nothing_else(cell, name):
    assert codes.name(cell).value == name


def test_a_label_loses_the_code_glued_to_it():
    assert codes.label("国有_01").value == "国有"
    assert codes.label("生态环境改善型_1").value == "生态环境改善型"
    assert codes.label("以商招商").value == "以商招商"
    assert codes.label("待定").value is None
    assert codes.label(1e17).lost


@pytest.mark.parametrize("cell", [110101199003078515.0, 10**17, "1.10101E+17"])
def test_a_code_that_a_spreadsheet_has_rounded_is_refused(cell):
    for read in (codes.code(cell), codes.credit_code(cell), codes.phone(cell)):
        assert read.lost
        assert read.value is None


def test_a_code_is_kept_letter_for_letter():
    assert codes.code("110101199003078515").value == "110101199003078515"
    assert codes.code(1024.0).value == "1024"
    assert "小数" in codes.code(2024.1).doubt


def test_the_check_digit_of_a_credit_code_is_verified():
    assert not codes.credit_code("91350100M000100Y43").doubt
    assert "校验位" in codes.credit_code("91350100M000100Y44").doubt
    assert "校验位" in codes.credit_code("91350100I000100Y43").doubt
    assert "15位" in codes.credit_code("350100M000100Y4").doubt


def test_a_telephone_number_is_text():
    assert codes.phone(13313311331.0) == codes.phone("13313311331")
    assert "区号" in codes.phone(2212345678).doubt
    assert "区号" in codes.phone(53212345678).doubt
    assert not codes.phone(83112345).doubt


def test_yes_or_no_and_more():
    assert codes.flag("是").value is True
    assert codes.flag("否").value is codes.flag("无").value is codes.flag(False).value is False
    assert codes.flag("世界500强").value == "世界500强"
    assert codes.flag("-").value is None
    assert codes.flag("3").lost


def test_errors_and_unsaved_formulas_are_never_content():
    reader = cells.reader_of(Column(index=0, source="备注"), Calendar())

    assert cells.read_cell("#REF!", reader).lost
    assert cells.UNSAVED.lost
    assert cells.checked_only("文字", reader, Kind.TEXT) == EMPTY
    assert cells.checked_only(1e17, reader, Kind.TEXT).lost


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("投资金额（亿元）", "total_investment"),
        ("投资金额(亿元)", "total_investment"),
        ("*项目名称 ", "name"),
        ("厂库房需求\n（平方米） ", "plant_area"),
        ("是否属于人工智能", "is_ai"),
        ("实际开工时间(发改)", "started_on"),
        ("总投资亿元", "total_investment"),
        ("省、直辖市、自治区", "investor_province"),
    ],
)
def test_a_heading_is_known_under_its_spellings(heading, field):
    found = field_named(heading)

    assert found is not None
    assert found[0].code == field


def test_addresses_are_those_of_the_spreadsheet():
    assert [address(row, column) for row, column in ((0, 0), (3, 17), (9, 41), (0, 701))] == [
        "A1",
        "R4",
        "AP10",
        "ZZ1",
    ]
    assert header_text("厂库房需求\n(平方米) ") == "厂库房需求（平方米）"
    assert [spelled(cell) for cell in (True, False, 1.25, 1e15, MOMENT)] == [
        "是",
        "否",
        "1.25",
        "1000000000000000",
        "2024-03-15 10:00:00",
    ]
