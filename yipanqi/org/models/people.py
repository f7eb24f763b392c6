"""Who there is: units in one tree, people, the posts that they hold for a term."""

from datetime import date
from functools import cached_property
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yipanqi.ledger.models import Interval, IntervalQuerySet, Record, new_salt
from yipanqi.org.rules import Can, Capacity, Kind, Reach, Role, reach_of


class UnitQuerySet(models.QuerySet["Unit"]):
    def under(self, *paths: str) -> Self:
        """These units and all below them."""
        below = Q(pk__in=[])
        for path in paths:
            below |= Q(path__startswith=path)
        return self.filter(below)

    def visible_to(self, person: "Person") -> Self:
        """Every unit of the person's own place: who exists is no secret among colleagues."""
        return self.under(*person.place_paths)

    def standing(self) -> Self:
        """Units that have not been closed."""
        return self.filter(closed_on__isnull=True)

    def groups(self) -> Self:
        """Units whose members are units and people of elsewhere."""
        return self.filter(kind__in=Kind.groups())

    def offices(self) -> Self:
        """Units of the tree itself: seats, townships, departments, zones."""
        return self.exclude(kind__in=Kind.groups() | {Kind.PLACE})


class Unit(Record):
    """A holder of tasks in the tree (单位): place, township, department, zone, a leader's seat, a group."""

    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("上级单位"), null=True, related_name="children"
    )
    path = models.CharField(max_length=120, unique=True)
    sort = models.PositiveSmallIntegerField(_("排序"), default=0)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()
    unwritten = ("version", "path")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_under_a_parent")
        ]
        indexes = [models.Index(fields=["kind", "sort"], name="unit_by_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_group(self) -> bool:
        """Whether its members are units and people of elsewhere."""
        return self.kind in Kind.groups()

    @property
    def place_id(self) -> int:
        """The place at the root of its path."""
        return int(self.path.split("/")[1])


class UnitSpan(Interval):
    """Where a unit stood in the tree, and as what, while the ledger ran from one entry to another."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="spans")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    path = models.CharField(max_length=120)

    objects: "models.Manager[UnitSpan]" = IntervalQuerySet["UnitSpan"].as_manager()

    class Meta(Interval.Meta):
        pass


class PersonManager(BaseUserManager["Person"]):
    def visible_to(self, person: "Person") -> "models.QuerySet[Person]":
        """Everybody who holds or held a post in the person's own place."""
        colleagues = Post.objects.filter(unit__in=Unit.objects.visible_to(person))
        return self.filter(pk__in=colleagues.values("person"))


class Person(AbstractBaseUser, Record):
    """Someone who signs in. Name and telephone stand in the ledger only as commitments."""

    last_login = None
    username = models.CharField(_("账号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    one_time = models.BooleanField(default=False)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    objects = PersonManager()
    USERNAME_FIELD = "username"
    personal = ("name", "phone")
    unwritten = ("version", "password", "one_time", "salt")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def held(self) -> "list[Post]":
        """The posts held now, the main one first; one query, asked once a request."""
        posts = self.posts.filter(to_on__isnull=True).select_related("unit")
        return list(posts.order_by("-main", "pk"))

    @property
    def acting_unit_id(self) -> int | None:
        """For which unit this person acts."""
        return self.held[0].unit_id if self.held else None

    @property
    def acting_unit(self) -> Unit | None:
        """The unit of the main post."""
        return self.held[0].unit if self.held else None

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of all posts held now."""
        return tuple(Role(post.role) for post in self.held)

    @cached_property
    def place_paths(self) -> tuple[str, ...]:
        """The places this person belongs to, as paths of the tree."""
        return tuple({"/".join(post.unit.path.split("/")[:2]) + "/" for post in self.held})

    @property
    def place_id(self) -> int:
        """The place this person works for; nought before the first post."""
        return int(self.place_paths[0].strip("/")) if self.place_paths else 0

    def reach(self, what: Can) -> Reach:
        """How far a right of this person goes."""
        return reach_of(what, [(Role(post.role), post.unit.path) for post in self.held])

    def may(self, what: Can) -> bool:
        """Whether this person has this right anywhere."""
        return not self.reach(what).nothing


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, person: Person) -> Self:
        """The posts in the person's own place."""
        return self.filter(unit__in=Unit.objects.visible_to(person))

    def held(self) -> Self:
        """Posts that nobody has ended."""
        return self.filter(to_on__isnull=True)

    def held_on(self, day: date) -> Self:
        """Posts whose term covers this day."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gt=day), from_on__lte=day)


class Post(Record):
    """A person in a unit for a term (任职), and the role that comes with it.

    A term runs out on `until_on`, where one is set; the post is held until somebody ends it, on `to_on`.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(_("职务"), max_length=40)
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    capacity = models.CharField(
        _("身份"), max_length=12, choices=Capacity.choices, default=Capacity.MEMBER
    )
    main = models.BooleanField(_("主要职务"), default=True)
    from_on = models.DateField(_("任职自"))
    until_on = models.DateField(_("任期届满"), null=True, blank=True)
    to_on = models.DateField(_("任职至"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gt=models.F("from_on")),
                name="post_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title}"
