"""What units owe by a day: the return of each month, the answer to a call to mobilise."""

from datetime import date

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from yipanqi.core.files import Evidence, evidence_in
from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.models import Cites


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


class MobilisationQuerySet(models.QuerySet["Mobilisation"]):
    def visible_to(self, person: Person) -> "MobilisationQuerySet":
        """Who has mobilised and who has not is no secret in one's own place."""
        return self.filter(place__path__in=person.reach(Can.SEE_TARGET).places)


class Mobilisation(Fact, Cites):
    """A call (动员部署): units of these kinds are to hold a meeting and issue measures by a day."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    subject = models.CharField(_("事项"), max_length=120)
    due_on = models.DateField(_("完成期限"))
    kinds = models.CharField(_("哪几类单位"), max_length=300)

    objects = MobilisationQuerySet.as_manager()
    about = "place"

    def __str__(self) -> str:
        return self.subject

    @property
    def called(self) -> tuple[Kind, ...]:
        """The kinds of unit that must answer."""
        return tuple(Kind(kind) for kind in self.kinds.split(","))


class MobilisedQuerySet(models.QuerySet["Mobilised"]):
    def visible_to(self, person: Person) -> "MobilisedQuerySet":
        """The answers to the calls in sight."""
        return self.filter(call__in=Mobilisation.objects.visible_to(person))

    def last_words(self) -> "MobilisedQuerySet":
        """The last word of each unit to each call."""
        last = self.order_by().values("call", "unit").annotate(last=Max("seq"))
        return self.filter(seq__in=last.values("last"))


class Mobilised(Fact):
    """A unit's answer to a call (部署情况): the meeting it held and the measures it issued.

    A correction is another answer; the last one counts.
    """

    call = models.ForeignKey(Mobilisation, models.PROTECT, related_name="answers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    issued_on = models.DateField(_("措施印发日期"))
    present = models.PositiveIntegerField(_("参会人数"))
    evidence = models.TextField()
    remarks = models.TextField(_("说明"), blank=True)

    objects = MobilisedQuerySet.as_manager()
    about = "unit"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(present__gt=0), name="meeting_had_people")
        ]
        indexes = [models.Index(fields=["call", "unit"], name="mobilised_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.call}"

    @property
    def done_on(self) -> date:
        """The day on which both the meeting was held and the measures were out."""
        return max(self.happened_on, self.issued_on)

    @property
    def files(self) -> tuple[Evidence, ...]:
        """The measures."""
        return evidence_in(self.evidence)
