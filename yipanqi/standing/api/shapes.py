"""What programs are told of projects: the shapes, and the answers that have them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ninja import Schema

from yipanqi.facts.projects.models import Part
from yipanqi.facts.projects.rules import PartRole
from yipanqi.place.rules import Settings
from yipanqi.standing.models import Deadline, Recognised
from yipanqi.standing.reads.sums import Summed
from yipanqi.standing.rules import Colour, days_overdue, lamp_of

Answer = dict[str, Any]  # what JSON can hold
Row = Mapping[str, Any]  # columns by name

PLAIN = (
    *("id", "code", "name", "investor", "company", "credit_code", "industry", "nature", "origin"),
    *("honour", "level", "currency", "total", "fixed", "total_fen", "land_area", "stage"),
    *("stage_on", "signed_on", "due_on", "due_code", "last_fact_on", "version"),
)
"""The columns of the register that a list tells as they stand."""

PART = (
    *("project_id", "unit_id", "unit__name", "role", "num", "den"),
    *("person_id", "person__name"),
)


class LampTold(Schema):
    """A lamp's colour and its words."""

    colour: Colour
    words: str


class PartTold(Schema):
    """A unit's part in a project, its share of the credit as a fraction: 1/2."""

    unit_id: int
    unit: str
    role: str
    share: str
    person_id: int | None
    person: str | None


class ProjectTold(Schema):
    """A project as lists show it; amounts in 分, or the smallest unit of its currency, areas in 平方米."""

    id: int
    code: str
    name: str
    investor: str
    company: str
    credit_code: str
    industry: str
    nature: str
    origin: str
    honour: str
    level: str
    currency: str
    total: int | None
    fixed: int | None
    total_fen: int | None
    land_area: int | None
    stage: str
    stage_name: str
    stage_on: date | None
    signed_on: date | None
    due_on: date | None
    due_code: str
    last_fact_on: date | None
    version: int
    lamp: LampTold
    parts: list[PartTold]


class Projects(Schema):
    """One page of the projects asked for; number and investment are those of all pages."""

    count: int
    total_fen: int
    page: int
    page_size: int
    items: list[ProjectTold]


class RecognisedTold(Schema):
    """A node that counts, or money that does, and the claim behind it."""

    node: str
    name: str
    counted_on: date
    amount_fen: int | None
    claim: int


class DeadlineTold(Schema):
    """A node that is awaited."""

    code: str
    name: str
    reached_on: date
    due_on: date
    days_overdue: int


class ProjectWhole(ProjectTold):
    """A project with all that is known of it."""

    content: str
    remark: str
    recognised: list[RecognisedTold]
    deadlines: list[DeadlineTold]


class SumTold(Schema):
    """A group: the values that it has in common, how many projects, how much in 分."""

    key: list[int | str]
    count: int
    total_fen: int


class Sums(Schema):
    """Projects in groups."""

    by: list[str]
    role: str
    groups: list[SumTold]


def project_told(project: Row, parts: Iterable[Answer], settings: Settings, today: date) -> Answer:
    """A project as lists show it, from the columns of the register and who takes part."""
    lamp = lamp_of(
        settings=settings,
        finished=project["stage"] == settings.order[-1],
        as_of=today,
        **{name: project[name] for name in ("due_code", "due_on", "signed_on", "last_fact_on")},
    )
    return {
        **{name: project[name] for name in PLAIN},
        "stage_name": settings.name_of(project["stage"]) if project["stage"] else "",
        "lamp": {"colour": lamp.colour, "words": lamp.words},
        "parts": parts,
    }


def parts_told(project_ids: Iterable[int]) -> dict[int, list[Answer]]:
    """Who brings each project forward now; columns alone, since a page has some two hundred parts.

    The offices that verify its nodes are left out: which they are follows from the definitions.
    """
    found: dict[int, list[Answer]] = defaultdict(list)
    parts = Part.objects.current().exclude(role=PartRole.VERIFIER)
    rows = parts.filter(project_id__in=project_ids).order_by("role", "pk")
    for project_id, unit_id, unit, role, num, den, person_id, person in rows.values_list(*PART):
        told = {"unit_id": unit_id, "unit": unit, "role": role, "share": f"{num}/{den}"}
        found[project_id].append(told | {"person_id": person_id, "person": person})
    return found


def project_whole(
    project: Row,
    parts: Iterable[Answer],
    recognised: Iterable[Recognised],
    deadlines: Iterable[Deadline],
    settings: Settings,
    today: date,
) -> Answer:
    """A project with its recognised nodes and awaited days."""
    return {
        **project_told(project, parts, settings, today),
        "content": project["content"],
        "remark": project["remark"],
        "recognised": [
            {
                "node": row.node,
                "name": settings.name_of(row.node),
                "counted_on": row.counted_on,
                "amount_fen": row.amount_fen,
                "claim": row.claim_id,
            }
            for row in recognised
        ],
        "deadlines": [
            {
                "code": row.code,
                "name": settings.name_of(row.code),
                "reached_on": row.reached_on,
                "due_on": row.due_on,
                "days_overdue": days_overdue(row.due_on, as_of=today),
            }
            for row in deadlines
        ],
    }


def sum_told(group: Summed) -> Answer:
    """A group as programs get it."""
    return {"key": list(group.key), "count": group.number, "total_fen": group.total_fen}
