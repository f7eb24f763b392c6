"""A page of definitions, from the YAML that officials write to the values that programs ask."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import yaml
from django.utils.translation import gettext as _

from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.core.problems import Refused, Weight, refuse
from yipanqi.place.rules.checking import problems_of, shape_problems
from yipanqi.place.rules.indicators import Indicator, usual
from yipanqi.place.rules.leads import Leads
from yipanqi.place.rules.lines import doubled_keys, located
from yipanqi.place.rules.meaning import (
    AMBER_POINTS,
    CHECK_DAYS,
    FUNDS,
    Band,
    Letterhead,
    Node,
    NotYet,
    Rate,
    Requirement,
    Settings,
)


@lru_cache(maxsize=64)
def parsed(text: str) -> Settings:
    """Read a page of definitions; refuses with every line that cannot be meant."""
    page = _page(text)
    problems = located(text, shape_problems(page))
    if problems := [*doubled_keys(text), *problems]:
        raise Refused(problems)
    settings = _built(page)
    if problems := located(text, problems_of(settings)):
        raise Refused(problems)
    return settings


def _page(text: str) -> dict[str, Any]:
    """What stands in the text, as YAML has it; refuses what cannot be read."""
    try:
        page = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = _("第 %(line)s 行") % {"line": mark.line + 1} if mark else _("文件")
        text = _("不是能读的 YAML，请检查缩进、冒号后的空格和日期")
        raise refuse(text, where=where) from error
    if not isinstance(page, dict):
        raise refuse(_("口径文件应是“名称: 内容”的清单"), where=_("文件"))
    return page


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
            receipt_days=page["bulletin"].get("receipt_days", 3),
        ),
        indicators=_indicators(page),
        amber_points=lamps.get("amber_points", AMBER_POINTS),
        check_days=(page.get("pairings") or {}).get("check_days", CHECK_DAYS),
        leads=Leads.read(page),
        curve=tuple(Fraction(str(share)) / 100 for share in page.get("curve") or ()),
    )


def _indicators(page: Mapping[str, Any]) -> tuple[Indicator, ...]:
    if "indicators" not in page:
        return usual([entry["code"] for entry in page["nodes"]])
    return tuple(
        Indicator(**{**entry, "counts": entry.get("counts") or {}})
        for entry in page["indicators"] or ()
    )


def _node(entry: Mapping[str, Any]) -> Node:
    return Node(**{**entry, "evidence": tuple(entry.get("evidence") or ())})
