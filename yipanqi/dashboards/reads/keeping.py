"""What an administrator looks after: who cannot sign in, whose term ends, how the ledger is kept."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q

from yipanqi.ledger.models import Head
from yipanqi.ledger.rules import Checkpoint
from yipanqi.org.models import Person, Post

SOON = timedelta(days=30)
WITNESS = "yipanqi-*.txt"


@dataclass(frozen=True)
class Keeping:
    """The state of the house on a day."""

    locked_out: tuple[Person, ...]
    not_yet_in: int
    ending: tuple[Post, ...]
    checkpoint: Checkpoint
    written_on: date | None
    witnessed: bool

    def days_unwitnessed(self, as_of: date) -> int | None:
        """How long ago the checkpoint was last laid outside; unknown where it never was."""
        return (as_of - self.written_on).days if self.written_on else None


def keeping(person: Person, *, as_of: date) -> Keeping:
    """Accounts, terms and the ledger of somebody's place; four queries."""
    held = Post.objects.held_on(as_of).filter(unit__path__startswith=_place(person))
    holders = held.filter(person=OuterRef("pk"))
    unusable = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    locked_out = Person.objects.filter(Exists(holders)).filter(unusable | Q(is_active=False))
    given = Person.objects.filter(Exists(holders), one_time=True).count()
    ending = held.filter(until_on__lte=as_of + SOON).select_related("person", "unit")
    return Keeping(
        tuple(locked_out.order_by("pk")),
        given,
        tuple(ending.order_by("until_on", "pk")),
        Head.objects.get(pk=1).checkpoint(),
        last_witness(),
        bool(settings.WITNESS_DIR),
    )


def _place(person: Person) -> str:
    return person.place_paths[0] if person.place_paths else "/"


def last_witness() -> date | None:
    """The day of the last checkpoint that was laid outside."""
    if not settings.WITNESS_DIR:
        return None
    names = sorted(path.stem for path in Path(settings.WITNESS_DIR).glob(WITNESS))
    return date.fromisoformat(names[-1].removeprefix("yipanqi-")) if names else None
