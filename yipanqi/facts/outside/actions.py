"""What can happen to figures from outside: they are entered, corrected by newer ones, taken off."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.facts.outside.rules import (
    PARTS,
    Told,
    correction_problems,
    figure_problems,
    is_news,
    source_problems,
    value_problems,
)
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
    facts = [_fact(place, one) for one in told]
    record_many(facts, by=by, at=at)
    return facts


def _fact(place: Unit, told: Told, reason: str = "") -> OutsideFigure:
    return OutsideFigure(
        place=place,
        of_id=told.of_id,
        holder=told.holder,
        peers=told.peers,
        indicator=told.indicator,
        year=told.period.year,
        since=told.period.since,
        month=told.period.month,
        parts=int(told.value * PARTS),
        unit=told.unit,
        source=told.source,
        reason=reason,
        happened_on=told.said_on,
    )


@transaction.atomic
def tell_figures(
    *, place: Unit, told: Sequence[Told], reason: str = "", by: Actor | None, at: datetime
) -> list[OutsideFigure]:
    """Enter figures of our own units (填报), all or nothing; what stands already is not said again."""
    hold()
    news, corrected, problems = weighed(place, told, today=localdate(at))
    refuse_if_blocked([*problems, *correction_problems(len(corrected), reason)])
    facts = [_fact(place, one, reason if one in corrected else "") for one in news]
    record_many(facts, by=by, at=at)
    return facts


def weighed(
    place: Unit, told: Sequence[Told], *, today: date
) -> tuple[list[Told], list[Told], list[Problem]]:
    """What of these is news, what of that replaces another word, and what stands against them."""
    ours = OutsideFigure.objects.of_ours().filter(
        place=place, indicator__in={one.indicator for one in told}
    )
    standing = list(ours.standing())
    words = {(one.of_id, one.indicator, one.period): one.word for one in standing}
    used = {one.indicator: one.unit for one in standing}
    problems: list[Problem] = []
    news, corrected = [], []
    for one in told:
        said = words.get((one.of_id, one.indicator, one.period))
        problems += value_problems(one.value, one.unit, used.setdefault(one.indicator, one.unit))
        problems += source_problems(one.period, one.said_on, today=today)
        if is_news(one, said):
            news.append(one)
            corrected += [one] if said else []
    return news, corrected, list(dict.fromkeys(problems))


def problems_in(
    place: Unit, told: Sequence[Told], *, ours: Mapping[str, Indicator], today: date
) -> list[Problem]:
    """Everything that stands against these figures, with the line where there are several."""
    standing = OutsideFigure.objects.of_others().filter(place=place).standing()
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
def take_off(
    *, figure: OutsideFigure, by: Actor | None, at: datetime, reason: str = ""
) -> OutsideFigure:
    """Take a figure off; what was entered stays on record, and one of ours goes for a reason."""
    refuse_if_blocked(correction_problems(int(figure.of_id is not None), reason))
    standing = OutsideFigure.objects.filter(place=figure.place_id).standing()
    if not standing.filter(pk=figure.pk).exists():
        raise refuse(_("这个数已经更正或撤下，请刷新后再看"))
    said = {
        field.attname: getattr(figure, field.attname)
        for field in figure._meta.concrete_fields
        if not field.primary_key
    }
    gone = OutsideFigure(**{**said, "gone": True, "reason": reason, "happened_on": localdate(at)})
    return record(gone, by=by, at=at)
