"""What a place's words mean: frozen values, one for each line of its page."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, Refused, Weight
from yipanqi.place.rules.indicators import Indicator
from yipanqi.place.rules.leads import Leads

FUNDS = "funds"
"""What is claimed when money has arrived; a fund line and not a node."""

AMBER_POINTS = 10
"""Behind the year by no more percentage points than this, a task's lamp is amber and not red."""

CHECK_DAYS = 30
"""A leader looks at a paired project at least once in so many days."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """A step of the lifecycle (环节): what it means here, who verifies it, on what evidence."""

    code: str
    name: str
    says: str = ""
    office: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One sentence of the regulation: what must be recognised before a node (闸口前置)."""

    before: str
    needs: str
    clause: str
    says: str
    weight: Weight = Weight.BLOCKS


@dataclass(frozen=True, kw_only=True)
class NotYet:
    """One of the “nots” (五未): a node was reached, another was not, and the days allowed are over."""

    code: str
    name: str
    reached: str
    missing: str
    days: int
    clause: str = ""
    listed: bool = True


@dataclass(frozen=True, kw_only=True)
class Band:
    """A size band (规模档): projects of at least so much."""

    code: str
    name: str
    at_least_fen: int


@dataclass(frozen=True, kw_only=True)
class Rate:
    """What a currency is worth in yuan, from a day on."""

    currency: str
    valid_from: date
    yuan: Fraction


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """In whose name bulletins go out, under which word, to whom (发文要素)."""

    organ: str
    word: str
    addressees: tuple[str, ...]
    copied_to: tuple[str, ...]
    receipt_days: int = 3


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One version of a place's definitions, valid from a day."""

    place: str
    code_prefix: str
    basis: str
    valid_from: date
    nodes: tuple[Node, ...]
    funds: Node
    requirements: tuple[Requirement, ...]
    not_yets: tuple[NotYet, ...]
    bands: tuple[Band, ...]
    rates: tuple[Rate, ...]
    amber_days: int
    stalled_days: int
    return_due_day: int
    return_kinds: tuple[str, ...]
    bulletin: Letterhead
    indicators: tuple[Indicator, ...] = ()
    amber_points: int = AMBER_POINTS
    check_days: int = CHECK_DAYS
    leads: Leads = field(default=Leads())
    curve: tuple[Fraction, ...] = field(default=())

    def node(self, code: str) -> Node | None:
        """The node of this code, the fund line included."""
        return next((node for node in (*self.nodes, self.funds) if node.code == code), None)

    def indicator(self, code: str) -> Indicator | None:
        """The indicator of this code."""
        return next((one for one in self.indicators if one.code == code), None)

    @property
    def order(self) -> tuple[str, ...]:
        """The codes of the nodes in their order."""
        return tuple(node.code for node in self.nodes)

    def name_of(self, code: str) -> str:
        """How people call a node or one of the nots."""
        named = self.node(code) or next((n for n in self.not_yets if n.code == code), None)
        return named.name if named else code

    def in_yuan(self, amount: int, currency: str, on: date) -> int:
        """An amount in 分 of 人民币 at the rate of the day, whole 分, the fraction dropped half up.

        Refuses a currency that has no rate on that day.
        """
        if currency == "CNY":
            return amount
        valid = [r for r in self.rates if r.currency == currency and r.valid_from <= on]
        if not valid:
            raise Refused(
                [
                    Problem(
                        text=_("没有 %(on)s 的 %(currency)s 汇率，请在口径里补上")
                        % {"on": on, "currency": currency},
                        where=_("币种"),
                    )
                ]
            )
        rate = max(valid, key=lambda r: r.valid_from)
        return int(amount * rate.yuan + Fraction(1, 2))

    def band_of(self, fen: int) -> str:
        """The highest size band that an amount reaches, or nothing."""
        reached = [band for band in self.bands if fen >= band.at_least_fen]
        return max(reached, key=lambda band: band.at_least_fen).code if reached else ""

    @property
    def ranks(self) -> list[tuple[str, int]]:
        """For which size band how many leaders are high enough, in the words of the page."""
        named = {band.code: band.name for band in self.bands}
        return [(named[one.band], one.within) for one in self.leads.ranks]

    def bands_of(self, fen: int) -> frozenset[str]:
        """Every size band that an amount reaches."""
        return frozenset(band.code for band in self.bands if fen >= band.at_least_fen)

    def elapsed(self, on: date) -> Fraction:
        """The share of the year's task that should be done by the end of a day (时间进度)."""
        if not self.curve:
            year_days = (date(on.year + 1, 1, 1) - date(on.year, 1, 1)).days
            return Fraction((on - date(on.year, 1, 1)).days + 1, year_days)
        month_days = (date(on.year + on.month // 12, on.month % 12 + 1, 1) - on.replace(day=1)).days
        before = self.curve[on.month - 2] if on.month > 1 else Fraction(0)
        return before + (self.curve[on.month - 1] - before) * Fraction(on.day, month_days)
