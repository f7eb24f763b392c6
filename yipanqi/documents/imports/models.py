"""Ledgers on their way in, and those that came in."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can


class State(models.TextChoices):
    """How far an uploaded ledger has come."""

    OPEN = "open", _("待确认")
    CONFIRMED = "confirmed", _("已导入")
    DISCARDED = "discarded", _("已放弃")
    TAKEN_BACK = "taken_back", _("已撤回")


class Decision(models.TextChoices):
    """What a person says of a line that looks like a project already there."""

    NONE = "", _("未决定")
    NEW = "new", _("作为新项目")
    SAME = "same", _("是同一项目，不导入")


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, person: Person) -> Self:
        """The ledgers of the units for which this person imports."""
        reach = person.reach(Can.IMPORT)
        return self.filter(unit__in=Unit.objects.under(*reach.places, *reach.units))


class Batch(models.Model):
    """An uploaded ledger with its preview; nothing counts until it is confirmed."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件"), max_length=120)
    file_digest = models.CharField(max_length=64)
    file_size = models.PositiveIntegerField()
    content_digest = models.CharField(max_length=64)
    reading: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    import_seq = models.BigIntegerField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "content_digest"],
                condition=models.Q(state=State.CONFIRMED),
                name="same_content_once",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class Line(models.Model):
    """One line of an uploaded ledger: how it was read, what it resembles, what was decided."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    problems: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    raw: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    plan: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    doubles: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    decision = models.CharField(max_length=6, choices=Decision.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "row"], name="line_once_in_a_batch")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.row}"


class Import(Fact):
    """A ledger has come in (导入): which file, whose content, how many lines of it."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    file_digest = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    taken = models.PositiveIntegerField()
    left = models.PositiveIntegerField()

    about = "place"

    def __str__(self) -> str:
        return self.file_name


class ImportTakenBack(Fact):
    """A whole import is taken back (撤回导入), with a reason; the file and the lines stay on record."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    taken = models.OneToOneField(Import, models.PROTECT, related_name="taken_back")
    reason = models.CharField(max_length=200)

    about = "place"

    def __str__(self) -> str:
        return self.reason
