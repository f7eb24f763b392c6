"""Who has signed for a bulletin, who has not, and whose turn it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yipanqi.dispatch.models import Bulletin, Receipt
from yipanqi.dispatch.rules import Naming, named_in, overdue_by, recipients
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A unit on the distribution list, with who signed and when, or by how many days it is late."""

    unit_id: int
    unit: str
    person: str = ""
    at: datetime | None = None
    overdue: int = 0


@dataclass(frozen=True)
class Waiting:
    """A bulletin that waits for somebody's signature, for these units, and what names them in it."""

    bulletin: Bulletin
    units: tuple[Unit, ...]
    named: tuple[Naming, ...]
    overdue: int


def distribution(bulletin: Bulletin, *, as_of: date) -> list[Signature]:
    """Every unit that the bulletin was sent to; those that have not signed come first."""
    rows = Receipt.objects.filter(bulletin=bulletin).select_related("person")
    signed = {row.unit_id: row for row in rows}
    entries = Entry.objects.filter(pk__in=[row.pk for row in signed.values()])
    moments = dict(entries.values_list("seq", "recorded_at"))
    late = _overdue(bulletin, as_of)
    found = [
        Signature(unit_id=pk, unit=name, person=signed[pk].person.name, at=moments[signed[pk].pk])
        if pk in signed
        else Signature(unit_id=pk, unit=name, overdue=late)
        for pk, name in recipients(bulletin.said).items()
    ]
    return sorted(found, key=lambda one: one.at is not None)


def _overdue(bulletin: Bulletin, as_of: date) -> int:
    within = settings_on(bulletin.place_id, bulletin.happened_on).bulletin.receipt_days
    return overdue_by(bulletin.happened_on, within=within, as_of=as_of)


def signing_for(person: Person, bulletin: Bulletin) -> list[Unit]:
    """The units for which this person can still sign."""
    reach = person.reach(Can.RECEIVE_BULLETIN)
    sent = Unit.objects.under(*reach.units, *reach.places).filter(pk__in=recipients(bulletin.said))
    done = Receipt.objects.filter(bulletin=bulletin).values("unit")
    return list(sent.exclude(pk__in=done).order_by("sort", "pk"))


def waiting_for(person: Person, *, as_of: date) -> list[Waiting]:
    """The bulletins that units of this person have not signed for, oldest first."""
    reach = person.reach(Can.RECEIVE_BULLETIN)
    if reach.nothing:
        return []
    issued = Bulletin.objects.visible_to(person).order_by("seq")
    units = Unit.objects.under(*reach.units, *reach.places).order_by("sort", "pk")
    return list(_waiting(issued, list(units), as_of))


def _waiting(issued: Iterable[Bulletin], units: Sequence[Unit], as_of: date) -> Iterator[Waiting]:
    known = list(issued)
    done = set(Receipt.objects.filter(bulletin__in=known).values_list("bulletin", "unit"))
    for bulletin in known:
        open_ = tuple(unit for unit in units if (bulletin.pk, unit.pk) not in done)
        if not open_:
            continue
        said = bulletin.said
        sent = recipients(said)
        if open_ := tuple(unit for unit in open_ if unit.pk in sent):
            names = {unit.name for unit in open_}
            named = tuple(naming for naming in named_in(said) if naming.unit in names)
            yield Waiting(bulletin, open_, named, _overdue(bulletin, as_of))


def signed_counts(bulletins: Iterable[Bulletin]) -> dict[int, tuple[int, int]]:
    """For each bulletin how many units have signed, of how many."""
    known = list(bulletins)
    rows = Receipt.objects.filter(bulletin__in=known).values_list("bulletin", flat=True)
    signed = list(rows)
    return {one.pk: (signed.count(one.pk), len(recipients(one.said))) for one in known}
