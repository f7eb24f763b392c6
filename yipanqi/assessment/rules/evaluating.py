"""What a formula is worth, exactly; a missing figure or zero divisor is a problem, not nought."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from yipanqi.assessment.rules.nodes import (
    COMPARISONS,
    Call,
    Name,
    Negative,
    Node,
    Number,
    Operation,
    Parens,
    Percent,
    Spot,
    Truth,
)
from yipanqi.assessment.rules.parsing import located
from yipanqi.core.numbers import rounded
from yipanqi.core.problems import Problem, Refused

# A computed figure without a value carries the reason; one that was not reported is None.
Value = Fraction | Refused | None
Values = Mapping[str, Value]

MOST_BITS = 20_000
MOST_POWER = 64
MOST_DECIMALS = 15


class Missing(Refused):
    """No value because a figure is missing; the only failure that 缺(x, y) answers."""


class Group:
    """The figures of all holders of a group, which 组最大 and its like look at."""

    def __init__(self, members: Mapping[str, Values]) -> None:
        self.members = members
        self._known: dict[Node, tuple[Fraction, ...] | Refused] = {}

    def values(self, node: Node) -> tuple[Fraction, ...]:
        """The formula's value for each member, in rising order; refused where one has none."""
        if node not in self._known:
            self._known[node] = self._computed(node)
        found = self._known[node]
        if isinstance(found, Refused):
            raise type(found)(found.problems)
        return found

    def _computed(self, node: Node) -> tuple[Fraction, ...] | Refused:
        values = []
        for holder, figures in self.members.items():
            try:
                values.append(evaluate(node, figures))
            except Refused as refused:
                return type(refused)(
                    replace(problem, text=f"同组的{holder}{problem.text}")
                    for problem in refused.problems
                )
        return tuple(sorted(values))


def evaluate(tree: Node, figures: Values, group: Group | None = None) -> Fraction:
    """The exact value of a formula; a condition is 1 or 0. Refused where there is no value."""
    match tree:
        case Number() | Truth():
            return Fraction(tree.value)
        case Name(name):
            return _figure(name, figures, tree.at)
        case Negative(operand):
            return -evaluate(operand, figures, group)
        case Percent(operand):
            return evaluate(operand, figures, group) / 100
        case Parens(inner):
            return evaluate(inner, figures, group)
        case Operation():
            return _operation(tree, figures, group)
        case _:
            return _call(tree, figures, group)


def _figure(name: str, figures: Values, at: Spot) -> Fraction:
    value = figures.get(name)
    if isinstance(value, Refused):
        reasons = "；".join(problem.text for problem in value.problems)
        raise type(value)([located(f"“{name}”算不出：{reasons}", at)])
    if value is None:
        text = f"缺“{name}”。请补报这个数；确实可以没有的，在公式里写明 缺({name}, 取值)。"
        raise Missing([located(text, at)])
    return value


def _operation(tree: Operation, figures: Values, group: Group | None) -> Fraction:
    left = evaluate(tree.left, figures, group)
    right = evaluate(tree.right, figures, group)
    if tree.operator in COMPARISONS:
        return Fraction(_COMPARE[tree.operator](left, right))
    if tree.operator == "/":
        return _divided(left, right, tree)
    if tree.operator == "^":
        return _raised(left, right, tree.at)
    return _ARITHMETIC[tree.operator](left, right)


_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
}
_ARITHMETIC: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}


def _divided(left: Fraction, right: Fraction, tree: Operation) -> Fraction:
    if right == 0:
        divisor = tree.right.name if isinstance(tree.right, Name) else ""
        what = f"除数“{divisor}”是 0" if divisor else "除数是 0"
        text = f"{what}。请核对这个数；办法允许为 0 的，用 IF 或 IFERROR 写明这时怎么算。"
        raise Refused([located(text, tree.at)])
    return left / right


def _raised(base: Fraction, power: Fraction, at: Spot) -> Fraction:
    if power.denominator != 1 or abs(power) > MOST_POWER:
        raise Refused([located(f"乘方只能是 -{MOST_POWER} 到 {MOST_POWER} 的整数次。", at)])
    if base == 0 and power <= 0:
        raise Refused([located("0 只能有正整数次方。", at)])
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits * abs(power) > MOST_BITS:
        raise Refused([located("乘方的结果太大了。请核对公式。", at)])
    return base ** int(power)


