"""The intervals that measures count: which of them hold, which are asked for, what they add up to."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Count, Exists, OuterRef, Q, QuerySet, Sum

from yipanqi.facts.projects.rules import Currency
from yipanqi.place.rules import FUNDS, SIGNED
from yipanqi.standing.measures.spec import AsOf, Measure
from yipanqi.standing.measures.windows import Window
from yipanqi.standing.models import Deadline, Recognised
from yipanqi.standing.rules import FALSIFIED

Intervals = QuerySet[Any]  # of Recognised or of Deadline, grouped or not
NODES = {"funds": FUNDS, "falsified": FALSIFIED}


def summed(measure: Measure, at: AsOf, mine: Q | None = None) -> Aggregate:
    """What a measure adds up, over credited intervals or over those that are named."""
    mine = meets(measure, at) if mine is None else mine
    if measure.measure == "funds":
        return Sum("amount_fen", filter=mine)
    if measure.measure == "investment":
        return Sum("project__spans__total_fen", filter=mine)
    if measure.measure == "falsified":
        return Count("project_id", distinct=True, filter=mine)
    return Count("project_id", filter=mine)


def credited(
    measures: Sequence[Measure], holders: Sequence[int], at: AsOf, also: Q | None = None
) -> Intervals:
    """The intervals that hold at this point and any of these measures may count, with credits.

    Conditions on one credit must stand in one filter: in a second one they would join another.
    """
    joined = (also or Q()) & open_at("project__parts", at)
    joined &= Q(project__parts__unit_id__in=holders)
    joined &= Q(project__parts__role__in={role for m in measures for role in m.credit})
    return held(measures, at, joined)


def held(measures: Sequence[Measure], at: AsOf, joined: Q) -> Intervals:
    """The same whoever is credited; `joined` is asked within the one filter."""
    joined &= open_at("project__spans", at) & Q(project__spans__taken_back=False)
    if measures[0].measure == "overdue":
        codes = {measure.deadline for measure in measures}
        return Deadline.objects.as_of(at.seq).filter(joined, code__in=codes, due_on__lt=at.day)
    return Recognised.objects.as_of(at.seq).filter(joined, _asked_for(measures, at))


def _asked_for(measures: Sequence[Measure], at: AsOf) -> Q:
    """What any of these measures may count, so that a year's figures read no more than a year."""
    asked = Q(pk__in=[])
    windows: dict[Window, set[str]] = defaultdict(set)
    for measure in measures:
        node = NODES.get(measure.measure, measure.node)
        if measure.cohort:
            asked |= Q(node=node) & _within(measure.days(at.day)) & _cohort(measure, at)
        else:
            windows[measure.days(at.day)].add(node)
    for window, nodes in windows.items():
        asked |= Q(node__in=nodes) & _within(window)
    return asked


def _within(window: Window) -> Q:
    return Q(counted_on__range=(window.first, window.last))


def _cohort(measure: Measure, at: AsOf) -> Q:
    """The projects that reached the cohort's node within the cohort's days."""
    return Q(_reached(measure.cohort, at, _within(measure.cohort_days(at.day))))


def _carried(measure: Measure, at: AsOf) -> Q:
    """Projects that were signed before the window (续建), or all the others."""
    signed = Q(_reached(SIGNED, at, Q(counted_on__lt=measure.days(at.day).first)))
    return signed if measure.carried else ~signed


def _reached(node: str, at: AsOf, when: Q) -> Exists:
    """Asked of each project alone: a list of all of them would be gone through for every one."""
    its = Recognised.objects.as_of(at.seq).filter(project_id=OuterRef("project_id"), node=node)
    return Exists(its.filter(when))


def meets(measure: Measure, at: AsOf) -> Q:
    """What a measure asks of a credited interval."""
    return Q(project__parts__role__in=measure.credit) & conditions(measure, at)


def conditions(measure: Measure, at: AsOf) -> Q:
    """What a measure asks of an interval, whoever is credited."""
    asked = Q()
    if measure.at_least is not None:
        asked &= _floor(measure, measure.at_least)
    if measure.below is not None:
        asked &= Q(project__spans__total_fen__lt=measure.below)
    for name in ("industry", "nature", "honour", "level", "currency"):
        if wanted := getattr(measure, name):
            asked &= Q(**{f"project__spans__{name}__in": wanted})
    asked &= _origins(measure)
    if measure.measure == "overdue":
        return asked & Q(code=measure.deadline) & _late(measure, at)
    asked &= Q(node=NODES.get(measure.measure, measure.node)) & _within(measure.days(at.day))
    if measure.carried is not None:
        asked &= _carried(measure, at)
    return asked & _cohort(measure, at) if measure.cohort else asked


def _floor(measure: Measure, floor: int) -> Q:
    """A project is at least so large; one in dollars may have a floor of its own.

    Nothing about a span is denied: that would ask of all spans of the project and not of this one.
    """
    large = Q(project__spans__total_fen__gte=floor)
    if measure.at_least_usd is None:
        return large
    others = [currency for currency in Currency if currency is not Currency.USD]
    enough = Q(project__spans__total__gte=measure.at_least_usd)
    return (Q(project__spans__currency=Currency.USD) & enough) | (
        Q(project__spans__currency__in=others) & large
    )


def _origins(measure: Measure) -> Q:
    """Where the investor is from begins with one of these words, or is known and begins otherwise."""
    asked = Q()
    for word in measure.origin:
        asked |= Q(project__spans__origin__startswith=word)
    if measure.origin_not:
        words = "|".join(re.escape(word) for word in measure.origin_not)
        asked &= Q(project__spans__origin__regex=f"^(?!{words}).")
    return asked


def _late(measure: Measure, at: AsOf) -> Q:
    """By how many days something is late, both ends included."""
    asked = Q()
    if measure.late_from is not None:
        asked &= Q(due_on__lte=at.day - timedelta(days=measure.late_from))
    if measure.late_to is not None:
        asked &= Q(due_on__gte=at.day - timedelta(days=measure.late_to))
    return asked


def open_at(path: str, at: AsOf) -> Q:
    """Rows behind this path that hold at this point."""
    return Q(**{f"{path}__from_seq__lte": at.seq, f"{path}__to_seq__gt": at.seq})
