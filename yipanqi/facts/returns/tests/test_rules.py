"""When a month's return is due, and what becomes of one that is late."""

from datetime import date

import pytest

from yipanqi.facts.returns.rules import State, due_on, month_problems, months_until, state_of

DUE = date(2026, 10, 20)


def test_a_return_is_due_on_the_places_day():
    assert due_on(date(2026, 10, 1), 20) == DUE


@pytest.mark.parametrize(
    ("sent_on", "as_of", "state"),
    [
        (date(2026, 10, 20), DUE, State.ON_TIME),
        (date(2026, 10, 21), date(2026, 12, 1), State.LATE),
        (None, DUE, State.AWAITED),
        (None, date(2026, 10, 21), State.MISSING),
    ],
)
def test_late_is_late_and_missing_is_missing(sent_on, as_of, state):
    assert state_of(sent_on=sent_on, due=DUE, as_of=as_of) is state


def test_the_months_of_a_year_run_up_to_today():
    assert months_until(date(2026, 2, 1)) == [date(2026, 1, 1), date(2026, 2, 1)]


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (date(2026, 11, 1), []),
        (date(2026, 12, 1), ["这个月还没有到"]),
        (date(2025, 12, 1), ["往年的月报已经截止，不能补交"]),
        (date(2026, 11, 2), ["月份应是当月 1 日"]),
    ],
)
def test_only_a_month_of_this_year_that_has_begun_is_returned(month, words):
    assert [p.text for p in month_problems(month, today=date(2026, 11, 20))] == words
