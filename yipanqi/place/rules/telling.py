"""What a page of definitions says, heading by heading, in words that can be compared."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from yipanqi.core.numbers import grouped, money, percent
from yipanqi.core.problems import Weight
from yipanqi.org.rules import Kind
from yipanqi.place.rules.indicators import Indicator
from yipanqi.place.rules.meaning import Settings

NOTHING = "—"


class Item(NamedTuple):
    """One thing under a heading: what it is called, and everything that is said of it."""

    name: str
    says: Mapping[str, str]


Items = dict[object, Item]


def _only(name: str, words: str) -> Item:
    """A thing of which one thing is said."""
    return Item(gettext(name), {"": words or NOTHING})


def _listed(words: tuple[str, ...]) -> str:
    return "、".join(words) or NOTHING


def _basis(page: Settings) -> Items:
    return {
        "basis": _only(_("依据"), page.basis),
        "valid_from": _only(_("生效日"), page.valid_from.isoformat()),
        "code_prefix": _only(_("项目编码前缀"), page.code_prefix),
    }


def _nodes(page: Settings) -> Items:
    return {
        node.code: Item(
            node.name,
            {
                _("名称"): node.name,
                _("次序"): str(number),
                _("怎样才算"): node.says or NOTHING,
                _("认定单位"): node.office,
            },
        )
        for number, node in enumerate((*page.nodes, page.funds), start=1)
    }


def _evidence(page: Settings) -> Items:
    return {
        node.code: Item(node.name, {_("佐证"): _listed(node.evidence)})
        for node in (*page.nodes, page.funds)
    }


def _gates(page: Settings) -> Items:
    return {
        (gate.before, gate.needs): Item(
            gettext("%(before)s前须有%(needs)s")
            % {"before": page.name_of(gate.before), "needs": page.name_of(gate.needs)},
            {
                _("条文"): gate.says,
                _("条款"): gate.clause or NOTHING,
                _("轻重"): gettext("不得") if gate.weight is Weight.BLOCKS else gettext("提醒"),
            },
        )
        for gate in page.requirements
    }


def _nots(page: Settings) -> Items:
    return {
        late.code: Item(
            late.name,
            {
                _("名称"): late.name,
                _("已到"): page.name_of(late.reached),
                _("未到"): page.name_of(late.missing),
                _("天数"): gettext("%(days)s 天") % {"days": late.days},
                _("条款"): late.clause or NOTHING,
                _("上清单"): gettext("是") if late.listed else gettext("另计"),
            },
        )
        for late in page.not_yets
    }


def _lamps(page: Settings) -> Items:
    return {
        "amber": _only(_("黄灯，离期限不到"), gettext("%(days)s 天") % {"days": page.amber_days}),
        "points": _only(
            _("黄灯，任务落后时间进度"),
            gettext("%(points)s 个百分点") % {"points": page.amber_points},
        ),
        "check": _only(_("至少看一次项目"), gettext("每 %(days)s 天") % {"days": page.check_days}),
        "stalled": _only(
            _("红灯，签约后没有进展"), gettext("%(days)s 天") % {"days": page.stalled_days}
        ),
    }


def _bands(page: Settings) -> Items:
    return {
        band.code: Item(
            band.name, {_("名称"): band.name, _("总投资不低于"): money(band.at_least_fen)}
        )
        for band in page.bands
    }


def _rates(page: Settings) -> Items:
    return {
        (rate.currency, rate.valid_from): Item(
            gettext("1 %(currency)s，%(on)s 起")
            % {"currency": rate.currency, "on": rate.valid_from.isoformat()},
            {_("折合人民币"): gettext("%(yuan)s 元") % {"yuan": grouped(rate.yuan, 6)}},
        )
        for rate in page.rates
    }


def _returns(page: Settings) -> Items:
    kinds = tuple(str(Kind(k).label) if k in Kind.values else k for k in page.return_kinds)
    due = gettext("每月 %(day)s 日") % {"day": page.return_due_day}
    return {
        "due": _only(_("截止"), due),
        "kinds": _only(_("报送单位"), "、".join(kinds) or gettext("全部单位")),
    }


def _letterhead(page: Settings) -> Items:
    return {
        "organ": _only(_("发文机关"), page.bulletin.organ),
        "word": _only(_("机关代字"), page.bulletin.word),
        "addressees": _only(_("主送"), _listed(page.bulletin.addressees)),
        "copied_to": _only(_("抄送"), _listed(page.bulletin.copied_to)),
    }


def _curve(page: Settings) -> Items:
    shares = [percent(share) for share in page.curve] or [gettext("按日平均")] * 12
    return {
        month: Item(gettext("%(month)s 月底") % {"month": month}, {_("累计应完成"): share})
        for month, share in enumerate(shares, start=1)
    }


def _leads(page: Settings) -> Items:
    both, ranks = page.leads.both_from_fen, page.leads.ranks
    told: Items = {
        "both": _only(
            _("行业主管部门和属地一起牵头，总投资不低于"), "" if both is None else money(both)
        ),
        "clause": _only(_("条款"), page.leads.clause),
    }
    named = {band.code: band.name for band in page.bands}
    return told | {
        rank.band: Item(
            named.get(rank.band, rank.band),
            {_("包保的县领导"): gettext("排名前 %(within)s 位") % {"within": rank.within}},
        )
        for rank in ranks
    }


def _indicators(page: Settings) -> Items:
    return {
        one.code: Item(
            one.name,
            {
                _("名称"): one.name,
                _("单位"): one.unit,
                _("怎样计"): _counting(one),
                _("其中于"): wholes.get(one.within, one.within) or NOTHING,
                _("上年完成"): NOTHING if one.previous is None else str(one.previous),
            },
        )
        for wholes in [{one.code: one.name for one in page.indicators}]
        for one in page.indicators
    }


def _counting(one: Indicator) -> str:
    """The words of the measure, as the page writes them."""
    if not one.counts:
        return gettext("由统计数录入")
    return "，".join(f"{key} {words}" for key, words in one.counts.items())


HEADINGS: Mapping[str, Callable[[Settings], Items]] = {
    _("依据与生效日"): _basis,
    _("环节"): _nodes,
    _("佐证"): _evidence,
    _("闸口前置"): _gates,
    _("五未与期限"): _nots,
    _("灯"): _lamps,
    _("双牵头与包保"): _leads,
    _("规模档"): _bands,
    _("汇率"): _rates,
    _("月报"): _returns,
    _("发文要素"): _letterhead,
    _("时间进度"): _curve,
    _("任务指标"): _indicators,
}
"""Under which heading what is compared, in the order of the page."""
