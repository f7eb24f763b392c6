"""One figure of a unit of ours, as a statistics office tells it."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from yipanqi.facts.outside.actions import tell_figures
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.facts.outside.rules import Period, Told
from yipanqi.org.factories import NOON, County
from yipanqi.org.models import Unit

SOURCE = "县统计局月报"
SAID_ON = date(2026, 11, 12)


def told_of(
    of: Unit, value: Fraction | int, *, indicator: str = "规上工业产值", **changes: object
) -> Told:
    """A figure of a unit from January to October."""
    said: dict[str, object] = {
        "of_id": of.pk,
        "indicator": indicator,
        "value": Fraction(value),
        "unit": "亿元",
        "period": Period(2026, 10),
        "source": SOURCE,
        "said_on": SAID_ON,
    }
    return Told(**{**said, **changes})  # type: ignore[arg-type]  # the changes are of these kinds


def make_told(
    county: County,
    values: Mapping[str, Fraction | int],
    *,
    reason: str = "",
    at: datetime = NOON,
    **changes: object,
) -> list[OutsideFigure]:
    """Such figures of several units by name, entered by the clerk."""
    units = {**county.units, county.place.name: county.place}
    told = [told_of(units[name], value, **changes) for name, value in values.items()]  # type: ignore[arg-type]
    return tell_figures(place=county.place, told=told, reason=reason, by=county.clerk, at=at)
