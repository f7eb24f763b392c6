"""What a measure asks, read from the words of a method file."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction

from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.core.problems import Refused
from yipanqi.standing.measures.windows import Window, window_on
from yipanqi.standing.measures.words import AMOUNTS, LISTS, POINTS, SCALES, Spec, Word, problems_in


@dataclass(frozen=True)
class AsOf:
    """The point from which a figure is seen: an entry of the ledger and a day."""

    seq: int
    day: date


@dataclass(frozen=True)
class Counted:
    """A record that a figure counts: what it is, how much of it is the holder's, and when."""

    label: str
    amount: Fraction
    on: date | None
    project_id: int | None = None


Figures = dict[int, Fraction]
"""A measure for each holder that has one."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One question to the facts; amounts of conditions in 分, `scale` the 分 in the figure's unit."""

    measure: str
    node: str = ""
    cohort: str = ""
    cohort_window: str = ""
    cohort_years: int = 0
    cohort_back: int = 0
    deadline: str = ""
    indicator: str = ""
    state: str = ""
    window: str = "year"
    back: int = 0
    whole: bool = False
    years: int = 1
    carried: bool | None = None
    distinct: str = ""
    credit: tuple[str, ...] = ("introducer",)
    at_least: int | None = None
    below: int | None = None
    industry: tuple[str, ...] = ()
    nature: tuple[str, ...] = ()
    honour: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(0)
    issuer: str = ""
    tier: str = ""
    pledged: bool = False
    kind: tuple[str, ...] = ()
    revised: str = "latest"
    to_date: bool = False
    by: str = "curve"
    count: str = "trips"
    led: bool = False
    late_from: int | None = None
    late_to: int | None = None
    origin: tuple[str, ...] = ()
    origin_not: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()
    at_least_usd: int | None = None
    of: str = ""
    reported_by: str = ""
    unit: str = ""
    scale: int = 1

    def days(self, day: date) -> Window:
        """The days that count, seen from a day; a cohort of the window counts up to its last day."""
        asked = window_on(day, self.window, back=self.back, whole=self.whole, years=self.years)
        if self.cohort and not self.has_own_cohort:
            return Window(date.min, asked.last)
        return asked

    def cohort_days(self, day: date) -> Window:
        """The days within which the cohort's node was reached."""
        if not self.has_own_cohort:
            return window_on(day, self.window, back=self.back, whole=self.whole, years=self.years)
        window = self.cohort_window or "year"
        return window_on(day, window, back=self.cohort_back, years=self.cohort_years or 1)

    @property
    def has_own_cohort(self) -> bool:
        """Whether the cohort's days are said apart from the days that count."""
        return bool(self.cohort_window or self.cohort_years or self.cohort_back)

    def in_unit(self, amount: Fraction) -> Fraction:
        """A sum in the unit in which the figure is told."""
        return amount / self.scale


def measure_of(spec: Spec, *, unit: str = "", period: str = "year") -> Measure:
    """Read a measure; refuses with every word that it does not understand.

    `period` is what is counted where no window is said; a cohort with days of its own counts for ever.
    """
    problems = list(problems_in(spec))
    if problems:
        raise Refused(problems)
    known = {field.name for field in fields(Measure)}
    words = {key: _value(key, value) for key, value in spec.items() if key in known}
    period = "year" if "years" in spec else period
    measure = Measure(**{"window": period, **words}, unit=unit, scale=SCALES.get(unit, 1))  # type: ignore[arg-type]  # checked above
    if measure.has_own_cohort and "window" not in spec:
        return replace(measure, window="all")
    if measure.measure == "contacts" and "credit" not in spec:
        return replace(measure, credit=("holder",))
    return measure


def _value(key: str, value: Word | Sequence[Word]) -> object:
    if key in AMOUNTS:
        return int(Fraction(str(value)) * FEN_PER_WAN)
    if key in POINTS:
        return Fraction(str(value))
    if key in LISTS:
        return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]
    return value
