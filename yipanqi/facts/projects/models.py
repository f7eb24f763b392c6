"""A project and all that is reported about it."""

from typing import Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Length, Lower
from django.utils.translation import gettext_lazy as _

from yipanqi.core.files import Evidence, evidence_in
from yipanqi.core.words import Reads, half_width
from yipanqi.facts.projects.rules import REPORTING, Currency, Honour, Level, PartRole, Share
from yipanqi.ledger.models import Fact, Interval, IntervalQuerySet, Record
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can, Reach


class ProjectQuerySet(models.QuerySet["Project"]):
    def reached_by(self, reach: Reach) -> Self:
        """Projects of whole places, and those in which certain units take part."""
        whole = Q(place_id__in=[int(path.strip("/")) for path in reach.places])
        if not reach.units:
            return self.filter(whole)
        units = Unit.objects.under(*reach.units).values_list("pk", flat=True)
        mine = Q(pk__in=Part.objects.current().filter(unit_id__in=list(units)).values("project_id"))
        return self.filter(whole | mine if reach.places else mine)

    def visible_to(self, person: Person) -> Self:
        """The projects that this person may see."""
        return self.reached_by(person.reach(Can.SEE_PROJECT)).filter(taken_back=False)

    def named(self, text: str) -> Self:
        """Projects with this text in their name, investor, company or code, whatever case or width."""
        return self.filter(Reads(F("words"), half_width(text).lower()))


def _listed(name: str, *columns: str) -> models.Index:
    """An index that answers lists and their totals alone, without a look at the projects."""
    return models.Index(fields=columns, name=name, condition=Q(taken_back=False))


class Project(Record):
    """A project (项目) as registered. What has become of it follows from its facts.

    The last group of columns is a projection for lists: written by `standing` alone, proved by
    `yipanqi verify`.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(_("项目编码"), max_length=30)
    name = models.CharField(_("项目名称"), max_length=120)
    investor = models.CharField(_("投资方"), max_length=120, blank=True)
    company = models.CharField(_("项目公司"), max_length=120, blank=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    content = models.TextField(_("建设内容"), blank=True)
    industry = models.CharField(_("产业"), max_length=40, blank=True)
    nature = models.CharField(_("建设性质"), max_length=20, blank=True)
    origin = models.CharField(_("投资方所在地"), max_length=40, blank=True)
    honour = models.CharField(_("荣誉"), max_length=20, choices=Honour.choices, blank=True)
    level = models.CharField(_("重点级别"), max_length=20, choices=Level.choices, blank=True)
    currency = models.CharField(
        _("币种"), max_length=3, choices=Currency.choices, default=Currency.CNY
    )
    total = models.BigIntegerField(_("总投资"), null=True, blank=True)
    fixed = models.BigIntegerField(_("固定资产投资"), null=True, blank=True)
    land_area = models.PositiveIntegerField(_("用地面积"), null=True, blank=True)
    remark = models.TextField(_("备注"), blank=True)
    import_seq = models.BigIntegerField(null=True)
    import_row = models.PositiveIntegerField(null=True)
    taken_back = models.BooleanField(default=False)
    words = models.GeneratedField(
        expression=Lower(
            Concat("name", Value(" "), "investor", Value(" "), "company", Value(" "), "code")
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    total_fen = models.BigIntegerField(null=True)
    stage = models.CharField(max_length=20, blank=True)
    stage_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_code = models.CharField(max_length=40, blank=True)
    last_fact_on = models.DateField()

    objects = ProjectQuerySet.as_manager()
    projected = (
        "total_fen",
        "stage",
        "stage_on",
        "signed_on",
        "due_on",
        "due_code",
        "last_fact_on",
    )
    unwritten = ("version", "words", *projected)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "code"], name="project_code_once_in_a_place"),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=0), name="investment_not_negative"
            ),
        ]
        indexes = [
            _listed("project_list", "place", "stage", "-last_fact_on", "-id", "total_fen"),
            _listed("project_stage", "stage", "-last_fact_on", "-id", "total_fen"),
            _listed(
                *("project_newest", "-last_fact_on", "-id"),
                *("place", "stage", "total_fen", "signed_on"),
            ),
            _listed("project_sums", "id", "stage", "total_fen", "place"),
            models.Index(
                "place", Length("code").desc(), F("code").desc(), name="project_highest_code"
            ),
            _listed("project_due", "due_on", "id", "place"),
            _listed(
                *("project_lamps", "stage", "due_on", "signed_on"),
                *("last_fact_on", "id", "place"),
            ),
            _listed("project_industry", "industry", "id", "place"),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectSpan(Interval):
    """What a project was, for whatever measures filter or group by, between two entries."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="spans")
    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    total_fen = models.BigIntegerField(null=True)
    total = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default=Currency.CNY)
    origin = models.CharField(max_length=40, blank=True)
    industry = models.CharField(max_length=40, blank=True)
    nature = models.CharField(max_length=20, blank=True)
    honour = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=20, blank=True)
    taken_back = models.BooleanField(default=False)

    objects: "models.Manager[ProjectSpan]" = IntervalQuerySet["ProjectSpan"].as_manager()

    class Meta(Interval.Meta):
        constraints = [
            *Interval.Meta.constraints,
            models.UniqueConstraint(
                fields=["project"], condition=Q(to_seq=OPEN), name="one_open_span_per_project"
            ),
        ]


