"""What has been issued: numbered, frozen, with the ledger's size and hash on it."""

import json
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from yipanqi.dispatch.rules import Content, from_data
from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, person: Person) -> Self:
        """What a place has issued is for everybody in it."""
        return self.filter(place__path__in=person.place_paths)

    def sent_to(self, unit: Unit) -> Self:
        """The bulletins that tell a figure on a unit, and so are sent to it."""
        named = f'"unit_id":{unit.pk}'  # as the ledger writes it, without a space
        return self.filter(
            models.Q(content__contains=f"{named},") | models.Q(content__contains=f"{named}}}")
        )


class Bulletin(Fact):
    """An issued half-month bulletin (通报): its number, what it says, and the ledger it was drawn from."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="bulletins")
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveIntegerField(_("期号"))
    period = models.CharField(_("半月"), max_length=12)
    title = models.CharField(_("标题"), max_length=120)
    document_number = models.CharField(_("发文字号"), max_length=60)
    remarks = models.TextField(_("工作要求"))
    content = models.TextField()
    checkpoint = models.CharField(max_length=90)

    objects = BulletinQuerySet.as_manager()
    about = "place"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "number"], name="bulletin_number_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def said(self) -> Content:
        """What it says, as frozen."""
        return from_data(json.loads(self.content))


class Receipt(Fact):
    """A unit has signed for a bulletin that was sent to it (签收): who signed, and by its entry when."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="receipts")

    about = "unit"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "unit"], name="a_unit_signs_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.bulletin_id}"
