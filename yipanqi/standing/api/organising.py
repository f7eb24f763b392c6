"""Units, groups, posts and pairings set by programs: the same forms and actions as the pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Schema

from yipanqi.core.clock import now
from yipanqi.core.schemas import REFUSALS, Taken, answered, initials, takes, typed_in
from yipanqi.org.access import PersonRequest
from yipanqi.org.actions import Terms, appoint, end_post, found_group, open_unit, pair, unpair
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Pairing, Unit
from yipanqi.org.rules import Can, Capacity, Kind, Matter, Role
from yipanqi.standing.access import person_for, post_for, refuse_beyond, unit_for
from yipanqi.standing.api.organisation import router
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.forms.organise import EndForm, GroupForm, PairForm, UnitForm, WhyForm, named
from yipanqi.standing.forms.people import PostForm
from yipanqi.standing.reads.organisation import people_of, units_of

__all__ = ["router"]


@takes(UnitForm(parents=[]))
class UnitNew(Taken):
    """A unit of the tree."""


@takes(GroupForm(parents=[], offices=[]))
class GroupNew(Taken):
    """A group, what it is for, and on what document it rests."""


@takes(PostForm(people=[]))
class PostNew(Taken):
    """Somebody is put into a post of a unit."""


@takes(EndForm)
class PostEnded(Taken):
    """When somebody left a post, and why."""


@takes(PairForm(seats=[], units=[]))
class PairNew(Taken):
    """A leader answers for a unit, an enterprise or a line of work."""


@takes(WhyForm)
class PairEnded(Taken):
    """Why a leader no longer answers for it."""


class Made(Schema):
    """The number of what was made."""

    id: int


@router.post("/units", response={201: Made, **REFUSALS}, summary="新设单位")
@grants(Can.SET_ORG)
def unit_new(request: PersonRequest, sent: UnitNew, key: str = KEY) -> HttpResponse:
    """Open a unit of the tree."""
    known = {unit.pk: unit for unit in units_of(request.user)}
    data = {**initials(UnitForm), **typed_in(sent)}
    typed = checked(UnitForm(data, parents=named(known.values())))
    parent = unit_for(request.user, typed.pop("parent"), Can.SET_ORG)

    def do() -> dict[str, object]:
        kind = Kind(typed["kind"])
        made = open_unit(
            name=typed["name"],
            kind=kind,
            parent=parent,
            sort=typed["sort"],
            by=request.user,
            at=now(),
        )
        return {"id": made.pk}

    return _once(request, key, data, do)


def _once(
    request: PersonRequest,
    key: str,
    data: Mapping[str, object],
    do: Callable[[], Mapping[str, object]],
) -> HttpResponse:
    return answered(once_for(request, key, data, do), status=201)


@router.post("/groups", response={201: Made, **REFUSALS}, summary="组建")
@grants(Can.SET_ORG)
def group_new(request: PersonRequest, sent: GroupNew, key: str = KEY) -> HttpResponse:
    """Found a group."""
    known = {unit.pk: unit for unit in units_of(request.user)}
    offices = named(unit for unit in known.values() if not unit.is_group)
    data = {**initials(GroupForm), **typed_in(sent)}
    typed = checked(GroupForm(data, parents=offices, offices=offices))
    name, kind = typed.pop("name"), Kind(typed.pop("kind"))
    parent = unit_for(request.user, typed.pop("parent") or request.user.place_id, Can.SET_ORG)
    terms = Terms(**{**typed, "office": known.get(typed["office"])})

    def do() -> dict[str, object]:
        made = found_group(
            name=name, kind=kind, parent=parent, terms=terms, by=request.user, at=now()
        )
        return {"id": made.pk}

    return _once(request, key, data, do)


@router.post("/units/{int:unit_id}/posts", response={201: Made, **REFUSALS}, summary="任职")
@grants(Can.APPOINT)
def post_new(request: PersonRequest, unit_id: int, sent: PostNew, key: str = KEY) -> HttpResponse:
    """Put somebody into a post of a unit."""
    unit = unit_for(request.user, unit_id, Can.APPOINT)
    data = {**initials(PostForm), **typed_in(sent)}
    typed = checked(PostForm(data, people=people_of(request.user)))
    person = person_for(request.user, typed.pop("person"))
    role, capacity = Role(typed.pop("role")), Capacity(typed.pop("capacity"))

    def do() -> dict[str, object]:
        signed: dict[str, Any] = {"by": request.user, "at": now()}
        made = appoint(person=person, unit=unit, role=role, capacity=capacity, **typed, **signed)
        return {"id": made.pk}

    return _once(request, key, data, do)


@router.post("/posts/{int:post_id}/end", response={201: Made, **REFUSALS}, summary="免去职务")
@grants(Can.APPOINT)
def post_end(request: PersonRequest, post_id: int, sent: PostEnded, key: str = KEY) -> HttpResponse:
    """Somebody leaves a post."""
    post = post_for(request.user, post_id, Can.APPOINT)
    data = typed_in(sent)
    typed = checked(EndForm(data))

    def do() -> dict[str, object]:
        return {"id": end_post(post, by=request.user, at=now(), **typed).pk}

    return _once(request, key, data, do)


@router.post("/pairings", response={201: Made, **REFUSALS}, summary="明确包保")
@grants(Can.SET_ORG)
def pairing_new(request: PersonRequest, sent: PairNew, key: str = KEY) -> HttpResponse:
    """A leader answers for something from now on."""
    known = {unit.pk: unit for unit in units_of(request.user)}
    every = named(known.values())
    data = {**initials(PairForm), **typed_in(sent)}
    typed = checked(PairForm(data, seats=every, units=every))
    seat = known[typed["seat"]]
    refuse_beyond(request.user, seat, Can.SET_ORG)

    def do() -> dict[str, object]:
        matter, unit = Matter(typed["matter"]), known.get(typed["unit"])
        made = pair(
            seat=seat, matter=matter, unit=unit, name=typed["name"], by=request.user, at=now()
        )
        return {"id": made.pk}

    return _once(request, key, data, do)


@router.post("/pairings/{int:pairing_id}/end", response={201: Made, **REFUSALS}, summary="解除包保")
@grants(Can.SET_ORG)
def pairing_end(
    request: PersonRequest, pairing_id: int, sent: PairEnded, key: str = KEY
) -> HttpResponse:
    """A leader no longer answers for something."""
    seen = Pairing.objects.filter(seat__in=Unit.objects.visible_to(request.user))
    pairing = get_object_or_404(seen.select_related("seat", "unit"), pk=pairing_id)
    refuse_beyond(request.user, pairing.seat, Can.SET_ORG)
    data = typed_in(sent)
    typed = checked(WhyForm(data))

    def do() -> dict[str, object]:
        unpair(pairing, by=request.user, at=now(), **typed)
        return {"id": pairing.pk}

    return _once(request, key, data, do)
