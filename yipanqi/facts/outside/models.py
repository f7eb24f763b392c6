"""Figures of other places, as their sources tell them."""

from fractions import Fraction
from types import MappingProxyType

from django.db import models
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from yipanqi.facts.outside.rules import PARTS, Period, Word
from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can


class OutsideFigureQuerySet(models.QuerySet["OutsideFigure"]):
    def visible_to(self, person: Person) -> "OutsideFigureQuerySet":
        """Comparisons are open to everybody of the place."""
        return self.filter(place__path__in=person.reach(Can.SEE_TARGET).places)

    def of_others(self) -> "OutsideFigureQuerySet":
        """What is told of other places."""
        return self.filter(of=None)

    def of_ours(self) -> "OutsideFigureQuerySet":
        """What is told of units of ours (填报数)."""
        return self.filter(of__isnull=False)

    def last_words(self) -> "OutsideFigureQuerySet":
        """The last word on each figure, whatever it says."""
        about = self.order_by().values(
            "place", "of", "holder", "indicator", "year", "month", "since"
        )
        return self.filter(seq__in=about.annotate(last=Max("seq")).values("last"))

    def standing(self) -> "OutsideFigureQuerySet":
        """The last word on each figure, those taken off left out."""
        return self.last_words().filter(gone=False)


class OutsideFigure(Fact):
    """What a source tells of another place (外部数据) or of a unit of ours (填报数).

    `happened_on` is the day of the source. The newest word on the same thing counts; `gone` takes it
    off.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    of = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="told_figures")
    holder = models.CharField(_("单位"), max_length=60, blank=True)
    peers = models.CharField(_("分组"), max_length=40, blank=True)
    indicator = models.CharField(_("指标"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    since = models.PositiveSmallIntegerField(_("起始月份"), default=1)
    month = models.PositiveSmallIntegerField(_("截至月份"))
    parts = models.BigIntegerField(_("数值"))
    unit = models.CharField(_("计量单位"), max_length=20)
    source = models.CharField(_("来源"), max_length=120)
    reason = models.CharField(_("更正理由"), max_length=200, blank=True)
    gone = models.BooleanField(default=False)

    objects = OutsideFigureQuerySet.as_manager()
    about = "place"
    later = MappingProxyType({"of_id": None, "since": 1, "reason": ""})

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="figure_is_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(since__gte=1, since__lte=F("month")),
                name="figure_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(of__isnull=True) ^ Q(holder=""), name="figure_is_of_us_or_of_others"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "indicator", "year"], name="outside_by_indicator"),
            models.Index(
                fields=["of", "indicator", "year", "seq"],
                condition=Q(of__isnull=False),
                name="told_by_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of or self.holder} {self.indicator} {self.period}"

    @property
    def period(self) -> Period:
        """The months that it tells of."""
        return Period(self.year, self.month, self.since)

    @property
    def value(self) -> Fraction:
        """The figure in its unit, exact."""
        return Fraction(self.parts, PARTS)

    @property
    def word(self) -> Word:
        """What it says and whose word it is."""
        return Word(value=self.value, unit=self.unit, source=self.source)
