"""The versions of a place's definitions, each a fact, and the documents that all of it rests on."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.core.files import Evidence, evidence_in
from yipanqi.ledger.models import Fact, Record
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.rules import Settings, parsed


class SettingsVersionQuerySet(models.QuerySet["SettingsVersion"]):
    def visible_to(self, person: Person) -> "SettingsVersionQuerySet":
        """The definitions of one's own place are open to everybody in it."""
        return self.filter(place__path__in=person.place_paths)

    def valid(self, place_id: int, on: date, *, seq: int = OPEN) -> "SettingsVersion":
        """The version that holds in a place on a day: the newest written among those begun by then.

        With `seq` only those count that the ledger knew when it stood there.
        """
        begun = self.filter(place_id=place_id, happened_on__lte=on, seq__lte=seq)
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
        return gettext("%(place)s 口径第 %(number)s 版") % {
            "place": self.place,
            "number": self.number,
        }

    @property
    def settings(self) -> Settings:
        """What the page says."""
        return parsed(self.text)


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, person: Person) -> "DocumentQuerySet":
        """The documents of one's own place."""
        return self.filter(place__path__in=person.reach(Can.SEE_DOCUMENT).places)

    def newest(self) -> "DocumentQuerySet":
        """The last edition of each."""
        return self.filter(successor__isnull=True)

    def named(self, text: str) -> "DocumentQuerySet":
        """Documents with this text in their title, number or organ."""
        return self.filter(
            Q(title__icontains=text) | Q(number__icontains=text) | Q(organ__icontains=text)
        )


class Document(Record):
    """A base document (依据文件): what a task, a method or a rule rests on, one edition of it.

    A new edition stands beside the old one, so that what was done under the old can still be read.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(_("标题"), max_length=120)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    organ = models.CharField(_("发文机关"), max_length=80)
    issued_on = models.DateField(_("印发日期"))
    valid_from = models.DateField(_("施行日期"))
    valid_to = models.DateField(_("有效期至"), null=True, blank=True)
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor"
    )
    evidence = models.TextField(default="[]")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "title", "edition"], name="document_edition_once_in_a_place"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="document_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["place", "-issued_on"], name="document_list")]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def files(self) -> tuple[Evidence, ...]:
        """The document itself, as it was uploaded."""
        return evidence_in(self.evidence)


class Cites(models.Model):
    """What rests on a document names it, in the edition that was meant, and the clause."""

    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("依据")
    )
    clause = models.CharField(_("条款"), max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def cited(self) -> str:
        """Title and clause as people write them: 《考核办法》第二条."""
        return f"{self.document}{self.clause}" if self.document else self.clause
