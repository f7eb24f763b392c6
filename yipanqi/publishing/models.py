"""A result on its way from draft to publication: each step a fact, what is frozen is frozen for ever."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.rules.periods import Period
from yipanqi.core.files import Evidence, evidence_in
from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.publishing.rules.frozen import Frozen


class StepQuerySet(models.QuerySet[Any]):
    def newest(self) -> Self:
        """The last of each result."""
        each = self.order_by().values("place", "code", "period")
        return self.filter(seq__in=each.annotate(last=models.Max("seq")).values("last"))

    def visible_to(self, person: Person) -> Self:
        """Results of one's own place are open to everybody in it who may see scores."""
        return self.filter(place__path__in=person.reach(Can.SEE_SCORE).places)

    def of(self, step: "Step") -> Self:
        """The same result: of this place, this method, this period."""
        return self.filter(place=step.place_id, code=step.code, period=step.period)

    def holding(self, unit: Unit) -> Self:
        """Those in which a unit is assessed."""
        return self.filter(holders__contains=f",{unit.pk},")


class Step(Fact):
    """What all steps of a result say: of which place, by which method, for which period, as of when."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    method = models.ForeignKey(MethodVersion, models.PROTECT, related_name="+")
    code = models.CharField(_("办法代号"), max_length=20)
    period = models.CharField(_("考核期"), max_length=10)
    day = models.DateField(_("截至日期"))
    cutoff = models.BigIntegerField(_("账本截止"))

    objects = StepQuerySet.as_manager()
    about = "place"

    class Meta:
        abstract = True

    @property
    def stretch(self) -> Period:
        """The period, with its first and last day."""
        return Period.read(self.period)


class Draft(Step):
    """A result drawn up (底稿) as the ledger stood at the cutoff; a later one takes its place."""

    def __str__(self) -> str:
        return f"{self.method.title} {self.period}"


class Kept(Step):
    """A step with a result that is frozen in it."""

    inputs = models.TextField()
    output = models.TextField()
    manifest = models.TextField()
    digest = models.CharField(max_length=64)
    holders = models.TextField()

    class Meta:
        abstract = True

    @property
    def holding(self) -> list[int]:
        """The keys of everybody who is assessed, without opening what is frozen."""
        return [int(key) for key in self.holders.split(",") if key]

    @property
    def frozen(self) -> Frozen:
        """The result as it was frozen."""
        return Frozen(self.inputs, self.output, self.manifest)


class Notice(Kept):
    """A result put up for objection with its workings (公示) until the end of a day."""

    number = models.PositiveSmallIntegerField(_("次"))
    until = models.DateField(_("公示截止"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "code", "period", "number"], name="notice_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method.title} {self.period}"


class OfNoticeQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Person) -> Self:
        """Who objects to what is open to everybody in the place, as the workings are."""
        return self.filter(notice__place__path__in=person.reach(Can.SEE_SCORE).places)

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(answer=None)


class Objection(Fact):
    """A holder says that a line of its workings is wrong, and why (异议)."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections")
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    item = models.CharField(_("计分项"), max_length=80)
    figure = models.CharField(_("指标"), max_length=80, blank=True)
    reason = models.TextField(_("理由"))
    evidence = models.TextField(default="[]")
    due_on = models.DateField(_("答复期限"))

    objects = OfNoticeQuerySet.as_manager()
    about = "holder"

    def __str__(self) -> str:
        return f"{self.holder} {self.item}"

    @property
    def files(self) -> tuple[Evidence, ...]:
        """What was attached."""
        return evidence_in(self.evidence)

    def overdue(self, as_of: date) -> int:
        """By how many days its answer is late; nought where it was given or is not due."""
        answered = hasattr(self, "answer")
        return 0 if answered else max(0, (as_of - self.due_on).days)


class Answer(Fact):
    """What the office says to an objection (答复): an accepted one names the entry that followed."""

    objection = models.OneToOneField(Objection, models.PROTECT, related_name="answer")
    accepted = models.BooleanField(_("采纳"))
    reason = models.TextField(_("理由"))
    followed = models.BigIntegerField(_("账目"), null=True)

    about = "objection"

    def __str__(self) -> str:
        return f"{self.objection} {self.accepted}"


class Seal(Kept):
    """A result sealed (封账): its figures, method, units and sheet with their digest, one version of it."""

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="seal")
    version = models.PositiveSmallIntegerField(_("版次"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "code", "period", "version"], name="seal_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method.title} {self.period}"


class OfSealQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Person) -> Self:
        """What became of a seal is open to whoever sees it."""
        return self.filter(seal__place__path__in=person.reach(Can.SEE_SCORE).places)


class SealReceipt(Fact):
    """A holder has signed for its own lines of a sealed result (结果签收), named by their digest."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    leaf = models.CharField(max_length=64)

    about = "unit"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seal", "unit"], name="a_holder_signs_a_seal_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.seal_id}"


class Publication(Fact):
    """A sealed result was published under its document number (公布)."""

    seal = models.OneToOneField(Seal, models.PROTECT, related_name="publication")
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveIntegerField(_("文号"))
    document_number = models.CharField(_("发文字号"), max_length=60)
    remarks = models.TextField(_("说明"), blank=True)

    objects = OfSealQuerySet.as_manager()
    about = "place"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "number"], name="publication_number_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return self.document_number


class Reopening(Fact):
    """Somebody asks that a sealed result be worked out anew, and says why (重新核算申请)."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="reopenings")
    reason = models.TextField(_("理由"))

    objects = OfSealQuerySet.as_manager()
    about = "seal"

    def __str__(self) -> str:
        return str(self.seal)


class Decision(Fact):
    """A second person agrees that a result be worked out anew, or does not (重新核算批复)."""

    reopening = models.OneToOneField(Reopening, models.PROTECT, related_name="decision")
    agreed = models.BooleanField(_("同意"))
    reason = models.TextField(_("理由"))

    about = "reopening"

    def __str__(self) -> str:
        return f"{self.reopening} {self.agreed}"
