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
    """A year from a month up to and with another; from January to December it is the whole year."""

    year: int
    month: int = 12
    since: int = 1

    def __str__(self) -> str:
        said = {"year": self.year, "since": self.since, "month": self.month}
        if self.since == self.month:
            return _("%(year)s 年 %(month)s 月") % said
        if (self.since, self.month) == (1, 12):
            return _("%(year)s 年") % said
        return _("%(year)s 年 %(since)s—%(month)s 月") % said

    @property
    def before(self) -> "Period":
        """The same months of the year before."""
        return Period(self.year - 1, self.month, self.since)

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return date(self.year, self.since, 1)

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A figure as a source tells it: of another place by its name, or of a unit of ours."""

    indicator: str
    period: Period
    value: Fraction
    unit: str
    source: str
    said_on: date
    holder: str = ""
    peers: str = ""
    of_id: int | None = None


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
    yield from source_problems(told.period, told.said_on, today=today)


def source_problems(period: Period, said_on: date, *, today: date) -> Iterator[Problem]:
    """A source speaks when the months that it tells of have begun, and not tomorrow."""
    if said_on < date(period.year, period.month, 1):
        text = _("来源日期早于数据的月份，请核对年度和月份")
        yield Problem(text=text, where=_("来源日期"))
    if said_on > today:
        yield Problem(text=_("来源日期还没有到，请核对"), where=_("来源日期"))


def value_problems(value: Fraction, unit: str, used_unit: str) -> Iterator[Problem]:
    """One indicator is told in units that can be turned into each other, exactly."""
    if used_unit and times(used_unit, unit) is None:
        text = _("这个指标以前以%(unit)s计，请换算后再录") % {"unit": used_unit}
        yield Problem(text=text, where=_("计量单位"))
    if value * PARTS != int(value * PARTS):
        yield Problem(text=_("最多四位小数"), where=_("数值"))


def times(unit: str, wanted: str) -> Fraction | None:
    """How many of the wanted unit one of a unit is; nothing where it is none of them."""
    if unit == wanted:
        return Fraction(1)
    if not {unit, wanted} <= UNITS.keys() or "万美元" in (unit, wanted):
        return None
    fits = (UNITS[unit] > 1) == (UNITS[wanted] > 1)
    return Fraction(UNITS[unit], UNITS[wanted]) if fits else None


@dataclass(frozen=True, kw_only=True)
class Word:
    """A figure as it stands: its value in its unit, and whose word it is."""

    value: Fraction
    unit: str
    source: str


def is_news(told: Told, standing: Word | None) -> bool:
    """Whether a figure says something that does not stand already, by the same source."""
    return standing != Word(value=told.value, unit=told.unit, source=told.source)


def correction_problems(corrected: int, reason: str) -> Iterator[Problem]:
    """Whoever replaces what was told says why."""
    if corrected and not reason.strip():
        text = _("有 %(number)s 个数已经填过，更正要写明理由") % {"number": corrected}
        yield Problem(text=text, where=_("更正理由"))


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
