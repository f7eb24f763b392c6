"""The days that a measure counts: a period up to a day, an earlier one, several years."""

from dataclasses import dataclass
from datetime import date, timedelta

LENGTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""Periods of whole months."""

SPLITS = {"ten_days": (1, 11, 21), "half_month": (1, 16)}
"""Periods of which several make a month, by the days on which they begin."""

WINDOWS = ("week", *SPLITS, *LENGTHS, "all")


@dataclass(frozen=True)
class Window:
    """The days from the first to the last that count, both included."""

    first: date
    last: date


def period_of(day: date, window: str) -> Window:
    """The whole period in which a day lies; weeks begin on Monday."""
    if window == "week":
        first = day - timedelta(days=day.weekday())
        return Window(first, first + timedelta(days=6))
    if window in SPLITS:
        begins = [one for one in SPLITS[window] if one <= day.day]
        after = SPLITS[window][len(begins) :]
        last = day.replace(day=after[0] - 1) if after else _month_end(day)
        return Window(day.replace(day=begins[-1]), last)
    length = LENGTHS[window]
    first = day.replace(month=day.month - (day.month - 1) % length, day=1)
    return Window(first, _month_end(months_later(first, length - 1)))


def months_later(day: date, months: int) -> date:
    """The same day so many months later or earlier; the end of a month stays one."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    last = _month_end(first)
    return last if day == _month_end(day) else last.replace(day=min(day.day, last.day))


def earlier(day: date, window: str, periods: int) -> date:
    """The day at the same place in the period that lies so many periods earlier."""
    if window in LENGTHS:
        return months_later(day, -LENGTHS[window] * periods)
    for _ in range(periods):
        here = period_of(day, window)
        before = period_of(here.first - timedelta(days=1), window)
        at = before.first + (day - here.first)
        day = before.last if day == here.last else min(at, before.last)
    return day


def window_on(
    day: date, window: str, *, back: int = 0, whole: bool = False, years: int = 1
) -> Window:
    """The days that count, seen from a day: up to it, or in an earlier period up to the same place."""
    if window == "all":
        return Window(date.min, day)
    day = earlier(day, window, back)
    period = period_of(day, window)
    first = months_later(period.first, 12 * (1 - years))
    return Window(first, period.last if whole else day)


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)
