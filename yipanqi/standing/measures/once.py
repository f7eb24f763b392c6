"""What several holders reached together: every record counted once and whole, whoever shares it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.db.models import Q

from yipanqi.facts.projects.models import Part
from yipanqi.standing.measures.counting import Counted
from yipanqi.standing.measures.intervals import conditions, held, summed
from yipanqi.standing.measures.spec import AsOf, Measure

SUMS = {"funds": "amount_fen", "investment": "project__spans__total_fen"}


def together(
    measures: Mapping[str, Measure], groups: Mapping[str, Sequence[int]], at: AsOf
) -> dict[str, dict[str, Fraction]]:
    """Each measure for each group of holders, with one query for all; these sum up no shares.

    A project that two of them share counts as one, where the sum of the holders could fall short of
    it or, with several parts in it, exceed it.
    """
    asked = [(name, group) for name in measures for group in groups]
    sums = {
        f"m{i}": summed(measures[name], at, _counts(measures[name], groups[group], at))
        for i, (name, group) in enumerate(asked)
    }
    found = held(list(measures.values()), at, Q()).aggregate(**sums) if asked else {}
    told: dict[str, dict[str, Fraction]] = {name: {} for name in measures}
    for i, (name, group) in enumerate(asked):
        told[name][group] = measures[name].in_unit(Fraction(found[f"m{i}"] or 0))
    return told


def _counts(measure: Measure, holders: Sequence[int], at: AsOf) -> Q:
    parts = Part.objects.as_of(at.seq).filter(unit_id__in=holders, role__in=measure.credit)
    return conditions(measure, at) & Q(project_id__in=parts.values("project_id"))


def each(measure: Measure, holders: Sequence[int], at: AsOf) -> list[Counted]:
    """Every record that these holders reached together; their amounts add up to `together`."""
    amount = SUMS.get(measure.measure)
    rows = held([measure], at, _counts(measure, holders, at)).order_by("counted_on", "pk")
    listed = rows.values_list("project_id", "project__name", "counted_on", amount or "pk")
    return [
        Counted(name, measure.in_unit(Fraction((total or 0) if amount else 1)), on, project_id)
        for project_id, name, on, total in listed
    ]
