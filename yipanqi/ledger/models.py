"""What was written when: entries that only grow, and what is built on them."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from yipanqi.ledger.rules import GENESIS, OPEN, Checkpoint, Header, Value, commitment, plain


def new_salt() -> str:
    """The salt that keeps a person's commitments from being guessed."""
    return secrets.token_hex(16)


class Head(models.Model):
    """The end of the chain: the one row that every writer locks, and the ledger's clock."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)
    clock = models.DateTimeField()
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ledger_has_one_head")]

    def __str__(self) -> str:
        return str(self.checkpoint())

    def checkpoint(self) -> Checkpoint:
        """Size and hash as they stand in this row."""
        return Checkpoint(size=self.seq, hash=self.hash)


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, *records: models.Model) -> Self:
        """Entries about any of these records."""
        return self.filter(subject__in=[subject_of(record) for record in records])

    def of(self, kind: str) -> Self:
        """Entries of one kind."""
        return self.filter(kind=kind)


class Entry(models.Model):
    """One line of the ledger (账本条目): written once, never changed, chained to the line before it."""

    seq = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    payload = models.TextField()
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seq__gt=0), name="entry_counts_from_one")]
        indexes = [models.Index(fields=["kind", "seq"], name="entries_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject}"

    def header(self) -> Header:
        """The hashed part beside the payload."""
        return Header(
            seq=self.seq,
            recorded_at=self.recorded_at,
            kind=self.kind,
            subject=self.subject,
            actor_id=self.actor_id,
            unit_id=self.unit_id,
        )


def subject_of(record: models.Model) -> str:
    """How the ledger names a record: projects.project:137."""
    return f"{record._meta.label_lower}:{record.pk}"


class Written(models.Model):
    """A record whose content stands in the ledger; `personal` fields only as salted commitments."""

    personal: ClassVar[tuple[str, ...]] = ()
    unwritten: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def vouched(self) -> dict[str, Value]:
        """Every field that the ledger vouches for, in its canonical form."""
        return {
            field.attname: self._canonical(field)
            for field in self._meta.concrete_fields
            if not field.primary_key and field.attname not in self.unwritten
        }

    def _canonical(self, field: "models.Field[Any, Any]") -> Value:
        value = plain(getattr(self, field.attname))
        if field.attname in self.personal and value is not None:
            return commitment(getattr(self, "salt"), str(value))  # noqa: B009 - only personal records have it
        return value


class Fact(Written):
    """Something reported (事实): immutable, its key is the number of its entry in the ledger.

    `happened_on` is the day its reporter claims; when it was written is the ledger's to say.
    """

    seq = models.BigIntegerField(primary_key=True)
    happened_on = models.DateField()

    about: ClassVar[str] = ""
    """The foreign key that names what this fact is about; the fact itself where empty."""

    later: ClassVar[Mapping[str, Value]] = {}
    """Fields that older entries do not know, with what those entries mean by their silence."""

    class Meta:
        abstract = True

    def vouched(self) -> dict[str, Value]:
        """What its entry holds; a later field only where it says something."""
        return {
            name: value
            for name, value in super().vouched().items()
            if name not in self.later or self.later[name] != value
        }

    def ledger_subject(self) -> str:
        """What the entry is filed under."""
        if not self.about:
            return f"{self._meta.label_lower}:{self.seq}"
        field = self._meta.get_field(self.about)
        assert field.related_model is not None
        label = field.related_model._meta.label_lower
        return f"{label}:{getattr(self, f'{self.about}_id')}"


class Record(Written):
    """An ordinary record (档案): amended with a compared `version`, each change an entry."""

    version = models.PositiveIntegerField(default=1)

    unwritten: ClassVar[tuple[str, ...]] = ("version",)

    class Meta:
        abstract = True


Model = TypeVar("Model", bound=models.Model)


class IntervalQuerySet(models.QuerySet[Model]):
    def as_of(self, seq: int) -> Self:
        """What held when the ledger stood at `seq`."""
        return self.filter(from_seq__lte=seq, to_seq__gt=seq)

    def current(self) -> Self:
        """What holds now."""
        return self.filter(to_seq=OPEN)

    def close(self, seq: int) -> int:
        """End these intervals at `seq`; those that hold now only."""
        return self.current().update(to_seq=seq)


class Interval(models.Model):
    """Something that held from one entry of the ledger until another."""

    from_seq = models.BigIntegerField()
    to_seq = models.BigIntegerField(default=OPEN)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(from_seq__lt=F("to_seq")), name="%(class)s_runs_forward"
            )
        ]


def fact_models() -> Iterable[type[Fact]]:
    """Every kind of fact there is."""
    return sorted(_leaves(Fact), key=_label)  # type: ignore[type-abstract]  # only its leaves


def record_models() -> Iterable[type[Record]]:
    """Every kind of ordinary record there is."""
    return sorted(_leaves(Record), key=_label)  # type: ignore[type-abstract]  # only its leaves


def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def _leaves(base: type[Model]) -> list[type[Model]]:
    found: list[type[Model]] = []
    for child in base.__subclasses__():
        found += _leaves(child) if child._meta.abstract else [child]
    return found
