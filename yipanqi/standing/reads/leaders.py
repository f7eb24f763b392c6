"""Every leader: what the seat answers for, how it stands, the last contact, the checks that are late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yipanqi.facts.activities.models import Check, Contact, Presence
from yipanqi.facts.activities.rules import check_due_on
from yipanqi.facts.projects.models import Part, PartQuerySet, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.org.models import Pairing, Person, Post, Unit
from yipanqi.org.rules import Can, Kind, Role
from yipanqi.place.rules import Settings
from yipanqi.standing.reads.lines import HOSTING
from yipanqi.standing.reads.listing import lamp_condition
from yipanqi.standing.rules import Colour, days_overdue


@dataclass(frozen=True)
class Met:
    """How often a leader met an investor this year, and when last."""

    number: int = 0
    last_on: date | None = None


@dataclass(frozen=True)
class Seen:
    """How many paired projects are checked by a seat, how many are late, and the last check."""

    number: int = 0
    late: int = 0
    last_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One leader's seat."""

    seat: Unit
    person: Person | None
    pairings: list[Pairing]
    paired: int
    line: Mapping[Colour, int]
    met: Met
    days: int | None
    seen: Seen

    @property
    def in_line(self) -> int:
        """How many projects stand in the line."""
        return sum(self.line.values())

    @property
    def silent(self) -> bool:
        """Whether whoever sits here met no investor this year (本年没有直接接洽)."""
        return self.person is not None and not self.met.number


def seats_for(person: Person) -> list[Unit]:
    """The leaders' seats whose contacts somebody sees in full, the first leader first."""
    reach = person.reach(Can.SEE_CONTACT)
    units = Unit.objects.standing().under(*reach.places, *reach.units)
    return list(units.filter(kind=Kind.SEAT).order_by("sort", "pk"))


def leaders_of(person: Person, settings: Settings, *, as_of: date) -> list[Row]:
    """Every leader in sight; as many queries for fifteen as for one."""
    seats = seats_for(person)
    sitting = _sitting(seats, as_of)
    pairings: dict[int, list[Pairing]] = defaultdict(list)
    rows = Pairing.objects.current().filter(seat__in=seats).select_related("unit")
    for pairing in rows.order_by("from_seq", "pk"):
        pairings[pairing.seat_id].append(pairing)
    projects = Project.objects.visible_to(person)
    paired, lines = _paired(seats, projects), _lines(seats, projects, settings, as_of)
    met = _met(person, [one.pk for one in sitting.values()], as_of)
    seen = _seen(checked_parts(person, settings).filter(unit__in=seats), settings, as_of)
    return [
        _row(
            seat,
            sitting.get(seat.pk),
            pairings[seat.pk],
            paired.get(seat.pk, 0),
            lines[seat.pk],
            met,
            seen.get(seat.pk, Seen()),
            as_of,
        )
        for seat in seats
    ]


def _row(
    seat: Unit,
    person: Person | None,
    pairings: list[Pairing],
    paired: int,
    line: Mapping[Colour, int],
    met: Mapping[int, Met],
    seen: Seen,
    as_of: date,
) -> Row:
    mine = met.get(person.pk, Met()) if person else Met()
    return Row(
        seat=seat,
        person=person,
        pairings=pairings,
        paired=paired,
        line=line,
        met=mine,
        days=(as_of - mine.last_on).days if mine.last_on else None,
        seen=seen,
    )


def _sitting(seats: Sequence[Unit], as_of: date) -> dict[int, Person]:
    posts = Post.objects.held_on(as_of).filter(unit__in=seats, role=Role.LEADER)
    return {post.unit_id: post.person for post in posts.select_related("person").order_by("-pk")}


def _paired(seats: Sequence[Unit], projects: QuerySet[Project]) -> dict[int, int]:
    named = Part.objects.current().filter(role=PartRole.LEADER, unit__in=seats)
    counted = named.filter(project__in=projects).order_by().values_list("unit_id")
    return dict(counted.annotate(number=Count("project")))


