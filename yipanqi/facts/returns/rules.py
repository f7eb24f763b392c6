"""When a month's return is due."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from yipanqi.core.problems import Problem


class State(StrEnum):
    """How a return stands against its due day (逾期不报视为没有)."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    AWAITED = "awaited"


def due_on(month: date, due_day: int) -> date:
    """A month's return is due on the place's day of that same month."""
    return month.replace(day=due_day)


def state_of(*, sent_on: date | None, due: date, as_of: date) -> State:
    """On time up to and with the due day; afterwards late if it came, missing if it did not."""
    if sent_on is not None:
        return State.ON_TIME if sent_on <= due else State.LATE
    return State.MISSING if as_of > due else State.AWAITED


def months_until(as_of: date) -> list[date]:
    """The months of the year up to and with the one of a day, by their first days."""
    return [date(as_of.year, month, 1) for month in range(1, as_of.month + 1)]


def month_problems(month: date, *, today: date) -> Iterator[Problem]:
    """Only a month that has begun, of this year, is returned."""
    if month.day != 1:
        yield Problem(text="月份应是当月 1 日", where="月份")
    if month > today:
        yield Problem(text="这个月还没有到", where="月份")
    if month.year != today.year:
        yield Problem(text="往年的月报已经截止，不能补交", where="月份")
