"""The share of a period that is over (时间进度), the same for everybody."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.place.rules import Settings
from yipanqi.standing.measures.spec import AsOf, Counted, Figures, Measure
from yipanqi.standing.measures.windows import earlier, period_of


def count(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, settings: Settings
) -> dict[str, Figures]:
    """How much of its period each measure has behind it."""
    return {
        name: dict.fromkeys(holders, share(measure, at.day, settings))
        for name, measure in asked.items()
    }


def share(measure: Measure, day: date, settings: Settings) -> Fraction:
    """The share that is over: by the place's curve, by days, or by months begun."""
    day = earlier(day, measure.window, measure.back)
    period = period_of(day, measure.window)
    begun = _of_year(period.first - timedelta(days=1), measure, settings)
    before = begun if period.first.month > 1 else Fraction(0)
    whole = _of_year(period.last, measure, settings) - before
    return (_of_year(day, measure, settings) - before) / whole if whole else Fraction(1)


def _of_year(day: date, measure: Measure, settings: Settings) -> Fraction:
    if measure.by == "months":
        return Fraction(day.month, 12)
    if measure.by == "curve":
        return settings.elapsed(day)
    year = date(day.year + 1, 1, 1) - date(day.year, 1, 1)
    return Fraction((day - date(day.year, 1, 1)).days + 1, year.days)


def records(
    measure: Measure,
    holder_id: int,
    at: AsOf,
    settings: Settings,
) -> list[Counted]:
    """The share itself, as of the day."""
    return [Counted(_("时间进度"), share(measure, at.day, settings), at.day)]
