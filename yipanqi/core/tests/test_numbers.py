"""Exact numbers, and what is left of them on paper."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.core.numbers import grouped, money, percent, rounded, shown, wan

cents = st.integers(min_value=-(10**15), max_value=10**15)


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(433, 5), 2, "86.60"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1005, 1000), 2, "1.01"),
        (Fraction(0), 1, "0.0"),
        (Fraction(-1, 1000), 2, "0.00"),
    ],
)
def test_values_are_rounded_half_up_away_from_nought(value, decimals, printed):
    assert shown(value, decimals) == printed


def test_a_place_may_cut_off_instead_of_rounding():
    assert shown(Fraction(8666, 100), 1, truncate=True) == "86.6"
    assert shown(Fraction(-8669, 100), 1, truncate=True) == "-86.6"


@given(value=cents, decimals=st.integers(0, 4))
def test_rounding_agrees_with_the_decimal_module(value, decimals):
    exact, step = Decimal(value).scaleb(-5), Decimal(1).scaleb(-decimals)

    half_up = rounded(Fraction(value, 10**5), decimals)
    cut = rounded(Fraction(value, 10**5), decimals, truncate=True)

    assert half_up == Fraction(exact.quantize(step, ROUND_HALF_UP))
    assert cut == Fraction(exact.quantize(step, ROUND_DOWN))


@given(value=cents, decimals=st.integers(0, 4))
def test_rounding_twice_changes_nothing(value, decimals):
    once = rounded(Fraction(value, 10**5), decimals)

    assert rounded(once, decimals) == once


def test_a_rate_that_does_not_exist_is_a_dash():
    assert percent(None) == "—"
    assert percent(Fraction(888, 1000)) == "88.8%"
    assert percent(Fraction(2, 3), 0) == "67%"


def test_figures_are_grouped_without_needless_noughts():
    assert grouped(Fraction(12500)) == "12,500"
    assert grouped(Fraction(86405, 10), 2) == "8,640.5"
    assert grouped(Fraction(1200), 2) == "1,200"


@pytest.mark.parametrize(
    ("fen", "printed"),
    [
        (None, "—"),
        (0, "0万元"),
        (864_000, "0.86万元"),
        (1_200_000_000, "1,200万元"),
        (9_999_999_999, "10,000万元"),
        (10_000_000_000, "1亿元"),
        (36_000_000_000, "3.6亿元"),
        (-36_000_000_000, "-3.6亿元"),
    ],
)
def test_an_amount_is_shown_in_the_unit_that_suits_its_size(fen, printed):
    assert money(fen) == printed


def test_an_amount_in_wan_keeps_two_decimals_at_most():
    assert wan(8_640_000_000) == "8,640"
    assert wan(1_234_567) == "1.23"


@pytest.mark.parametrize(
    ("fen", "printed"),
    [
        (36_000_000_000, "CNY 360 million"),
        (864_012_300, "CNY 8.6401 million"),
        (-5_000_000, "CNY -0.05 million"),
        (360_000_000_000, "CNY 3.6 billion"),
        (None, "—"),
    ],
)
def test_english_tells_amounts_in_millions_and_billions_of_yuan(fen, printed):
    with override("en"):
        assert money(fen) == printed
