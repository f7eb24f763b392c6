"""What a notice would be sealed as, who has signed for a seal, and what was reported too late for it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from yipanqi.core.problems import Problem
from yipanqi.facts.projects.models import Claim
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.publishing.models import Answer, Notice, Seal, SealReceipt
from yipanqi.publishing.reads.drawing import drawn, side_of
from yipanqi.publishing.rules.comparing import Difference, differences
from yipanqi.publishing.rules.frozen import Frozen


@dataclass(frozen=True)
class Coming:
    """A result as it would be sealed: from which cutoff, by which method, what moved since the notice."""

    cutoff: int
    method_id: int
    frozen: Frozen
    problems: tuple[Problem, ...]
    moved: tuple[Difference, ...]


def to_seal(notice: Notice) -> Coming:
    """The notice's own figures, or where objections were accepted those behind the last entry named."""
    accepted = Answer.objects.filter(objection__notice=notice, followed__isnull=False)
    followed = accepted.order_by("-followed").values_list("followed", flat=True).first()
    if followed is None:
        return Coming(notice.cutoff, notice.method_id, notice.frozen, (), ())
    now = drawn(notice, cutoff=followed)
    moved = tuple(differences(side_of(notice.frozen), now.side))
    return Coming(followed, now.scored.version.pk, now.frozen, now.problems, moved)


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A holder of a sealed result, with who signed and when, or by how many days it is late."""

    unit_id: int
    unit: str
    leaf: str = ""
    person: str = ""
    at: datetime | None = None
    overdue: int = 0


def signatures(seal: Seal, *, as_of: date) -> list[Signature]:
    """Every holder of a sealed result; those that have not signed come first."""
    rows = SealReceipt.objects.filter(seal=seal).select_related("person")
    signed = {row.unit_id: row for row in rows}
    entries = Entry.objects.filter(pk__in=[row.pk for row in signed.values()])
    moments = dict(entries.values_list("seq", "recorded_at"))
    late = max(0, (as_of - receipts_until(seal)).days)
    found = [
        Signature(
            unit_id=unit,
            unit=name,
            leaf=signed[unit].leaf,
            person=signed[unit].person.name,
            at=moments[signed[unit].pk],
        )
        if unit in signed
        else Signature(unit_id=unit, unit=name, overdue=late)
        for unit, name in seal.frozen.holders.items()
    ]
    return sorted(found, key=lambda one: one.at is not None)


def receipts_until(seal: Seal) -> date:
    """The last day on which a holder signs in time: as long as for a bulletin."""
    days = settings_on(seal.place_id, seal.happened_on).bulletin.receipt_days
    return seal.happened_on + timedelta(days=days)


def signing_for(person: Person, seal: Seal) -> list[Unit]:
    """The holders for which this person can still sign."""
    reach = person.reach(Can.RECEIVE_RESULT)
    holders = Unit.objects.under(*reach.units, *reach.places).filter(pk__in=seal.holding)
    done = SealReceipt.objects.filter(seal=seal).values("unit")
    return list(holders.exclude(pk__in=done).order_by("sort", "pk"))


def late_claims(seal: Seal) -> "QuerySet[Claim]":
    """What happened within a sealed period and was reported only after its cutoff (补报)."""
    stretch = seal.stretch
    rows = Claim.objects.filter(
        project__place=seal.place_id,
        happened_on__range=(stretch.first, stretch.last),
        seq__gt=seal.cutoff,
    )
    return rows.select_related("project", "unit").order_by("seq")


@dataclass(frozen=True)
class Waiting:
    """A seal that waits for the signature of these units, and by how many days it is late."""

    seal: Seal
    units: tuple[Unit, ...]
    overdue: int


def waiting_for(person: Person, *, as_of: date) -> list[Waiting]:
    """The newest versions that units of this person have not signed for, the oldest first."""
    if not person.may(Can.RECEIVE_RESULT):
        return []
    found = []
    for seal in Seal.objects.visible_to(person).newest().select_related("method").order_by("seq"):
        if units := tuple(signing_for(person, seal)):
            late = max(0, (as_of - receipts_until(seal)).days)
            found.append(Waiting(seal, units, late))
    return found
