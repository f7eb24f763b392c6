"""Contacts with investors as a measure: trips, person-times, people, firms, days."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q

from yipanqi.facts.activities.models import Contact, ContactQuerySet, Presence
from yipanqi.facts.activities.rules import ContactKind
from yipanqi.org.rules import Capacity, Kind
from yipanqi.standing.measures.spec import AsOf, Counted, Figures, Measure
from yipanqi.standing.measures.windows import period_of


@dataclass(frozen=True)
class Present:
    """Somebody of ours who was there: who, of which unit, and whether as its head or as a leader."""

    person_id: int
    unit_id: int
    leads: bool


@dataclass(frozen=True)
class Meeting:
    """A contact as it is counted; `half_days` is nought where nobody wrote down how long it was."""

    pk: int
    holder_id: int
    kind: str
    on: date
    investor: str
    half_days: int
    there: tuple[Present, ...]

    def ours(self, unit_id: int, measure: Measure) -> tuple[Present, ...]:
        """Those who count: all of us, or those of the unit that is credited with its own people."""
        if measure.credit != ("present",):
            return self.there
        return tuple(one for one in self.there if one.unit_id == unit_id)


def count(asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf) -> dict[str, Figures]:
    """Each measure for each holder, from one look at the contacts and one at who was there."""
    found = {name: dict.fromkeys(holders, Fraction(0)) for name in asked}
    meetings = _meetings(asked, holders, at)
    for name, measure in asked.items():
        for holder, mine in _by_holder(meetings, measure, at).items():
            if holder in found[name]:
                found[name][holder] = sum(
                    (amount for _one, amount in _amounts(mine, holder, measure)), Fraction(0)
                )
    return found


def _standing(asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf) -> ContactQuerySet:
    """Contacts of these holders, or at which their people were, that hold at this point."""
    days = [measure.days(at.day) for measure in asked.values()]
    said = Contact.objects.filter(
        seq__lte=at.seq,
        happened_on__range=(min(one.first for one in days), max(one.last for one in days)),
    )
    there = Presence.objects.filter(post__unit_id__in=holders).values("contact_id")
    return (
        said.filter(Q(holder_id__in=holders) | Q(pk__in=there))
        .exclude(correction__seq__lte=at.seq)
        .exclude(withdrawal__seq__lte=at.seq)
    )


def _meetings(asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf) -> list[Meeting]:
    said = _standing(asked, holders, at)
    there: dict[int, list[Present]] = defaultdict(list)
    rows = (
        Presence.objects.filter(contact__in=said.values("pk"))
        .order_by("pk")
        .values_list(
            "contact_id", "post__person_id", "post__unit_id", "post__unit__kind", "post__capacity"
        )
    )
    for contact, person, unit, kind, capacity in rows:
        leads = kind == Kind.SEAT or capacity == Capacity.HEAD
        there[contact].append(Present(person, unit, leads))
    fields = ("pk", "holder_id", "kind", "happened_on", "investor", "half_days")
    return [
        Meeting(pk, holder, kind, on, investor, half_days, tuple(there[pk]))
        for pk, holder, kind, on, investor, half_days in said.order_by(
            "happened_on", "pk"
        ).values_list(*fields)
    ]


def _by_holder(meetings: Sequence[Meeting], measure: Measure, at: AsOf) -> dict[int, list[Meeting]]:
    """The meetings that a measure asks for, under each unit that is credited with them."""
    days = measure.days(at.day)
    found: dict[int, list[Meeting]] = defaultdict(list)
    for one in meetings:
        if days.first <= one.on <= days.last and (not measure.kind or one.kind in measure.kind):
            for holder in _credited(one, measure):
                if not measure.led or any(p.leads for p in one.ours(holder, measure)):
                    found[holder].append(one)
    return found


def _credited(one: Meeting, measure: Measure) -> set[int]:
    if measure.credit == ("present",):
        return {present.unit_id for present in one.there}
    return {one.holder_id}


def _amounts(
    mine: Sequence[Meeting], holder: int, measure: Measure
) -> Iterator[tuple[Meeting, Fraction]]:
    """How much each meeting adds: whoever or whatever counts once counts where it comes first."""
    seen: set[object] = set()
    for one in mine:
        there = one.ours(holder, measure)
        if measure.distinct:
            counts: set[object] = {period_of(one.on, measure.distinct).first}
        elif measure.count == "persons":
            counts = {present.person_id for present in there}
        elif measure.count == "investors":
            counts = {one.investor}
        else:
            yield one, _much(one, len(there), measure)
            continue
        yield one, Fraction(len(counts - seen))
        seen |= counts


def _much(one: Meeting, people: int, measure: Measure) -> Fraction:
    if measure.count == "person_times":
        return Fraction(people)
    if measure.count == "trips":
        return Fraction(1)
    return Fraction(one.half_days, 2) * (people if measure.count == "person_days" else 1)


def records(measure: Measure, holder_id: int, at: AsOf) -> list[Counted]:
    """Every contact behind a holder's figure, without the name of the firm: not everybody sees it."""
    mine = _by_holder(_meetings({"": measure}, [holder_id], at), measure, at)
    return [
        Counted(f"{ContactKind(one.kind).label} {one.pk}", amount, one.on)
        for one, amount in _amounts(mine.get(holder_id, []), holder_id, measure)
    ]
