"""What everybody's score was at the end of each day."""

from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from yipanqi.course.rules import points_in
from yipanqi.org.models import Person, Unit


class DayScoreQuerySet(models.QuerySet["DayScore"]):
    def visible_to(self, person: Person) -> "DayScoreQuerySet":
        """Scores are open to everybody of the place."""
        return self.filter(place__path__in=person.place_paths)


class DayScore(models.Model):
    """A holder's total, place and points when a day ended (每日得分), by what the ledger then held.

    It is remembered and not reported: recomputing the day at its entry gives the same.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    code = models.CharField(_("代号"), max_length=20)
    day = models.DateField(_("日期"))
    seq = models.BigIntegerField()
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    group = models.CharField(_("分组"), max_length=60)
    decimals = models.PositiveSmallIntegerField()
    total_text = models.CharField(max_length=400, blank=True)
    rank = models.PositiveIntegerField(null=True)
    points_text = models.TextField()

    objects = DayScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "code", "day"], name="one_score_a_day_of_a_method"
            )
        ]
        indexes = [models.Index(fields=["place", "code", "day"], name="scores_of_a_day")]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.code} {self.day}"

    @property
    def total(self) -> Fraction | None:
        """The total, exact; none where it could not be said."""
        return Fraction(self.total_text) if self.total_text else None

    @property
    def points(self) -> dict[str, Fraction | None]:
        """The points of each line."""
        return points_in(self.points_text)
