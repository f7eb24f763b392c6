"""The live score: a place's method over its measures, as of a point in the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.rules.figures import Row
from yipanqi.assessment.rules.methods import Figure, Method
from yipanqi.assessment.rules.periods import Period
from yipanqi.assessment.rules.scoring import score
from yipanqi.assessment.rules.sheets import ScoredGroup, ScoredRow, Sheet
from yipanqi.core.problems import refuse
from yipanqi.ledger.models import Head
from yipanqi.org.models import UnitSpan
from yipanqi.org.reads import former_names
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Settings
from yipanqi.standing.measures.counting import Counted, Figures, counted, of_place, paired, records
from yipanqi.standing.measures.spec import AsOf, Measure, measure_of

Units = Sequence[tuple[int, str, str]]
"""Units by key, with their name and kind."""


@dataclass(frozen=True)
class Holder:
    """Somebody who is assessed, as what, in which group."""

    pk: int
    name: str
    group: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Live:
    """A scored sheet with all that it was scored from.

    `versions` are all methods then in force, each with whom it assesses; `merged` are those who
    are scored as part of others.
    """

    at: AsOf
    version: MethodVersion
    versions: Mapping[MethodVersion, frozenset[int]]
    settings: Settings
    holders: Mapping[str, Holder]
    merged: Mapping[str, Holder]
    sheet: Sheet

    @property
    def method(self) -> Method:
        """The method that scored it."""
        return self.sheet.method

    @property
    def period(self) -> Period:
        """The period of the method in which the day lies."""
        return Period.of(self.method.period, self.at.day)

    def group_of(self, holder: str) -> ScoredGroup:
        """The group in which a holder is ranked."""
        group = self.holders[holder].group
        return next(scored for scored in self.sheet.groups if scored.group == group)

    def added_to(self, holder: Holder) -> list[Holder]:
        """Those whose figures are in a holder's."""
        names = self.method.merge.get(holder.name, ())
        return [self.merged[name] for name in names if name in self.merged]

    def has_total(self, holder: Holder) -> bool:
        """Whether a holder is scored; who only stands on boards has no total."""
        return bool(self.method.group_named(holder.group).items)

    def row(self, holder: str) -> ScoredRow:
        """The row of a holder who is scored."""
        return self.sheet.row(holder)


def live(place_id: int, *, day: date, seq: int | None = None, code: str = "") -> Live | None:
    """The sheet of a place on a day, seen from now or from an earlier entry; none without a method.

    `code` names one of several methods. What is the same in the ledger is scored once and remembered.
    """
    head = Head.objects.get(pk=1)
    return _scored(place_id, day, min(seq or head.seq, head.seq), head.hash, code)


@lru_cache(maxsize=8)
def _scored(place_id: int, day: date, seq: int, _head: str, code: str) -> Live | None:
    versions = MethodVersion.objects.all_in_force(place_id, seq=seq)
    version = next((one for one in versions if code in {"", one.code}), None)
    return None if version is None else drawn(version, AsOf(seq, day), among=versions)


def drawn(version: MethodVersion, at: AsOf, *, among: Sequence[MethodVersion]) -> Live:
    """The sheet of a version, in force or not, at a point; `among` are the methods of the place."""
    settings = settings_on(version.place_id, at.day, seq=at.seq)
    units = units_of([version.place_id], at.seq)[version.place_id]
    keys = [holder.pk for holder in holders_in(units, version.method)]
    found = counted(measures_in(version.method), keys, at, settings=settings)
    return built(version, at, among=among, settings=settings, units=units, found=found)


def built(
    version: MethodVersion,
    at: AsOf,
    *,
    among: Sequence[MethodVersion],
    settings: Settings,
    units: Units,
    found: Mapping[str, Figures],
) -> Live:
    """The same where its figures have been counted."""
    method, holders = version.method, holders_in(units, version.method)
    assessed = {
        one: frozenset(h.pk for h in holders_in(units, one.method) if h.group) for one in among
    }
    totals = _totals(method, version.place_id, at, settings)
    rows = _rows(method, holders, at, found) + totals
    named = {holder.name: holder for holder in holders if holder.group}
    merged = {holder.name: holder for holder in holders if not holder.group}
    return Live(at, version, assessed, settings, named, merged, score(method, rows))


