"""Projects in groups: how many, their investment, the funds that arrived, and the door to each group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from yipanqi.core.lists import NOTHING
from yipanqi.facts.projects.models import Part, ProjectQuerySet
from yipanqi.facts.projects.rules import Level, PartRole
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Unit
from yipanqi.place.rules import FUNDS, Settings
from yipanqi.standing.reads.listing import ONLY, Wanted, lamp_condition, parts_asked
from yipanqi.standing.rules import Colour

DIMENSIONS = {
    "stage": _("环节"),
    "unit": _("单位"),
    "leader": _("包保领导"),
    "industry": _("产业"),
    "band": _("规模"),
    "level": _("重点级别"),
    "origin": _("投资方所在地"),
    "nature": _("建设性质"),
    "signed": _("签约月份"),
    "lamp": _("灯"),
}
"""What projects can be grouped by, as an address says it."""

LAMPS = {
    Colour.RED: _("红灯"),
    Colour.AMBER: _("黄灯"),
    Colour.GREEN: _("绿灯"),
    Colour.NONE: _("无灯"),
}
PARTED = frozenset({"unit", "leader"})
"""Here a project counts with each of its units, and once with each."""


@dataclass(frozen=True)
class Group:
    """Projects that have something in common: how many, how much, what has arrived."""

    key: str
    label: str
    number: int
    total_fen: int
    funds_fen: int = 0
    door: Mapping[str, str] | None = None
    inner: tuple["Group", ...] = ()


Sums = dict[tuple[Any, ...], tuple[int, int, int]]


@dataclass(frozen=True)
class Grouping:
    """How projects are put into groups, by the definitions of a place, on a day."""

    wanted: Wanted
    settings: Settings
    today: date

    def groups(self, projects: ProjectQuerySet, by: str, then: str = "") -> list[Group]:
        """The groups, each parted once more where that is asked for; two queries a level."""
        inner: dict[Any, list[Group]] = {}
        names = self._names(by, then)
        if then:
            for (outer, key), sums in self._sums(projects, (by, then)).items():
                inner.setdefault(outer, []).append(self._group(then, key, sums, names))
        groups = [
            self._group(by, key, sums, names, self._sorted(then, inner.get(key, ())))
            for (key,), sums in self._sums(projects, (by,)).items()
        ]
        return self._sorted(by, groups)

    def funds(self, projects: ProjectQuerySet) -> int:
        """What has arrived for all of them."""
        return _arrived(projects, "").aggregate(sum=Sum("recognised__amount_fen"))["sum"] or 0

    def _sums(self, projects: ProjectQuerySet, by: Sequence[str]) -> Sums:
        parted = PARTED.intersection(by)
        rows, prefix = (self._parts(projects, parted), "project__") if parted else (projects, "")
        keys = {f"by_{name}": self._key(name, prefix) for name in by}
        grouped = rows.order_by().annotate(**keys).values_list(*keys)
        counted = grouped.annotate(number=Count("pk"), total=Sum(f"{prefix}total_fen"))
        money = _arrived(grouped, prefix).annotate(sum=Sum(f"{prefix}recognised__amount_fen"))
        funds = {tuple(key): fen or 0 for *key, fen in money}
        return {
            tuple(key): (number, total or 0, funds.get(tuple(key), 0))
            for *key, number, total in counted
        }

    def _parts(self, projects: ProjectQuerySet, by: Iterable[str]) -> QuerySet[Part]:
        """The parts of projects, one for each unit of each project."""
        if "leader" in by:
            leading = Part.objects.current().filter(role=PartRole.LEADER)
            return leading.filter(project__in=projects.order_by().values("pk"))
        parts = parts_asked(self.wanted)
        earlier = parts.filter(
            project=OuterRef("project"), unit=OuterRef("unit"), pk__lt=OuterRef("pk")
        )
        return parts.filter(~Exists(earlier), project__in=projects.order_by().values("pk"))

    def _key(self, by: str, prefix: str) -> Combinable:
        """What a group has in common, as a column."""
        if by in PARTED:
            return F("unit_id")
        if by == "signed":
            return TruncMonth(f"{prefix}signed_on")
        if by == "band":
            bands = sorted(self.settings.bands, key=lambda band: -band.at_least_fen)
            reached = [
                When(**{f"{prefix}total_fen__gte": band.at_least_fen}, then=Value(band.code))
                for band in bands
            ]
            return Case(*reached, default=Value(""), output_field=TextField())
        if by == "lamp":
            shining = [
                When(
                    beneath(lamp_condition(colour, self.settings, self.today), prefix),
                    Value(colour),
                )
                for colour in (Colour.RED, Colour.AMBER, Colour.GREEN)
            ]
            return Case(*shining, default=Value(Colour.NONE), output_field=TextField())
        return F(f"{prefix}{by}")

    def _names(self, *by: str) -> dict[Any, str]:
        """What keys are called that do not say it themselves."""
        names: dict[Any, str] = {}
        if PARTED.intersection(by):
            names |= dict(Unit.objects.values_list("pk", "name"))
        known = {
            "stage": {code: self.settings.name_of(code) for code in self.settings.order},
            "band": {band.code: band.name for band in self.settings.bands},
            "level": {str(value): str(label) for value, label in Level.choices},
            "lamp": {colour.value: str(label) for colour, label in LAMPS.items()},
        }
        for one in by:
            names |= known.get(one, {})
        return names

    def _group(
        self,
        by: str,
        key: Any,
        sums: tuple[int, int, int],
        names: Mapping[Any, str],
        inner: Iterable[Group] = (),
    ) -> Group:
        said = f"{key:%Y-%m}" if isinstance(key, date) else str(key or "")
        label = names.get(key) or said or gettext(NAMELESS.get(by, "未填"))
        if by == "level" and not key:
            label = str(Level.NONE.label)
        return Group(said or NOTHING, label, *sums, door_to(by, said), tuple(inner))

    def _sorted(self, by: str, groups: Iterable[Group]) -> list[Group]:
        """Along the way, by the month, by the lamp, by size; else the largest first."""
        orders: dict[str, Sequence[str]] = {
            "stage": self.settings.order,
            "lamp": [colour.value for colour in LAMPS],
            "band": [b.code for b in sorted(self.settings.bands, key=lambda b: b.at_least_fen)],
        }
        if by == "signed":
            return sorted(groups, key=lambda group: group.key)
        if order := orders.get(by):
            place = {key: at for at, key in enumerate(order)}
            return sorted(groups, key=lambda group: place.get(group.key, -1))
        return sorted(groups, key=lambda group: (-group.total_fen, group.key))


NAMELESS = {
    "stage": gettext_noop("尚无认定环节"),
    "band": gettext_noop("未达档或未填"),
    "signed": gettext_noop("尚未签约"),
}
"""How a group is called that has nothing in common; elsewhere, that it is not filled in."""


def door_to(by: str, key: str) -> dict[str, str]:
    """What an address has to ask for to find one group."""
    asked = key or NOTHING
    if by == "band" and key:
        asked = f"{ONLY}{key}"
    return {by: asked}


def beneath(condition: Q, prefix: str) -> Q:
    """The same condition on a record that is reached by this way."""
    children = [
        beneath(child, prefix) if isinstance(child, Q) else (f"{prefix}{child[0]}", child[1])  # type: ignore[index]  # a name and a value
        for child in condition.children
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def _arrived(rows: Any, prefix: str) -> Any:
    """Records together with the money that is recognised of their projects."""
    way = f"{prefix}recognised"
    return rows.filter(**{f"{way}__node": FUNDS, f"{way}__to_seq": OPEN})