def _call(tree: Call, figures: Values, group: Group | None) -> Fraction:
    if lazy := _LAZY.get(tree.function):
        return lazy(tree, figures, group)
    if over_group := _OVER_GROUP.get(tree.function):
        return over_group(*_in_group(tree, figures, group))
    values = [evaluate(argument, figures, group) for argument in tree.arguments]
    if to_decimals := _TO_DECIMALS.get(tree.function):
        return to_decimals(values[0], _decimals(values[1], tree.at))
    return _PLAIN[tree.function](values)


_PLAIN: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "MIN": min,
    "MAX": max,
    "SUM": lambda values: sum(values, Fraction(0)),
    "AVERAGE": lambda values: sum(values, Fraction(0)) / len(values),
    "ABS": lambda values: abs(values[0]),
    "INT": lambda values: Fraction(floor(values[0])),
    "AND": lambda values: Fraction(all(values)),
    "OR": lambda values: Fraction(any(values)),
    "NOT": lambda values: Fraction(not values[0]),
}


def _decimals(value: Fraction, at: Spot) -> int:
    if value.denominator != 1 or abs(value) > MOST_DECIMALS:
        raise Refused([located(f"小数位数只能是 -{MOST_DECIMALS} 到 {MOST_DECIMALS} 的整数。", at)])
    return int(value)


def _half_up(value: Fraction, decimals: int) -> Fraction:
    scale = Fraction(10) ** decimals
    return rounded(value * scale, 0) / scale


def _away_from_zero(value: Fraction, decimals: int) -> Fraction:
    scale = Fraction(10) ** decimals
    return Fraction(ceil(abs(value) * scale) * (1 if value >= 0 else -1)) / scale


def _towards_zero(value: Fraction, decimals: int) -> Fraction:
    scale = Fraction(10) ** decimals
    return rounded(value * scale, 0, truncate=True) / scale


_TO_DECIMALS: dict[str, Callable[[Fraction, int], Fraction]] = {
    "ROUND": _half_up,
    "ROUNDUP": _away_from_zero,
    "ROUNDDOWN": _towards_zero,
}


def _in_group(
    tree: Call, figures: Values, group: Group | None
) -> tuple[Fraction, tuple[Fraction, ...]]:
    if group is None:
        text = f"这里没有“组”，不能用 {tree.function}。请把它写在分组的计分项或名单里。"
        raise Refused([located(text, tree.at)])
    argument = tree.arguments[0]
    values = group.values(argument)
    return (evaluate(argument, figures) if tree.function == "名次" else values[0]), values


_OVER_GROUP: dict[str, Callable[[Fraction, tuple[Fraction, ...]], Fraction]] = {
    "组最大": lambda own, values: values[-1],
    "组最小": lambda own, values: values[0],
    "组平均": lambda own, values: sum(values, Fraction(0)) / len(values),
    "组合计": lambda own, values: sum(values, Fraction(0)),
    "名次": lambda own, values: Fraction(1 + len(values) - bisect_right(values, own)),
}


def _if(tree: Call, figures: Values, group: Group | None) -> Fraction:
    condition, then, otherwise = tree.arguments
    return evaluate(then if evaluate(condition, figures, group) else otherwise, figures, group)


def _ifs(tree: Call, figures: Values, group: Group | None) -> Fraction:
    for condition, value in zip(tree.arguments[::2], tree.arguments[1::2], strict=True):
        if evaluate(condition, figures, group):
            return evaluate(value, figures, group)
    raise Missing([located("IFS 的条件一个也不成立。请在末尾补上 TRUE, 取值 兜底。", tree.at)])


def _iferror(tree: Call, figures: Values, group: Group | None) -> Fraction:
    try:
        return evaluate(tree.arguments[0], figures, group)
    except Refused:
        return evaluate(tree.arguments[1], figures, group)


def _if_missing(tree: Call, figures: Values, group: Group | None) -> Fraction:
    try:
        return evaluate(tree.arguments[0], figures, group)
    except Missing:
        return evaluate(tree.arguments[1], figures, group)


_LAZY: dict[str, Callable[[Call, Values, Group | None], Fraction]] = {
    "IF": _if,
    "IFS": _ifs,
    "IFERROR": _iferror,
    "缺": _if_missing,
}


def holds(tree: Node, figures: Values, group: Group | None = None) -> bool:
    """Whether a condition is met; refused where that cannot be said."""
    return evaluate(tree, figures, group) != 0


def value_or_problems(
    tree: Node, figures: Values, group: Group | None = None
) -> tuple[Fraction | None, tuple[Problem, ...]]:
    """The value of a formula, or none with the reasons."""
    try:
        return evaluate(tree, figures, group), ()
    except Refused as refused:
        return None, refused.problems
