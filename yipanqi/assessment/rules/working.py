"""The figures of a group worked out: those reported, those computed, and means of totals."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from yipanqi.assessment.rules.evaluating import Group, Missing, Value, evaluate
from yipanqi.assessment.rules.figures import Row, holders_in
from yipanqi.assessment.rules.methods import Figure, Method
from yipanqi.core.problems import Problem, Refused

Worked = dict[str, dict[str, Value]]
Totals = Mapping[str, Fraction | None]
Before = tuple[Totals, Worked]


def worked_out(
    method: Method, rows: Sequence[Row], totals: Totals, known: Worked, *, among: Worked
) -> Worked:
    """Each holder's figures; `among` are the group's members where the rows are not among them.

    `totals` and `known` are the totals and figures of those who were scored before.
    """
    found: Worked = {row.holder: {} for row in rows}
    group = Group(among or found)
    for figure in method.figures:
        for row in rows:
            values = found[row.holder]
            values[figure.name] = _value(figure, row, values, group, (totals, known))
    return found


def _value(
    figure: Figure, row: Row, values: Mapping[str, Value], group: Group, before: Before
) -> Value:
    if figure.lists_holders:
        return None
    try:
        if figure.mean_total_of:
            return _mean_of_totals(figure, row.texts.get(figure.mean_total_of, ""), *before)
        if figure.formula:
            return evaluate(figure.formula.tree, values, group)
    except Refused as refused:
        return refused
    return row.values.get(figure.name)


def _mean_of_totals(figure: Figure, text: str, totals: Totals, known: Worked) -> Fraction:
    """The exact mean of the totals of the holders in a list, by a figure of theirs if one is named."""
    holders = holders_in(text)
    if not holders:
        raise Missing([Problem(text="没有写名单。请补上单位名称，用顿号隔开。")])
    found, weights = [], []
    for holder in holders:
        total = totals.get(holder)
        if total is None:
            why = "还没有总分" if holder in totals else "不在先计分的各组里"
            raise Refused([Problem(text=f"“{holder}”{why}。请核对名单和它的数。")])
        found.append(total)
        weights.append(_weight(figure.weighted_by, holder, known))
    if len(set(holders)) < len(holders):
        raise Refused([Problem(text="名单里有重复的单位。请删去重复的。")])
    if not sum(weights):
        raise Refused([Problem(text=f"“{figure.weighted_by}”合计是 0，不能用它加权。请核对。")])
    products = (total * weight for total, weight in zip(found, weights, strict=True))
    return sum(products, Fraction(0)) / sum(weights, Fraction(0))


def _weight(name: str, holder: str, known: Worked) -> Fraction:
    """What a holder weighs in the mean: its figure, or one where no figure is named."""
    if not name:
        return Fraction(1)
    value = known[holder].get(name)
    if not isinstance(value, Fraction):
        raise Missing([Problem(text=f"“{holder}”没有加权用的“{name}”。请补报这个数。")])
    return value
