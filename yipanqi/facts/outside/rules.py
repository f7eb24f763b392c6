"""What is true of figures from outside, and what a comparison with ours says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem
from yipanqi.place.rules import UNITS, Indicator

PARTS = 10_000
"""A figure is kept in ten-thousandths of its unit."""


@dataclass(frozen=True)
class Period:
    """A year up to and with one of its months; with December it is the whole year."""

    year: int
    month: int = 12

    def __str__(self) -> str:
        if self.month == 12:
            return _("%(year)s 年") % {"year": self.year}
        return _("%(year)s 年 1—%(month)s 月") % {"year": self.year, "month": self.month}

    @property
    def before(self) -> "Period":
        """The same months of the year before."""
        return Period(self.year - 1, self.month)

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A figure as a source tells it."""

    holder: str
    indicator: str
    period: Period
    value: Fraction
    unit: str
    source: str
    said_on: date
    peers: str = ""


def figure_problems(
    told: Told, *, place: str, mine: Indicator | None, used_unit: str, today: date
) -> Iterator[Problem]:
    """A figure of another place, or one of ours that we cannot count; told after its months began.

    `mine` is the indicator if it is counted here, `used_unit` the one in which it was told before.
    """
    if mine is not None and told.holder == place:
        text = _("本地的“%(name)s”由账本算出，不必录入") % {"name": mine.name}
        yield Problem(text=text, where=_("单位"))
    if not _fits(told.unit, mine, used_unit):
        wanted = mine.unit if mine else used_unit
        text = _("“%(name)s”以%(unit)s计，请换算后再录") % {"name": told.indicator, "unit": wanted}
        yield Problem(text=text, where=_("计量单位"))
    if told.value * PARTS != int(told.value * PARTS):
        yield Problem(text=_("最多四位小数"), where=_("数值"))
    if told.said_on < date(told.period.year, told.period.month, 1):
        text = _("来源日期早于数据的月份，请核对年度和月份")
        yield Problem(text=text, where=_("来源日期"))
    if told.said_on > today:
        yield Problem(text=_("来源日期还没有到，请核对"), where=_("来源日期"))


def _fits(unit: str, mine: Indicator | None, used_unit: str) -> bool:
    """One indicator is told in one unit; ours in any that can be turned into its own."""
    if mine is None:
        return used_unit in ("", unit)
    dollars = "万美元" in (unit, mine.unit) and unit != mine.unit
    return unit in UNITS and (UNITS[unit] > 1) == mine.is_money and not dollars


@dataclass(frozen=True)
class Line:
    """A place beside ours: its value, what ours is of it, its rank, its growth."""

    holder: str
    value: Fraction | None
    before: Fraction | None
    ours: Fraction | None
    rank: int | None
    mine: bool = False

    @property
    def share(self) -> Fraction | None:
        """Ours as a share of theirs."""
        return self.ours / self.value if self.value and self.ours is not None else None

    @property
    def times(self) -> Fraction | None:
        """How many times ours they have."""
        return self.value / self.ours if self.ours and self.value is not None else None

    @property
    def growth(self) -> Fraction | None:
        """Year on year."""
        if self.value is None or not self.before:
            return None
        return (self.value - self.before) / abs(self.before)


def beside(
    mine: str,
    values: Mapping[str, Fraction | None],
    before: Mapping[str, Fraction | None],
) -> list[Line]:
    """Everybody's line, the highest first; equal values share a rank, unknown ones come last."""
    known = sorted((v for v in values.values() if v is not None), reverse=True)
    order: Sequence[str] = sorted(
        values, key=lambda name: (values[name] is None, -(values[name] or 0), name)
    )
    return [
        Line(
            holder=name,
            value=(value := values[name]),
            before=before.get(name),
            ours=values.get(mine),
            rank=known.index(value) + 1 if value is not None else None,
            mine=name == mine,
        )
        for name in order
    ]
