"""An assessment method (考核办法) as read: the regulation's sentences with their rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from yipanqi.assessment.rules.explaining import Show, brief
from yipanqi.assessment.rules.names import points_of
from yipanqi.assessment.rules.nodes import Formula, names_in
from yipanqi.assessment.rules.periods import PeriodKind
from yipanqi.core.numbers import shown

ANNUAL = "annual"
"""The method that a place scores by where no other is named."""

Spec = Mapping[str, str | int | bool | tuple[str | int | bool, ...]]


class ItemKind(StrEnum):
    """What an item does to the total."""

    ORDINARY = "ordinary"
    BONUS = "bonus"
    DEDUCTION = "deduction"


class Ties(StrEnum):
    """How equal totals are placed: 1,2,2,4 · 1,2,2,3 · 1,2,2,4 and printed as shared (并列)."""

    SKIP = "skip"
    DENSE = "dense"
    SHARED = "shared"


class Rounding(StrEnum):
    """How a value is printed: half up (四舍五入) or cut off (截断)."""

    HALF_UP = "half_up"
    TRUNCATE = "truncate"


@dataclass(frozen=True, kw_only=True)
class Clause:
    """An article of the regulation and its sentence."""

    clause: str
    says: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A named figure (指标): reported, computed, a list of holders, or the mean of their totals."""

    name: str
    label: str
    unit: str = ""
    decimals: int | None = None
    formula: Formula | None = None
    mean_total_of: str = ""
    weighted_by: str = ""
    lists_holders: bool = False
    spec: Spec = field(default_factory=dict)

    @property
    def is_given(self) -> bool:
        """Whether it comes from outside, as a column of the figures."""
        return self.formula is None and not self.mean_total_of

    @property
    def is_measured(self) -> bool:
        """Whether it is a number of each holder that is asked of the facts."""
        return self.is_given and not self.lists_holders

    @property
    def asked(self) -> Spec:
        """What is asked of the facts; without a source it is told from outside (填报数) by its name."""
        told = {} if "measure" in self.spec else {"measure": "external"}
        named = {"indicator": self.name} if (told or self.spec)["measure"] == "external" else {}
        return {**told, **named, **self.spec}

    @property
    def is_told(self) -> bool:
        """Whether somebody enters it for each holder and period."""
        return self.is_measured and self.asked["measure"] == "external"

    def show(self, value: Fraction) -> str:
        """The value as people read it, with its unit if that is a percentage."""
        if self.unit == "%":
            return f"{_with(value * 100, self.decimals, 2)}%"
        return _with(value, self.decimals, 4)


def _with(value: Fraction, decimals: int | None, at_most: int) -> str:
    return brief(value, at_most) if decimals is None else shown(value, decimals)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A scoring item (计分项): the regulation's sentence, its formula and its caps."""

    item: str
    says: str
    formula: Formula
    clause: str = ""
    full: Fraction | None = None
    at_most: Formula | None = None
    at_least: Formula | None = None
    kind: ItemKind = ItemKind.ORDINARY
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Several items of a group with bounds on their sum (封顶)."""

    part: str
    at_most: Formula | None = None
    at_least: Formula | None = None
    says: str = ""
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class MethodGroup:
    """Holders that are assessed by the same items and ranked against each other.

    They belong here by their kind, or by their name, which goes before the kind.
    """

    group: str
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    full: Fraction | None = None
    parts: tuple[Part, ...] = ()
    items: tuple[Item, ...] = ()

    def scored_names(self) -> tuple[str, ...]:
        """What formulas can ask the points of."""
        names = (*(item.item for item in self.items), *(part.part for part in self.parts))
        return tuple(map(points_of, names))


@dataclass(frozen=True, kw_only=True)
class Veto:
    """A veto (一票否决): where its condition holds, the total is nought."""

    veto: str
    formula: Formula
    says: str
    clause: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Who is named, and what follows: the first or last of a ranking, or all who meet a condition."""

    name: str
    by: Formula | None = None
    first: Formula | None = None
    last: Formula | None = None
    when: Formula | None = None
    unless: Formula | None = None
    together: bool = False
    amount: Formula | None = None
    unit: str = ""
    outcome: str = ""
    says: str = ""
    clause: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Board:
    """A ranking by one measure, beside or instead of the total."""

    board: str
    formula: Formula
    when: Formula | None = None
    together: bool = False
    high_first: bool = True
    decimals: int = 0
    unit: str = ""
    says: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Grade:
    """A grade (等次) and its condition; of several the first that holds is given."""

    grade: str
    when: Formula
    says: str = ""
    clause: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Check:
    """Two values that must agree, for each holder or for a row of stated totals."""

    check: str
    this: Formula
    equals: Formula
    of: str = ""
    decimals: int | None = None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Method:
    """A method, complete and without contradictions; its figures stand in an order of computing."""

    title: str
    figures: tuple[Figure, ...]
    groups: tuple[MethodGroup, ...]
    code: str = ANNUAL
    period: PeriodKind = PeriodKind.YEAR
    source: str = ""
    basis: tuple[Clause, ...] = ()
    year: int | None = None
    full: Fraction | None = None
    decimals: int = 2
    rounding: Rounding = Rounding.HALF_UP
    vetoes: tuple[Veto, ...] = ()
    merge: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ties: Ties = Ties.SKIP
    tie_break: tuple[Formula, ...] = ()
    grades: tuple[Grade, ...] = ()
    lists: tuple[Listing, ...] = ()
    boards: tuple[Board, ...] = ()
    checks: tuple[Check, ...] = ()

    def figure(self, name: str) -> Figure:
        """The figure of that name."""
        return next(figure for figure in self.figures if figure.name == name)

    def printed(self, value: Fraction, decimals: int | None = None) -> str:
        """A value rounded as the method says."""
        wanted = self.decimals if decimals is None else decimals
        return shown(value, wanted, truncate=self.rounding is Rounding.TRUNCATE)

    def group_named(self, name: str) -> MethodGroup:
        """The group of that name."""
        return next(group for group in self.groups if group.group == name)

    def full_of(self, name: str) -> Fraction | None:
        """What the full marks of a group add up to."""
        own = self.group_named(name).full
        return self.full if own is None else own

    @property
    def merged(self) -> frozenset[str]:
        """Who is not assessed by itself, for its figures are added to another's."""
        return frozenset(name for names in self.merge.values() for name in names)

    @property
    def stated_totals(self) -> frozenset[str]:
        """The rows that are compared and not assessed."""
        return frozenset(check.of for check in self.checks if check.of)


def concerns(groups: tuple[str, ...], group: str) -> bool:
    """Whether something restricted to certain groups applies here; no restriction means all."""
    return not groups or group in groups


def shower(method: Method) -> Show:
    """How figures are shown in explanations: by their unit and decimals."""
    figures = {figure.name: figure for figure in method.figures}

    def show(name: str, value: Fraction) -> str:
        return figures[name].show(value) if name in figures else brief(value)

    return show


def needs_totals(method: Method, group: MethodGroup) -> bool:
    """Whether a group's items look at the totals of others, so that it is scored after them."""
    waiting = {figure.name for figure in method.figures if figure.mean_total_of}
    for figure in method.figures:
        if figure.formula and _names(figure.formula) & waiting:
            waiting.add(figure.name)
    return any(
        _names(formula) & waiting
        for item in group.items
        for formula in (item.formula, item.at_most, item.at_least)
        if formula
    )


def _names(formula: Formula) -> set[str]:
    return {name.name for name in names_in(formula.tree)}
