"""A formula as a tree: what has been read, before anything is computed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Spot:
    """Where in the formula something stands, counted from one."""

    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        line = f"第 {self.line} 行" if self.line > 1 else ""
        return f"{line}第 {self.column} 个字"


# The spot is no part of what a formula means: two equal formulas are equal wherever they stand.
@dataclass(frozen=True)
class Number:
    """A number as written; the text keeps how its author wrote it."""

    value: Fraction
    text: str
    at: Spot = field(default=Spot(), compare=False)


@dataclass(frozen=True)
class Truth:
    """TRUE or FALSE; they count as 1 and 0, as in Excel."""

    value: bool
    at: Spot = field(default=Spot(), compare=False)

    @property
    def text(self) -> str:
        """How Excel writes it."""
        return "TRUE" if self.value else "FALSE"


@dataclass(frozen=True)
class Name:
    """A figure (指标) by its name."""

    name: str
    at: Spot = field(default=Spot(), compare=False)


@dataclass(frozen=True)
class Negative:
    """Unary minus; as in Excel it binds tighter than the power: -2^2 is 4."""

    operand: "Node"
    at: Spot = field(default=Spot(), compare=False)


@dataclass(frozen=True)
class Percent:
    """A value in hundredths: 10%."""

    operand: "Node"
    at: Spot = field(default=Spot(), compare=False)


@dataclass(frozen=True)
class Parens:
    """Brackets, kept so that the formula is told as it was written."""

    inner: "Node"
    at: Spot = field(default=Spot(), compare=False)


@dataclass(frozen=True)
class Operation:
    """Two values and what is between them: + - * / ^ or one of = <> > < >= <=."""

    left: "Node"
    operator: str
    right: "Node"
    at: Spot = field(default=Spot(), compare=False)


@dataclass(frozen=True)
class Call:
    """A function and what it is given."""

    function: str
    arguments: tuple["Node", ...]
    at: Spot = field(default=Spot(), compare=False)


Node = Number | Truth | Name | Negative | Percent | Parens | Operation | Call

COMPARISONS = frozenset({"=", "<>", ">", "<", ">=", "<="})


@dataclass(frozen=True)
class Formula:
    """A formula as its author wrote it, and the tree that was read from it."""

    text: str
    tree: Node


def parts(node: Node) -> tuple[Node, ...]:
    """What a node is directly made of."""
    match node:
        case Negative(operand) | Percent(operand) | Parens(operand):
            return (operand,)
        case Operation(left, _, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it, from left to right."""
    yield node
    for part in parts(node):
        yield from walk(part)


def names_in(node: Node) -> Iterator[Name]:
    """Every figure that a formula names, as often as it names it."""
    return (part for part in walk(node) if isinstance(part, Name))


def without_parens(node: Node) -> Node:
    """The node inside any brackets around it."""
    while isinstance(node, Parens):
        node = node.inner
    return node


def is_condition(node: Node) -> bool:
    """Whether a formula answers yes or no by its form."""
    inner = without_parens(node)
    match inner:
        case Truth():
            return True
        case Operation(_, operator, _):
            return operator in COMPARISONS
        case Call(function, _):
            return function in {"AND", "OR", "NOT"}
        case _:
            return False
