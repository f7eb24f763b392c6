"""What can happen to figures from outside: they are entered, corrected by newer ones, taken off."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.facts.outside.rules import PARTS, Told, figure_problems
from yipanqi.ledger.actions import Actor, hold, record, record_many
from yipanqi.org.models import Unit
from yipanqi.place.rules import Indicator


@transaction.atomic
def enter_figures(
    *,
    place: Unit,
    told: Sequence[Told],
    ours: Mapping[str, Indicator],
    by: Actor | None,
    at: datetime,
) -> list[OutsideFigure]:
    """Enter what sources tell of other places (A12), all or nothing; `ours` we count ourselves."""
    hold()
    refuse_if_blocked(problems_in(place, told, ours=ours, today=localdate(at)))
    facts = [
        OutsideFigure(
            place=place,
            holder=one.holder,
            peers=one.peers,
            indicator=one.indicator,
            year=one.period.year,
            month=one.period.month,
            parts=int(one.value * PARTS),
            unit=one.unit,
            source=one.source,
            happened_on=one.said_on,
        )
        for one in told
    ]
    record_many(facts, by=by, at=at)
    return facts


def problems_in(
    place: Unit, told: Sequence[Told], *, ours: Mapping[str, Indicator], today: date
) -> list[Problem]:
    """Everything that stands against these figures, with the line where there are several."""
    standing = OutsideFigure.objects.filter(place=place).standing()
    used = dict(standing.values_list("indicator", "unit"))
    found: list[Problem] = []
    for number, one in enumerate(told, start=1):
        problems = figure_problems(
            one,
            place=place.name,
            mine=ours.get(one.indicator),
            used_unit=used.setdefault(one.indicator, one.unit),
            today=today,
        )
        line = _("第 %(number)s 行") % {"number": number} if len(told) > 1 else ""
        found += [Problem(text=p.text, where=f"{line} {p.where}".strip()) for p in problems]
    return found


@transaction.atomic
def take_off(*, figure: OutsideFigure, by: Actor | None, at: datetime) -> OutsideFigure:
    """Take a figure off the comparison; what was entered stays on record."""
    standing = OutsideFigure.objects.filter(place=figure.place_id).standing()
    if not standing.filter(pk=figure.pk).exists():
        raise refuse(_("这个数已经更正或撤下，请刷新后再看"))
    said = {
        field.attname: getattr(figure, field.attname)
        for field in figure._meta.concrete_fields
        if not field.primary_key
    }
    gone = OutsideFigure(**{**said, "gone": True, "happened_on": localdate(at)})
    return record(gone, by=by, at=at)
