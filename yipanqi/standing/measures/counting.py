"""The figures of all holders at once: one grouped query a source, whole numbers only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet, Sum

from yipanqi.facts.returns.models import Return
from yipanqi.facts.returns.rules import State, due_on, months_until, state_of
from yipanqi.facts.targets.models import Target
from yipanqi.org.models import Pairing
from yipanqi.place.rules import FUNDS
from yipanqi.standing.measures.spec import AsOf, Measure, Window
from yipanqi.standing.models import Deadline, Recognised
from yipanqi.standing.rules import FALSIFIED

Figures = dict[int, Fraction]
Intervals = QuerySet[Any]  # of Recognised or of Deadline, grouped or not
NODES = {"funds": FUNDS, "falsified": FALSIFIED}


@dataclass(frozen=True)
class Counted:
    """A record that a figure counts: what it is, how much of it is the holder's, and when."""

    label: str
    amount: Fraction
    on: date | None
    project_id: int | None = None


def counted(
    measures: Mapping[str, Measure], holders: Sequence[int], at: AsOf, *, due_day: int
) -> dict[str, Figures]:
    """Each measure for each holder. Nothing counted is nought; a target never set is absent."""
    found: dict[str, Figures] = {name: {} for name in measures}
    by_source: dict[str, dict[str, Measure]] = defaultdict(dict)
    for name, measure in measures.items():
        by_source[_source(measure)][name] = measure
        if _source(measure) != "target":
            found[name] = dict.fromkeys(holders, Fraction(0))
    for source in ("recognised", "deadline"):
        if asked := by_source[source]:
            _count_intervals(asked, holders, at, found)
    if asked := by_source["target"]:
        _count_targets(asked, holders, at, found)
    if asked := by_source["returns"]:
        for name, holder, _ in _returns(asked, holders, at, due_day):
            found[name][holder] += 1
    return found


def _source(measure: Measure) -> str:
    if measure.measure in {"target", "returns"}:
        return measure.measure
    return "deadline" if measure.measure == "overdue" else "recognised"


def _count_intervals(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, found: dict[str, Figures]
) -> None:
    """One scan answers every measure over the same intervals."""
    rows = _credited(list(asked.values()), holders, at).values_list(
        "project__parts__unit_id", "project__parts__num", "project__parts__den"
    )
    totals = {f"m{i}": _total(measure, at) for i, measure in enumerate(asked.values())}
    for holder, num, den, *sums in rows.annotate(**totals).order_by():
        for (name, measure), total in zip(asked.items(), sums, strict=True):
            found[name][holder] += measure.in_unit(Fraction((total or 0) * num, den))


def _total(measure: Measure, at: AsOf) -> Aggregate:
    mine = _meets(measure, at)
    if measure.measure == "funds":
        return Sum("amount_fen", filter=mine)
    if measure.measure == "investment":
        return Sum("project__spans__total_fen", filter=mine)
    if measure.measure == "falsified":
        return Count("project_id", distinct=True, filter=mine)
    return Count("project_id", filter=mine)


def _credited(
    measures: Sequence[Measure], holders: Sequence[int], at: AsOf, also: Q | None = None
) -> Intervals:
    """The intervals that hold at this point and any of these measures may count, with credits.

    Conditions on one credit must stand in one filter: in a second one they would join another.
    """
    joined = (also or Q()) & _open_at("project__parts", at) & _open_at("project__spans", at)
    joined &= Q(project__parts__unit_id__in=holders, project__spans__taken_back=False)
    joined &= Q(project__parts__role__in={role for m in measures for role in m.credit})
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
            asked |= Q(node=node, project_id__in=_cohort(measure, at))
        else:
            windows[measure.days(at.day)].add(node)
    for window, nodes in windows.items():
        asked |= Q(node__in=nodes, counted_on__range=(window.first, window.last))
    return asked


