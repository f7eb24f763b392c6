"""Counties as stories need them: the usual one with more units, and other words for its tasks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yipanqi.org.actions import appoint, load_org, open_person, open_unit
from yipanqi.org.factories import NOON, County, plan
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Kind, Role
from yipanqi.place.factories import make_settings


def county_with(
    more: Mapping[Kind, Sequence[str]], *, indicators: str = "", people: int = 1
) -> County:
    """The usual county with these units beside, each with so many people who report for it."""
    staff = plan()
    groups = {kind: names for kind, names in more.items() if kind in Kind.groups()}
    for kind, names in more.items():
        if kind not in groups:
            listed = staff["units"].setdefault(kind, [])
            listed += [{"name": name, "people": _people(name, people)} for name in names]
    place = load_org(staff, by=None, at=NOON)
    for kind, names in groups.items():
        for name in names:
            _open_group(place, kind, name, people)
    units = {unit.name: unit for unit in Unit.objects.under(place.path)}
    found = Person.objects.filter(posts__unit__path__startswith=place.path)
    county = County(place, units, {person.username: person for person in found})
    changes: dict[str, Any] = {"indicators": indicators} if indicators else {}
    make_settings(county, **changes)
    return county


def _open_group(place: Unit, kind: Kind, name: str, people: int) -> None:
    unit = open_unit(name=name, kind=kind, parent=place, by=None, at=NOON)
    for entry in _people(name, people):
        appoint(
            person=open_person(username=entry["account"], name=entry["name"], by=None, at=NOON),
            unit=unit,
            title=entry["title"],
            role=Role.LIAISON,
            from_on=entry["from"],
            by=None,
            at=NOON,
        )


def _people(unit: str, number: int) -> list[dict[str, Any]]:
    return [
        {
            "account": f"{unit}-{one}",
            "name": f"{unit}{one}号",
            "title": "联络员",
            "role": "liaison",
            "from": date(2024, 1, 1),
        }
        for one in range(1, number + 1)
    ]
