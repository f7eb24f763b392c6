"""What holders must reach, as a measure: one query for all; a task never set is absent."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from yipanqi.facts.targets.models import Target, TargetQuerySet
from yipanqi.standing.measures.spec import AsOf, Counted, Figures, Measure


def count(asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf) -> dict[str, Figures]:
    """The tasks of the year, for each measure and holder that has one."""
    found: dict[str, Figures] = {name: {} for name in asked}
    rows = _standing([m.indicator for m in asked.values()], holders, at)
    for holder, indicator, amount in rows.values_list("holder_id", "indicator", "amount"):
        for name, measure in asked.items():
            if measure.indicator == indicator:
                found[name][holder] = measure.in_unit(Fraction(amount))
    return found


def _standing(indicators: Sequence[str], holders: Sequence[int], at: AsOf) -> TargetQuerySet:
    standing = Target.objects.standing(indicators=indicators, year=at.day.year, seq=at.seq)
    return standing.assigned().filter(holder_id__in=holders)


def records(measure: Measure, holder_id: int, at: AsOf) -> list[Counted]:
    """The word on the task that holds."""
    return [
        Counted(target.basis, measure.in_unit(Fraction(target.amount)), target.happened_on)
        for target in _standing([measure.indicator], [holder_id], at)
    ]
