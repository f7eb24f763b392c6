"""What each person of a unit brought in: the projects that the person answers for."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from django.db.models import Q

from yipanqi.standing.measures.intervals import credited, meets, summed
from yipanqi.standing.measures.spec import AsOf, Measure

LEAD = ("lead",)


def by_person(
    measures: Mapping[str, Measure], unit_id: int, at: AsOf
) -> dict[tuple[int, str], Fraction]:
    """Each measure for each person who answers for a project on behalf of the unit; one query.

    Units are credited with what they introduce, persons with what they answer for (责任人).
    """
    led = {name: replace(measure, credit=LEAD) for name, measure in measures.items()}
    if not led:
        return {}
    named = Q(project__parts__person__isnull=False)
    rows = credited(list(led.values()), [unit_id], at, named)
    sums = {f"m{i}": summed(one, at, meets(one, at)) for i, one in enumerate(led.values())}
    found = rows.values_list("project__parts__person_id").annotate(**sums).order_by()
    return {
        (person, name): Fraction(amount or 0)
        for person, *amounts in found
        for name, amount in zip(led, amounts, strict=True)
    }
