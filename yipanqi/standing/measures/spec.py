"""What a measure asks, read from the words of a method file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.core.numbers import FEN_PER_WAN, FEN_PER_YI
from yipanqi.core.problems import Problem, Refused

Word = str | int | bool
Spec = Mapping[str, Word | Sequence[Word]]

SCALES = {"万元": FEN_PER_WAN, "亿元": FEN_PER_YI, "元": 100}
WINDOWS = ("year", "quarter", "month", "all")
CREDITS = ("introducer", "landing", "lead", "leader")

WANTS: Mapping[str, frozenset[str]] = {
    "projects": frozenset({"node"}),
    "investment": frozenset({"node"}),
    "funds": frozenset(),
    "overdue": frozenset({"deadline"}),
    "falsified": frozenset(),
    "target": frozenset({"indicator"}),
    "returns": frozenset({"state"}),
    "judged": frozenset({"indicator", "highest"}),
    "rating": frozenset({"indicator"}),
    "ballot": frozenset({"indicator"}),
}
"""What each source must be told; everything else is a condition that it may be given."""

FILTERS = frozenset({"at_least", "below", "industry", "nature", "honour", "level"})
WINDOWED = frozenset({"window", "credit"})
MAY: Mapping[str, frozenset[str]] = {
    "projects": FILTERS | WINDOWED | {"cohort"},
    "investment": FILTERS | WINDOWED | {"cohort"},
    "funds": FILTERS | WINDOWED,
    "overdue": FILTERS | {"credit"},
    "falsified": FILTERS | WINDOWED,
    "target": frozenset({"window"}),
    "returns": frozenset({"window"}),
    "judged": frozenset({"lowest", "window"}),
    "rating": frozenset({"window"}),
    "ballot": frozenset({"window"}),
}

POINTS = ("lowest", "highest")
"""The bounds within which a judged item is given points."""


@dataclass(frozen=True)
class Window:
    """The days from the first to the last that count, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class AsOf:
    """The point from which a figure is seen: an entry of the ledger and a day."""

    seq: int
    day: date


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One question to the facts; amounts of conditions in 分, `scale` the 分 in the figure's unit."""

    measure: str
    node: str = ""
    cohort: str = ""
    deadline: str = ""
    indicator: str = ""
    state: str = ""
    window: str = "year"
    credit: tuple[str, ...] = ("introducer",)
    at_least: int | None = None
    below: int | None = None
    industry: tuple[str, ...] = ()
    nature: tuple[str, ...] = ()
    honour: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(0)
    scale: int = 1

    def days(self, day: date) -> Window:
        """The window that this measure counts, seen from a day."""
        if self.window == "all":
            return Window(date.min, day)
        month = {"year": 1, "quarter": day.month - (day.month - 1) % 3, "month": day.month}
        return Window(date(day.year, month[self.window], 1), day)

    def in_unit(self, amount: Fraction) -> Fraction:
        """A sum in the unit in which the figure is told."""
        return amount / self.scale


def measure_of(spec: Spec, *, unit: str = "") -> Measure:
    """Read a measure; refuses with every word that it does not understand."""
    problems = list(problems_in(spec))
    if problems:
        raise Refused(problems)
    known = {field.name for field in fields(Measure)}
    words = {key: _value(key, value) for key, value in spec.items() if key in known}
    return Measure(**words, scale=SCALES.get(unit, 1))  # type: ignore[arg-type]  # checked above


def _value(key: str, value: Word | Sequence[Word]) -> object:
    if key in {"at_least", "below"}:
        return int(Fraction(str(value)) * FEN_PER_WAN)
    if key in POINTS:
        return Fraction(str(value))
    if key in {"credit", "industry", "nature", "honour", "level"}:
        return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]
    return value


def problems_in(spec: Spec) -> Iterator[Problem]:
    """What in a measure's words cannot be meant."""
    source = str(spec.get("measure", ""))
    if source not in WANTS:
        text = _("没有“%(source)s”这种指标，可用：%(wants)s") % {
            "source": source,
            "wants": "、".join(WANTS),
        }
        yield Problem(text=text, where="measure")
        return
    allowed = WANTS[source] | MAY[source] | {"measure"}
    for key in spec:
        if key not in allowed:
            yield Problem(
                text=_("%(source)s 不用“%(key)s”，可用：%(allowed)s")
                % {"source": source, "key": key, "allowed": "、".join(sorted(allowed))},
                where=key,
            )
    for key in sorted(WANTS[source] - spec.keys()):
        yield Problem(
            text=_("%(source)s 必须写明“%(key)s”") % {"source": source, "key": key}, where=key
        )
    yield from _words_in(spec)


def _words_in(spec: Spec) -> Iterator[Problem]:
    if spec.get("window", "year") not in WINDOWS:
        yield Problem(
            text=_("时段只能是：%(windows)s") % {"windows": "、".join(WINDOWS)}, where="window"
        )
    credit = spec.get("credit", "introducer")
    for role in [credit] if isinstance(credit, str) else tuple(credit):  # type: ignore[arg-type]
        if role not in CREDITS:
            yield Problem(
                text=_("归属“%(role)s”不存在，可用：%(credits)s")
                % {"role": role, "credits": "、".join(CREDITS)},
                where="credit",
            )
    if spec.get("state", "late") not in {"late", "missing"}:
        yield Problem(text=_("月报状态只能是 late（迟报）或 missing（缺报）"), where="state")
    yield from _points_in(spec)
    for key in ("at_least", "below"):
        if key in spec and (isinstance(spec[key], bool) or not isinstance(spec[key], int)):
            yield Problem(text=_("金额写整数，单位万元"), where=key)


def _points_in(spec: Spec) -> Iterator[Problem]:
    """Bounds of points are numbers, the lower one below the higher one."""
    bounds = {key: _points(spec[key]) for key in POINTS if key in spec}
    for key, points in bounds.items():
        if points is None or (points * 100).denominator != 1:
            yield Problem(text=_("写分数，最多两位小数，如 10 或 -20"), where=key)
    highest, lowest = bounds.get("highest"), bounds.get("lowest", Fraction(0))
    if highest is not None and lowest is not None and lowest >= highest:
        yield Problem(text=_("lowest 应小于 highest；扣分项两个都要写"), where="lowest")


def _points(value: Word | Sequence[Word]) -> Fraction | None:
    try:
        return None if isinstance(value, bool) else Fraction(str(value))
    except ValueError:
        return None
