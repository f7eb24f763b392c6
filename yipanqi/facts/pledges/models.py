"""The pledges of a year: the call to sign, what was printed, who signed."""

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from yipanqi.core.files import Evidence, evidence_in
from yipanqi.facts.pledges.rules import PledgedTask, tasks_in
from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.models import Cites


class PledgeRound(Fact, Cites):
    """Pledges of a year are to be signed by a day (签状部署); the newest word counts."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    due_on = models.DateField(_("签订期限"))

    about = "place"

    def __str__(self) -> str:
        return f"{self.place} {self.year} {self.due_on}"


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def visible_to(self, person: Person) -> "PledgeQuerySet":
        """Who has pledged what is open to everybody of the place."""
        return self.filter(place__path__in=person.reach(Can.SEE_TARGET).places)

    def last_words(self) -> "PledgeQuerySet":
        """The newest pledge of each holder in each year."""
        each = self.order_by().values("holder", "year").annotate(last=Max("seq"))
        return self.filter(seq__in=each.values("last"))


class Pledge(Fact):
    """A holder's promise for a year (军令状) as it was printed; targets set later do not change it."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="pledges")
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.CharField(_("编号"), max_length=60)
    text = models.TextField()

    objects = PledgeQuerySet.as_manager()
    about = "holder"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="pledge_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.year}"

    @property
    def tasks(self) -> tuple[PledgedTask, ...]:
        """What is promised, line by line."""
        return tasks_in(self.text)


class Signing(Fact):
    """A pledge was signed (签状) by somebody on a day, and this is the page; the last one counts."""

    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="signings")
    signer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    evidence = models.TextField()

    about = "holder"

    def __str__(self) -> str:
        return f"{self.pledge} {self.happened_on}"

    @property
    def files(self) -> tuple[Evidence, ...]:
        """The signed page."""
        return evidence_in(self.evidence)
