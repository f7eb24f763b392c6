"""Figures of other places, as their sources tell them."""

from fractions import Fraction

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from yipanqi.facts.outside.rules import PARTS, Period
from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can


class OutsideFigureQuerySet(models.QuerySet["OutsideFigure"]):
    def visible_to(self, person: Person) -> "OutsideFigureQuerySet":
        """Comparisons are open to everybody of the place."""
        return self.filter(place__path__in=person.reach(Can.SEE_TARGET).places)

    def standing(self) -> "OutsideFigureQuerySet":
        """The last word on each figure, those taken off left out."""
        about = self.order_by().values("place", "holder", "indicator", "year", "month")
        return self.filter(seq__in=about.annotate(last=Max("seq")).values("last"), gone=False)


class OutsideFigure(Fact):
    """What a source tells of another place (外部数据); `happened_on` is the day of the source.

    The newest word on the same thing counts; `gone` takes it off the comparison.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    holder = models.CharField(_("单位"), max_length=60)
    peers = models.CharField(_("分组"), max_length=40, blank=True)
    indicator = models.CharField(_("指标"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    month = models.PositiveSmallIntegerField(_("截至月份"))
    parts = models.BigIntegerField(_("数值"))
    unit = models.CharField(_("计量单位"), max_length=20)
    source = models.CharField(_("来源"), max_length=120)
    gone = models.BooleanField(default=False)

    objects = OutsideFigureQuerySet.as_manager()
    about = "place"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="figure_is_of_a_month"
            )
        ]
        indexes = [models.Index(fields=["place", "indicator", "year"], name="outside_by_indicator")]

    def __str__(self) -> str:
        return f"{self.holder} {self.indicator} {self.period}"

    @property
    def period(self) -> Period:
        """The months that it tells of."""
        return Period(self.year, self.month)

    @property
    def value(self) -> Fraction:
        """The figure in its unit, exact."""
        return Fraction(self.parts, PARTS)
