"""Who may see whose personal file, and who has looked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Can

OPENED = "dossier"
"""The kind of entry that says that a personal file was opened."""


@dataclass(frozen=True)
class Look:
    """Somebody opened a personal file."""

    at: datetime
    who: str
    purpose: str


def people_for(viewer: Person) -> QuerySet[Person]:
    """Whose files this person may open: everybody's of the place, or nobody's."""
    units = Unit.objects.under(*viewer.reach(Can.SEE_DOSSIER).places)
    posts = Post.objects.filter(unit__in=units)
    return Person.objects.filter(pk__in=posts.values("person")).order_by("pk")


def is_open(viewer: Person, subject: Person, *, on: date) -> bool:
    """Whether the viewer's own file it is, or one that was opened this day."""
    if viewer.pk == subject.pk:
        return True
    opened = Entry.objects.about(subject).of(OPENED).filter(actor_id=viewer.pk).order_by("-seq")
    last = opened.values_list("recorded_at", flat=True).first()
    return last is not None and localdate(last) == on


def looks_at(subject: Person) -> Sequence[Look]:
    """Who has opened somebody's file, the latest first."""
    entries = list(Entry.objects.about(subject).of(OPENED).order_by("-seq")[:50])
    people = Person.objects.in_bulk({one.actor_id for one in entries if one.actor_id})
    return [
        Look(
            one.recorded_at,
            str(people.get(one.actor_id or 0, "")),
            json.loads(one.payload)["purpose"],
        )
        for one in entries
    ]
