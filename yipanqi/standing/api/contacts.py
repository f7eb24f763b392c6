"""Contacts with investors and checks of paired projects, for programs."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yipanqi.core.clock import now
from yipanqi.core.lists import PER_PAGE
from yipanqi.core.schemas import (
    REFUSALS,
    Taken,
    answered,
    initials,
    refuse_unknown,
    takes,
    typed_in,
)
from yipanqi.facts.activities.actions import (
    check_project,
    correct_contact,
    report_contact,
    withdraw_contact,
)
from yipanqi.facts.activities.models import Contact
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.standing.access import project_for
from yipanqi.standing.api.reports import Written
from yipanqi.standing.forms.claims import ReasonForm
from yipanqi.standing.forms.contacts import CheckForm, ContactForm, ContactsQuery, CorrectForm
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.reads import contacts as reads

router = Router(tags=["接洽与包保"])


@takes(ContactsQuery(units=[], people=[]), without={"group"}, texts=True)
class ContactsAsked(Taken):
    """Which contacts."""


@takes(ContactForm(units=[], projects=[]), without={"key"})
class ContactNew(Taken):
    """Who of ours met whom, when and how; `present` are the numbers of posts."""


@takes(CorrectForm(units=[], projects=[]), without={"key", "unit"})
class ContactCorrected(Taken):
    """The whole contact as it really was, and why it was said otherwise."""


@takes(ReasonForm)
class ContactTakenBack(Taken):
    """Why a contact is taken back."""


@takes(CheckForm(seats=[]), without={"key"})
class CheckNew(Taken):
    """Form of progress, funds and problems of a paired project."""


class ThereTold(Schema):
    """Somebody of ours who was there."""

    post: int
    person_id: int
    person: str
    unit: str


class ContactTold(Schema):
    """A contact that holds."""

    seq: int
    happened_on: date
    kind: str
    unit_id: int
    unit: str
    investor: str
    place: str
    project_id: int | None
    text: str
    result: str
    corrects: int | None
    present: list[ThereTold]


class Contacts(Schema):
    """One page of the contacts asked for, the newest first; `count` is that of all pages."""

    count: int
    kinds: dict[str, int]
    page: int
    items: list[ContactTold]


@router.get("/contacts", response={200: Contacts, **REFUSALS}, summary="查询接洽")
@grants(Can.SEE_CONTACT)
def find_contacts(request: PersonRequest, asked: Query[ContactsAsked]) -> HttpResponse:
    """One page of the contacts in sight that still hold."""
    refuse_unknown(request.GET, ContactsAsked)
    units = Unit.objects.visible_to(request.user).values_list("pk", "name")
    people = reads.leaders_named(request.user)
    form = ContactsQuery(request.GET, units=list(units), people=people)
    page = int(checked(form)["page"] or 1)
    found = reads.chosen(Contact.objects.visible_to(request.user).standing(), form.wanted())
    totals = reads.totals_of(found)
    rows = reads.with_people(found).order_by("-happened_on", "-seq")
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    kinds = {kind: number for kind, _label, number in totals.kinds}
    items = [_told(one) for one in shown]
    return answered({"count": totals.number, "kinds": kinds, "page": page, "items": items})


def _told(one: Contact) -> dict[str, Any]:
    plain = ("seq", "happened_on", "kind", "investor", "place", "project_id", "text", "result")
    return {
        **{name: getattr(one, name) for name in plain},
        "unit_id": one.holder_id,
        "unit": one.holder.name,
        "corrects": one.corrects_id,
        "present": [
            {
                "post": there.post_id,
                "person_id": there.post.person_id,
                "person": there.post.person.name,
                "unit": there.post.unit.name,
            }
            for there in one.presences.all()
        ],
    }


@router.post("/contacts", response={201: Written, **REFUSALS}, summary="报接洽")
@grants(Can.REPORT_CONTACT)
def contact(request: PersonRequest, sent: ContactNew, key: str = KEY) -> HttpResponse:
    """Report a contact for a unit of one's own."""
    data = {**initials(ContactForm), **typed_in(sent)}
    units = reads.holders_for(request.user)
    holder = next((unit for unit in units if str(unit.pk) == str(data.get("unit"))), None)
    projects = reads.projects_for(holder, request.user) if holder else []
    form = ContactForm(data, units=units, projects=projects)
    checked(form)

    def do() -> dict[str, object]:
        return {"seq": report_contact(new=form.new(), by=request.user, at=now()).pk}

    return answered(once_for(request, key, data, do), status=201)


@router.post(
    "/contacts/{int:contact_id}/correction",
    response={201: Written, **REFUSALS},
    summary="更正接洽",
)
@grants(Can.REPORT_CONTACT)
def correct(
    request: PersonRequest, contact_id: int, sent: ContactCorrected, key: str = KEY
) -> HttpResponse:
    """Say how it really was; the first word stays on record."""
    old = _to_change(request, contact_id)
    data = {**initials(ContactForm), **typed_in(sent), "unit": old.holder_id}
    projects = reads.projects_for(old.holder, request.user)
    form = CorrectForm(data, units=[old.holder], projects=projects)
    reason = checked(form)["reason"]

    def do() -> dict[str, object]:
        made = correct_contact(
            contact=old, new=form.new(), reason=reason, by=request.user, at=now()
        )
        return {"seq": made.pk}

    return answered(once_for(request, key, data, do), status=201)


@router.post(
    "/contacts/{int:contact_id}/withdrawal",
    response={201: Written, **REFUSALS},
    summary="撤回接洽",
)
@grants(Can.REPORT_CONTACT)
def withdraw(
    request: PersonRequest, contact_id: int, sent: ContactTakenBack, key: str = KEY
) -> HttpResponse:
    """Take back what should not have been reported."""
    one = _to_change(request, contact_id)
    data = typed_in(sent)
    reason = checked(ReasonForm(data))["reason"]

    def do() -> dict[str, object]:
        made = withdraw_contact(contact=one, reason=reason, by=request.user, at=now())
        return {"seq": made.pk}

    return answered(once_for(request, key, data, do), status=201)


def _to_change(request: PersonRequest, contact_id: int) -> Contact:
    contacts = Contact.objects.visible_to(request.user).select_related("holder")
    one = get_object_or_404(contacts, pk=contact_id)
    if not request.user.reach(Can.REPORT_CONTACT).covers(one.holder.path):
        raise PermissionDenied
    return one


@router.post(
    "/projects/{int:project_id}/checks", response={201: Written, **REFUSALS}, summary="包保检查"
)
@grants(Can.CHECK_PROJECT)
def check(request: PersonRequest, project_id: int, sent: CheckNew, key: str = KEY) -> HttpResponse:
    """A leader has looked at a paired project: form of progress, funds, problems."""
    project = project_for(request.user, project_id, Can.SEE_PROJECT)
    data = typed_in(sent)
    if not (seats := reads.seats_of(project, request.user)):
        raise PermissionDenied
    form = CheckForm(data, seats=[(seat.pk, seat.name) for seat in seats])
    typed = checked(form)
    seat = next(one for one in seats if one.pk == typed["seat"])
    said = {name: typed[name] for name in ("happened_on", "form", "funds", "problem")}

    def do() -> dict[str, object]:
        made = check_project(project=project, seat=seat, by=request.user, at=now(), **said)
        return {"seq": made.pk}

    return answered(once_for(request, key, data, do), status=201)
