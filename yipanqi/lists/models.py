"""What somebody asked of a list, kept under a name."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yipanqi.ledger.models import Record
from yipanqi.lists.rules import Listed
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, person: Person) -> Self:
        """One's own views, and those that somebody shares with the place."""
        shared = Q(shared=True, place_id=person.place_id)
        return self.filter(Q(owner=person) | shared, removed=False)

    def changeable_by(self, person: Person) -> Self:
        """One's own; whoever may share looks after all that are shared, also of those who have left."""
        mine = self.visible_to(person)
        return mine if person.may(Can.SHARE_VIEW) else mine.filter(owner=person)


class SavedView(Record):
    """What somebody asked of a list, kept under a name (视图): its filter, order, columns and groups.

    It holds questions and no answers: whoever opens it sees what is in their own sight.
    """

    place = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="views")
    listed = models.CharField(_("清单"), max_length=20, choices=Listed.choices)
    name = models.CharField(_("名称"), max_length=20)
    query = models.TextField(_("条件"), blank=True)
    shared = models.BooleanField(_("共享"), default=False)
    first = models.BooleanField(_("默认打开"), default=False)
    removed = models.BooleanField(default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "listed", "name"],
                condition=Q(removed=False),
                name="one_view_of_a_name_for_each_person",
            ),
            models.UniqueConstraint(
                fields=["owner", "listed"],
                condition=Q(first=True, removed=False),
                name="one_first_view_for_each_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name
