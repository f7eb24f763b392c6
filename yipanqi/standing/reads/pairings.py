"""What a leader's seat answers for: paired projects, when each was checked, what a lead is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yipanqi.core.problems import Problem
from yipanqi.facts.activities.models import Check
from yipanqi.facts.activities.rules import check_due_on
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.org.models import Unit
from yipanqi.org.models.people import UnitQuerySet
from yipanqi.org.rules import Kind
from yipanqi.place.rules import Settings, lead_problems
from yipanqi.standing.reads.lines import INDUSTRY, LOCALITY
from yipanqi.standing.rules import days_overdue


@dataclass(frozen=True)
class Checks:
    """How often a paired project was looked at, the last time, and when it is due again."""

    last: Check | None
    number: int
    due_on: date | None
    late: int


def checks_of(project: Project, settings: Settings, *, as_of: date) -> Checks:
    """What leaders found in a project; one query."""
    checks = list(
        Check.objects.filter(project=project).select_related("seat").order_by("-happened_on", "-pk")
    )
    last = checks[0] if checks else None
    due_on = None
    if project.stage != settings.order[-1]:
        seen_on = last.happened_on if last else None
        due_on = check_due_on(seen_on, project.signed_on, every=settings.check_days)
    late = days_overdue(due_on, as_of=as_of) if due_on else 0
    return Checks(last, len(checks), due_on, late)


def leads_missing(project: Project, parts: Iterable[Part], settings: Settings) -> Sequence[Problem]:
    """What a project of this size lacks of leads; one query where leaders are ranked."""
    listed = list(parts)
    kinds = {part.unit.kind for part in listed if part.role == PartRole.LEAD}
    fen = project.total_fen or 0
    return list(
        lead_problems(
            settings.leads,
            fen=fen,
            bands=settings.bands_of(fen),
            industry=not kinds.isdisjoint(INDUSTRY),
            locality=not kinds.isdisjoint(LOCALITY),
            rank=_rank(project, listed, settings),
        )
    )


def _rank(project: Project, parts: Iterable[Part], settings: Settings) -> int | None:
    """How many leaders come before the highest one who answers for a project."""
    seats = {part.unit_id for part in parts if part.role == PartRole.LEADER}
    if not seats or not settings.leads.ranks:
        return None
    order = seats_in_order(project.place_id).values_list("pk", flat=True)
    return next((rank for rank, pk in enumerate(order) if pk in seats), None)


def seats_in_order(place_id: int) -> UnitQuerySet:
    """The leaders' seats of a place, the first leader first."""
    seats = Unit.objects.standing().filter(kind=Kind.SEAT, path__startswith=f"/{place_id}/")
    return seats.order_by("sort", "pk")
