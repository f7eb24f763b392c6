"""The versions of a place's assessment method, each a fact."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yipanqi.assessment.rules.methods import Method
from yipanqi.assessment.rules.reading import read_method
from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit


class MethodVersionQuerySet(models.QuerySet["MethodVersion"]):
    def visible_to(self, person: Person) -> "MethodVersionQuerySet":
        """The method of one's own place is open to everybody in it."""
        return self.filter(place__path__in=person.place_paths)

    def in_force(self, place_id: int, *, seq: int) -> "MethodVersion | None":
        """The version by which a place scored when the ledger stood at `seq`."""
        return self.filter(place_id=place_id, seq__lte=seq).order_by("-seq").first()


class MethodVersion(Fact):
    """An assessment method (考核办法) as adopted, the regulation's sentences with their rules."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="methods")
    number = models.PositiveIntegerField(_("版本"))
    title = models.CharField(_("办法"), max_length=80)
    text = models.TextField()

    objects = MethodVersionQuerySet.as_manager()
    about = "place"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="method_version_once")
        ]

    def __str__(self) -> str:
        return f"《{self.title}》第 {self.number} 版"

    @property
    def method(self) -> Method:
        """What the page says."""
        return read_method(self.text)
