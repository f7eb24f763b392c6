"""The versions of a place's assessment methods, each a fact; what somebody is still writing."""

from types import MappingProxyType

from django.db import models
from django.db.models import Case, Max, OuterRef, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from yipanqi.assessment.rules.methods import ANNUAL, Method
from yipanqi.assessment.rules.reading import read_method
from yipanqi.ledger.models import Fact, Record
from yipanqi.org.models import Person, Unit


class MethodVersionQuerySet(models.QuerySet["MethodVersion"]):
    def visible_to(self, person: Person) -> "MethodVersionQuerySet":
        """The method of one's own place is open to everybody in it."""
        return self.filter(place__path__in=person.place_paths)

    def in_force(self, place_id: int, *, seq: int, code: str = "") -> "MethodVersion | None":
        """The version by which a place scored when the ledger stood at `seq`; its first method's."""
        if code:
            known = self.filter(place_id=place_id, seq__lte=seq, code=code)
            return known.order_by("-seq").first()
        return next(iter(self.all_in_force(place_id, seq=seq)), None)

    def all_in_force(self, place_id: int, *, seq: int) -> "list[MethodVersion]":
        """The last version of each method of a place: the annual one, then as they were begun."""
        known = self.filter(place_id=place_id, seq__lte=seq)
        lasts = known.values("code").annotate(last=Max("seq")).values("last")
        begun = self.model.objects.filter(place=OuterRef("place"), code=OuterRef("code"), number=1)
        first = Case(When(code=ANNUAL, then=Value(0)), default=Value(1))
        return list(self.filter(pk__in=lasts).order_by(first, Subquery(begun.values("seq"))))


class MethodVersion(Fact):
    """An assessment method (考核办法) as adopted, the regulation's sentences with their rules."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="methods")
    code = models.CharField(_("代号"), max_length=20, default=ANNUAL)
    number = models.PositiveIntegerField(_("版本"))
    title = models.CharField(_("办法"), max_length=80)
    text = models.TextField()

    objects = MethodVersionQuerySet.as_manager()
    about = "place"
    later = MappingProxyType({"code": ANNUAL})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "code", "number"], name="method_version_once")
        ]

    def __str__(self) -> str:
        return f"《{self.title}》第 {self.number} 版"

    @property
    def method(self) -> Method:
        """What the page says; one that is only tried need not be finished."""
        return read_method(self.text, unfinished=True)


class MethodDraftQuerySet(models.QuerySet["MethodDraft"]):
    def visible_to(self, person: Person) -> "MethodDraftQuerySet":
        """What one writes oneself, until it is adopted or thrown away."""
        return self.filter(owner=person, removed=False)


class MethodDraft(Record):
    """A method that somebody is writing (办法草稿); the ledger knows its digest and not its text."""

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = models.CharField(_("办法"), max_length=80, blank=True)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    removed = models.BooleanField(default=False)

    objects = MethodDraftQuerySet.as_manager()
    unwritten = ("version", "text", "kept_at")

    def __str__(self) -> str:
        return self.title
