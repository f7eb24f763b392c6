"""What an office has accepted, in one step; with every example that it takes."""

from datetime import date, datetime
from typing import Any

from yipanqi.facts.projects.factories import (
    FUNDS_FEN,
    MAY_9,
    TOTAL_FEN,
    make_claim,
    make_evidence,
    make_project,
    whole_shares,
)
from yipanqi.facts.projects.models import Pending, Project
from yipanqi.org.factories import NOON, OFFICES, County, make_org
from yipanqi.org.models import Person
from yipanqi.place.factories import make_county, make_settings, settings_text
from yipanqi.place.reads import settings_on
from yipanqi.standing.actions import accept_claim
from yipanqi.standing.models import Verdict

__all__ = [
    "FUNDS_FEN",
    "MAY_9",
    "NOON",
    "OFFICES",
    "TOTAL_FEN",
    "County",
    "bring_to",
    "make_claim",
    "make_county",
    "make_evidence",
    "make_org",
    "make_project",
    "make_settings",
    "office_of",
    "recognise",
    "settings_text",
    "whole_shares",
]


def recognise(
    project: Project,
    node: str = "signed",
    *,
    on: date = MAY_9,
    amount: int | None = None,
    at: datetime = NOON,
    **particulars: Any,  # what else a claim may say
) -> Verdict:
    """A node that counts: claimed by a unit of the project, accepted by the office that verifies it."""
    claim = make_claim(project, node, on=on, amount=amount, at=at, **particulars)
    return accept_claim(claim=claim, by=office_of(claim.pk), at=at)


def bring_to(
    project: Project, node: str, *, on: date = MAY_9, at: datetime = NOON
) -> list[Verdict]:
    """A project at a node: every node from the signing on recognised on the same day."""
    order = settings_on(project.place_id, on).order
    nodes = order[order.index("signed") : order.index(node) + 1]
    return [recognise(project, each, on=on, at=at) for each in nodes]


def office_of(claim_id: int) -> Person:
    """Somebody in the office for which a claim waits."""
    office = Pending.objects.get(pk=claim_id).office_id
    return Person.objects.filter(posts__unit_id=office).order_by("pk")[0]
