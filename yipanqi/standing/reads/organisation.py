"""Who is who: units with their heads and liaisons, groups, people, and who answers for whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.org.models import (
    Charter,
    Membership,
    Milestone,
    MilestoneDone,
    Pairing,
    Person,
    Post,
    Unit,
)
from yipanqi.org.rules import Can, Capacity, Kind, Matter, Role
from yipanqi.standing.rules import Colour, Lamp

SOON = timedelta(days=60)
"""So long before a term runs out it is told."""

NEAR = timedelta(days=7)
"""So long before a milestone is due its lamp turns amber."""

HEADS = (Role.LEADER, Role.CHIEF)
"""Roles whose holder is the head of a unit even where no capacity says so."""


@dataclass
class Row:
    """One unit: who heads it, who reports for it, whose term runs out, which leader answers for it."""

    unit: Unit
    posts: list[Post] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    terms: list[tuple[Post, Lamp]] = field(default_factory=list)

    @property
    def heads(self) -> list[Post]:
        """Who answers for the unit."""
        return [p for p in self.posts if p.capacity == Capacity.HEAD or p.role in HEADS]

    @property
    def liaisons(self) -> list[Post]:
        """Who reports for it."""
        return [p for p in self._reporting if p.capacity != Capacity.SUBSTITUTE]

    @property
    def substitutes(self) -> list[Post]:
        """Who reports where the liaison is away."""
        return [p for p in self._reporting if p.capacity == Capacity.SUBSTITUTE]

    @property
    def _reporting(self) -> list[Post]:
        return [p for p in self.posts if p.role == Role.LIAISON]

    @property
    def vacant(self) -> bool:
        """Whether nobody reports for it."""
        return not self.liaisons


def term_lamp(post: Post, today: date) -> Lamp | None:
    """What is to be said of a term that has run out or soon will."""
    if post.until_on is None or post.to_on is not None or post.until_on > today + SOON:
        return None
    if post.until_on > today:
        told = _("任期 %(on)s 届满，还有 %(days)d 天")
        days = (post.until_on - today).days
        return Lamp(Colour.AMBER, told % {"on": post.until_on, "days": days})
    told = _("任期已于 %(on)s 届满，超期 %(days)d 天，请换届或续任")
    return Lamp(Colour.RED, told % {"on": post.until_on, "days": (today - post.until_on).days})


def rows_of(person: Person, today: date) -> list[Row]:
    """Every unit of the tree in the person's place, with three queries."""
    units = Unit.objects.visible_to(person).standing().offices().select_related("parent")
    rows = {unit.pk: Row(unit) for unit in units.order_by("sort", "pk")}
    held = held_in(rows)
    for post in held:
        rows[post.unit_id].posts.append(post)
        if lamp := term_lamp(post, today):
            rows[post.unit_id].terms.append((post, lamp))
    for pairing in Pairing.objects.current().filter(unit__in=rows).select_related("seat"):
        holders = [p.person.name for p in rows[pairing.seat_id].heads] or [pairing.seat.name]
        rows[pairing.unit_id or 0].leaders += holders
    return list(rows.values())


def held_in(units: Iterable[int]) -> "QuerySet[Post]":
    """The posts held now in these units, by accounts that are open."""
    held = Post.objects.held().filter(unit__in=list(units), person__is_active=True)
    return held.select_related("person", "unit").order_by("pk")