def units_of(place_ids: Sequence[int], seq: int) -> Mapping[int, Units]:
    """The units of places as the tree was then, each with the name and kind that it had."""
    former = former_names(seq)
    spans = UnitSpan.objects.as_of(seq).filter(parent_id__in=place_ids)
    rows = spans.order_by("unit__sort", "unit_id")
    found = dict[int, list[tuple[int, str, str]]]((place_id, []) for place_id in place_ids)
    for place_id, pk, name, kind in rows.values_list("parent_id", "unit_id", "unit__name", "kind"):
        if place_id is not None:
            found[place_id].append((pk, former.get(pk, name), kind))
    return found


def holders_in(units: Units, method: Method) -> list[Holder]:
    """Everybody whose figures are asked: units that the groups name, then those of their kinds.

    They stand by group; who is merged into another has none.
    """
    of_kind = {kind: group.group for group in method.groups for kind in group.kinds}
    of_unit = {unit: group.group for group in method.groups for unit in group.units}
    of_unit |= dict.fromkeys(method.merged, "")
    found = [
        Holder(pk, name, of_unit[name] if name in of_unit else of_kind[kind])
        for pk, name, kind in units
        if name in of_unit or kind in of_kind
    ]
    order = [*(group.group for group in method.groups), ""]
    return sorted(found, key=lambda holder: order.index(holder.group))


def measure_in(figure: Figure, method: Method) -> Measure:
    """The measure that a figure asks for; where it says no window, over the method's period."""
    return measure_of(figure.asked, unit=figure.unit, period=method.period.value)


def measures_in(method: Method) -> dict[str, Measure]:
    """The measures that a method's figures ask for, by the names of the figures."""
    return {
        figure.name: measure_in(figure, method) for figure in method.figures if figure.is_measured
    }


def _rows(
    method: Method, holders: Sequence[Holder], at: AsOf, found: Mapping[str, Figures]
) -> tuple[Row, ...]:
    keys = [holder.pk for holder in holders]
    lists = [figure.name for figure in method.figures if figure.lists_holders]
    seats = paired(keys, at, among=keys) if lists else {}
    return tuple(
        Row(
            holder=holder.name,
            group=holder.group,
            values={name: figures.get(holder.pk) for name, figures in found.items()},
            texts={name: "、".join(seats.get(holder.pk, ())) for name in lists},
        )
        for holder in holders
    )


def _totals(method: Method, place_id: int, at: AsOf, settings: Settings) -> tuple[Row, ...]:
    """The rows that checks compare: what the whole place has, every project once."""
    if not method.stated_totals:
        return ()
    values = of_place(measures_in(method), place_id, at, settings)
    return tuple(Row(holder=name, values=values) for name in sorted(method.stated_totals))


@dataclass(frozen=True)
class Opened:
    """A figure of a holder with the records behind it; their amounts add up to it."""

    figure: Figure
    value: Fraction | None
    records: Sequence[Counted]
    names: tuple[str, ...] = ()


def opened(scored: Live, holder: Holder, name: str) -> Opened:
    """What a figure of a holder counts, record by record."""
    figure = next((f for f in scored.method.figures if f.name == name), None)
    if figure is None:
        raise refuse(_("办法里没有“%(name)s”这个指标") % {"name": name}, where=_("指标"))
    value = scored.sheet.values[holder.name].get(name)
    number = value if isinstance(value, Fraction) else None
    if not figure.is_given:
        return Opened(figure, number, ())
    if figure.lists_holders:
        assessed = [one.pk for one in scored.holders.values()]
        seats = [holder.pk, *(one.pk for one in scored.added_to(holder))]
        pairs = paired(seats, scored.at, among=assessed)
        return Opened(figure, None, (), tuple(name for pk in seats for name in pairs.get(pk, ())))
    measure = measure_in(figure, scored.method)
    found = [
        record
        for one in (holder, *scored.added_to(holder))
        for record in records(measure, one.pk, scored.at, settings=scored.settings)
    ]
    return Opened(figure, number, found)
