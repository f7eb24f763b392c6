"""The course of a result from its draft until it is published, and what stands in the way."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.assessment.rules.sheets import Sheet
from yipanqi.core.problems import Problem, Weight

MOST_DAYS, NOTICE_DAYS = 30, 5
"""Working days for which a result is up for objection: at most, and where nobody says otherwise."""


class CourseState(TextChoices):
    """How far the result of a period has come."""

    DRAFT = "draft", gettext_lazy("起草")
    NOTICE = "notice", gettext_lazy("公示中")
    OVER = "over", gettext_lazy("公示期满")
    SEALED = "sealed", gettext_lazy("已封账")
    PUBLISHED = "published", gettext_lazy("已公布")
    REOPENED = "reopened", gettext_lazy("重新核算")


def sheet_problems(sheet: Sheet) -> Iterator[Problem]:
    """What a sheet lacks: totals without value stop it, a missing figure or a failed check is told."""
    missing = {row.holder: _missing(sheet, row.values) for row in sheet.figures}
    totals = [(group.group, row) for group in sheet.groups for row in group.rows]
    for group, row in totals:
        if row.total is None:
            yield Problem(text=_no_total(missing[row.holder]), where=f"{group} {row.holder}")
    complete = {row.holder for _, row in totals if row.total is not None}
    for holder, names in missing.items():
        if names and holder in complete:
            text = _("没有%(figures)s，办法按缺数计分") % {"figures": "、".join(names)}
            yield Problem(text=text, where=holder, weight=Weight.WARNS)
    told = {f"{group} {row.holder} " for group, row in totals if row.total is None}
    for problem in sheet.problems:
        if not problem.where.startswith(tuple(told)):
            yield Problem(text=problem.text, where=problem.where, weight=Weight.WARNS)


def _missing(sheet: Sheet, values: Mapping[str, Fraction | None]) -> list[str]:
    return [
        figure.label or figure.name
        for figure in sheet.method.figures
        if figure.is_given and not figure.lists_holders and values.get(figure.name) is None
    ]


def _no_total(missing: Sequence[str]) -> str:
    if not missing:
        return _("算不出总分，请看得分页上的原因，更正办法或补齐指标数")
    told = {"figures": "、".join(missing)}
    return _("算不出总分，缺%(figures)s；请先补齐") % told


def notice_problems(
    *, today: date, last: date, days: int, sealed: bool, waiting: int
) -> Iterator[Problem]:
    """Whether a draft can be put up for objection."""
    if today <= last:
        text = _("考核期 %(last)s 才结束，结束以后才能公示") % {"last": last}
        yield Problem(text=text, where=_("公示"))
    if not 1 <= days <= MOST_DAYS:
        text = _("公示期写 1 到 %(most)s 个工作日") % {"most": MOST_DAYS}
        yield Problem(text=text, where=_("公示期"))
    if sealed:
        text = _("这一期已经封账；要改，先申请重新核算，经另一人批准")
        yield Problem(text=text, where=_("公示"))
    if waiting:
        text = _("上一次公示还有 %(n)s 条异议没有答复，先答复再重新公示") % {"n": waiting}
        yield Problem(text=text, where=_("异议"))


def objection_problems(
    lines: Mapping[str, Collection[str]],
    *,
    today: date,
    until: date,
    item: str,
    figure: str,
    reason: str,
) -> Iterator[Problem]:
    """Whether an objection is in time, about a line that stands there or a figure of it, and says why.

    `lines` are the holder's items, each with the figures that it uses.
    """
    if today > until:
        text = _("公示期 %(until)s 已满，不再受理异议；确有错误的，请书面向招商部门反映") % {
            "until": until
        }
        yield Problem(text=text, where=_("异议"))
    if item not in lines:
        yield Problem(text=_("成绩单上没有这一项，请从清单里选"), where=_("计分项"))
    elif figure and figure not in lines[item]:
        yield Problem(text=_("这一项没有用到这个指标，请重选，或选“整项”"), where=_("指标"))
    if not reason.strip():
        yield Problem(text=_("请写明哪里不对、依据是什么"), where=_("理由"))


def answer_problems(
    *, accepted: bool, reason: str, followed: int | None, own: bool
) -> Iterator[Problem]:
    """Whether an answer says why, and an acceptance names what was recorded because of it."""
    if own:
        text = _("这条异议是你自己提的，请由别人答复")
        yield Problem(text=text, where=_("答复"))
    if not reason.strip():
        yield Problem(text=_("请写明采纳或不采纳的理由"), where=_("理由"))
    if accepted and followed is None:
        text = _("采纳不改分数，改的是事实：请先补报、撤回、认定或更正，再选上由此产生的那一条账")
        yield Problem(text=text, where=_("账目"))
    if not accepted and followed is not None:
        yield Problem(text=_("不采纳的，不用选账目"), where=_("账目"))


def sealing_problems(
    *, today: date, until: date, waiting: int, sealed: bool, newest: bool
) -> Iterator[Problem]:
    """Whether a notice can be sealed: over, every objection answered, and not sealed before."""
    if sealed:
        yield Problem(text=_("这次公示已经封账"), where=_("封账"))
    if not newest:
        yield Problem(text=_("这次公示已由后一次代替，请封后一次"), where=_("封账"))
    if today <= until:
        text = _("公示期到 %(until)s 为止，期满才能封账") % {"until": until}
        yield Problem(text=text, where=_("封账"))
    if waiting:
        text = _("还有 %(n)s 条异议没有答复，先答复再封账") % {"n": waiting}
        yield Problem(text=text, where=_("异议"))


def reopening_problems(*, newest: bool, waiting: bool, reason: str) -> Iterator[Problem]:
    """Whether somebody may ask that a sealed result be worked out anew."""
    if not newest:
        yield Problem(text=_("后面已有新的一版，请对最新的一版申请"), where=_("重新核算"))
    if waiting:
        yield Problem(text=_("已经有人申请，等另一人批准"), where=_("重新核算"))
    if not reason.strip():
        yield Problem(text=_("请写明为什么要重新核算"), where=_("理由"))


def decision_problems(*, own: bool, decided: bool, reason: str) -> Iterator[Problem]:
    """Whether somebody else agrees to it or not, once, and says why."""
    if own:
        yield Problem(text=_("申请人不能批准自己的申请，要由另一人批准"), where=_("重新核算"))
    if decided:
        yield Problem(text=_("这份申请已经批过"), where=_("重新核算"))
    if not reason.strip():
        yield Problem(text=_("请写明同意或不同意的理由"), where=_("理由"))
