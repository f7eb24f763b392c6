"""A place is set up from its staff list."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yipanqi.core.problems import refuse_if_blocked
from yipanqi.ledger.actions import Actor
from yipanqi.org.actions.pairings import pair
from yipanqi.org.actions.people import appoint, open_person
from yipanqi.org.actions.units import open_unit
from yipanqi.org.models import Unit
from yipanqi.org.rules import Capacity, Kind, Role
from yipanqi.org.rules.staff import plan_problems


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
            capacity=Capacity(entry.get("capacity", Capacity.MEMBER)),
            until_on=entry.get("until"),
            by=by,
            at=at,
        )
