"""One valid project, and one valid claim about it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile

from yipanqi.core.files import Evidence, keep_evidence
from yipanqi.facts.projects.actions.register import register_project
from yipanqi.facts.projects.actions.report import NewClaim, claim
from yipanqi.facts.projects.models import Claim, Part, Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.ledger.actions import Actor
from yipanqi.org.factories import NOON, County
from yipanqi.org.models import Person

MAY_9 = date(2026, 5, 9)
FUNDS_FEN = 1_200_000_000
TOTAL_FEN = 36_000_000_000


def make_project(
    county: County,
    *,
    unit: str = "青山镇",
    shares: Sequence[Share] | None = None,
    by: Actor | None = None,
    at: datetime = NOON,
    **particulars: Any,  # any column of the register
) -> Project:
    """A project of 3.6亿元 that `unit` introduced, hosts and leads; `particulars` as registered."""
    given = {
        "name": "云岭食品马铃薯全产业链项目",
        "investor": "云岭食品有限公司",
        "industry": "食品加工",
        "total": TOTAL_FEN,
        **particulars,
    }
    return register_project(
        project=Project(place=county.place, **given),
        shares=whole_shares(county, unit) if shares is None else shares,
        by=by or county.clerk,
        at=at,
    )


def whole_shares(county: County, unit: str) -> list[Share]:
    """One unit introduces, hosts and leads."""
    roles = (PartRole.INTRODUCER, PartRole.LANDING, PartRole.LEAD)
    return [Share(unit_id=county.units[unit].pk, role=role) for role in roles]


def make_evidence(
    content: bytes = b"%PDF-1.4 signed and sealed", name: str = "佐证.pdf"
) -> Evidence:
    """A file that lies in the store."""
    return keep_evidence(ContentFile(content, name=name))


def make_claim(
    project: Project,
    node: str = "signed",
    *,
    on: date = MAY_9,
    amount: int | None = None,
    by: Person | None = None,
    evidence: Sequence[Evidence] | None = None,
    at: datetime = NOON,
    **particulars: Any,  # currency, note
) -> Claim:
    """A unit with a part in the project claims a node, with evidence; it waits for its office."""
    part = Part.objects.current().filter(project=project).reporting().order_by("pk")[0]
    unit_id = part.unit_id if by is None else (by.acting_unit_id or 0)
    new = NewClaim(
        project=project,
        node=node,
        happened_on=on,
        unit_id=unit_id,
        amount=FUNDS_FEN if amount is None and node == "funds" else amount,
        evidence=(make_evidence(),) if evidence is None else tuple(evidence),
        **particulars,
    )
    reporter = by or Person.objects.filter(posts__unit_id=unit_id).order_by("pk")[0]
    return claim(new=new, by=reporter, at=at)
