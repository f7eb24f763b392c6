"""How many projects and how much investment, in groups of one or several dimensions at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from yipanqi.facts.projects.models import Part, ProjectQuerySet

DIMENSIONS = {
    "unit": "unit_id",
    "stage": "project__stage",
    "industry": "project__industry",
    "level": "project__level",
}
"""What projects can be grouped by, and where it stands as seen from a unit's part."""


@dataclass(frozen=True)
class Summed:
    """Projects that have these values in common: how many, and how much."""

    key: tuple[str | int, ...]
    number: int
    total_fen: int


def sums_of(projects: ProjectQuerySet, by: Sequence[str], role: str) -> list[Summed]:
    """Every group that is not empty, with one query.

    With units each project counts once with every unit that has this part in it; without, once.
    """
    if "unit" in by:
        rows = Part.objects.current().filter(role=role, project__in=projects.order_by())
        columns, amount = [DIMENSIONS[name] for name in by], "project__total_fen"
        grouped = rows.order_by().values_list(*columns)
    else:
        columns, amount = list(by), "total_fen"
        grouped = projects.order_by().values_list(*columns)
    counted = grouped.annotate(number=Count("pk"), total=Sum(amount)).order_by(*columns)
    return [Summed(tuple(key), number, total or 0) for *key, number, total in counted]
