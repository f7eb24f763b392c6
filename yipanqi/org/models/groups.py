"""What binds units: groups with their members and milestones, functions, who answers for whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yipanqi.ledger.models import Fact, Interval, IntervalQuerySet, Record
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models.people import Unit
from yipanqi.org.rules import Capacity, Function, Matter


class Charter(Record):
    """What a group is for, on what document it rests, what it covers (组建依据)."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="charter")
    purpose = models.CharField(_("任务"), max_length=300)
    basis = models.CharField(_("依据文件和条款"), max_length=200, blank=True)
    founded_on = models.DateField(_("成立日期"))
    office = models.ForeignKey(
        Unit, models.PROTECT, verbose_name=_("办公室设在"), null=True, blank=True, related_name="+"
    )
    covers = models.CharField(_("负责的产业"), max_length=200, blank=True)
    led_by = models.CharField(_("龙头企业"), max_length=200, blank=True)

    def __str__(self) -> str:
        return self.purpose

    @property
    def industries(self) -> tuple[str, ...]:
        """The industries that the group covers."""
        return tuple(self.covers.split("、")) if self.covers else ()

    @property
    def enterprises(self) -> tuple[str, ...]:
        """The leading enterprises of a chain."""
        return tuple(self.led_by.split("、")) if self.led_by else ()


class Membership(Interval):
    """A unit belongs to a group (成员单位), from one entry of the ledger to another."""

    group = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="member_of")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)

    objects: "models.Manager[Membership]" = IntervalQuerySet["Membership"].as_manager()

    class Meta(Interval.Meta):
        constraints = [
            *Interval.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "unit"], condition=Q(to_seq=OPEN), name="member_once_at_a_time"
            ),
        ]

    @property
    def about(self) -> Unit:
        """Under which unit the ledger files it."""
        return self.group


class Duty(Interval):
    """A unit has a function for the whole place (职能分工), from one entry of the ledger to another."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties")
    function = models.CharField(max_length=12, choices=Function.choices)

    objects: "models.Manager[Duty]" = IntervalQuerySet["Duty"].as_manager()

    class Meta(Interval.Meta):
        constraints = [
            *Interval.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "function"], condition=Q(to_seq=OPEN), name="duty_once_at_a_time"
            ),
        ]

    @property
    def about(self) -> Unit:
        """Under which unit the ledger files it."""
        return self.unit


class Pairing(Interval):
    """A leader's seat answers for a unit, an enterprise or a line of work (包保、挂包), between two entries."""

    seat = models.ForeignKey(Unit, models.PROTECT, related_name="pairings")
    matter = models.CharField(max_length=12, choices=Matter.choices, default=Matter.UNIT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="paired_with")
    name = models.CharField(max_length=80, blank=True)

    objects: "models.Manager[Pairing]" = IntervalQuerySet["Pairing"].as_manager()

    class Meta(Interval.Meta):
        constraints = [
            *Interval.Meta.constraints,
            models.UniqueConstraint(
                fields=["seat", "unit"], condition=Q(to_seq=OPEN), name="paired_once_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["seat", "matter", "name"],
                condition=Q(to_seq=OPEN, unit__isnull=True),
                name="paired_with_a_name_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(matter=Matter.UNIT, unit__isnull=False, name="")
                | (~Q(matter=Matter.UNIT) & Q(unit__isnull=True) & ~Q(name="")),
                name="paired_with_a_unit_or_a_name",
            ),
        ]

    @property
    def about(self) -> Unit:
        """Under which unit the ledger files it."""
        return self.unit or self.seat

    @property
    def with_what(self) -> str:
        """What the seat answers for, by name."""
        return str(self.unit or self.name)


class Milestone(Fact):
    """Something that a group has to have done by a day (节点任务); one set anew replaces it, with its reason."""

    group = models.ForeignKey(Unit, models.PROTECT, related_name="milestones")
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    reason = models.CharField(max_length=200, blank=True)

    about = "group"


class MilestoneDone(Fact):
    """A group has done what it had to (完成情况)."""

    milestone = models.OneToOneField(Milestone, models.PROTECT, related_name="done")
    group = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200)

    about = "group"
