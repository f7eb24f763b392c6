"""A formula as a live spreadsheet formula over cells."""

from collections.abc import Callable, Sequence
from typing import Protocol

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
    Truth,
    is_condition,
    without_parens,
)

# A spreadsheet counts in binary fractions, where (11/10-1)/10% is a little less than 1. What is
# floored or compared is first rounded to nine decimals: finer than any figure, coarser than that.
FINE = 9

_RENAMED = {"IFS": "_xlfn.IFS", "缺": "_xlfn.IFNA"}
_OVER_RANGE = {"组最大": "MAX", "组最小": "MIN", "组平均": "AVERAGE", "组合计": "SUM"}


class Cells(Protocol):
    """Where the figures of one holder, and a formula's values for the whole group, stand."""

    def cell(self, name: str) -> str:
        """The cell with this holder's figure."""

    def group_range(self, node: Node) -> str:
        """The cells with the value of the formula for every member of the group."""


def to_excel(tree: Node, cells: Cells) -> str:
    """The spreadsheet formula, without its equals sign; always a number, never a bare TRUE."""
    text = _text(tree, cells)
    return text if _gives_number(tree) else f"N({text})"


def fine(text: str) -> str:
    """A value rounded as finely as spreadsheets can be trusted."""
    return f"ROUND({text},{FINE})"


def _text(node: Node, cells: Cells) -> str:
    match node:
        case Number() | Truth():
            return node.text
        case Name(name):
            return cells.cell(name)
        case Negative(operand):
            return f"-{_text(operand, cells)}"
        case Percent(operand):
            return f"{_text(operand, cells)}%"
        case Parens(inner):
            return f"({_text(inner, cells)})"
        case Operation(left, operator, right):
            tell = _compared if operator in COMPARISONS else _text
            return f"{tell(left, cells)}{operator}{tell(right, cells)}"
        case _:
            return _call(node, cells)


def _compared(node: Node, cells: Cells) -> str:
    return _text(node, cells) if isinstance(node, Number) else fine(_text(node, cells))


def _condition(node: Node, cells: Cells) -> str:
    return _text(node, cells) if is_condition(node) else f"{fine(_text(node, cells))}<>0"


def _call(call: Call, cells: Cells) -> str:
    if call.function in _OVER_RANGE:
        return f"{_OVER_RANGE[call.function]}({cells.group_range(call.arguments[0])})"
    if call.function == "名次":
        return _place(call.arguments[0], cells)
    tellers = _tellers(call)
    told = (tell(part, cells) for tell, part in zip(tellers, call.arguments, strict=True))
    return f"{_RENAMED.get(call.function, call.function)}({','.join(told)})"


def _place(argument: Node, cells: Cells) -> str:
    """Counted and not RANKed: RANK compares to the last bit, and would part equal values."""
    others = fine(cells.group_range(argument))
    return f"(SUMPRODUCT(--({others}>{fine(_text(argument, cells))}))+1)"


def _tellers(call: Call) -> Sequence[Callable[[Node, Cells], str]]:
    count = len(call.arguments)
    match call.function:
        case "IF":
            return [_condition, _text, _text]
        case "IFS":
            return [_condition, _text] * (count // 2)
        case "AND" | "OR" | "NOT":
            return [_condition] * count
        case "INT" | "ROUND" | "ROUNDUP" | "ROUNDDOWN":
            return [_compared, *[_text] * (count - 1)]
        case "IFERROR" | "缺":
            return [_text] * count
        case _:
            return [to_excel] * count


def _gives_number(node: Node) -> bool:
    """A cell with TRUE would be left out of a SUM, so it must be known what is no number."""
    inner = without_parens(node)
    if isinstance(inner, Call) and inner.function in _CHOOSING:
        places = _CHOOSING[inner.function](len(inner.arguments))
        return all(_gives_number(inner.arguments[place]) for place in places)
    return not is_condition(inner)


_CHOOSING: dict[str, Callable[[int], range]] = {
    "IF": lambda count: range(1, 3),
    "IFS": lambda count: range(1, count, 2),
    "IFERROR": lambda count: range(2),
    "缺": lambda count: range(2),
}
