"""Figures that sources tell of our units (填报数), as a measure: one query for all; none is absent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yipanqi.facts.outside.models import OutsideFigure, OutsideFigureQuerySet
from yipanqi.facts.outside.rules import Period, times
from yipanqi.standing.measures.spec import AsOf, Counted, Figures, Measure
from yipanqi.standing.measures.windows import LENGTHS, months_later, period_of


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A figure of a holder as told: which fact, and what it comes to in the measure's unit."""

    figure: OutsideFigure
    value: Fraction


def count(asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf) -> dict[str, Figures]:
    """What stands for each measure and holder."""
    found: dict[str, Figures] = {name: {} for name in asked}
    for (name, holder), reading in readings(asked, holders, at).items():
        found[name][holder] = reading.value
    return found


def readings(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf
) -> dict[tuple[str, int], Reading]:
    """The figure that holds for each measure and holder: the latest told of the period."""
    words = {
        (one.of_id, one.indicator, one.period): one
        for one in _standing({m.indicator for m in asked.values()}, holders, at)
    }
    found = {}
    for name, measure in asked.items():
        for holder in holders:
            figure = _holding(measure, holder, words, at)
            value = None if figure is None else read(figure, measure.unit)
            if figure is not None and value is not None:
                found[name, holder] = Reading(figure=figure, value=value)
    return found


Words = Mapping[tuple[int | None, str, Period], OutsideFigure]


def _standing(indicators: Iterable[str], holders: Sequence[int], at: AsOf) -> OutsideFigureQuerySet:
    told = OutsideFigure.objects.of_ours().filter(
        of_id__in=holders, indicator__in=indicators, seq__lte=at.seq
    )
    return told.standing()


def _holding(measure: Measure, holder: int, words: Words, at: AsOf) -> OutsideFigure | None:
    """The latest figure of the period; of an earlier period that of the same months, or of all."""
    for period in _months_so_far(measure, at):
        now = words.get((holder, measure.indicator, period))
        if now is not None:
            return words.get((holder, measure.indicator, shifted(period, measure)))
    return None


def _months_so_far(measure: Measure, at: AsOf) -> list[Period]:
    """The months since the beginning of the period, up to the day's, then to the one before, …"""
    since = period_of(at.day, measure.window).first.month
    return [Period(at.day.year, month, since) for month in range(at.day.month, since - 1, -1)]


def shifted(period: Period, measure: Measure) -> Period:
    """The same months of an earlier period, or all of it."""
    if not measure.back:
        return period
    months = -LENGTHS[measure.window] * measure.back
    first, last = months_later(period.first_day, months), months_later(period.last_day, months)
    if measure.whole:
        last = period_of(last, measure.window).last
    return Period(last.year, last.month, first.month)


def read(figure: OutsideFigure, unit: str) -> Fraction | None:
    """What a figure comes to in a unit; a percentage is a share of one."""
    if figure.unit == unit == "%":
        return figure.value / 100
    factor = times(figure.unit, unit)
    return None if factor is None else figure.value * factor


def records(measure: Measure, holder_id: int, at: AsOf) -> list[Counted]:
    """The word that holds."""
    return [
        Counted(f"{one.figure.source} {one.figure.period}", one.value, one.figure.happened_on)
        for one in readings({"": measure}, [holder_id], at).values()
    ]
