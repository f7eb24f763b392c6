"""Places (名次) in a group, decided on exact values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from yipanqi.assessment.rules.evaluating import Group, Values, evaluate
from yipanqi.assessment.rules.methods import Ties
from yipanqi.assessment.rules.nodes import Formula
from yipanqi.core.problems import Problem, Refused, Weight


def places(
    values: Mapping[str, Fraction | None], *, ties: Ties, high_first: bool = True
) -> dict[str, int]:
    """The place of each holder that has a value; equal values share it."""
    known = {holder: value for holder, value in values.items() if value is not None}
    ordered = sorted(known.values(), reverse=high_first)
    if ties is Ties.DENSE:
        ordered = list(dict.fromkeys(ordered))
    first: dict[Fraction, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {holder: first[value] for holder, value in known.items()}


def by_place(found: Mapping[str, int], holder: str) -> tuple[int, str]:
    """The order in which holders are printed: by place, equals by name, the unplaced last."""
    return (found.get(holder, len(found) + 1), holder)


@dataclass(frozen=True)
class Step:
    """The ranks after a comparison, and the values that were compared."""

    ranks: Mapping[str, int]
    values: Mapping[str, Fraction | None]

    @property
    def order(self) -> dict[str, Fraction | None]:
        """A value for each holder that is high where the rank is."""
        return {
            holder: Fraction(-self.ranks[holder]) if holder in self.ranks else None
            for holder in self.values
        }


def parted(
    values: Mapping[str, Fraction | None],
    breakers: Sequence[Formula],
    scopes: Mapping[str, Values],
    problems: list[Problem],
) -> list[Step]:
    """Ranks by a value, then step by step by what parts equals.

    Where one of the equals has nothing to show they stay equal to the end.
    """
    ranks = places(values, ties=Ties.SKIP)
    steps = [Step(ranks, values)]
    group, stuck = Group(scopes), set[str]()
    for breaker in breakers:
        ranks, compared = {**ranks}, dict.fromkeys(values)
        for tied in _tied(ranks, stuck):
            found = _compared(breaker, tied, scopes, group, problems)
            compared |= found
            if len(found) < len(tied):
                stuck.update(tied)
                continue
            for holder, value in found.items():
                ranks[holder] += sum(other > value for other in found.values())
        steps.append(Step(ranks, compared))
    return steps


def _tied(ranks: Mapping[str, int], stuck: set[str]) -> list[list[str]]:
    """Those that are still equal and can be parted, together."""
    equal: dict[int, list[str]] = {}
    for holder, rank in ranks.items():
        if holder not in stuck:
            equal.setdefault(rank, []).append(holder)
    return [holders for holders in equal.values() if len(holders) > 1]


def _compared(
    breaker: Formula,
    tied: Sequence[str],
    scopes: Mapping[str, Values],
    group: Group,
    problems: list[Problem],
) -> dict[str, Fraction]:
    """What each of the equals has to show."""
    found = {}
    for holder in tied:
        try:
            found[holder] = evaluate(breaker.tree, scopes[holder], group)
        except Refused as refused:
            problems.extend(
                replace(problem, where=f"{holder} 并列", weight=Weight.WARNS)
                for problem in refused.problems
            )
    return found
