"""The history of a record: every entry of the ledger about it, in words, for whoever may see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from yipanqi.facts.projects.models import Project
from yipanqi.ledger.models import Entry, subject_of
from yipanqi.org.models import Charter, Person, Post, Unit
from yipanqi.org.rules import Can
from yipanqi.place.models import Document
from yipanqi.place.rules import Settings
from yipanqi.standing.reads.books import KINDS
from yipanqi.standing.reads.history_words import Change, words_for


@dataclass(frozen=True)
class Source:
    """A kind of record: which of them somebody sees, and the right that goes before."""

    right: Can
    visible: "Callable[[Person], QuerySet[Model]]"


@dataclass(frozen=True)
class Told:
    """One entry about a record: who wrote it, when, what it did."""

    entry: Entry
    kind: str
    about: str
    who: str
    unit: str
    changes: list[Change]


def _charters(person: Person) -> "QuerySet[Charter]":
    return Charter.objects.filter(unit__in=Unit.objects.visible_to(person))


SOURCES: Mapping[str, Source] = {
    "unit": Source(Can.SEE_ORG, Unit.objects.visible_to),
    "person": Source(Can.SEE_ORG, lambda person: Person.objects.visible_to(person)),
    "post": Source(Can.SEE_ORG, lambda person: Post.objects.visible_to(person)),
    "charter": Source(Can.SEE_ORG, _charters),
    "project": Source(Can.SEE_PROJECT, lambda person: Project.objects.visible_to(person)),
    "document": Source(Can.SEE_DOCUMENT, lambda person: Document.objects.visible_to(person)),
}
"""Every kind of record that has a page of its history."""

OPEN_KINDS = (
    Q(kind__startswith="open:org.")
    | Q(kind__startswith="amend:org.")
    | Q(kind__startswith="fact:org.")
    | Q(kind__startswith="fact:targets.")
    | Q(kind__in=["pair", "unpair", "join", "leave", "charge", "relieve", "succession", "password"])
)
"""What everybody of the place may read about a unit or a person."""

GUARDED = {
    "fact:activities.contact": Can.SEE_CONTACT,
    "fact:activities.contactwithdrawal": Can.SEE_CONTACT,
    "fact:returns.return": Can.SEE_RETURN,
}
"""What is filed under a unit and only seen with a right that reaches it."""


def entries_about(record: Model, person: Person) -> QuerySet[Entry]:
    """The entries about a record and what belongs to it that this person may read, the latest first."""
    entries = Entry.objects.filter(subject__in=_subjects(record)).order_by("-seq")
    if isinstance(record, Unit):
        return entries.filter(_readable(person, record))
    if isinstance(record, Person):
        return entries.filter(OPEN_KINDS)
    return entries


def _subjects(record: Model) -> list[str]:
    subjects = [subject_of(record)]
    if isinstance(record, Person | Unit):
        posts = record.posts.order_by("pk").values_list("pk", flat=True)
        subjects += [f"{Post._meta.label_lower}:{pk}" for pk in posts]
    if isinstance(record, Unit):
        charters = Charter.objects.filter(unit=record).values_list("pk", flat=True)
        subjects += [f"{Charter._meta.label_lower}:{pk}" for pk in charters]
    return subjects


def _readable(person: Person, unit: Unit) -> Q:
    if person.reach(Can.SEE_LEDGER).covers(unit.path):
        return Q()
    kinds = [kind for kind, right in GUARDED.items() if person.reach(right).covers(unit.path)]
    return OPEN_KINDS | Q(kind__in=kinds)


def told(entries: Sequence[Entry], person: Person, settings: Settings | None) -> list[Told]:
    """A page of entries in words; a constant number of queries."""
    words = words_for(entries, person, settings)
    return [
        Told(
            entry,
            str(KINDS.get(entry.kind, entry.kind)),
            words.about(entry),
            words.person(entry.actor_id),
            words.unit(entry.unit_id),
            words.changes(entry),
        )
        for entry in entries
    ]
