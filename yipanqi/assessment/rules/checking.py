"""Values that must agree (勾稽): parts with a stated total, a printed rate with its parts."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from yipanqi.assessment.rules.evaluating import Group, Values, value_or_problems
from yipanqi.assessment.rules.explaining import brief
from yipanqi.assessment.rules.figures import Figures, Row
from yipanqi.assessment.rules.methods import Check, Method
from yipanqi.assessment.rules.working import Worked, worked_out
from yipanqi.core.numbers import rounded, shown
from yipanqi.core.problems import Problem, Weight


def problems_of_checks(method: Method, figures: Figures, values: Worked) -> Iterator[Problem]:
    """What does not agree, with both values and their difference; it warns and stops nothing."""
    stated = [row for row in figures if row.holder in method.stated_totals]
    compared = worked_out(method, stated, {}, {}, among=values)
    everybody = Group(values)
    for check in method.checks:
        if not check.of:
            yield from _of_each(method, check, figures, values)
        elif check.of in compared:
            yield from _problem(check, check.of, compared[check.of], everybody)
        else:
            yield _warning(check, check.of, f"没有“{check.of}”这一行，无法核对。请补上。")


def _of_each(
    method: Method, check: Check, figures: Sequence[Row], values: Worked
) -> Iterator[Problem]:
    for group in method.groups:
        holders = sorted(row.holder for row in figures if row.group == group.group)
        members = {holder: values[holder] for holder in holders if holder in values}
        for holder, own in members.items():
            yield from _problem(check, holder, own, Group(members))


def _problem(check: Check, holder: str, values: Values, group: Group) -> Iterator[Problem]:
    this, reasons = value_or_problems(check.this.tree, values, group)
    equals, more = value_or_problems(check.equals.tree, values, group)
    if this is None or equals is None:
        for reason in (*reasons, *more):
            yield _warning(check, holder, reason.text)
        return
    this, equals = _comparable(check, this), _comparable(check, equals)
    if this != equals:
        text = (
            f"算得 {_told(check, this)}，公布 {_told(check, equals)}，"
            f"相差 {_told(check, this - equals, points=True)}。请核对哪一个有误。"
        )
        yield _warning(check, holder, text)


def _warning(check: Check, holder: str, text: str) -> Problem:
    return Problem(where=f"{holder} {check.check}", text=text, weight=Weight.WARNS)


def _comparable(check: Check, value: Fraction) -> Fraction:
    scaled = value * 100 if check.unit == "%" else value
    return scaled if check.decimals is None else rounded(scaled, check.decimals)


def _told(check: Check, value: Fraction, *, points: bool = False) -> str:
    text = brief(value, 6) if check.decimals is None else shown(value, check.decimals)
    unit = " 个百分点" if points and check.unit == "%" else check.unit
    return f"{text}{unit}"
