"""Months whose return is late or missing, as a measure: one query for all holders."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.facts.returns.models import Return
from yipanqi.facts.returns.rules import State, due_on, months_until, state_of
from yipanqi.place.rules import Settings
from yipanqi.standing.measures.spec import AsOf, Counted, Figures, Measure


def count(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, settings: Settings
) -> dict[str, Figures]:
    """How many months of each holder are in the wanted state."""
    found = {name: dict.fromkeys(holders, Fraction(0)) for name in asked}
    for name, holder, _month in _months(asked, holders, at, settings):
        found[name][holder] += 1
    return found


def _months(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, settings: Settings
) -> list[tuple[str, int, date]]:
    """For each measure, each holder and month of this year whose return is in the wanted state."""
    year = (date(at.day.year, 1, 1), at.day)
    sent = {
        (holder, month): sent_on
        for holder, month, sent_on in Return.objects.filter(
            seq__lte=at.seq, holder_id__in=holders, month__range=year
        ).values_list("holder_id", "month", "happened_on")
    }
    states = {
        (holder, month): state_of(
            sent_on=sent.get((holder, month)),
            due=due_on(month, settings.return_due_day),
            as_of=at.day,
        )
        for holder in holders
        for month in months_until(at.day)
    }
    return [
        (name, holder, month)
        for name, measure in asked.items()
        for (holder, month), state in states.items()
        if state is State(measure.state) and month >= measure.days(at.day).first
    ]


def records(measure: Measure, holder_id: int, at: AsOf, settings: Settings) -> list[Counted]:
    """The months behind a holder's figure."""
    months = _months({"": measure}, [holder_id], at, settings)
    return [Counted(_monthly(month), Fraction(1), month) for *_who, month in months]


def _monthly(month: date) -> str:
    return _("%(year)s 年 %(month)s 月月报") % {"year": month.year, "month": month.month}