def by_kind(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Units in the order of their kinds."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.unit.kind].append(row)
    return [(str(kind.label), found[kind]) for kind in Kind if found[kind]]


@dataclass
class Group:
    """One group as a list shows it."""

    unit: Unit
    charter: Charter | None = None
    people: list[Post] = field(default_factory=list)
    units: list[Membership] = field(default_factory=list)
    milestones: "list[Step]" = field(default_factory=list)

    @property
    def heads(self) -> list[str]:
        """Who heads it: people, and units that do."""
        named = [p.person.name for p in self.people if p.capacity == Capacity.HEAD]
        return named + [m.unit.name for m in self.units if m.capacity == Capacity.HEAD]

    @property
    def lamp(self) -> Lamp | None:
        """The worst of its milestones."""
        order = [Colour.RED, Colour.AMBER, Colour.GREEN]
        lamps = [step.lamp for step in self.milestones if step.lamp.colour in order]
        return min(lamps, key=lambda lamp: order.index(lamp.colour), default=None)

    @property
    def size(self) -> int:
        """How many people and units belong to it."""
        return len(self.people) + len(self.units)


@dataclass(frozen=True)
class Step:
    """A milestone as it stands: by when, since when it is done, what it replaced."""

    milestone: Milestone
    done: MilestoneDone | None
    lamp: Lamp


def groups_of(groups: "QuerySet[Unit]", today: date) -> list[Group]:
    """Groups with who is in them and how far they are, with four queries."""
    listed = {
        unit.pk: Group(unit) for unit in groups.select_related("parent").order_by("sort", "pk")
    }
    for charter in Charter.objects.filter(unit__in=listed).select_related("office"):
        listed[charter.unit_id].charter = charter
    for post in held_in(listed):
        listed[post.unit_id].people.append(post)
    rows = Membership.objects.current().filter(group__in=listed).select_related("unit")
    for membership in rows.order_by("pk"):
        listed[membership.group_id].units.append(membership)
    for step in steps_of(listed, today):
        listed[step.milestone.group_id].milestones.append(step)
    order = {capacity: place for place, capacity in enumerate(Capacity)}
    for group in listed.values():
        group.people.sort(key=lambda post: order[Capacity(post.capacity)])
        group.units.sort(key=lambda one: order[Capacity(one.capacity)])
    return list(listed.values())


def groups_by_kind(groups: Iterable[Group]) -> list[tuple[str, list[Group]]]:
    """Groups in the order of their kinds."""
    found: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        found[group.unit.kind].append(group)
    return [(str(kind.label), found[kind]) for kind in Kind if found[kind]]


def steps_of(groups: Iterable[int], today: date) -> list[Step]:
    """The milestones of groups that hold, the earliest due first."""
    rows = Milestone.objects.filter(group__in=list(groups), replaced_by__isnull=True)
    found = rows.select_related("done", "replaces").order_by("due_on", "pk")
    return [_step(one, today) for one in found]


def _step(milestone: Milestone, today: date) -> Step:
    done = getattr(milestone, "done", None)
    return Step(milestone, done, _milestone_lamp(milestone.due_on, done, today))


def _milestone_lamp(due_on: date, done: MilestoneDone | None, today: date) -> Lamp:
    if done is not None:
        late = (done.happened_on - due_on).days
        if late > 0:
            told = _("%(on)s 完成，迟 %(days)d 天")
            return Lamp(Colour.GREEN, told % {"on": done.happened_on, "days": late})
        return Lamp(Colour.GREEN, _("%s 完成") % done.happened_on)
    days = (due_on - today).days
    if days < 0:
        return Lamp(Colour.RED, _("逾期 %d 天") % -days)
    colour = Colour.AMBER if timedelta(days=days) <= NEAR else Colour.NONE
    return Lamp(colour, _("还有 %d 天") % days)


@dataclass
class Answering:
    """One leader's seat with all that it answers for."""

    seat: Unit
    holders: list[Post] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)
    projects: int = 0

    def matters(self, matter: Matter) -> list[Pairing]:
        """What it answers for of one kind."""
        return [one for one in self.pairings if one.matter == matter]

    @property
    def units(self) -> list[Pairing]:
        """The units that it answers for, chains among them."""
        return self.matters(Matter.UNIT)

    @property
    def enterprises(self) -> list[Pairing]:
        """The enterprises that it answers for."""
        return self.matters(Matter.ENTERPRISE)

    @property
    def lines(self) -> list[Pairing]:
        """Its lines of work."""
        return self.matters(Matter.LINE)


def answering(person: Person) -> list[Answering]:
    """Every seat of the place, with what it answers for; the projects are those in the person's sight."""
    seats = Unit.objects.visible_to(person).standing().filter(kind=Kind.SEAT)
    found = {seat.pk: Answering(seat) for seat in seats.order_by("sort", "pk")}
    for post in held_in(found):
        if post.role == Role.LEADER:
            found[post.unit_id].holders.append(post)
    for pairing in Pairing.objects.current().filter(seat__in=found).select_related("unit"):
        found[pairing.seat_id].pairings.append(pairing)
    for seat_id, number in _led(person, found):
        found[seat_id].projects = number
    return list(found.values())


def _led(person: Person, seats: Iterable[int]) -> Iterable[tuple[int, int]]:
    """How many projects each seat answers for."""
    if not person.may(Can.SEE_PROJECT):
        return []
    parts = Part.objects.current().filter(unit__in=list(seats), role=PartRole.LEADER)
    mine = parts.filter(project__in=Project.objects.visible_to(person)).order_by()
    return mine.values_list("unit_id").annotate(number=Count("project", distinct=True))


LED = (Kind.TOWNSHIP, Kind.ZONE, Kind.DEPARTMENT, Kind.CHAIN)
"""Kinds of unit of which each should have a leader that answers for it."""


def unled(person: Person) -> Sequence[Unit]:
    """Units for which no leader answers."""
    units = Unit.objects.visible_to(person).standing().filter(kind__in=LED)
    paired = Pairing.objects.current().filter(unit__isnull=False).values("unit")
    return list(units.exclude(pk__in=paired).order_by("kind", "sort", "pk"))


def units_of(person: Person, *, groups: bool = True) -> list[Unit]:
    """The units of one's place that stand, as a list to choose from."""
    units = Unit.objects.visible_to(person).standing()
    if not groups:
        units = units.offices()
    return list(units.order_by("kind", "sort", "pk"))


def people_of(person: Person) -> list[tuple[int, str]]:
    """Everybody of one's place whose account is open, with the unit of the main post."""
    people = Person.objects.visible_to(person).filter(is_active=True).order_by("name", "pk")
    shown = people.prefetch_related("posts__unit")
    return [(one.pk, f"{one.name}（{_where(one)}）") for one in shown]


def _where(person: Person) -> str:
    posts = sorted(person.posts.all(), key=lambda post: (post.to_on is not None, not post.main))
    return posts[0].unit.name
