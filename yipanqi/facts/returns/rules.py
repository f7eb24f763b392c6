"""When units owe a return or an answer, and how they stand against the day."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from yipanqi.core.files import Evidence
from yipanqi.core.problems import Problem
from yipanqi.org.rules import Kind


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
        yield Problem(text=_("月份应是当月 1 日"), where=_("月份"))
    if month > today:
        yield Problem(text=_("这个月还没有到"), where=_("月份"))
    if month.year != today.year:
        yield Problem(text=_("往年的月报已经截止，不能补交"), where=_("月份"))


def call_problems(kinds: Collection[Kind]) -> Iterator[Problem]:
    """A call is made to somebody; the place itself cannot be called."""
    if not kinds or Kind.PLACE in kinds:
        yield Problem(text=_("请选出要动员部署的单位类别"), where=_("哪几类单位"))


def answer_problems(
    *,
    kind: Kind,
    called: Collection[Kind],
    held_on: date,
    issued_on: date,
    files: Collection[Evidence],
    today: date,
) -> Iterator[Problem]:
    """An answer comes from a unit that was called, speaks of what has happened, and shows the measures."""
    if kind not in called:
        yield Problem(text=_("这次动员部署不要求这类单位"), where=_("单位"))
    if held_on > today:
        yield Problem(text=_("会议还没有开，开过以后再报"), where=_("会议日期"))
    if issued_on > today:
        yield Problem(text=_("措施还没有印发，印发以后再报"), where=_("措施印发日期"))
    if not files:
        yield Problem(text=_("请附上印发的措施"), where=_("措施文件"))
