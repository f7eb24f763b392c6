"""Which projects stand in a leader's line, and which lack a lead: conditions for lists."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from yipanqi.facts.projects.models import Part
from yipanqi.facts.projects.rules import PartRole
from yipanqi.org.models import Pairing, Unit
from yipanqi.org.rules import Kind
from yipanqi.place.rules import Settings

INDUSTRY = (Kind.DEPARTMENT, Kind.OTHER_DEPARTMENT, Kind.COMMITTEE)
LOCALITY = (Kind.TOWNSHIP, Kind.ZONE)
HOSTING = (PartRole.LANDING, PartRole.LEAD)
"""The parts by which a unit's project stands in the line of the leader paired with the unit."""


def in_line_of(seat_id: int) -> Q:
    """Projects for which a leader's seat is named, or that one of its units hosts or leads (战线)."""
    parts = Part.objects.current().filter(project=OuterRef("pk"))
    paired = Pairing.objects.current().filter(seat_id=seat_id, unit__isnull=False)
    named = parts.filter(role=PartRole.LEADER, unit_id=seat_id)
    hosted = parts.filter(role__in=HOSTING, unit__in=paired.values("unit"))
    return Q(Exists(named)) | Q(Exists(hosted))


def lacking(what: str, settings: Settings) -> Q:
    """Projects that lack a lead of the industry, of the locality, or a leader who is high enough."""
    conditions = {
        "industry": _without_lead(INDUSTRY, settings),
        "locality": _without_lead(LOCALITY, settings),
        "leader": reduce(or_, _too_low(settings), Q(pk__in=[])),
    }
    return conditions[what] if what in conditions else reduce(or_, conditions.values())


def _without_lead(kinds: tuple[Kind, ...], settings: Settings) -> Q:
    least = settings.leads.both_from_fen
    if least is None:
        return Q(pk__in=[])
    leads = Part.objects.current().filter(project=OuterRef("pk"), role=PartRole.LEAD)
    return Q(total_fen__gte=least) & ~Q(Exists(leads.filter(unit__kind__in=kinds)))


def _too_low(settings: Settings) -> Iterator[Q]:
    """For each size band that asks for it: no leader among the first so many."""
    least = {band.code: band.at_least_fen for band in settings.bands}
    seats = Unit.objects.standing().filter(kind=Kind.SEAT, parent__name=settings.place)
    for rank in settings.leads.ranks:
        first = seats.order_by("sort", "pk").values("pk")[: rank.within]
        led = Part.objects.current().filter(
            project=OuterRef("pk"), role=PartRole.LEADER, unit__in=first
        )
        yield Q(total_fen__gte=least[rank.band]) & ~Q(Exists(led))