def _lines(
    seats: Sequence[Unit], projects: QuerySet[Project], settings: Settings, as_of: date
) -> dict[int, dict[Colour, int]]:
    """How many projects of each lamp stand in each line, each once; two queries for all."""
    parts = Part.objects.current().filter(project__in=projects)
    named = parts.filter(role=PartRole.LEADER, unit__in=seats).annotate(seat_id=F("unit_id"))
    hosted = parts.filter(
        role__in=HOSTING,
        unit__paired_with__seat__in=seats,
        unit__paired_with__to_seq=2**63 - 1,
    ).annotate(seat_id=F("unit__paired_with__seat_id"))
    alone = Part.objects.current().filter(
        role=PartRole.LEADER, project=OuterRef("project"), unit_id=OuterRef("seat_id")
    )
    lamps = {
        f"lamp_{colour.value}": Count(
            "project",
            filter=Q(project__in=projects.filter(lamp_condition(colour, settings, as_of))),
            distinct=True,
        )
        for colour in Colour
    }
    found = {seat.pk: dict.fromkeys(Colour, 0) for seat in seats}
    for rows in (named, hosted.alias(alone=Subquery(alone.values("pk")[:1])).filter(alone=None)):
        for seat_id, *lit in rows.order_by().values_list("seat_id").annotate(**lamps):
            for colour, number in zip(Colour, lit, strict=True):
                found[seat_id][colour] += number
    return found


def _met(person: Person, leaders: Iterable[int], as_of: date) -> dict[int, Met]:
    """Direct contacts: the leader was there, whoever reported it."""
    contacts = Contact.objects.visible_to(person).standing().filter(happened_on__lte=as_of)
    there = Presence.objects.filter(contact__in=contacts, post__person__in=list(leaders))
    rows = (
        there.order_by()
        .values_list("post__person_id")
        .annotate(
            number=Count("contact", filter=Q(contact__happened_on__year=as_of.year), distinct=True),
            last=Max("contact__happened_on"),
        )
    )
    return {pk: Met(number, last) for pk, number, last in rows}


def checked_parts(person: Person, settings: Settings) -> PartQuerySet:
    """The signed, unfinished projects that leaders look at, each with its last check, longest ago first."""
    projects = Project.objects.visible_to(person).filter(signed_on__isnull=False)
    checks = Check.objects.filter(project=OuterRef("project")).order_by("-happened_on", "-pk")
    return (
        Part.objects.current()
        .filter(role=PartRole.LEADER, project__in=projects.exclude(stage=settings.order[-1]))
        .annotate(seen_on=Subquery(checks.values("happened_on")[:1]))
        .annotate(since_on=Coalesce("seen_on", "project__signed_on"))
        .order_by("since_on", "pk")
    )


def late_condition(settings: Settings, as_of: date) -> Q:
    """The paired projects whose check is overdue."""
    return Q(since_on__lt=as_of - timedelta(days=settings.check_days))


def _seen(parts: PartQuerySet, settings: Settings, as_of: date) -> dict[int, Seen]:
    rows = (
        parts.order_by()
        .values_list("unit_id")
        .annotate(
            number=Count("pk"),
            late=Count("pk", filter=late_condition(settings, as_of)),
            last=Max("seen_on"),
        )
    )
    return {pk: Seen(number, late, last) for pk, number, late, last in rows}


@dataclass(frozen=True)
class Look:
    """One paired project that a leader looks at: the last time, and by when again."""

    part: Part
    name: str
    seen_on: date | None
    due_on: date
    late: int


def looks_of(parts: Sequence[Part], settings: Settings, *, as_of: date) -> list[Look]:
    """A page of paired projects with the names of their leaders; one more query."""
    sitting = _sitting([part.unit for part in parts], as_of)
    looks = []
    for part in parts:
        seen_on = getattr(part, "seen_on", None)
        due = check_due_on(seen_on, part.project.signed_on, every=settings.check_days)
        assert due is not None
        name = str(part.person or sitting.get(part.unit_id) or "")
        looks.append(Look(part, name, seen_on, due, days_overdue(due, as_of=as_of)))
    return looks
