"""What can happen to the organisation: it is loaded, amended, paired."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.ledger.actions import Actor, Line, append, hold, open_records
from yipanqi.ledger.models import subject_of
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Pairing, Person, Post, Unit, UnitSpan
from yipanqi.org.rules import Kind, Role, plan_problems


@transaction.atomic
def open_unit(
    *, name: str, kind: Kind, parent: Unit | None, by: Actor | None, at: datetime, sort: int = 0
) -> Unit:
    """Take a unit into the tree; from here on it can carry tasks."""
    unit = Unit(name=name, kind=kind, parent=parent, path=f"new:{name}", sort=sort)
    unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    line = Line("open:org.unit", subject_of(unit), {"after": unit.vouched()})
    seq = append([line], by=by, at=at)[-1].seq
    UnitSpan.objects.create(unit=unit, parent=parent, kind=kind, path=unit.path, from_seq=seq)
    return unit


@transaction.atomic
def open_person(
    *, username: str, name: str, by: Actor | None, at: datetime, phone: str = "", password: str = ""
) -> Person:
    """Give somebody an account; without a password nobody can sign in with it."""
    person = Person(username=username, name=name, phone=phone)
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    open_records([person], by=by, at=at)
    return person


@transaction.atomic
def appoint(
    *,
    person: Person,
    unit: Unit,
    title: str,
    role: Role,
    from_on: date,
    by: Actor | None,
    at: datetime,
    main: bool = True,
) -> Post:
    """Put a person into a post of a unit, from a day on."""
    post = Post(person=person, unit=unit, title=title, role=role, from_on=from_on, main=main)
    open_records([post], by=by, at=at)
    return post


@transaction.atomic
def pair(*, seat: Unit, unit: Unit, by: Actor | None, at: datetime) -> Pairing:
    """A leader's seat answers for a unit from now on (包保)."""
    hold()
    if Pairing.objects.current().filter(seat=seat, unit=unit).exists():
        raise refuse(f"{unit}已经由{seat}包保", where="包保")
    line = Line("pair", subject_of(unit), {"seat": seat.pk, "unit": unit.pk})
    seq = append([line], by=by, at=at)[-1].seq
    return Pairing.objects.create(seat=seat, unit=unit, from_seq=seq, to_seq=OPEN)


@transaction.atomic
def load_org(
    plan: Mapping[str, Any],  # parsed YAML, checked here
    *,
    by: Actor | None,
    at: datetime,
    password: str = "",
) -> Unit:
    """Set up a place from its staff list: units, people, posts and pairings, all or nothing."""
    refuse_if_blocked(plan_problems(plan))
    place = open_unit(name=plan["place"], kind=Kind.PLACE, parent=None, by=by, at=at)
    units = {place.name: place}
    for kind, listed in plan["units"].items():
        for sort, unit in enumerate(listed):
            units[unit["name"]] = open_unit(
                name=unit["name"], kind=Kind(kind), parent=place, by=by, at=at, sort=sort
            )
            _staff(units[unit["name"]], unit.get("people", ()), by=by, at=at, password=password)
    _staff(place, plan.get("people", ()), by=by, at=at, password=password)
    for seat, paired in plan.get("pairings", {}).items():
        for unit_name in paired:
            pair(seat=units[seat], unit=units[unit_name], by=by, at=at)
    return place


def _staff(
    unit: Unit,
    people: Iterable[Mapping[str, Any]],
    *,
    by: Actor | None,
    at: datetime,
    password: str,
) -> None:
    for entry in people:
        person = open_person(
            username=entry["account"],
            name=entry["name"],
            phone=str(entry.get("phone", "")),
            password=password,
            by=by,
            at=at,
        )
        appoint(
            person=person,
            unit=unit,
            title=entry["title"],
            role=Role(entry["role"]),
            from_on=entry["from"],
            by=by,
            at=at,
        )
