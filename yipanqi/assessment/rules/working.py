"""The figures of a group worked out: those reported, those computed, and means of totals."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from yipanqi.assessment.rules.evaluating import Group, Missing, Value, evaluate
from yipanqi.assessment.rules.figures import Row, holders_in
from yipanqi.assessment.rules.methods import Figure, Method
from yipanqi.core.problems import Problem, Refused

Worked = dict[str, dict[str, Value]]
Totals = Mapping[str, Fraction | None]


def worked_out(
    method: Method, rows: Sequence[Row], totals: Totals, among: Mapping[str, dict[str, Value]]
) -> Worked:
    """Each holder's figures; `among` are the group's members where the rows are not among them."""
    found: Worked = {row.holder: {} for row in rows}
    group = Group(among or found)
    for figure in method.figures:
        for row in rows:
            values = found[row.holder]
            values[figure.name] = _value(figure, row, values, group, totals)
    return found


def _value(
    figure: Figure, row: Row, values: Mapping[str, Value], group: Group, totals: Totals
) -> Value:
    if figure.lists_holders:
        return None
    try:
        if figure.mean_total_of:
            return _mean_of_totals(row.texts.get(figure.mean_total_of, ""), totals)
        if figure.formula:
            return evaluate(figure.formula.tree, values, group)
    except Refused as refused:
        return refused
    return row.values.get(figure.name)


def _mean_of_totals(text: str, totals: Totals) -> Fraction:
    """The exact mean of the totals of the holders in a list."""
    holders = holders_in(text)
    if not holders:
        raise Missing([Problem(text="没有写名单。请补上单位名称，用顿号隔开。")])
    found = []
    for holder in holders:
        total = totals.get(holder)
        if total is None:
            why = "还没有总分" if holder in totals else "不在先计分的各组里"
            raise Refused([Problem(text=f"“{holder}”{why}。请核对名单和它的数。")])
        found.append(total)
    if len(set(holders)) < len(holders):
        raise Refused([Problem(text="名单里有重复的单位。请删去重复的。")])
    return sum(found, Fraction(0)) / len(found)
