"""The figures that a method is told: which, of whom, for which months, and who may tell them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yipanqi.assessment.reads.live import Holder, Live
from yipanqi.assessment.rules.entering import Cell
from yipanqi.core.numbers import grouped
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.facts.outside.rules import Period, Told
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.standing.measures.windows import period_of

PLACES = 4


@dataclass(frozen=True)
class Column:
    """A figure that is told: its name on the page, its indicator and unit, since when, by whom."""

    name: str
    indicator: str
    unit: str
    period: Period
    reported_by: str
    mine: bool
    """Whether whoever looks may tell it."""


@dataclass(frozen=True)
class Line:
    """A holder with what stands for each column; `cells` in the order of the columns."""

    pk: int
    name: str
    cells: tuple["Standing", ...] = ()


@dataclass(frozen=True)
class Standing:
    """What stands in a cell: nothing, or a word with its source."""

    column: Column
    field: str
    figure: OutsideFigure | None
    typed: str = ""

    @property
    def shown(self) -> str:
        """The value as it is read and typed."""
        return "" if self.figure is None else exactly(self.figure)


@dataclass(frozen=True)
class Table:
    """Holders and figures of a method up to a month."""

    month: date
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def units(self) -> dict[str, str]:
        """The unit of each column that may be told, by its name."""
        return {one.name: one.unit for one in self.columns if one.mine}

    @property
    def names(self) -> list[str]:
        """The holders."""
        return [line.name for line in self.lines]

    def texts(self, typed: Mapping[str, str]) -> dict[tuple[str, str], str]:
        """What was typed into the cells, by holder and column."""
        return {
            (line.name, cell.column.name): typed[cell.field]
            for line in self.lines
            for cell in line.cells
            if cell.column.mine and cell.field in typed
        }

    def told(self, cells: Sequence[Cell], *, source: str, said_on: date) -> list[Told]:
        """What was read, as figures of units."""
        columns = {one.name: one for one in self.columns}
        units = {line.name: line.pk for line in self.lines}
        return [
            Told(
                of_id=units[cell.holder],
                indicator=columns[cell.figure].indicator,
                period=columns[cell.figure].period,
                value=cell.value,
                unit=columns[cell.figure].unit,
                source=source,
                said_on=said_on,
            )
            for cell in cells
        ]


def table_of(
    scored: Live, place: Unit, person: Person, month: date, typed: Mapping[str, str] | None = None
) -> Table:
    """The figures of a method up to a month, as they stand; two queries whatever their number."""
    columns = tuple(_columns(scored, place, person, month))
    holders = [*scored.holders.values(), *scored.merged.values()]
    lines = [(holder.pk, holder.name) for holder in holders]
    if scored.method.stated_totals or any(
        figure.is_told and "of" in figure.spec for figure in scored.method.figures
    ):
        lines.append((place.pk, place.name))
    words = {
        (one.of_id, one.indicator, one.period): one
        for one in OutsideFigure.objects.of_ours()
        .filter(place=place, indicator__in={one.indicator for one in columns})
        .standing()
    }
    return Table(
        month=month,
        columns=columns,
        lines=tuple(
            Line(pk, name, tuple(_cells(pk, columns, words, typed or {}))) for pk, name in lines
        ),
    )


def _cells(
    pk: int,
    columns: Sequence[Column],
    words: Mapping[tuple[int | None, str, Period], OutsideFigure],
    typed: Mapping[str, str],
) -> list[Standing]:
    found = []
    for number, column in enumerate(columns):
        figure = words.get((pk, column.indicator, column.period))
        name = f"cell-{pk}-{number}"
        standing = Standing(column, name, figure)
        found.append(Standing(column, name, figure, typed.get(name, standing.shown)))
    return found


def _columns(scored: Live, place: Unit, person: Person, month: date) -> list[Column]:
    """Each indicator once, under the name of the first figure that asks for it as it is."""
    reach = person.reach(Can.TELL_FIGURE)
    told = [figure for figure in scored.method.figures if figure.is_told]
    owners = {str(figure.spec.get("reported_by", "")) for figure in told} - {""}
    paths = dict(place.children.filter(name__in=owners).values_list("name", "path"))
    found: dict[tuple[str, int], Column] = {}
    for figure in sorted(told, key=lambda one: "back" in one.spec or "of" in one.spec):
        window = str(figure.spec.get("window", scored.method.period.value))
        since = period_of(month, window).first.month
        indicator, owner = str(figure.asked["indicator"]), str(figure.spec.get("reported_by", ""))
        mine = reach.covers(place.path) or (owner in paths and reach.covers(paths[owner]))
        period = Period(month.year, month.month, since)
        column = Column(figure.name, indicator, figure.unit, period, owner, mine)
        found.setdefault((indicator, since), column)
    return list(found.values())


@dataclass(frozen=True)
class Word:
    """One word on a figure: who said it when, from which source, and why it replaced another."""

    figure: OutsideFigure
    shown: str
    who: str
    at: datetime


def words_on(scored: Live, holder: Holder, indicator: str) -> list[Word]:
    """Every word on a holder's figure of the year, the newest first; three queries."""
    told = OutsideFigure.objects.of_ours().filter(
        of=holder.pk, indicator=indicator, seq__lte=scored.at.seq
    )
    figures = list(told.order_by("-seq")[:60])
    entries = Entry.objects.in_bulk([one.seq for one in figures])
    people = Person.objects.in_bulk({e.actor_id for e in entries.values() if e.actor_id})
    return [
        Word(
            figure=one,
            shown=exactly(one),
            who=getattr(people.get(entries[one.seq].actor_id or 0), "name", ""),
            at=entries[one.seq].recorded_at,
        )
        for one in figures
    ]


def last_month(day: date) -> date:
    """The month that ended last before a day, by its first day."""
    first = day.replace(day=1)
    return (
        first.replace(year=first.year - 1, month=12)
        if first.month == 1
        else first.replace(month=first.month - 1)
    )


def exactly(figure: OutsideFigure) -> str:
    """A value with every digit that it was told with; the sign only of a percentage."""
    return f"{grouped(figure.value, PLACES)}{'%' if figure.unit == '%' else ''}"
