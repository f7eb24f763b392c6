"""The points of one holder for one item or part, within their bounds, and how they came about."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from yipanqi.assessment.rules.evaluating import Group, Value, Values, evaluate
from yipanqi.assessment.rules.explaining import Piece, Pieces, explain
from yipanqi.assessment.rules.methods import Item, Method, Part, Veto, shower
from yipanqi.assessment.rules.nodes import Formula, Number
from yipanqi.assessment.rules.sheets import Line
from yipanqi.core.problems import Refused

Told = tuple[Line, Value]


def line_of(method: Method, item: Item, scope: Values, group: Group) -> Told:
    """The line of an item, and what others see of its points: the number or why there is none."""

    def formula() -> Pieces:
        return explain(item.formula.tree, scope, group, shower(method))

    try:
        value = evaluate(item.formula.tree, scope, group)
        points, bound = _bounded(method, item, value, scope, group)
    except Refused as refused:
        return _unsaid(item.item, item.clause, formula, refused), refused

    def told() -> Pieces:
        result = Piece(f" = {method.printed(value)}")
        kept = (*bound, Piece(f"，得 {method.printed(points)}")) if bound else ()
        return (*formula(), result, *kept)

    return Line(item=item.item, points=points, tell=told, clause=item.clause), points


def part_of(
    method: Method, part: Part, points: Sequence[Value], scope: Values, group: Group
) -> tuple[Line | None, Value]:
    """What the bounds of a part take or give, if they do, and the points of the whole part."""
    earned = Fraction(0)
    for value in points:
        if not isinstance(value, Fraction):
            return None, value
        earned += value
    told = (Piece(f"{part.part}各项合计 {method.printed(earned)}"),)
    try:
        bounded, bound = _bounded(method, part, earned, scope, group)
    except Refused as refused:
        return _unsaid(part.part, part.clause, lambda: told, refused), refused
    if bounded == earned:
        return None, earned
    change = method.printed(abs(bounded - earned))
    last = Piece(f"，{'减' if bounded < earned else '加'} {change}")
    line = Line(
        item=part.part,
        points=bounded - earned,
        tell=lambda: (*told, *bound, last),
        clause=part.clause,
    )
    return line, bounded


def veto_line(veto: Veto, earned: Fraction) -> Line:
    """What a veto takes away, so that a total stays the sum of its lines."""
    because = (Piece(f"{veto.says}总分记 0 分。"),)
    return Line(item=veto.veto, points=-earned, tell=lambda: because, clause=veto.clause)


def _unsaid(item: str, clause: str, tell: Callable[[], Pieces], refused: Refused) -> Line:
    told = Piece(f"，算不出：{'；'.join(problem.text for problem in refused.problems)}")
    return Line(item=item, points=None, tell=lambda: (*tell(), told), clause=clause)


def _bounded(
    method: Method, bounds: Item | Part, value: Fraction, scope: Values, group: Group
) -> tuple[Fraction, Pieces]:
    """The value within its bounds, and which of them it has met."""
    told: Pieces = ()
    if bounds.at_most and (most := evaluate(bounds.at_most.tree, scope, group)) < value:
        value, told = most, _told(method, "不高于", bounds.at_most, most, scope, group)
    if bounds.at_least and (least := evaluate(bounds.at_least.tree, scope, group)) > value:
        value, told = least, _told(method, "不低于", bounds.at_least, least, scope, group)
    return value, told


def _told(
    method: Method, words: str, bound: Formula, value: Fraction, scope: Values, group: Group
) -> Pieces:
    show = shower(method)
    if isinstance(bound.tree, Number):
        return (Piece(f"，{words} {show('', value)}"),)
    return (
        Piece(f"，{words} "),
        *explain(bound.tree, scope, group, show),
        Piece(f" = {show('', value)}"),
    )
