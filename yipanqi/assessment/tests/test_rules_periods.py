"""Years, half years, quarters and months, and how they are called."""

from datetime import date

import pytest

from yipanqi.assessment.rules.periods import Period, PeriodKind
from yipanqi.core.problems import Refused

DAY = date(2026, 8, 29)


@pytest.mark.parametrize(
    ("kind", "label", "first", "last"),
    [
        (PeriodKind.YEAR, "2026", date(2026, 1, 1), date(2026, 12, 31)),
        (PeriodKind.HALF_YEAR, "2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        (PeriodKind.QUARTER, "2026Q3", date(2026, 7, 1), date(2026, 9, 30)),
        (PeriodKind.MONTH, "2026-08", date(2026, 8, 1), date(2026, 8, 31)),
    ],
)
def test_a_day_lies_in_one_period_of_each_kind(kind, label, first, last):
    period = Period.of(kind, DAY)

    assert (period.label, period.first, period.last) == (label, first, last)
    assert Period.read(label) == period


@pytest.mark.parametrize("kind", PeriodKind)
def test_periods_of_a_kind_cover_every_day_once(kind):
    day = date(2024, 1, 1)
    while day.year < 2026:
        period = Period.of(kind, day)
        assert period.first == day
        assert Period.of(kind, period.last) == period
        day = date.fromordinal(period.last.toordinal() + 1)

    assert day == date(2026, 1, 1)


@pytest.mark.parametrize(
    "label", ["", "26", "2026Q5", "2026H0", "2026-13", "2026-00", "0000", "年"]
)
def test_what_is_no_period_is_refused_with_how_to_write_one(label):
    with pytest.raises(Refused, match="2026Q3"):
        Period.read(label)
