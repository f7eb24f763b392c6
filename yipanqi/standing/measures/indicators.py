"""What a place's indicators count: their words read as measures, and doubted."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse_if_blocked
from yipanqi.place.rules import Indicator
from yipanqi.standing.measures.spec import Measure, measure_of
from yipanqi.standing.measures.words import COHORT, WINDOWED, problems_in

NOT_OF_TASKS = (WINDOWED | COHORT | {"distinct", "of"}) - {"window", "cohort"}
COUNTABLE = ("projects", "investment", "funds")
"""What a task may be set in: what a unit brings in, within a year."""


def measures_of(indicators: Iterable[Indicator]) -> dict[str, Measure]:
    """The measure behind each indicator that is counted here, in what is kept: 分 and whole numbers."""
    counted = [one for one in indicators if one.counts]
    refuse_if_blocked(problem for one in counted for problem in doubts(one))
    return {one.code: measure_of(one.counts) for one in counted}


def doubts(indicator: Indicator) -> Iterator[Problem]:
    """What in an indicator's `counts` cannot be meant."""
    counts, where = indicator.counts, f"indicators {indicator.code}"
    for problem in problems_in(counts):
        yield Problem(text=problem.text, where=f"{where} {problem.where}")
    if counts.get("measure") not in COUNTABLE:
        text = _("任务的指标只能数 %(known)s") % {"known": "、".join(COUNTABLE)}
        yield Problem(text=text, where=where)
    if NOT_OF_TASKS & counts.keys() or counts.get("window", "year") != "year":
        yield Problem(text=_("任务按年算，window 不用写"), where=where)
    if indicator.is_money is (counts.get("measure") == "projects"):
        yield Problem(text=_("单位与所数的不合：项目数用个，资金用万元或亿元"), where=where)