def _cohort(measure: Measure, at: AsOf) -> Intervals:
    """The projects that reached the cohort's node within the window."""
    window = measure.days(at.day)
    reached = Recognised.objects.as_of(at.seq).filter(
        node=measure.cohort, counted_on__range=(window.first, window.last)
    )
    return reached.values("project_id")


def _meets(measure: Measure, at: AsOf) -> Q:
    """What a measure asks of a credited interval."""
    conditions = Q(project__parts__role__in=measure.credit)
    if measure.at_least is not None:
        conditions &= Q(project__spans__total_fen__gte=measure.at_least)
    if measure.below is not None:
        conditions &= Q(project__spans__total_fen__lt=measure.below)
    for name in ("industry", "nature", "honour", "level"):
        if wanted := getattr(measure, name):
            conditions &= Q(**{f"project__spans__{name}__in": wanted})
    if measure.measure == "overdue":
        return conditions & Q(code=measure.deadline)
    window = measure.days(at.day)
    conditions &= Q(node=NODES.get(measure.measure, measure.node))
    if not measure.cohort:
        return conditions & Q(counted_on__range=(window.first, window.last))
    return conditions & Q(project_id__in=_cohort(measure, at))


def _open_at(path: str, at: AsOf) -> Q:
    return Q(**{f"{path}__from_seq__lte": at.seq, f"{path}__to_seq__gt": at.seq})


def _standing_targets(indicators: Sequence[str], holders: Sequence[int], at: AsOf) -> Intervals:
    standing = Target.objects.standing(indicators=indicators, year=at.day.year, seq=at.seq)
    return standing.filter(holder_id__in=holders)


def _count_targets(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, found: dict[str, Figures]
) -> None:
    rows = _standing_targets([m.indicator for m in asked.values()], holders, at)
    for holder, indicator, amount in rows.values_list("holder_id", "indicator", "amount"):
        for name, measure in asked.items():
            if measure.indicator == indicator:
                found[name][holder] = measure.in_unit(Fraction(amount))


def _returns(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, due_day: int
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
            sent_on=sent.get((holder, month)), due=due_on(month, due_day), as_of=at.day
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


def paired(holders: Sequence[int], at: AsOf) -> dict[int, tuple[str, ...]]:
    """The units that each seat answers for, by name."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Pairing.objects.as_of(at.seq).filter(seat_id__in=holders).order_by("pk")
    for seat, name in rows.values_list("seat_id", "unit__name"):
        found[seat].append(name)
    return {seat: tuple(names) for seat, names in found.items()}


def records(measure: Measure, holder_id: int, at: AsOf, *, due_day: int) -> list[Counted]:
    """Every record behind a holder's figure; their amounts add up to the figure."""
    if measure.measure == "target":
        return [
            Counted(target.basis, measure.in_unit(Fraction(target.amount)), target.happened_on)
            for target in _standing_targets([measure.indicator], [holder_id], at)
        ]
    if measure.measure == "returns":
        months = _returns({"": measure}, [holder_id], at, due_day)
        return [Counted(f"{month:%Y年%-m月}月报", Fraction(1), month) for _, _, month in months]
    return _projects(measure, holder_id, at)


def _projects(measure: Measure, holder_id: int, at: AsOf) -> list[Counted]:
    rows = _credited([measure], [holder_id], at, _meets(measure, at))
    day = "due_on" if measure.measure == "overdue" else "counted_on"
    sums = {"funds": "amount_fen", "investment": "project__spans__total_fen"}
    amount = sums.get(measure.measure, "project__parts__num")
    listed = rows.order_by(day, "pk").values_list(
        "project_id", "project__name", day, "project__parts__num", "project__parts__den", amount
    )
    found = [
        Counted(
            label=name,
            amount=measure.in_unit(
                Fraction((total or 0) * num if measure.measure in sums else num, den)
            ),
            on=on,
            project_id=project_id,
        )
        for project_id, name, on, num, den, total in listed
    ]
    if measure.measure == "falsified":
        return list({record.project_id: record for record in found}.values())
    return found
