"""The days that a measure counts, seen from a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.standing.measures.windows import LENGTHS, WINDOWS, earlier, period_of, window_on

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
SHORT = [one for one in WINDOWS if one != "all"]


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        ("week", date(2026, 11, 16), date(2026, 11, 22)),
        ("ten_days", date(2026, 11, 11), date(2026, 11, 20)),
        ("half_month", date(2026, 11, 16), date(2026, 11, 30)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("half_year", date(2026, 7, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_a_period(window, first, last):
    found = period_of(date(2026, 11, 20), window)

    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("day", "window", "back", "first", "last"),
    [
        (date(2026, 11, 20), "year", 1, date(2025, 1, 1), date(2025, 11, 20)),
        (date(2024, 2, 29), "year", 1, date(2023, 1, 1), date(2023, 2, 28)),
        (date(2025, 2, 28), "year", 1, date(2024, 1, 1), date(2024, 2, 29)),
        (date(2026, 11, 20), "quarter", 1, date(2026, 7, 1), date(2026, 8, 20)),
        (date(2026, 11, 20), "quarter", 4, date(2025, 10, 1), date(2025, 11, 20)),
        (date(2026, 6, 30), "month", 1, date(2026, 5, 1), date(2026, 5, 31)),
        (date(2026, 1, 15), "half_year", 1, date(2025, 7, 1), date(2025, 7, 15)),
        (date(2026, 11, 18), "week", 1, date(2026, 11, 9), date(2026, 11, 11)),
        (date(2026, 11, 5), "ten_days", 1, date(2026, 10, 21), date(2026, 10, 25)),
        (date(2026, 10, 31), "ten_days", 1, date(2026, 10, 11), date(2026, 10, 20)),
        (date(2026, 3, 15), "half_month", 1, date(2026, 2, 16), date(2026, 2, 28)),
    ],
)
def test_an_earlier_period_counts_up_to_the_same_place(day, window, back, first, last):
    found = window_on(day, window, back=back)

    assert (found.first, found.last) == (first, last)


def test_a_whole_earlier_period_several_years_and_everything():
    day = date(2026, 11, 20)

    assert window_on(day, "year", back=1, whole=True).last == date(2025, 12, 31)
    assert window_on(day, "year", years=3).first == date(2024, 1, 1)
    assert window_on(day, "year", years=2, back=1).first == date(2024, 1, 1)
    assert window_on(day, "all").first == date.min


@given(day=DAYS, window=st.sampled_from(SHORT), back=st.integers(0, 5))
def test_a_day_stays_in_the_period_that_lies_so_many_before(day, window, back):
    here, then = period_of(day, window), period_of(earlier(day, window, back), window)
    steps = 0
    while here.first > then.first:
        here, steps = period_of(date.fromordinal(here.first.toordinal() - 1), window), steps + 1

    assert (here, steps) == (then, back)
    assert window in LENGTHS or (then.last - then.first).days <= 15
