"""Money, land and heads: what a cell states, in which unit, and what cannot be read."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import cn2an
import pytest

from yipanqi.documents.imports.rules import codes
from yipanqi.documents.imports.rules.amounts import amount, in_unit, quantity
from yipanqi.documents.imports.rules.dates import Calendar, imprecise_date
from yipanqi.documents.imports.rules.texts import is_blank, spelled
from yipanqi.documents.imports.rules.units import (
    UNITS,
    Measure,
    split_trailing,
    unit_in_brackets,
    unit_named,
    units_of_line,
)
from yipanqi.documents.imports.rules.values import EMPTY, Amount, Quantity

WAN, WAN_DOLLARS, SQUARE_METRES = UNITS["万元"], UNITS["万美元"], UNITS["平方米"]
YI = 10**10
MOMENT = datetime(2024, 3, 15, 10)  # noqa: DTZ001 - a spreadsheet's moment has no zone


@pytest.mark.parametrize(
    ("cell", "minor", "unit", "about"),
    [
        ("5.2亿", 52 * YI // 10, "亿元", False),
        ("52000", 52 * YI // 10, "万元", False),
        (52000.0, 52 * YI // 10, "万元", False),
        (0.1 + 0.2, 300_000, "万元", False),
        ("约3亿元", 3 * YI, "亿元", True),
        ("30余亿元", 30 * YI, "亿元", True),
        ("5亿元以上", 5 * YI, "亿元", True),
        ("十二亿五千万", 125 * YI // 10, "亿元", False),
        ("五千万元", 5 * 10**9, "万元", False),
        ("十元", 1000, "元", False),
        ("1亿2000万", 12 * YI // 10, "亿元", False),
        ("12亿5千万", 125 * YI // 10, "亿元", False),
        ("１２００", 12 * 10**8, "万元", False),
        ("1,234,567.5", 1_234_567_500_000, "万元", False),
        ("5 亿", 5 * YI, "亿元", False),
        ("人民币5亿元", 5 * YI, "亿元", False),
        ("总投资5亿元", 5 * YI, "亿元", False),
        ("5.2（亿元）", 52 * YI // 10, "亿元", False),
        ("500000元", 5 * 10**7, "元", False),
        ("0", 0, "万元", False),
    ],
)
def test_an_amount_is_taken_exactly_as_stated(cell, minor, unit, about):
    read = amount(cell, WAN)

    assert read.value == Amount(minor, "CNY", unit, about, spelled(cell))
    assert not read.doubt


def test_a_currency_comes_from_the_cell_and_else_from_the_column():
    dollars = amount("500万美元", WAN)
    bare = amount("500万", WAN_DOLLARS)
    yuan = amount("500万", None)

    assert dollars.value == Amount(5 * 10**8, "USD", "万美元", approximate=False, raw="500万美元")
    assert isinstance(bare.value, Amount)
    assert (bare.value.currency, bare.doubt) == ("USD", "没有写币种，按列名理解为美元")
    assert isinstance(yuan.value, Amount)
    assert in_unit(yuan.value, WAN) == 500
    assert in_unit(yuan.value, WAN_DOLLARS) is None


@pytest.mark.parametrize("cell", ["", " ", "-", "/", "—", "－", "无", "暂无", "\n"])
def test_a_mark_of_nothing_is_nothing(cell):
    assert is_blank(cell)
    assert not is_blank(0)
    assert amount(cell, WAN) == quantity(cell, SQUARE_METRES, Measure.AREA) == EMPTY
    assert imprecise_date(cell, Calendar()) == codes.label(cell) == codes.credit_code(cell) == EMPTY


@pytest.mark.parametrize(
    ("cell", "word", "lost"),
    [
        ("1.2-1.5亿", "区间", False),
        ("3亿至5亿", "区间", False),
        ("一到二亿", "区间", False),
        ("待定", "待定", False),
        ("厂库房", "厂库房", True),
        ("一期5亿，二期3亿", "不是能读懂", True),
        ("十二亿五", "不是能读懂", True),
        ("万", "不是能读懂", True),
        ("5千万3亿", "不是能读懂", True),
        ("100万欧元和5万美元", "不是能读懂", True),
        ("-5", "负数", True),
        (-5.0, "负数", True),
        (True, "不是能读懂", True),
        (date(2024, 1, 1), "日期格式", True),
        (1e17, "15位", True),
    ],
)
def test_what_is_no_single_amount_is_told_and_never_guessed(cell, word, lost):
    read = amount(cell, WAN)

    assert read.value is None
    assert word in read.doubt
    assert read.lost is lost


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("5.2亿元（其中固投3亿）", "其中固投3亿"),
        ("0.0000012", "四舍五入"),
        (5e8, "单位是否写错"),
        ("500万美元（其中外方60%）", "其中外方60%"),
    ],
)
def test_a_doubtful_amount_is_taken_with_its_doubt(cell, word):
    read = amount(cell, WAN)

    assert isinstance(read.value, Amount)
    assert word in read.doubt


def test_an_amount_without_any_unit_is_doubted():
    assert "没有写单位" in amount("52000", None).doubt
    assert "没有写单位" in amount(52000.0, None).doubt
    assert amount("5.2亿", None).value is not None


def test_numerals_that_the_converter_cannot_read_are_told(monkeypatch: pytest.MonkeyPatch):
    def fail(*_arguments):
        raise KeyError

    monkeypatch.setattr(cn2an, "cn2an", fail)

    assert amount("五千万", WAN).lost


def test_land_and_heads_keep_the_unit_they_were_stated_in():
    mu = quantity("约30亩", SQUARE_METRES, Measure.AREA)
    bare = quantity(12.0, SQUARE_METRES, Measure.AREA)

    assert mu.value == Quantity(
        Decimal(30), "亩", Fraction(2000, 3), approximate=True, raw="约30亩"
    )
    assert isinstance(mu.value, Quantity)
    assert mu.value.base == 20_000
    assert isinstance(bare.value, Quantity)
    assert bare.value.unit == "平方米"
    assert quantity("2万㎡", SQUARE_METRES, Measure.AREA).value is not None
    assert quantity("50人", UNITS["人"], Measure.COUNT).value is not None


@pytest.mark.parametrize("cell", ["30亿", "30人", "厂库房", "办公楼\n（平方米）", True, -1])
def test_what_is_no_land_is_told(cell):
    assert quantity(cell, SQUARE_METRES, Measure.AREA).lost


def test_land_without_a_unit_or_between_two_figures_is_doubted():
    assert "亩还是平方米" in quantity("30", None, Measure.AREA).doubt
    assert "亩还是平方米" in quantity(30, None, Measure.AREA).doubt
    assert "区间" in quantity("30-50亩", None, Measure.AREA).doubt


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("投资总额\n（万元）", "万元"),
        ("注册资本（万元", "万元"),
        ("总投资(单位：亿元)", "亿元"),
        ("合同外资额（万美元）", "万美元"),
        ("用地需求 （平方米） ", "平方米"),
        ("占地（㎡）", "m2"),
        ("投资金额（亿元/万元）", None),
        ("其他国别（投资国别为其他时填报）", None),
    ],
)
def test_the_unit_stands_in_the_brackets_of_a_heading(heading, unit):
    found = unit_in_brackets(heading)

    assert (found.name if found else None) == unit


def test_the_unit_may_stand_behind_a_heading_or_above_the_table():
    assert split_trailing("投资总额万元") == ("投资总额", WAN)
    assert split_trailing("总投资:亿元") == ("总投资", UNITS["亿元"])
    assert split_trailing("备注") == ("备注", None)
    assert units_of_line("单位：万元、亩") == {Measure.MONEY: WAN, Measure.AREA: UNITS["亩"]}
    assert units_of_line("填报单位：某某局") == {}
    assert units_of_line("2024年") == {}
    assert unit_named("单位：人民币万元") == WAN
