"""What in a page of definitions cannot be meant, one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem
from yipanqi.place.rules.indicators import Indicator, indicator_problems
from yipanqi.place.rules.leads import rank_problems
from yipanqi.place.rules.meaning import Settings
from yipanqi.place.rules.shape import GROUPS, LISTS, PLAIN, UNSAID, Shape, unknown_keys


def shape_problems(page: Mapping[str, Any]) -> Iterator[Problem]:
    """Headings and entries that are missing, that nobody knows, or that are written in another way."""
    yield from _heading_problems(page)
    for key, takes in {**PLAIN.must, **PLAIN.may}.items():
        if key in page:
            yield from Shape({key: takes}).problems({key: page[key]}, "")
    for key, shape in GROUPS.items():
        if key in page:
            yield from shape.problems(page[key], key)
    for key, shape in LISTS.items():
        yield from _list_problems(key, page.get(key), shape)


def _heading_problems(page: Mapping[str, Any]) -> Iterator[Problem]:
    headings = {**PLAIN.must, **PLAIN.may, **GROUPS, **LISTS}
    for key in headings:
        if key not in page and key not in UNSAID and key not in PLAIN.may:
            yield Problem(text=_("缺少“%(key)s”这一项") % {"key": key}, where=key)
    yield from unknown_keys(page, headings, "")
    if "nodes" in page and not page["nodes"]:
        yield Problem(text=_("至少要有一个环节"), where="nodes")


def _list_problems(key: str, entries: object, shape: Shape) -> Iterator[Problem]:
    if entries is None:
        return
    if not isinstance(entries, list):
        yield Problem(text=_("要写成清单，每项前面加“- ”"), where=key)
        return
    for number, entry in enumerate(entries, start=1):
        yield from shape.problems(
            entry, _("%(key)s 第 %(number)s 项") % {"key": key, "number": number}
        )


def problems_of(settings: Settings) -> Iterator[Problem]:
    """What does not fit together within a page of definitions."""
    codes = set(settings.order)
    yield from _unknown(codes, "requirements", [(r.before, r.needs) for r in settings.requirements])
    yield from _unknown(codes, "not_yets", [(n.reached, n.missing) for n in settings.not_yets])
    yield from _doubled("nodes", settings.order)
    yield from _doubled("not_yets", [entry.code for entry in settings.not_yets])
    yield from _doubled("indicators", [entry.code for entry in settings.indicators])
    yield from indicator_problems(settings.indicators)
    yield from _unknown({*codes, ""}, "indicators", [_steps(one) for one in settings.indicators])
    yield from rank_problems(settings.leads.ranks, {band.code for band in settings.bands})
    if settings.check_days < 1:
        yield Problem(text=_("包保检查至少隔 1 天"), where="pairings.check_days")
    if settings.curve and len(settings.curve) != 12:
        yield Problem(text=_("目标曲线要有 12 个月的累计百分比"), where="curve")
    if not 1 <= settings.return_due_day <= 28:
        yield Problem(text=_("月报截止日应在 1 到 28 之间"), where="returns.due_day")


def _steps(one: Indicator) -> tuple[str, str]:
    return str(one.counts.get("node", "")), str(one.counts.get("cohort", ""))


def _unknown(codes: set[str], where: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    for number, pair in enumerate(pairs, start=1):
        for code in pair:
            if code not in codes:
                yield Problem(
                    text=_("没有“%(code)s”这个环节") % {"code": code},
                    where=_("%(where)s 第 %(number)s 项") % {"where": where, "number": number},
                )


def _doubled(where: str, codes: Sequence[str]) -> Iterator[Problem]:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Problem(text=_("代码“%(code)s”用了不止一次") % {"code": code}, where=where)
