"""A place's own definitions (口径): what its words mean, read from a page its officials can read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

import yaml

from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.core.problems import Problem, Refused, Weight

FUNDS = "funds"
"""What is claimed when money has arrived; a fund line and not a node."""


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
    curve: tuple[Fraction, ...] = field(default=())

    def node(self, code: str) -> Node | None:
        """The node of this code, the fund line included."""
        return next((node for node in (*self.nodes, self.funds) if node.code == code), None)

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
                [Problem(text=f"没有 {on} 的 {currency} 汇率，请在口径里补上", where="币种")]
            )
        rate = max(valid, key=lambda r: r.valid_from)
        return int(amount * rate.yuan + Fraction(1, 2))

    def band_of(self, fen: int) -> str:
        """The highest size band that an amount reaches, or nothing."""
        reached = [band for band in self.bands if fen >= band.at_least_fen]
        return max(reached, key=lambda band: band.at_least_fen).code if reached else ""

    def elapsed(self, on: date) -> Fraction:
        """The share of the year's task that should be done by the end of a day (时间进度)."""
        if not self.curve:
            year_days = (date(on.year + 1, 1, 1) - date(on.year, 1, 1)).days
            return Fraction((on - date(on.year, 1, 1)).days + 1, year_days)
        month_days = (date(on.year + on.month // 12, on.month % 12 + 1, 1) - on.replace(day=1)).days
        before = self.curve[on.month - 2] if on.month > 1 else Fraction(0)
        return before + (self.curve[on.month - 1] - before) * Fraction(on.day, month_days)


@lru_cache(maxsize=64)
def parsed(text: str) -> Settings:
    """Read a page of definitions; refuses with every line that cannot be meant."""
    try:
        page = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 1} 行" if mark else "文件"
        raise Refused([Problem(text="不是能读的 YAML，请检查缩进和冒号", where=line)]) from error
    if not isinstance(page, dict):
        raise Refused([Problem(text="口径文件应是“名称: 内容”的清单", where="文件")])
    problems = list(_shape_problems(page))
    if problems:
        raise Refused(problems)
    try:
        settings = _built(page)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused([Problem(text=f"有一项的写法不对：{error}", where="文件")]) from error
    if problems := list(problems_of(settings)):
        raise Refused(problems)
    return settings


REQUIRED: Mapping[str, tuple[str, ...]] = {
    "nodes": ("code", "name", "office"),
    "requirements": ("before", "needs", "clause", "says"),
    "not_yets": ("code", "name", "reached", "missing", "days"),
    "bands": ("code", "name", "at_least"),
    "rates": ("currency", "from", "yuan"),
}


OPTIONAL = frozenset({"says", "evidence", "weight", "clause", "listed"})


def _shape_problems(page: Mapping[str, Any]) -> Iterator[Problem]:
    for key in (
        "place",
        "code_prefix",
        "basis",
        "valid_from",
        "funds",
        "lamps",
        "returns",
        "bulletin",
        *REQUIRED,
    ):
        if key not in page:
            yield Problem(text=f"缺少“{key}”这一项", where=key)
    for key, wanted in REQUIRED.items():
        for number, entry in enumerate(page.get(key) or (), start=1):
            given = set(entry) if isinstance(entry, dict) else set()
            for missing in [name for name in wanted if name not in given]:
                yield Problem(text=f"缺少“{missing}”", where=f"{key} 第 {number} 项")
            for unknown in sorted(given - OPTIONAL - set(wanted)):
                yield Problem(text=f"不认识“{unknown}”", where=f"{key} 第 {number} 项")


def _built(page: Mapping[str, Any]) -> Settings:
    lamps = page["lamps"]
    return Settings(
        place=page["place"],
        code_prefix=page["code_prefix"],
        basis=page["basis"],
        valid_from=page["valid_from"],
        nodes=tuple(_node(entry) for entry in page["nodes"]),
        funds=_node({"code": FUNDS, "name": "到位资金", **page["funds"]}),
        requirements=tuple(
            Requirement(**{**entry, "weight": Weight(entry.get("weight", "blocks"))})
            for entry in page["requirements"] or ()
        ),
        not_yets=tuple(NotYet(**entry) for entry in page["not_yets"] or ()),
        bands=tuple(
            Band(code=b["code"], name=b["name"], at_least_fen=b["at_least"] * FEN_PER_WAN)
            for b in page["bands"] or ()
        ),
        rates=tuple(
            Rate(currency=r["currency"], valid_from=r["from"], yuan=Fraction(str(r["yuan"])))
            for r in page["rates"] or ()
        ),
        amber_days=lamps["amber_days"],
        stalled_days=lamps["stalled_days"],
        return_due_day=page["returns"]["due_day"],
        return_kinds=tuple(page["returns"].get("kinds") or ()),
        bulletin=Letterhead(
            organ=page["bulletin"]["organ"],
            word=page["bulletin"]["word"],
            addressees=tuple(page["bulletin"].get("addressees") or ()),
            copied_to=tuple(page["bulletin"].get("copied_to") or ()),
        ),
        curve=tuple(Fraction(str(share)) / 100 for share in page.get("curve") or ()),
    )


def _node(entry: Mapping[str, Any]) -> Node:
    return Node(**{**entry, "evidence": tuple(entry.get("evidence") or ())})


def problems_of(settings: Settings) -> Iterator[Problem]:
    """What does not fit together within a page of definitions."""
    codes = set(settings.order)
    yield from _unknown(codes, "requirements", [(r.before, r.needs) for r in settings.requirements])
    yield from _unknown(codes, "not_yets", [(n.reached, n.missing) for n in settings.not_yets])
    yield from _doubled("nodes", settings.order)
    yield from _doubled("not_yets", [entry.code for entry in settings.not_yets])
    if settings.curve and len(settings.curve) != 12:
        yield Problem(text="目标曲线要有 12 个月的累计百分比", where="curve")
    if not 1 <= settings.return_due_day <= 28:
        yield Problem(text="月报截止日应在 1 到 28 之间", where="returns.due_day")


def _unknown(codes: set[str], where: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    for number, pair in enumerate(pairs, start=1):
        for code in pair:
            if code not in codes:
                yield Problem(text=f"没有“{code}”这个环节", where=f"{where} 第 {number} 项")


def _doubled(where: str, codes: Sequence[str]) -> Iterator[Problem]:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Problem(text=f"代码“{code}”用了不止一次", where=where)
