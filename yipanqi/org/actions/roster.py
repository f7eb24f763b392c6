"""Units and people come in from a staff table, each account with a password for one sign-in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.ledger.actions import Actor, hold
from yipanqi.org.actions.people import appoint, open_person, reset_password
from yipanqi.org.actions.units import open_unit
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.reads import Outcome, compare
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
    *,
    place: Unit,
    lines: Sequence[Line],
    seal: str,
    by: Actor | None,
    at: datetime,
    beside: Collection[int] = (),
) -> list[Slip]:
    """Take in what a preview of a staff table (花名册) said would be added; the rest stays as it is.

    A row that would take over from somebody is left to the hand-over, unless its number is `beside`:
    then both hold the post. Refuses once the table or the ledger differ from the preview.
    """
    hold()
    seen = compare(lines, place, today=localdate(at))
    if seen.seal != seal:
        raise refuse(_("预览以后花名册或账上有了变化，请看过新的预览再写入"), where=_("预览"))
    intake = _Intake(place, by, at)
    for sort, row in enumerate(seen.rows):
        added = row.outcome is Outcome.ADDED
        if added or (row.outcome is Outcome.HANDOVER and row.line.number in beside):
            intake.take(row.line, row.unit, row.person, sort)
    return intake.slips


class _Intake:
    """What has come in so far of one table."""

    def __init__(self, place: Unit, by: Actor | None, at: datetime) -> None:
        self.place, self.by, self.at = place, by, at
        self.units: dict[str, Unit] = {}
        self.people: dict[str, Person] = {}
        self.slips: list[Slip] = []

    def take(self, line: Line, unit: Unit | None, person: Person | None, sort: int) -> None:
        """Begin what a row tells of and nobody has begun: unit, account, post."""
        unit = unit or self._unit(line, sort)
        if line.role is None:
            return
        person = person or self._person(line)
        appoint(
            person=person,
            unit=unit,
            title=line.title,
            role=line.role,
            capacity=line.stands_as,
            from_on=line.from_on or localdate(self.at),
            main=not Post.objects.held().filter(person=person).exists(),
            by=self.by,
            at=self.at,
        )

    def _unit(self, line: Line, sort: int) -> Unit:
        assert line.kind is not None, "a new unit without a kind is refused before"
        if line.unit not in self.units:
            self.units[line.unit] = open_unit(
                name=line.unit,
                kind=line.kind,
                parent=self.place,
                sort=sort,
                by=self.by,
                at=self.at,
            )
        return self.units[line.unit]

    def _person(self, line: Line) -> Person:
        if line.account not in self.people:
            person = open_person(
                username=line.account, name=line.name, phone=line.phone, by=self.by, at=self.at
            )
            password = reset_password(person, by=self.by, at=self.at)
            self.slips.append(Slip(line.unit, line.name, line.account, password))
            self.people[line.account] = person
        return self.people[line.account]
