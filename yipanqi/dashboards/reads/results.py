"""What results on their way to publication have waiting for somebody; a query set each."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Concat

from yipanqi.dashboards.reads.columns import NOBODY, PART, Rows, told
from yipanqi.dashboards.reads.duties import after
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person
from yipanqi.org.rules import Can
from yipanqi.place.rules import Settings
from yipanqi.publishing.models import Notice, Objection, Reopening, Seal, SealReceipt


def results(person: Person, settings: Settings) -> Iterator[Rows]:
    """Objections to answer, notices to seal, seals to sign for, requests to decide."""
    if person.may(Can.ANSWER_OBJECTION):
        yield _objections(person)
    if person.may(Can.PUBLISH_RESULT):
        yield _unsealed(person)
    if person.may(Can.RECEIVE_RESULT):
        yield from _unsigned(person, settings)
    if person.may(Can.REOPEN_RESULT):
        yield _asked(person)


def _objections(person: Person) -> Rows:
    """Objections that nobody has answered, by the day on which an answer is due."""
    return told(
        Objection.objects.visible_to(person).waiting(),
        "objection",
        F("due_on"),
        about="pk",
        called="holder__name",
        detail=F("item"),
        answers=F("holder__name"),
    )


def _unsealed(person: Person) -> Rows:
    """The newest notice of each result that is not sealed, by the day on which it ends."""
    return told(
        Notice.objects.visible_to(person).newest().filter(seal=None),
        "seal",
        F("until"),
        about="pk",
        called="method__title",
        detail=F("period"),
        answers=NOBODY,
    )


def _unsigned(person: Person, settings: Settings) -> Iterator[Rows]:
    """The newest seals for which a unit in which one sits has not signed."""
    reach = person.reach(Can.RECEIVE_RESULT)
    units = {post.unit_id: post.unit for post in person.held if reach.covers(post.unit.path)}
    within = timedelta(days=settings.bulletin.receipt_days)
    for unit in units.values():
        signed = SealReceipt.objects.filter(seal=OuterRef("pk"), unit=unit)
        sealed = Seal.objects.visible_to(person).newest().holding(unit)
        yield told(
            sealed.exclude(Exists(signed)),
            "result",
            after("happened_on", within),
            about="pk",
            called="method__title",
            detail=Concat("period", Value(f"{PART}{unit.pk}")),
            answers=Value(unit.name),
        )


def _asked(person: Person) -> Rows:
    """Requests of others to work a sealed result out anew."""
    mine = Entry.objects.filter(pk=OuterRef("pk"), actor_id=person.pk)
    return told(
        Reopening.objects.visible_to(person).filter(decision=None).exclude(Exists(mine)),
        "reopening",
        F("happened_on"),
        about="seal_id",
        called="seal__method__title",
        detail=F("seal__period"),
        answers=NOBODY,
    )
