"""Units, groups, posts and pairings, for programs to read."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from ninja import Router, Schema

from yipanqi.core.clock import today
from yipanqi.core.schemas import REFUSALS, answered
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import grants
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.standing.reads.organisation import Group, answering, groups_of, held_in, rows_of

router = Router(tags=["组织"])


class UnitTold(Schema):
    """A unit of the tree, who heads it and who reports for it."""

    id: int
    name: str
    kind: str
    parent_id: int | None
    heads: list[str]
    liaisons: list[str]
    substitutes: list[str]
    leaders: list[str]
    terms: list[str]


class Units(Schema):
    """All units that stand."""

    items: list[UnitTold]


class MilestoneTold(Schema):
    """What a group has to have done by a day, and how it stands."""

    what: str
    due_on: date
    done_on: date | None
    lamp: str


class GroupTold(Schema):
    """A group with its members and milestones."""

    id: int
    name: str
    kind: str
    parent_id: int | None
    purpose: str
    basis: str
    founded_on: date | None
    office: str
    industries: list[str]
    enterprises: list[str]
    heads: list[str]
    people: list[str]
    units: list[str]
    milestones: list[MilestoneTold]


class Groups(Schema):
    """All groups that stand."""

    items: list[GroupTold]


class PostTold(Schema):
    """A post that is held; telephones are not told."""

    id: int
    person_id: int
    person: str
    unit_id: int
    unit: str
    title: str
    role: str
    capacity: str
    main: bool
    from_on: date
    until_on: date | None


class Posts(Schema):
    """All posts that are held."""

    items: list[PostTold]


class PairingTold(Schema):
    """A leader's seat and what it answers for."""

    id: int
    seat_id: int
    seat: str
    matter: str
    unit_id: int | None
    name: str


class Pairings(Schema):
    """Every pairing that holds, and the seats that have none."""

    items: list[PairingTold]
    without: list[str]


@router.get("/units", response={200: Units, **REFUSALS}, summary="单位")
@grants(Can.SEE_ORG)
def units(request: PersonRequest) -> HttpResponse:
    """The units of one's place."""
    items = [
        {
            **_unit_told(row.unit),
            "heads": [post.person.name for post in row.heads],
            "liaisons": [post.person.name for post in row.liaisons],
            "substitutes": [post.person.name for post in row.substitutes],
            "leaders": row.leaders,
            "terms": [f"{post.person.name}：{lamp.words}" for post, lamp in row.terms],
        }
        for row in rows_of(request.user, today())
    ]
    return answered({"items": items})


def _unit_told(unit: Unit) -> dict[str, Any]:
    return {"id": unit.pk, "name": unit.name, "kind": unit.kind, "parent_id": unit.parent_id}


@router.get("/groups", response={200: Groups, **REFUSALS}, summary="各类组")
@grants(Can.SEE_ORG)
def groups(request: PersonRequest) -> HttpResponse:
    """The groups of one's place."""
    mine = Unit.objects.visible_to(request.user).groups().standing()
    return answered({"items": [_group_told(group) for group in groups_of(mine, today())]})


def _group_told(group: Group) -> dict[str, Any]:
    charter = group.charter
    return {
        **_unit_told(group.unit),
        "purpose": charter.purpose if charter else "",
        "basis": charter.basis if charter else "",
        "founded_on": charter and charter.founded_on,
        "office": charter.office.name if charter and charter.office else "",
        "industries": charter.industries if charter else (),
        "enterprises": charter.enterprises if charter else (),
        "heads": group.heads,
        "people": [post.person.name for post in group.people],
        "units": [one.unit.name for one in group.units],
        "milestones": [
            {
                "what": step.milestone.what,
                "due_on": step.milestone.due_on,
                "done_on": step.done and step.done.happened_on,
                "lamp": step.lamp.words,
            }
            for step in group.milestones
        ],
    }


@router.get("/posts", response={200: Posts, **REFUSALS}, summary="任职")
@grants(Can.SEE_ORG)
def posts(request: PersonRequest) -> HttpResponse:
    """Who holds which post."""
    columns = ("title", "role", "capacity", "main", "from_on", "until_on", "unit_id", "person_id")
    seen = Unit.objects.visible_to(request.user).values_list("pk", flat=True)
    items = [
        {
            "id": post.pk,
            "person": post.person.name,
            "unit": post.unit.name,
            **{name: getattr(post, name) for name in columns},
        }
        for post in held_in(seen)
    ]
    return answered({"items": items})


@router.get("/pairings", response={200: Pairings, **REFUSALS}, summary="包保")
@grants(Can.SEE_ORG)
def pairings(request: PersonRequest) -> HttpResponse:
    """Which leader answers for what, and which for nothing."""
    rows = answering(request.user)
    items = [
        {
            "id": one.pk,
            "seat_id": row.seat.pk,
            "seat": row.seat.name,
            "matter": one.matter,
            "unit_id": one.unit_id,
            "name": one.with_what,
        }
        for row in rows
        for one in row.pairings
    ]
    without = [row.seat.name for row in rows if not row.pairings]
    return answered({"items": items, "without": without})
