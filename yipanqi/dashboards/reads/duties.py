"""What falls to somebody by post: pledges, checks, bulletins, milestones, terms; a query set each."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat

from yipanqi.dashboards.reads.columns import NOBODY, PART, Rows, told
from yipanqi.dashboards.reads.keeping import SOON
from yipanqi.dispatch.models import Bulletin, Receipt
from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.rules import Way
from yipanqi.facts.pledges.models import Pledge, PledgeRound, Signing
from yipanqi.facts.targets.models import Target
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Membership, Milestone, Person, Post, Unit
from yipanqi.org.rules import Can, Capacity
from yipanqi.place.rules import Settings
from yipanqi.standing.reads.leaders import checked_parts


def pledges(person: Person, settings: Settings, as_of: date) -> Rows:
    """This year's pledges that one's own units have not signed, once they are called for."""
    year, codes = as_of.year, [one.code for one in settings.indicators]
    tasks = Target.objects.standing(indicators=codes, year=year, seq=OPEN)
    printed = Pledge.objects.filter(year=year)
    signed = Signing.objects.filter(pledge__in=printed.last_words(), holder=OuterRef("pk"))
    called = PledgeRound.objects.filter(place=person.place_id, year=year).order_by("-seq")
    ground = called.annotate(said=Concat("document__title", "clause", output_field=TextField()))
    reach = person.reach(Can.PLEDGE)
    units = Unit.objects.under(*reach.places, *reach.units).filter(
        Q(pk__in=tasks.filter(person=None, amount__gt=0).values("holder"))
        | Q(pk__in=printed.values("holder"))
    )
    return told(
        units.filter(Exists(called)).exclude(Exists(signed)),
        "pledge",
        Subquery(called.values("due_on")[:1]),
        about="pk",
        called="name",
        detail=Concat(
            Value(f"{year}{PART}"), Subquery(ground.values("said")[:1]), output_field=TextField()
        ),
        answers=F("name"),
    )


def checks(person: Person, settings: Settings, as_of: date) -> Rows:
    """The paired projects that one's seats have to look at, late or soon."""
    reach = person.reach(Can.CHECK_PROJECT)
    seats = Unit.objects.under(*reach.places, *reach.units)
    every = timedelta(days=settings.check_days)
    soon = as_of + timedelta(days=settings.amber_days) - every
    return told(
        checked_parts(person, settings).filter(unit__in=seats.values("pk"), since_on__lte=soon),
        "check",
        after("since_on", every),
        about="project_id",
        called="project__name",
        detail=NOBODY,
        answers=F("unit__name"),
    )


def unsigned(person: Person, settings: Settings) -> Iterator[Rows]:
    """Bulletins that were sent to the units in which one sits and that nobody there has signed for."""
    reach = person.reach(Can.RECEIVE_BULLETIN)
    units = {post.unit_id: post.unit for post in person.held if reach.covers(post.unit.path)}
    within = timedelta(days=settings.bulletin.receipt_days)
    for unit in units.values():
        signed = Receipt.objects.filter(bulletin=OuterRef("pk"), unit=unit)
        sent = Bulletin.objects.visible_to(person).sent_to(unit)
        yield told(
            sent.exclude(Exists(signed)),
            "receipt",
            after("happened_on", within),
            about="pk",
            called="title",
            detail=NOBODY,
            answers=Value(unit.name),
        )


def milestones(units: Sequence[int], settings: Settings, as_of: date) -> Rows:
    """What groups have to have done: those in which one sits, which one's unit heads or keeps."""
    headed = Membership.objects.current().filter(unit__in=units, capacity=Capacity.HEAD)
    mine = (
        Q(group__in=units)
        | Q(group__charter__office__in=units)
        | Q(group__in=headed.values("group"))
    )
    open_still = Milestone.objects.filter(replaced_by=None, done=None, group__closed_on=None)
    soon = as_of + timedelta(days=settings.amber_days)
    return told(
        open_still.filter(mine, due_on__lte=soon),
        "milestone",
        F("due_on"),
        about="group_id",
        called="group__name",
        detail=F("what"),
        answers=F("group__name"),
    )


def terms(person: Person, as_of: date) -> Rows:
    """Terms that have run out or soon will, where one appoints."""
    reach = person.reach(Can.APPOINT)
    held = Post.objects.held().filter(person__is_active=True, until_on__lte=as_of + SOON)
    return told(
        held.filter(unit__in=Unit.objects.under(*reach.places, *reach.units).values("pk")),
        "term",
        F("until_on"),
        about="pk",
        called="person__name",
        detail=F("title"),
        answers=F("unit__name"),
    )


def after(day: str, days: timedelta) -> Cast:
    """So long after a day."""
    later = ExpressionWrapper(F(day) + Value(days), output_field=DateField())
    return Cast(later, DateField())


def sheets(person: Person, as_of: date) -> Iterator[Rows]:
    """What somebody has to judge, for each unit in which one sits, and as one of a jury."""
    running = Round.objects.visible_to(person).running(as_of)
    units = {post.unit_id: post.unit.name for post in person.held}
    asked = [(running.awaiting_unit(key), name) for key, name in units.items()]
    for rounds, called in (*asked, (running.awaiting_juror(person), person.name)):
        yield told(
            rounds,
            "sheet",
            F("due_on"),
            about="pk",
            called="name",
            detail=F("way"),
            answers=Value(called),
        )


def counts(person: Person, as_of: date) -> Rows:
    """Ratings and ballots whose day is over and that nobody has counted."""
    over = Round.objects.visible_to(person).running(as_of).filter(due_on__lt=as_of)
    return told(
        over.filter(way__in=[way for way in Way if way.is_secret]),
        "count",
        F("due_on"),
        about="pk",
        called="name",
        detail=F("way"),
        answers=NOBODY,
    )
