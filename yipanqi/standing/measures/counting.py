"""The figures of all holders at once: one grouped query a source, whole numbers only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.facts.returns.models import Return
from yipanqi.facts.returns.rules import State, due_on, months_until, state_of
from yipanqi.facts.targets.models import Target
from yipanqi.org.models import Pairing
from yipanqi.standing.measures import judging
from yipanqi.standing.measures.intervals import Intervals, credited, meets, summed
from yipanqi.standing.measures.spec import AsOf, Measure

Figures = dict[int, Fraction]
GIVEN = {"target", "judging"}
"""What somebody must have said; where nobody has, a figure is missing and not nought."""


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
        if _source(measure) not in GIVEN:
            found[name] = dict.fromkeys(holders, Fraction(0))
    for source in ("recognised", "deadline"):
        if asked := by_source[source]:
            _count_intervals(asked, holders, at, found)
    if asked := by_source["target"]:
        _count_targets(asked, holders, at, found)
    if asked := by_source["returns"]:
        for name, holder, *_month in _returns(asked, holders, at, due_day):
            found[name][holder] += 1
    _count_given(by_source["judging"], holders, at, found)
    return found


def _source(measure: Measure) -> str:
    if measure.measure in judging.WAYS:
        return "judging"
    if measure.measure in {"target", "returns"}:
        return measure.measure
    return "deadline" if measure.measure == "overdue" else "recognised"


def _count_intervals(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, found: dict[str, Figures]
) -> None:
    """One scan answers every measure over the same intervals."""
    rows = credited(list(asked.values()), holders, at).values_list(
        "project__parts__unit_id", "project__parts__num", "project__parts__den"
    )
    totals = {f"m{i}": summed(measure, at) for i, measure in enumerate(asked.values())}
    for holder, num, den, *sums in rows.annotate(**totals).order_by():
        for (name, measure), total in zip(asked.items(), sums, strict=True):
            found[name][holder] += measure.in_unit(Fraction((total or 0) * num, den))


def _standing_targets(indicators: Sequence[str], holders: Sequence[int], at: AsOf) -> Intervals:
    standing = Target.objects.standing(indicators=indicators, year=at.day.year, seq=at.seq)
    return standing.assigned().filter(holder_id__in=holders)


def _count_targets(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, found: dict[str, Figures]
) -> None:
    rows = _standing_targets([m.indicator for m in asked.values()], holders, at)
    for holder, indicator, amount in rows.values_list("holder_id", "indicator", "amount"):
        for name, measure in asked.items():
            if measure.indicator == indicator:
                found[name][holder] = measure.in_unit(Fraction(amount))


def _count_given(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, found: dict[str, Figures]
) -> None:
    for name, holder, one in judging.given(asked, holders, at) if asked else ():
        found[name][holder] = one.value


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


def paired(holders: Sequence[int], at: AsOf, *, among: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The units that each seat answers for, by name: those that are assessed, a chain is not."""
    found: dict[int, list[str]] = defaultdict(list)
    pairings = Pairing.objects.as_of(at.seq).filter(seat_id__in=holders, unit_id__in=among)
    rows = pairings.order_by("pk")
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
        return [Counted(_monthly(month), Fraction(1), month) for *_who, month in months]
    if measure.measure in judging.WAYS:
        said = judging.given({"": measure}, [holder_id], at)
        return [Counted(one.label, one.value, one.on) for *_whom, one in said]
    return _projects(measure, holder_id, at)


def _monthly(month: date) -> str:
    return _("%(year)s 年 %(month)s 月月报") % {"year": month.year, "month": month.month}


def _projects(measure: Measure, holder_id: int, at: AsOf) -> list[Counted]:
    rows = credited([measure], [holder_id], at, meets(measure, at))
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
