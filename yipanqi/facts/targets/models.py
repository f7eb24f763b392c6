"""What each holder must reach in a year."""

from collections.abc import Sequence
from types import MappingProxyType

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from yipanqi.facts.targets.rules import Key, PlanLine, TargetKind, lines_in
from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.models import Cites


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, person: Person) -> "TargetQuerySet":
        """Targets are set in the open: everybody of the place sees them."""
        return self.filter(holder__in=Unit.objects.visible_to(person))

    def standing(self, *, indicators: Sequence[str], year: int, seq: int) -> "TargetQuerySet":
        """The last word on each holder's own targets when the ledger stood at `seq`."""
        return self.layered(indicators=indicators, year=year, seq=seq).filter(issuer="", tier="")

    def layered(self, *, indicators: Sequence[str], year: int, seq: int) -> "TargetQuerySet":
        """The same with those that others issued, and those of other tiers."""
        said = self.filter(indicator__in=indicators, year=year, seq__lte=seq)
        each = said.order_by().values("holder", "person", "indicator", "kind", "issuer", "tier")
        return self.filter(seq__in=each.annotate(last=Max("seq")).values("last"))

    def assigned(self) -> "TargetQuerySet":
        """What units were given from above, by which they are assessed."""
        return self.filter(kind=TargetKind.ASSIGNED, person=None)

    def words(self) -> dict[Key, int]:
        """These targets as words: on whom and what, and how much."""
        about = ("holder_id", "person_id", "indicator", "kind", "issuer", "tier")
        return {
            Key(holder, person, code, TargetKind(kind), *layer): amount
            for holder, person, code, kind, *layer, amount in self.values_list(*about, "amount")
        }


class Grounded(Cites):
    """What rests on a filed document and its clause, or on words where none is filed."""

    basis = models.CharField(_("依据说明"), max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def told_basis(self) -> str:
        """On what it rests, as people write it."""
        return self.cited if self.document_id else f"{self.basis}{self.clause}"


class YearPlanQuerySet(models.QuerySet["YearPlan"]):
    def visible_to(self, person: Person) -> "YearPlanQuerySet":
        """The plans of one's own place."""
        return self.filter(place__path__in=person.reach(Can.SEE_TARGET).places)


class YearPlan(Grounded, Fact):
    """A year's plan (年度计划) as issued: the lines by which everybody was given a task."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    lines = models.TextField()

    objects = YearPlanQuerySet.as_manager()
    about = "place"

    def __str__(self) -> str:
        return f"{self.place} {self.year}"

    @property
    def rules(self) -> tuple[PlanLine, ...]:
        """What the plan says, line by line."""
        return lines_in(self.lines)


class Target(Grounded, Fact):
    """What a holder must reach in a year (目标任务): a number, or 分 where the indicator is money.

    With a person it is that person's part of the unit's task. The newest word counts.
    """

    holder = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(
        _("任务来源"), max_length=10, choices=TargetKind.choices, default=TargetKind.ASSIGNED
    )
    indicator = models.CharField(_("指标"), max_length=30)
    issuer = models.CharField(_("下达单位"), max_length=40, blank=True)
    tier = models.CharField(_("档次"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    amount = models.BigIntegerField(_("任务数"))
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    plan = models.ForeignKey(YearPlan, models.PROTECT, null=True, related_name="targets")

    objects = TargetQuerySet.as_manager()
    about = "holder"
    later = MappingProxyType({"issuer": "", "tier": ""})

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="target_not_negative")
        ]
        indexes = [models.Index(fields=["indicator", "year", "holder"], name="target_by_holder")]

    def __str__(self) -> str:
        return f"{self.holder} {self.year} {self.indicator} {self.amount}"

    @property
    def layer(self) -> str:
        """Who issued it and at which tier, where that is not the place itself: 省 力争."""
        return " ".join(word for word in (self.issuer, self.tier) if word)
