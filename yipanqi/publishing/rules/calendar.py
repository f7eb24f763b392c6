"""Working days: the days on which an office answers."""

from datetime import date, timedelta

SATURDAY = 5


def working_day(day: date) -> bool:
    """Whether offices work on a day."""
    return day.weekday() < SATURDAY


def last_day(begun: date, days: int) -> date:
    """The last of so many working days, the first of which is the one after `begun`."""
    day = begun
    while days:
        day += timedelta(days=1)
        days -= working_day(day)
    return day
