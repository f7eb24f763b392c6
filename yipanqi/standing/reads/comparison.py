"""Ours beside theirs: one indicator over the same months, in each group of peers (A12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from yipanqi.core.numbers import grouped
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.facts.outside.rules import Line, Period, beside
from yipanqi.ledger.reads import now_seq
from yipanqi.org.models import Person, Unit
from yipanqi.place.rules import UNITS, Indicator, Settings
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.reads.pace import board_of
from yipanqi.standing.reads.tasks import holders_of


@dataclass(frozen=True)
class Row:
    """A place in the comparison, with the figure that its source tells; ours has none where counted."""

    line: Line
    told: str
    figure: OutsideFigure | None


@dataclass(frozen=True)
class Group:
    """Peers and ours among them: `place` is where ours stands."""

    name: str
    rows: tuple[Row, ...]

    @property
    def mine(self) -> Line | None:
        """Our own line."""
        return next((row.line for row in self.rows if row.line.mine), None)


@dataclass(frozen=True)
class Compared:
    """One indicator over the same months."""

    code: str
    name: str
    unit: str
    period: Period
    groups: tuple[Group, ...]
    day: date
    """The day up to which ours is."""
    mine: Indicator | None = None
    """Our indicator, where ours is counted from the ledger."""
    exact: str = ""
    """Ours as it is kept, for the page that opens behind it."""


def indicators_of(figures: Sequence[OutsideFigure], settings: Settings) -> list[tuple[str, str]]:
    """What can be compared, by code and name: what is counted here first, then what is only told."""
    told = dict.fromkeys(one.indicator for one in figures)
    mine = [(one.code, one.name) for one in counted_here(settings) if one.code in told]
    return mine + [(code, code) for code in told if code not in dict(mine)]


def counted_here(settings: Settings) -> list[Indicator]:
    """The indicators whose figures follow from the ledger."""
    return [one for one in settings.indicators if one.counts]


def periods_of(figures: Sequence[OutsideFigure], code: str) -> list[Period]:
    """The months for which something is told, the latest first."""
    found = {one.period for one in figures if one.indicator == code}
    return sorted(found, key=lambda one: (one.year, one.month), reverse=True)


def compared(
    figures: Sequence[OutsideFigure],
    code: str,
    period: Period,
    *,
    place: Unit,
    person: Person,
    settings: Settings,
    as_of: date,
) -> Compared:
    """Everybody's value over these months; ours is counted wherever it can be."""
    mine = next((one for one in counted_here(settings) if one.code == code), None)
    now = [one for one in figures if (one.indicator, one.period) == (code, period)]
    then = [one for one in figures if (one.indicator, one.period) == (code, period.before)]
    unit = mine.unit if mine else (now[0].unit if now else "")
    ours: dict[Period, Fraction | None] = {}
    last = min(period.last_day, as_of)
    if mine is not None:
        ours[period] = _counted(person, mine, settings, last)
        ours[period.before] = _counted(person, mine, settings, period.before.last_day)
    groups = []
    for name in dict.fromkeys(one.peers for one in now if one.holder != place.name):
        values = _values(now, name, place.name, unit) | _own(place.name, ours.get(period))
        before = _values(then, name, place.name, unit)
        before |= _own(place.name, ours.get(period.before))
        figure = {one.holder: one for one in now if one.peers == name or one.holder == place.name}
        rows = [
            Row(line, _told(line.value), figure.get(line.holder))
            for line in beside(place.name, values, before)
        ]
        groups.append(Group(name, tuple(rows)))
    own = ours.get(period)
    exact = str(own * mine.scale) if mine and own is not None else ""
    name = mine.name if mine else code
    return Compared(code, name, unit, period, tuple(groups), last, mine, exact)


def _own(place: str, value: Fraction | None) -> dict[str, Fraction | None]:
    return {} if value is None else {place: value}


def _values(
    figures: Sequence[OutsideFigure], peers: str, place: str, unit: str
) -> dict[str, Fraction | None]:
    """What is told of a group and of ourselves, all in one unit."""
    listed = [one for one in figures if one.peers == peers or one.holder == place]
    return {one.holder: one.value * _scale(one.unit, unit) for one in listed}


def _scale(unit: str, wanted: str) -> Fraction:
    return Fraction(1) if unit == wanted else Fraction(UNITS[unit], UNITS[wanted])


def _told(value: Fraction | None) -> str:
    return "—" if value is None else grouped(value, 2)


def _counted(person: Person, mine: Indicator, settings: Settings, day: date) -> Fraction | None:
    """What the place reached by a day, every record once, in the indicator's unit."""
    units = [unit.pk for unit in holders_of(person, day.year)]
    board = board_of(units, settings, AsOf(seq=now_seq(), day=day))
    done = next(one.done for one in board.together() if one.indicator.code == mine.code)
    return None if done is None else done / mine.scale
