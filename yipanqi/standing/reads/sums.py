"""How many projects and how much investment, in groups of one or several dimensions at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from yipanqi.facts.projects.models import ProjectQuerySet
from yipanqi.ledger.rules import OPEN

DIMENSIONS = {
    "unit": "parts__unit_id",
    "stage": "stage",
    "industry": "industry",
    "level": "level",
}
"""What projects can be grouped by, and where it stands."""


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
        projects = projects.filter(parts__to_seq=OPEN, parts__role=role)
    columns = [DIMENSIONS[name] for name in by]
    grouped = projects.order_by().values_list(*columns)
    counted = grouped.annotate(number=Count("pk"), total=Sum("total_fen")).order_by(*columns)
    return [Summed(tuple(key), number, total or 0) for *key, number, total in counted]
