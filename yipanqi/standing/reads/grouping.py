"""Projects in groups: how many, their investment, the funds that arrived, and the door to each group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, F, Sum, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from yipanqi.core.lists import NOTHING
from yipanqi.facts.projects.models import Part, PartQuerySet, ProjectQuerySet
from yipanqi.facts.projects.rules import Level, PartRole
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Unit
from yipanqi.place.rules import FUNDS, Settings
from yipanqi.standing.models import Recognised
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
        """The groups, each parted once more where that is asked for; at most two queries a level."""
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
        return _arrived(projects).aggregate(sum=Sum("recognised__amount_fen"))["sum"] or 0

    def _sums(self, projects: ProjectQuerySet, by: Sequence[str]) -> Sums:
        """How many projects have what in common, how much they are, and what has arrived."""
        keys = {f"by_{name}": self._key(name) for name in by if name not in PARTED}
        keyed = projects.order_by().annotate(**keys)
        if parted := PARTED.intersection(by):
            columns = ["u.unit_id" if name in PARTED else f"p.by_{name}" for name in by]
            return _each_with_its_units(
                keyed.values("pk", "total_fen", *keys), self._parts(parted), columns
            )
        grouped = keyed.values_list(*keys)
        counted = grouped.annotate(number=Count("pk"), total=Sum("total_fen"))
        money = _arrived(grouped).annotate(sum=Sum("recognised__amount_fen"))
        funds = {tuple(key): fen or 0 for *key, fen in money}
        return {
            tuple(key): (number, total or 0, funds.get(tuple(key), 0))
            for *key, number, total in counted
        }

    def _parts(self, by: Iterable[str]) -> PartQuerySet:
        """The parts by which projects are counted; a unit may have several in one project."""
        if "leader" in by:
            return Part.objects.current().filter(role=PartRole.LEADER)
        return parts_asked(self.wanted)

    def _key(self, by: str) -> Combinable:
        """What a group has in common, as a column."""
        if by == "signed":
            return Substr(Cast("signed_on", TextField()), 1, len("2026-05"))
        if by == "band":
            bands = sorted(self.settings.bands, key=lambda band: -band.at_least_fen)
            reached = [
                When(total_fen__gte=band.at_least_fen, then=Value(band.code)) for band in bands
            ]
            return Case(*reached, default=Value(""), output_field=TextField())
        if by == "lamp":
            shining = [
                When(lamp_condition(colour, self.settings, self.today), then=Value(colour))
                for colour in (Colour.RED, Colour.AMBER, Colour.GREEN)
            ]
            return Case(*shining, default=Value(Colour.NONE), output_field=TextField())
        return F(by)

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
        said = str(key or "")
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


def _arrived(rows: Any) -> Any:
    """Projects together with the money that is recognised of them."""
    return rows.filter(recognised__node=FUNDS, recognised__to_seq=OPEN)


def _each_with_its_units(projects: Any, parts: PartQuerySet, columns: Sequence[str]) -> Sums:
    """The sums of projects where each counts once with each of its units, and without any once.

    Written out, for the ORM joins no set from which doubles are taken: whoever has two parts in a
    project is found by one reading of an index, and all of a level is one query.
    """
    money = Recognised.objects.filter(node=FUNDS, to_seq=OPEN).order_by().values("project_id")
    joined = (
        projects,
        parts.order_by().values("project_id", "unit_id").distinct(),
        money.annotate(fen=Sum("amount_fen")),
    )
    try:
        texts, params = zip(*(rows.query.sql_with_params() for rows in joined), strict=True)
    except EmptyResultSet:
        return {}
    by = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(*texts, by=by), [one for some in params for one in some])
        return {tuple(key): (n, int(fen or 0), int(come or 0)) for *key, n, fen, come in cursor}


_SUMS = """
    SELECT {by}, COUNT(*), SUM(p.total_fen), SUM(m.fen) FROM ({}) p
    LEFT JOIN ({}) u ON u.project_id = p.pk LEFT JOIN ({}) m ON m.project_id = p.pk GROUP BY {by}
"""
