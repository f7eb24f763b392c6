"""A place is set up from its staff list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from yipanqi.core.problems import refuse_if_blocked
from yipanqi.ledger.actions import Actor
from yipanqi.org.actions.groups import Terms, finish_milestone, found_group, join, set_milestone
from yipanqi.org.actions.pairings import pair
from yipanqi.org.actions.people import appoint, open_person
from yipanqi.org.actions.units import charge, open_unit
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Capacity, Function, Kind, Matter, Role
from yipanqi.org.rules.staff import plan_problems

Written = Mapping[str, Any]  # a part of the staff list as parsed
HEADS = (Role.LEADER, Role.CHIEF)
"""Whoever comes with these roles heads the unit, unless the list says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who writes, when, and with which password for every account."""

    by: Actor | None
    at: datetime
    password: str = ""

    @property
    def signed(self) -> dict[str, Any]:
        """As actions take it."""
        return {"by": self.by, "at": self.at}


@transaction.atomic
def load_org(plan: Written, *, by: Actor | None, at: datetime, password: str = "") -> Unit:
    """Set up a place from its staff list, all or nothing: units, people, posts, groups, pairings."""
    refuse_if_blocked(plan_problems(plan))
    place = open_unit(name=plan["place"], kind=Kind.PLACE, parent=None, by=by, at=at)
    load_units(plan, place=place, by=by, at=at, password=password)
    return place


@transaction.atomic
def load_units(
    plan: Written, *, place: Unit, by: Actor | None, at: datetime, password: str = ""
) -> None:
    """Take a staff list into a place that stands already; a unit that is there by its name stays."""
    refuse_if_blocked(plan_problems(plan))
    hand = Hand(by=by, at=at, password=password)
    units = {unit.name: unit for unit in Unit.objects.under(place.path).standing()}
    for kind, listed in plan["units"].items():
        for sort, unit in enumerate(listed):
            name = unit["name"]
            if name not in units:
                units[name] = open_unit(
                    name=name, kind=Kind(kind), parent=place, sort=sort, **hand.signed
                )
            _staff(units[name], unit.get("people", ()), hand)
    _staff(place, plan.get("people", ()), hand)
    _pairings(plan, units, hand)
    for function, names in (plan.get("functions") or {}).items():
        for name in names:
            charge(units[name], Function(function), **hand.signed)
    for kind, groups in (plan.get("groups") or {}).items():
        for sort, group in enumerate(groups):
            load_group(group, Kind(kind), place=place, sort=sort, by=by, at=at, password=password)


def _staff(unit: Unit, people: Iterable[Written], hand: Hand) -> None:
    for entry in people:
        role = Role(entry["role"])
        usual = Capacity.HEAD if role in HEADS else Capacity.MEMBER
        appoint(
            person=_opened(entry, hand),
            unit=unit,
            title=entry["title"],
            role=role,
            from_on=entry["from"],
            capacity=Capacity(entry.get("capacity", usual)),
            until_on=entry.get("until"),
            **hand.signed,
        )


def _opened(entry: Written, hand: Hand) -> Person:
    return open_person(
        username=entry["account"],
        name=entry["name"],
        phone=str(entry.get("phone", "")),
        password=hand.password,
        **hand.signed,
    )


def _pairings(plan: Written, units: Mapping[str, Unit], hand: Hand) -> None:
    for seat, paired in (plan.get("pairings") or {}).items():
        for name in paired:
            pair(seat=units[seat], unit=units[name], **hand.signed)
    for part, matter in (("enterprises", Matter.ENTERPRISE), ("lines", Matter.LINE)):
        for seat, names in (plan.get(part) or {}).items():
            for name in names:
                pair(seat=units[seat], matter=matter, name=name, **hand.signed)


@transaction.atomic
def load_group(
    group: Written,
    kind: Kind,
    *,
    place: Unit,
    by: Actor | None,
    at: datetime,
    sort: int = 0,
    password: str = "",
) -> Unit:
    """Found a group as a staff list tells of it: members, who answers for it, milestones."""
    hand = Hand(by=by, at=at, password=password)
    units = {unit.name: unit for unit in Unit.objects.under(place.path).standing()}
    terms = Terms(
        purpose=group["purpose"],
        founded_on=group["founded"],
        basis=group.get("basis", ""),
        office=units.get(group.get("office", "")),
        industries=group.get("covers", ()),
        enterprises=group.get("leading", ()),
    )
    parent = units.get(group.get("in", ""), place)
    made = found_group(
        name=group["name"], kind=kind, parent=parent, terms=terms, sort=sort, **hand.signed
    )
    for name, capacity in (group.get("units") or {}).items():
        join(group=made, unit=units[name], capacity=Capacity(capacity), **hand.signed)
    _members(made, group, hand)
    if leader := group.get("leader"):
        pair(seat=units[leader], unit=made, **hand.signed)
    for milestone in group.get("milestones") or ():
        _milestone(made, milestone, hand)
    return made


def _members(made: Unit, group: Written, hand: Hand) -> None:
    for entry in group.get("people") or ():
        known = Person.objects.filter(username=entry["account"]).first()
        appoint(
            person=known or _opened(entry, hand),
            unit=made,
            title=entry.get("title", "成员"),
            role=Role(entry.get("role", Role.MEMBER)),
            capacity=Capacity(entry.get("capacity", Capacity.MEMBER)),
            from_on=entry.get("from", group["founded"]),
            until_on=entry.get("until"),
            main=known is None,
            **hand.signed,
        )


def _milestone(made: Unit, written: Written, hand: Hand) -> None:
    """One that was done by then is done."""
    told = {"what": written["what"], "due_on": written["due"]}
    milestone = set_milestone(group=made, **told, **hand.signed)
    if on := written.get("done"):
        finish_milestone(milestone, on=on, note=written.get("note", "已完成"), **hand.signed)