class PartQuerySet(IntervalQuerySet["Part"]):
    def reporting(self) -> Self:
        """Parts that may report."""
        return self.filter(role__in=REPORTING)


class Part(Interval):
    """A unit's part in a project and its share of the credit, between two entries (A10)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="parts", db_index=False)
    role = models.CharField(_("参与方式"), max_length=20, choices=PartRole.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    num = models.PositiveIntegerField(default=1)
    den = models.PositiveIntegerField(default=1)

    objects = PartQuerySet.as_manager()

    class Meta(Interval.Meta):
        constraints = [
            *Interval.Meta.constraints,
            models.CheckConstraint(
                condition=Q(num__gt=0, num__lte=F("den")), name="share_is_part_of_a_whole"
            ),
            models.UniqueConstraint(
                fields=["project", "unit", "role"],
                condition=Q(to_seq=OPEN),
                name="one_open_part_per_unit_and_role",
            ),
        ]
        indexes = [
            models.Index(  # holds all that credits are counted by
                fields=["unit", "role", "project", "from_seq", "to_seq", "num", "den"],
                name="part_credits",
            ),
            models.Index(
                fields=["unit", "project"], condition=Q(to_seq=OPEN), name="part_of_unit_now"
            ),
            models.Index(
                fields=["unit", "project"],
                condition=Q(to_seq=OPEN) & ~Q(role=PartRole.VERIFIER),
                name="part_taking_now",
            ),
            models.Index(
                fields=["role", "project", "unit"],
                condition=Q(to_seq=OPEN),
                name="part_by_role_now",
            ),
        ]

    def share(self) -> Share:
        """As a value for rules."""
        return Share(
            unit_id=self.unit_id,
            role=PartRole(self.role),
            num=self.num,
            den=self.den,
            person_id=self.person_id,
        )


class Claim(Fact):
    """A unit says that a project has reached a node, or that money has arrived (申报)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="claims")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    node = models.CharField(_("环节"), max_length=20)
    amount = models.BigIntegerField(_("金额"), null=True)
    currency = models.CharField(_("币种"), max_length=3, default=Currency.CNY)
    note = models.TextField(_("说明"), blank=True)
    evidence = models.TextField(default="[]")

    about = "project"

    def __str__(self) -> str:
        return f"{self.project_id} {self.node} {self.happened_on}"

    @property
    def files(self) -> tuple[Evidence, ...]:
        """The evidence laid down with it."""
        return evidence_in(self.evidence)


class PendingQuerySet(models.QuerySet["Pending"]):
    def visible_to(self, person: Person) -> Self:
        """Claims that wait for the offices in which this person verifies."""
        reach = person.reach(Can.VERIFY)
        return self.filter(office__in=Unit.objects.under(*reach.units))


class Pending(models.Model):
    """A claim that waits for its verifying office (待认定); gone with the verdict."""

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, related_name="pending")

    objects = PendingQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.claim_id)


class Progress(Fact):
    """What has moved and what is in the way (进展), in a sentence or two."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="progress")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField(_("进展"))
    problem = models.TextField(_("存在问题"), blank=True)

    about = "project"

    def __str__(self) -> str:
        return self.text


class Plan(Fact):
    """The day by which a node is to be reached (计划): `happened_on` is when the plan was made."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="plans")
    node = models.CharField(_("环节"), max_length=20)
    planned_on = models.DateField(_("计划日期"))
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    about = "project"

    def __str__(self) -> str:
        return f"{self.node} {self.planned_on}"


class Withdrawal(Fact):
    """A fact is taken back by who reported it (撤回), with a reason; what it counted for ends."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="withdrawals")
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("理由"), max_length=200)

    about = "project"

    def __str__(self) -> str:
        return self.reason
