"""Rounds of judging, the sheets written in them, and how they were closed."""

from dataclasses import replace
from datetime import date

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from yipanqi.facts.judging.rules import (
    Block,
    Result,
    RoundState,
    Side,
    Way,
    Words,
    blocks_in,
    results_in,
    sides_in,
    words_in,
)
from yipanqi.ledger.models import Fact, new_salt
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.models import Cites

RUNNING = "-"
"""The count of a round that is not closed."""


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, person: Person) -> "RoundQuerySet":
        """Who is judged by whom until when is open to whoever sees scores."""
        return self.filter(place__path__in=person.reach(Can.SEE_SCORE).places)

    def as_of(self, seq: int = OPEN) -> "RoundQuerySet":
        """The rounds that were opened by then, each with how it was closed by then, as `closed_as`."""
        closing = Closing.objects.filter(round=OuterRef("pk"), seq__lte=seq)
        closed = Coalesce(Subquery(closing.values("results")), models.Value(RUNNING))
        return self.filter(seq__lte=seq).annotate(
            closed_as=models.ExpressionWrapper(closed, output_field=TextField())
        )

    def running(self, as_of: date) -> "RoundQuerySet":
        """The rounds that have begun and that nobody has closed."""
        closed = Closing.objects.filter(round=OuterRef("pk"))
        return self.filter(opens_on__lte=as_of).exclude(Exists(closed))

    def awaiting_unit(self, unit_id: int) -> "RoundQuerySet":
        """The rounds in which a unit has not written its sheet, or not all of it."""
        mine = Q(round=OuterRef("pk"), unit=unit_id)
        written = Exists(OpenSheet.objects.filter(mine, done=True))
        asked = self.filter(sides__contains=f",{unit_id},").exclude(way=Way.BALLOT)
        return asked.exclude(written | Exists(SecretSheet.objects.filter(mine)))

    def awaiting_juror(self, person: Person) -> "RoundQuerySet":
        """The ballots in which somebody has not voted."""
        written = SecretSheet.objects.filter(round=OuterRef("pk"), person=person)
        asked = self.filter(way=Way.BALLOT, sides__contains=f",{person.pk},")
        return asked.exclude(Exists(written))


class Round(Fact, Cites):
    """A round of judging (评分轮次): these raters judge these holders for a period, by a day.

    Who is rated, for what, and who rates is fixed when it opens; the tree may change afterwards.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    way = models.CharField(_("评分方式"), max_length=10, choices=Way.choices)
    name = models.CharField(_("名称"), max_length=60)
    first_on = models.DateField(_("评分时段自"))
    last_on = models.DateField(_("评分时段至"))
    opens_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("截止日期"))
    blocks = models.TextField()
    sides = models.TextField()
    top = models.IntegerField(_("第一名得分"), default=0)
    step = models.IntegerField(_("每退一名减"), default=0)
    names_shown = models.BooleanField(_("招商部门能看各家评分"), default=False)

    objects = RoundQuerySet.as_manager()
    about = "place"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on")), name="round_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["place", "first_on"], name="round_by_period")]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> tuple[Block, ...]:
        """Whom it is about, and for what."""
        return blocks_in(self.blocks)

    @property
    def judges(self) -> tuple[Side, ...]:
        """Who judges."""
        return sides_in(self.sides)

    @property
    def holders(self) -> tuple[int, ...]:
        """Whom it is about, by key."""
        return tuple(holder for block in self.asked for holder in block.holders)

    @property
    def raters(self) -> tuple[int, ...]:
        """Who judges, by key: units, or the people of a jury."""
        return tuple(rater for side in self.judges for rater in side.raters)

    @property
    def is_secret(self) -> bool:
        """Whether a sheet is nobody's but its writer's."""
        return Way(self.way).is_secret

    @property
    def closed(self) -> RoundState | None:
        """How it was closed; it must have been asked for with `as_of`."""
        told: str = getattr(self, "closed_as")  # noqa: B009 - a column of the query
        if told == RUNNING:
            return None
        return RoundState.COUNTED if told else RoundState.CANCELLED

    @property
    def results(self) -> dict[int, Result]:
        """What each holder came to, where it was counted."""
        told: str = getattr(self, "closed_as")  # noqa: B009 - a column of the query
        return results_in(told) if self.closed is RoundState.COUNTED else {}

    def asks(self, rater: int) -> tuple[Block, ...]:
        """What a rater is asked about: in a self-scoring itself alone, in a rating all but itself."""
        alone = self.way == Way.SELF
        if self.way not in {Way.SELF, Way.RATING}:
            return self.asked
        return tuple(
            replace(block, holders=tuple(h for h in block.holders if (h == rater) is alone))
            for block in self.asked
        )

    def rates(self, person: Person) -> tuple[int, ...]:
        """For which raters somebody may write here: oneself in a jury, else the units of one's posts."""
        mine = [person.pk] if self.way == Way.BALLOT else [post.unit_id for post in person.held]
        return tuple(rater for rater in self.raters if rater in mine)


class OpenSheetQuerySet(models.QuerySet["OpenSheet"]):
    def visible_to(self, person: Person) -> "OpenSheetQuerySet":
        """Who judged what, and why, is open to whoever sees the round."""
        return self.filter(round__in=Round.objects.visible_to(person))


class OpenSheet(Fact):
    """What an office judged, or a holder says of itself (评定表、自评表); a later word replaces an earlier."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="open_sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    words = models.TextField()
    done = models.BooleanField()
    """Whether with it nothing is left to be judged."""

    objects = OpenSheetQuerySet.as_manager()
    about = "round"

    def __str__(self) -> str:
        return f"{self.unit} {self.round}"

    @property
    def said(self) -> Words:
        """What it says."""
        return words_in(self.words)


class SecretSheetQuerySet(models.QuerySet["SecretSheet"]):
    def visible_to(self, person: Person) -> "SecretSheetQuerySet":
        """One's own; and all of a round whose names the place shows to those who open rounds."""
        mine = Q(person=person) | Q(unit__in=[post.unit_id for post in person.held])
        shown = Q(
            round__names_shown=True, round__place__path__in=person.reach(Can.OPEN_ROUND).places
        )
        return self.filter(mine | shown, round__in=Round.objects.visible_to(person))

    def last_words(self) -> "SecretSheetQuerySet":
        """The last sheet of each rater in each round."""
        each = self.order_by().values("round", "unit", "person")
        return self.filter(seq__in=each.annotate(last=Max("seq")).values("last"))


class SecretSheet(Fact):
    """What a rater or a juror says (互评表、票): the ledger holds a commitment of it, nobody's points."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="secret_sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    objects = SecretSheetQuerySet.as_manager()
    about = "round"
    personal = ("words",)
    unwritten = ("salt",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) ^ Q(person__isnull=True),
                name="sheet_is_of_a_unit_or_a_juror",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.happened_on}"

    @property
    def rater(self) -> int:
        """Whose it is, by key."""
        return self.unit_id or self.person_id or 0

    @property
    def said(self) -> Words:
        """What it says; only the count and its writer ask."""
        return words_in(self.words)


class Closing(Fact):
    """A round was counted (计票), or given up with a reason; the count is written in the open."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="closings")
    results = models.TextField(blank=True)
    reason = models.TextField(_("原因"), blank=True)

    about = "round"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round"], name="round_is_closed_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.happened_on}"
