"""The versions of a place's definitions, each a fact."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Unit
from yipanqi.place.rules import Settings, parsed


class SettingsVersionQuerySet(models.QuerySet["SettingsVersion"]):
    def visible_to(self, person: Person) -> "SettingsVersionQuerySet":
        """The definitions of one's own place are open to everybody in it."""
        return self.filter(place__path__in=person.place_paths)

    def valid(self, place_id: int, on: date) -> "SettingsVersion":
        """The version that holds in a place on a day: the newest written among those begun by then."""
        begun = self.filter(place_id=place_id, happened_on__lte=on)
        return begun.order_by("-happened_on", "-seq")[:1].get()


class SettingsVersion(Fact):
    """A page of definitions (口径) as adopted; `happened_on` is the day from which it is valid."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="settings_versions")
    number = models.PositiveIntegerField(_("版本"))
    text = models.TextField()

    objects = SettingsVersionQuerySet.as_manager()
    about = "place"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="settings_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.place} 口径第 {self.number} 版"

    @property
    def settings(self) -> Settings:
        """What the page says."""
        return parsed(self.text)
