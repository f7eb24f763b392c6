"""What the offices have decided, and what follows from it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yipanqi.facts.projects.models import Claim, Project
from yipanqi.ledger.models import Fact, Interval, IntervalQuerySet
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.models import SettingsVersion
from yipanqi.standing.rules import Outcome, What


class Verdict(Fact):
    """The verifying office accepts a claim, returns it with a reason, or finds it false (认定).

    It keeps the definitions by which it judged, the amount in 分 of 人民币 and the size band.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts")
    project = models.ForeignKey(Project, models.PROTECT, related_name="verdicts")
    outcome = models.CharField(_("结论"), max_length=20, choices=Outcome.choices)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    settings = models.ForeignKey(SettingsVersion, models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField(null=True)
    band = models.CharField(max_length=20, blank=True)

    about = "project"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ACCEPTED) | ~Q(reason=""),
                name="returned_with_a_reason",
            )
        ]
        indexes = [
            models.Index(
                fields=["happened_on", "claim"],
                condition=Q(outcome=Outcome.RETURNED),
                name="verdict_returned",
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.outcome}"


class Recognised(Interval):
    """What counts (认定): a node reached, or a fund line, from one entry of the ledger to another."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="recognised", db_index=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="recognised")
    node = models.CharField(max_length=20)
    counted_on = models.DateField()
    amount_fen = models.BigIntegerField(null=True)

    objects: "models.Manager[Recognised]" = IntervalQuerySet["Recognised"].as_manager()

    class Meta(Interval.Meta):
        constraints = [
            *Interval.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "node"],
                condition=Q(to_seq=OPEN) & ~Q(node__in=["funds", "falsified"]),
                name="one_open_interval_per_node",
            ),
        ]
        indexes = [
            models.Index(  # holds all that measures ask, so that they read the index alone
                fields=["node", "counted_on", "project", "from_seq", "to_seq", "amount_fen"],
                name="recognised_in_window",
            ),
            models.Index(  # the same for what a few projects have reached
                fields=["project", "node", "counted_on", "from_seq", "to_seq", "amount_fen"],
                name="recognised_of_project",
            ),
        ]


class DeadlineQuerySet(IntervalQuerySet["Deadline"]):
    def overdue(self, *, as_of: date) -> Self:
        """Past their due day."""
        return self.filter(due_on__lt=as_of)


class Deadline(Interval):
    """A node is awaited by a day (限期), from one entry to another; lateness is the reader's to compute."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="deadlines")
    code = models.CharField(max_length=40)
    reached_on = models.DateField()
    due_on = models.DateField()

    objects = DeadlineQuerySet.as_manager()

    class Meta(Interval.Meta):
        constraints = [
            *Interval.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "code"],
                condition=Q(to_seq=OPEN),
                name="one_open_deadline_per_code",
            ),
        ]
        indexes = [
            models.Index(
                fields=["code", "due_on", "project", "from_seq", "to_seq"], name="deadline_by_day"
            )
        ]


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    def visible_to(self, person: Person) -> Self:
        """One's own, and those of the place for whoever sees its ledger."""
        places = Unit.objects.filter(path__in=person.reach(Can.SEE_LEDGER).places)
        return self.filter(Q(person=person) | Q(place__in=places))


class BulkChange(Fact):
    """Many projects were changed in one stroke (批量修改): which were asked for, what each was and became.

    `lines` holds a project, what it was and what it became, one after another. It can be undone once;
    the undoing is a bulk change itself.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    what = models.CharField(_("修改内容"), max_length=20, choices=What.choices)
    node = models.CharField(_("环节"), max_length=20, blank=True)
    asked = models.TextField(_("条件"), blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    count = models.PositiveIntegerField(_("项目数"))
    lines = models.TextField()
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone"
    )

    objects = BulkChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.seq} {self.get_what_display()}"
