"""Who leads a project: industry and locality together, and the larger it is the higher the leader."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.core.problems import Problem, Weight


@dataclass(frozen=True, kw_only=True)
class LeaderRank:
    """Projects of this size band (规模档) are answered for by one of the first so many leaders."""

    band: str
    within: int


@dataclass(frozen=True, kw_only=True)
class Leads:
    """From which investment on two lead (双牵头), and how high the leader stands for which size."""

    both_from_fen: int | None = None
    clause: str = ""
    ranks: tuple[LeaderRank, ...] = ()

    @classmethod
    def read(cls, page: Mapping[str, Any]) -> "Leads":
        """As a page of definitions says; a page may say nothing of it."""
        said = page.get("leads") or {}
        both = said.get("both_from")
        return cls(
            both_from_fen=None if both is None else both * FEN_PER_WAN,
            clause=said.get("clause", ""),
            ranks=tuple(LeaderRank(**entry) for entry in page.get("leaders") or ()),
        )

    def within(self, bands: Collection[str]) -> int | None:
        """Among how many leaders the one must be who answers for a project of these size bands."""
        return min((one.within for one in self.ranks if one.band in bands), default=None)


def rank_problems(ranks: Iterable[LeaderRank], bands: Collection[str]) -> Iterator[Problem]:
    """Leaders are ranked by size bands that there are."""
    for number, one in enumerate(ranks, start=1):
        if one.band not in bands:
            yield Problem(
                text=_("没有“%(band)s”这个规模档") % {"band": one.band},
                where=_("leaders 第 %(number)s 项") % {"number": number},
            )
        if one.within < 1:
            yield Problem(
                text=_("within 至少是 1"), where=_("leaders 第 %(number)s 项") % {"number": number}
            )


def lead_problems(
    leads: Leads,
    *,
    fen: int,
    bands: Collection[str],
    industry: bool,
    locality: bool,
    rank: int | None,
) -> Iterator[Problem]:
    """What a project of this size still lacks: a lead of either side, a leader who is high enough.

    `rank` is how many leaders come before the one who answers for it.
    """
    asked = leads.both_from_fen is not None and fen >= leads.both_from_fen
    if asked and not industry:
        yield _warning(_("缺行业主管部门牵头，请在参与单位里加一个责任部门"), leads)
    if asked and not locality:
        yield _warning(_("缺属地牵头，请在参与单位里加落地乡镇或园区为责任单位"), leads)
    within = leads.within(bands)
    if within is not None and (rank is None or rank >= within):
        text = _("这个规模的项目应由排名前 %(within)d 位的县领导包保") % {"within": within}
        yield _warning(text, leads)


def _warning(text: str, leads: Leads) -> Problem:
    return Problem(text=text, where=_("双牵头"), clause=leads.clause, weight=Weight.WARNS)
