"""What stands in the way of a new page of definitions, apart from what it says."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, Weight
from yipanqi.place.rules.meaning import Settings

SIGNED = "signed"
"""The node from which idleness is counted; every place has it."""


def adoption_problems(
    new: Settings, *, current: Settings | None, today: date, back_dated: bool
) -> Iterator[Problem]:
    """Whether a page may come into force on its day, seen from the one in force.

    What has been judged keeps its version, so a day in the past makes two judgements for one time:
    it must be meant, and it never goes behind the version in force.
    """
    if new.node(SIGNED) is None:
        text = _("缺少代码为 signed 的环节（签约）：停滞天数从它算起，请保留")
        yield Problem(text=text, where="nodes")
    if current is not None and new.valid_from < current.valid_from:
        text = _(
            "生效日 %(new)s 早于现行口径的 %(current)s；已认定的不重判，请写 %(current)s 或以后"
        ) % {"new": new.valid_from, "current": current.valid_from}
        yield Problem(text=text, where="valid_from")
    elif current is not None and new.valid_from < today and not back_dated:
        text = _(
            "生效日 %(new)s 在今天之前：此前已认定的不重判，以后认定那段时间的事按新口径，同一段时间会有两种判法；"
            "确要如此请勾选“确认倒签”，否则把 valid_from 改为 %(today)s 或以后"
        ) % {"new": new.valid_from, "today": today}
        yield Problem(text=text, where="valid_from")


def doubts_about(
    new: Settings, *, units: frozenset[str], in_use: dict[str, int]
) -> Iterator[Problem]:
    """What will probably not work: offices that do not exist, nodes that projects have reached and are gone."""
    for node in (*new.nodes, new.funds):
        if node.office not in units:
            text = _("名录里没有“%(office)s”，“%(node)s”将没有单位可以认定；请先设立这个单位") % {
                "office": node.office,
                "node": node.name,
            }
            yield Problem(text=text, where="nodes", weight=Weight.WARNS)
    for code, number in in_use.items():
        if new.node(code) is None:
            text = _(
                "已有 %(number)s 条认定到“%(code)s”，新口径里没有这个环节，页面上将看不到它们"
            ) % {
                "number": number,
                "code": code,
            }
            yield Problem(text=text, where="nodes", weight=Weight.WARNS)
