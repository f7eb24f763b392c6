"""Units and people come in from a staff table, each account with a password for one sign-in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, Refused
from yipanqi.ledger.actions import Actor, hold
from yipanqi.org.actions.people import appoint, open_person, reset_password
from yipanqi.org.actions.units import open_unit
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Capacity, Role
from yipanqi.org.rules.roster import Line


@dataclass(frozen=True)
class Slip:
    """What somebody is handed: the account and its password, told once."""

    unit: str
    name: str
    account: str
    password: str


@transaction.atomic
def load_roster(
    *, place: Unit, lines: Sequence[Line], by: Actor | None, at: datetime
) -> list[Slip]:
    """Take in a staff table (花名册), all or nothing; what is there already stays as it is."""
    hold()
    units = {unit.name: unit for unit in Unit.objects.under(place.path)}
    people = {person.username: person for person in Person.objects.all()}
    if strangers := list(_strangers(lines, people)):
        raise Refused(strangers)
    slips: list[Slip] = []
    for sort, line in enumerate(lines):
        if line.unit not in units:
            units[line.unit] = open_unit(
                name=line.unit, kind=line.kind, parent=place, sort=sort, by=by, at=at
            )
        if line.account and line.role is not None:
            if line.account not in people:
                person = open_person(username=line.account, name=line.name, by=by, at=at)
                password = reset_password(person, by=by, at=at)
                slips.append(Slip(line.unit, line.name, line.account, password))
                people[line.account] = person
            _take(people[line.account], units[line.unit], line, by=by, at=at)
    return slips


def _strangers(lines: Sequence[Line], people: dict[str, Person]) -> list[Problem]:
    """Accounts that belong to somebody else already."""
    return [
        Problem(
            text=_("账号“%(account)s”已经是%(name)s的，请换一个")
            % {"account": line.account, "name": people[line.account].name},
            where=_("第 %(number)s 行") % {"number": line.number},
        )
        for line in lines
        if line.account in people and people[line.account].name != line.name
    ]


def _take(person: Person, unit: Unit, line: Line, *, by: Actor | None, at: datetime) -> None:
    """Put somebody into a post, unless it is held already."""
    assert line.role is not None
    held = Post.objects.held().filter(person=person)
    if held.filter(unit=unit, role=line.role).exists():
        return
    heads = line.role in {Role.LEADER, Role.CHIEF}
    appoint(
        person=person,
        unit=unit,
        title=line.title,
        role=line.role,
        capacity=Capacity.HEAD if heads else Capacity.MEMBER,
        from_on=localdate(at),
        main=not held.exists(),
        by=by,
        at=at,
    )
