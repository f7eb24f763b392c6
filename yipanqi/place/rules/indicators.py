"""Indicators (任务指标): what tasks are set in, which records count towards them, what is part of what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from yipanqi.core.numbers import FEN_PER_WAN, FEN_PER_YI, grouped
from yipanqi.core.problems import Problem, refuse

UNITS: Mapping[str, int] = {
    **dict.fromkeys(("个", "条", "家", "次"), 1),
    "万元": FEN_PER_WAN,
    "亿元": FEN_PER_YI,
    "万美元": FEN_PER_WAN,
}
"""The units in which tasks are told, with the whole numbers kept for one of each."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What a task is set in: `counts` says in the words of a measure which records count.

    Without `counts` the figure comes from outside (统计数). `within` names the indicator of which this
    one is a part (其中); `previous` is what was reached last year, in the unit.
    """

    code: str
    name: str
    unit: str
    counts: Mapping[str, Any] = field(default_factory=dict)
    within: str = ""
    previous: int | None = None

    @property
    def scale(self) -> int:
        """How many are kept for one of the unit: 分 for 万元, one for 个."""
        return UNITS[self.unit]

    @property
    def is_money(self) -> bool:
        """Whether the amounts kept are 分 or cents."""
        return self.scale > 1

    def told(self, amount: Fraction | int) -> str:
        """An amount as it is kept, told in the unit and without it: 1,200 or 0.6."""
        return grouped(Fraction(amount) / self.scale, 2)

    def kept(self, text: str) -> int:
        """What was typed in the unit, as it is kept; refuses what is no such amount."""
        try:
            amount = Fraction(text.strip().replace(",", "").replace("，", "")) * self.scale
        except (ValueError, ZeroDivisionError):
            raise refuse(
                _("“%(text)s”不是数，请写成以%(unit)s为单位的数")
                % {"text": text, "unit": self.unit},
                where=self.name,
            ) from None
        if amount < 0 or amount.denominator != 1:
            raise refuse(
                _("“%(text)s”不能作为任务数，请写不小于 0 的数") % {"text": text}, where=self.name
            )
        return amount.numerator


def usual(nodes: Sequence[str]) -> tuple[Indicator, ...]:
    """What tasks are set in where a place's page says nothing: signings, funds and leads."""
    funds = Indicator(code="funds", name="到位资金", unit="万元", counts={"measure": "funds"})
    counted = {"signed": ("signed", "签约项目", "个"), "lead": ("leads", "有效线索", "条")}
    return (
        *(
            Indicator(code=code, name=name, unit=unit, counts={"measure": "projects", "node": node})
            for node, (code, name, unit) in counted.items()
            if node in nodes
        ),
        funds,
    )


def indicator_problems(indicators: Sequence[Indicator]) -> Iterator[Problem]:
    """Units that nobody knows, and parts of a whole that is not there or is told otherwise."""
    known = {one.code: one for one in indicators}
    for number, one in enumerate(indicators, start=1):
        where = _("indicators 第 %(number)s 项") % {"number": number}
        if one.unit not in UNITS:
            yield Problem(
                text=_("没有“%(unit)s”这种单位，可用：%(units)s")
                % {"unit": one.unit, "units": "、".join(UNITS)},
                where=where,
            )
        if one.unit == "万美元" and one.counts:
            yield Problem(
                text=_("以万美元计的指标不从项目里数，请去掉 counts，由统计数录入"), where=where
            )
        if one.within and one.within not in known:
            yield Problem(text=_("没有“%(within)s”这个指标") % {"within": one.within}, where=where)
        elif one.within and known[one.within].unit != one.unit:
            yield Problem(text=_("其中数的单位要与总数相同"), where=where)
        if one.code in _wholes(one, known):
            yield Problem(text=_("“%(code)s”成了自己的其中数") % {"code": one.code}, where=where)


def _wholes(one: Indicator, known: Mapping[str, Indicator]) -> list[str]:
    """The indicators of which one is a part, from the nearest to the widest."""
    found: list[str] = []
    while one.within in known and one.within not in found:
        found.append(one.within)
        one = known[one.within]
    return found
