"""A formula told with its figures in place: 满分 30 × MIN(3 ÷ 3, 1.2)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from yipanqi.assessment.rules.evaluating import Group, Values, value_or_problems
from yipanqi.assessment.rules.functions import FUNCTIONS
from yipanqi.assessment.rules.names import told_by_name
from yipanqi.assessment.rules.nodes import (
    Call,
    Name,
    Negative,
    Node,
    Number,
    Operation,
    Parens,
    Percent,
    Truth,
)
from yipanqi.core.numbers import shown

NOTHING = "缺"

_SIGNS = {"*": "×", "/": "÷", ">=": "≥", "<=": "≤", "<>": "≠"}


@dataclass(frozen=True)
class Piece:
    """A piece of an explanation: words, or, with a name, a figure that opens to what it counts."""

    text: str
    name: str = ""
    value: Fraction | None = None


Pieces = tuple[Piece, ...]
Show = Callable[[str, Fraction], str]


def said(pieces: Iterable[Piece]) -> str:
    """The explanation as one line of text."""
    return "".join(piece.text for piece in pieces)


def brief(value: Fraction, decimals: int = 4) -> str:
    """A number with at most so many decimals and no needless noughts behind the point."""
    text = shown(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_brief(name: str, value: Fraction) -> str:
    """A figure shown when nothing is known of its unit."""
    return brief(value)


def explain(
    tree: Node, figures: Values, group: Group | None = None, show: Show = show_brief
) -> Pieces:
    """The formula with its figures in place; each figure is a piece of its own."""
    return tuple(_joined(_pieces(tree, figures, group, show)))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbouring words made one piece."""
    words = ""
    for piece in pieces:
        if not piece.name:
            words += piece.text
            continue
        if words:
            yield Piece(words)
        words = ""
        yield piece
    if words:
        yield Piece(words)


def _pieces(node: Node, figures: Values, group: Group | None, show: Show) -> Iterator[Piece]:
    match node:
        case Number() | Truth():
            yield Piece(node.text)
        case Name(name):
            yield _figure(name, figures, show)
        case Negative(operand):
            yield Piece("-")
            yield from _pieces(operand, figures, group, show)
        case Percent(operand):
            yield from _pieces(operand, figures, group, show)
            yield Piece("%")
        case Parens(inner):
            yield Piece("(")
            yield from _pieces(inner, figures, group, show)
            yield Piece(")")
        case Operation(left, operator, right):
            yield from _pieces(left, figures, group, show)
            yield Piece("^" if operator == "^" else f" {_SIGNS.get(operator, operator)} ")
            yield from _pieces(right, figures, group, show)
        case _:
            yield from _call(node, figures, group, show)


def _figure(name: str, figures: Values, show: Show) -> Piece:
    value = figures.get(name)
    if not isinstance(value, Fraction):
        return Piece(f"{name}（{NOTHING}）", name)
    text = show(name, value)
    return Piece(f"{name} {text}" if told_by_name(name) else text, name, value)


def _call(call: Call, figures: Values, group: Group | None, show: Show) -> Iterator[Piece]:
    if FUNCTIONS[call.function].over_group:
        yield _of_group(call, figures, group, show)
        return
    yield Piece(f"{call.function}(")
    for number, argument in enumerate(call.arguments):
        if number:
            yield Piece(", ")
        yield from _pieces(argument, figures, group, show)
    yield Piece(")")


def _of_group(call: Call, figures: Values, group: Group | None, show: Show) -> Piece:
    """What 组最大 and its like came to; the name of the piece is the figure they look at."""
    value, _ = value_or_problems(call, figures, group)
    argument = call.arguments[0]
    name = argument.name if isinstance(argument, Name) else call.function
    as_what = "" if call.function == "名次" else name
    text = NOTHING if value is None else show(as_what, value)
    return Piece(f"{call.function} {text}", name, value)
