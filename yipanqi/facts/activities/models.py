"""Who met which investor, and what a leader found when looking at a project."""

from fractions import Fraction
from types import MappingProxyType
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from yipanqi.facts.activities.rules import ContactKind, present_in
from yipanqi.facts.projects.models import Project
from yipanqi.ledger.models import Fact
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Can


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, person: Person) -> Self:
        """Contacts of one's own unit, those at which its people were present, or the whole place's."""
        reach = person.reach(Can.SEE_CONTACT)
        units = Unit.objects.under(*reach.places, *reach.units)
        there = Presence.objects.filter(contact=OuterRef("pk"), post__unit__in=units)
        return self.filter(Q(holder__in=units) | Q(Exists(there)))

    def standing(self) -> Self:
        """Contacts that still hold: neither corrected nor taken back."""
        return self.filter(correction__isnull=True, withdrawal__isnull=True)

    def attended_by(self, person_id: int) -> Self:
        """Contacts at which somebody was present, in whatever post."""
        there = Presence.objects.filter(contact=OuterRef("pk"), post__person_id=person_id)
        return self.filter(Exists(there))


class Contact(Fact):
    """Somebody of ours met an investor (接洽): who, how, where, what was said and what comes next."""

    holder = models.ForeignKey(Unit, models.PROTECT, related_name="contacts")
    kind = models.CharField(_("接洽方式"), max_length=20, choices=ContactKind.choices)
    investor = models.CharField(_("对方单位"), max_length=120)
    place = models.CharField(_("地点"), max_length=60, blank=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="contacts")
    present = models.CharField(_("我方参加"), max_length=400)
    half_days = models.PositiveSmallIntegerField(_("半天数"), default=0)
    text = models.TextField(_("谈了什么"))
    result = models.TextField(_("结果和下一步"), blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    objects = ContactQuerySet.as_manager()
    about = "holder"
    later = MappingProxyType({"half_days": 0})

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=""), name="a_correction_says_why"
            )
        ]
        indexes = [
            models.Index(fields=["-happened_on", "-seq"], name="contact_newest"),
            models.Index(fields=["holder", "-happened_on"], name="contact_of_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.investor} {self.happened_on}"

    @property
    def post_ids(self) -> tuple[int, ...]:
        """The posts of those who were there."""
        return present_in(self.present)

    @property
    def days(self) -> Fraction:
        """How long it was, in days; nought where nobody wrote it down."""
        return Fraction(self.half_days, 2)


class Presence(models.Model):
    """Somebody of ours was at a contact (在场), in one of their posts; as the contact itself says."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="presences")
    post = models.ForeignKey(Post, models.PROTECT, related_name="presences")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "contact"], name="present_once_at_a_contact")
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.post_id}"


class ContactWithdrawal(Fact):
    """A contact is taken back (撤回接洽), with a reason; it counts no more."""

    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    contact = models.OneToOneField(Contact, models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("理由"), max_length=200)

    about = "holder"

    def __str__(self) -> str:
        return self.reason


class Check(Fact):
    """A leader looked at a project that is paired with the seat (包保检查): form, funds, problems."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="checks")
    seat = models.ForeignKey(Unit, models.PROTECT, related_name="checks")
    form = models.TextField(_("形象进度"))
    funds = models.TextField(_("资金情况"))
    problem = models.TextField(_("存在问题"), blank=True)

    about = "project"

    class Meta:
        indexes = [models.Index(fields=["project", "-happened_on"], name="check_of_project")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.happened_on}"
