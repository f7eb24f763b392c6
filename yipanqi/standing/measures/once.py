"""What several holders reached together: every record counted once and whole, whoever shares it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.db.models import Q

from yipanqi.facts.projects.models import Part
from yipanqi.standing.measures.intervals import conditions, held, summed
from yipanqi.standing.measures.projects import SUMS, day_of, told_once
from yipanqi.standing.measures.spec import AsOf, Counted, Measure


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


def whole(measures: Mapping[str, Measure], place_id: int, at: AsOf) -> dict[str, Fraction]:
    """Each measure for all of a place, with one query a source: every record once, whoever has a part."""
    found: dict[str, Fraction] = {}
    for late in (True, False):
        asked = {n: m for n, m in measures.items() if (m.measure == "overdue") is late}
        if asked:
            sums = {f"m{i}": summed(m, at, conditions(m, at)) for i, m in enumerate(asked.values())}
            rows = held(list(asked.values()), at, _of(place_id))
            told = rows.aggregate(**sums)
            for i, (name, measure) in enumerate(asked.items()):
                found[name] = measure.in_unit(Fraction(told[f"m{i}"] or 0))
    return found


def _of(place_id: int) -> Q:
    return Q(project__spans__place_id=place_id)


def each_whole(measure: Measure, place_id: int, at: AsOf) -> list[Counted]:
    """Every record that all of a place reached; their amounts add up to `whole`."""
    return _listed(measure, at, _of(place_id) & conditions(measure, at))


def each(measure: Measure, holders: Sequence[int], at: AsOf) -> list[Counted]:
    """Every record that these holders reached together; their amounts add up to `together`."""
    return _listed(measure, at, _counts(measure, holders, at))


def _listed(measure: Measure, at: AsOf, asked: Q) -> list[Counted]:
    amount, day = SUMS.get(measure.measure), day_of(measure)
    rows = held([measure], at, asked).order_by(day, "pk")
    listed = rows.values_list("project_id", "project__name", day, amount or "pk")
    found = [
        Counted(name, measure.in_unit(Fraction((total or 0) if amount else 1)), on, project_id)
        for project_id, name, on, total in listed
    ]
    return told_once(found, measure)
