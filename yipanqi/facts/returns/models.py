"""The monthly return of each holder."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, person: Person) -> "ReturnQuerySet":
        """One's own unit's returns, or those of the whole place."""
        reach = person.reach(Can.SEE_RETURN)
        return self.filter(holder__in=Unit.objects.under(*reach.places, *reach.units))


class Return(Fact):
    """A holder has confirmed its month (月报); late counts as none, and the day is the ledger's."""

    holder = models.ForeignKey(Unit, models.PROTECT, related_name="returns")
    month = models.DateField(_("月份"))
    summary = models.TextField(_("说明"), blank=True)

    objects = ReturnQuerySet.as_manager()
    about = "holder"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "month"], name="one_return_a_month"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.month:%Y-%m}"
