"""The words of an official paper."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.documents.papers.rules.text import (
    clean,
    ems,
    heading_number,
    long_date,
    numeral,
    tidy,
)


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_numbers_of_headings_are_chinese(number, written):
    assert numeral(number) == written


def test_the_four_levels_are_numbered_as_the_standard_says():
    assert [heading_number(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]


def test_a_date_has_its_full_year_and_no_leading_noughts():
    assert long_date(date(2026, 1, 2)) == "2026年1月2日"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("开工 24 个 , 到位资金1,200万元", "开工24个，到位资金1,200万元"),
        ("青禾(中国)公司", "青禾（中国）公司"),
        ("园区(A)", "园区（A）"),
        ("(A)区", "（A）区"),
        ("(一期)done", "（一期）done"),
        ("嵌套((甲))", "嵌套（（甲））"),
        ("已开工.", "已开工。"),
        ("时间:12:30", "时间：12:30"),
        ("占比0.5", "占比0.5"),
        ("ABC (Asia) Co., Ltd.", "ABC (Asia) Co., Ltd."),
        ("  上 报\t单\n位 ", "上报单位"),
        ("甲　乙", "甲　乙"),
    ],
)
def test_running_text_has_full_width_marks_and_no_forced_spaces(typed, printed):
    assert tidy(typed) == printed


@given(st.text(alphabet="青禾县,;:?!().  ab12（）。\n\t", max_size=30))
def test_tidy_text_stays_as_it_is(text):
    assert tidy(tidy(text)) == tidy(text)


def test_what_a_file_cannot_hold_is_dropped_and_nothing_else():
    assert clean("周喆\x00\x0b\x1f、陈堃\ufffe\x7f <b>{{ x }}</b>&") == "周喆、陈堃 <b>{{ x }}</b>&"


def test_a_figure_is_half_as_wide_as_a_character():
    assert ems("2026年“破零”") == 7
