"""One holder's tasks: its own, those of its people and of its members, and every word on them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import CARRIERS
from yipanqi.org.models import Person, Post, Unit
from yipanqi.place.rules import Indicator, Settings
from yipanqi.standing.measures.indicators import measures_of
from yipanqi.standing.measures.persons import by_person
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.reads.pace import Board, Pace, board_of
from yipanqi.standing.reads.tasks import members_of

MEMBERS = "members"


@dataclass(frozen=True)
class Share:
    """One person's part of a unit's task, and what that person brought in."""

    person: Person
    pace: Pace


@dataclass(frozen=True)
class Part:
    """A unit's task in one indicator beside what its people were given of it (D1)."""

    pace: Pace
    shares: tuple[Share, ...]

    @property
    def given(self) -> int:
        """What the people were given together."""
        return sum(share.pace.assigned or 0 for share in self.shares)

    @property
    def is_split(self) -> bool:
        """Whether anybody was given a part."""
        return any(share.pace.assigned is not None for share in self.shares)

    @property
    def over(self) -> int:
        """By how much the people were given more than the unit (超分)."""
        return max(self.given - (self.pace.assigned or 0), 0)

    @property
    def short(self) -> int:
        """By how much the people were given less than the unit (缺口)."""
        return max((self.pace.assigned or 0) - self.given, 0)


@dataclass(frozen=True)
class Joint:
    """A group's own task beside the sum of its members' and what they reached together (E1)."""

    own: Pace
    members: Pace

    @property
    def only_passed_on(self) -> bool:
        """Whether the group did nothing itself while its members did: it only passed tasks on."""
        return not self.own.done and bool(self.members.done)


@dataclass(frozen=True)
class Holding:
    """Everything that a holder's page tells."""

    unit: Unit
    board: Board
    parts: tuple[Part, ...]
    joints: tuple[Joint, ...]
    members: tuple[Unit, ...]
    without: tuple[Person, ...]
    history: tuple[Target, ...]


def holding_of(unit: Unit, settings: Settings, at: AsOf, *, below: Sequence[Unit] = ()) -> Holding:
    """One holder's tasks at a point; a place did what the units `below` it did together."""
    members = members_of([unit.pk], at.seq)[unit.pk]
    board = board_of(
        [one.pk for one in below] or [unit.pk],
        settings,
        at,
        groups={MEMBERS: members} if members else {},
        place_id=unit.pk if below else 0,
    )
    paces = board.together() if below else board.of(unit.pk)
    people = serving(unit, at.day)
    parts = _parts(unit, people, paces, settings, at)
    tasked = {
        share.person.pk
        for part in parts
        for share in part.shares
        if share.pace.assigned is not None
    }
    joints = [Joint(own, board.groups[MEMBERS, own.indicator.code]) for own in paces if members]
    words = Target.objects.filter(holder=unit, year=at.day.year, seq__lte=at.seq)
    return Holding(
        unit=unit,
        board=board,
        parts=tuple(part for part in parts if part.pace.aim is not None or part.is_split),
        joints=tuple(one for one in joints if one.own.aim or one.members.aim),
        members=tuple(Unit.objects.filter(pk__in=members).order_by("kind", "sort", "pk")),
        without=tuple(person for person in people if person.pk not in tasked),
        history=tuple(words.select_related("person", "document").order_by("-seq")),
    )


def serving(unit: Unit, day: date) -> list[Person]:
    """Who serves in a unit on a day."""
    posts = Post.objects.held_on(day).filter(unit=unit).select_related("person").order_by("pk")
    return list({post.person_id: post.person for post in posts}.values())


def _parts(
    unit: Unit, people: Sequence[Person], paces: Sequence[Pace], settings: Settings, at: AsOf
) -> list[Part]:
    said = _said(unit, settings, at)
    done = by_person(measures_of(settings.indicators), unit.pk, at)
    named = {person.pk: person for person in people}
    gone = {key for key, _ in said} - named.keys()
    named |= Person.objects.in_bulk(gone) if gone else {}
    return [
        Part(
            own,
            tuple(
                Share(
                    person,
                    replace(
                        own,
                        done=done.get((person.pk, own.indicator.code), _nothing(own.indicator)),
                        assigned=said.get((person.pk, own.indicator.code)),
                        pledged=None,
                        passed_on=None,
                    ),
                )
                for person in named.values()
            ),
        )
        for own in paces
    ]


def _nothing(indicator: Indicator) -> Fraction | None:
    return Fraction(0) if indicator.counts else None


def _said(unit: Unit, settings: Settings, at: AsOf) -> dict[tuple[int, str], int]:
    codes = [one.code for one in settings.indicators]
    standing = Target.objects.standing(indicators=codes, year=at.day.year, seq=at.seq)
    rows = standing.filter(holder=unit, person__isnull=False)
    return {
        (person, code): amount
        for person, code, amount in rows.values_list("person_id", "indicator", "amount")
    }


@dataclass(frozen=True)
class Gap:
    """A unit without a task, or with people who carry none (谁没有任务)."""

    unit: Unit
    has_task: bool
    people: tuple[Person, ...]


def gaps(units: Sequence[Unit], settings: Settings, at: AsOf) -> list[Gap]:
    """Everybody who should carry a task and carries none: whole units, and persons in the others."""
    carrying = [unit for unit in units if unit.kind in CARRIERS and not unit.closed_on]
    codes = [one.code for one in settings.indicators]
    words = Target.objects.standing(indicators=codes, year=at.day.year, seq=at.seq)
    given = words.filter(holder__in=carrying, amount__gt=0)
    rows = set(given.values_list("holder_id", "person_id"))
    held = {holder for holder, _ in rows}
    people: dict[int, dict[int, Person]] = defaultdict(dict)
    posts = Post.objects.held_on(at.day).filter(unit__in=carrying).select_related("person")
    for post in posts.order_by("pk"):
        if (post.unit_id, post.person_id) not in rows:
            people[post.unit_id][post.person_id] = post.person
    found = [Gap(u, u.pk in held, tuple(people[u.pk].values())) for u in carrying]
    return [gap for gap in found if gap.people or not gap.has_task]
