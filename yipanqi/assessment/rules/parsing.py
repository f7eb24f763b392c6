"""From the text of a formula to its tree; every refusal says where, what and what to do."""

from fractions import Fraction
from typing import cast

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from rapidfuzz import process

from yipanqi.assessment.rules.functions import FUNCTIONS
from yipanqi.assessment.rules.grammar import GRAMMAR, plain, plain_name
from yipanqi.assessment.rules.names import POINTS, points_of
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
    parts,
    walk,
)
from yipanqi.core.problems import Problem, Refused

MOST_CHARACTERS = 2000
MOST_LEVELS = 50

_SPELLINGS = {"≥": ">=", "≤": "<=", "≠": "<>"}
_TRUTHS = {"TRUE": True, "FALSE": False}


def parse(text: str) -> Node:
    """The tree of a formula; refused with line, column and remedy where it cannot be read."""
    if len(text) > MOST_CHARACTERS:
        raise _refuse(
            f"公式有 {len(text)} 个字，最多 {MOST_CHARACTERS} 个。请拆成几个指标分步计算。"
        )
    ready = plain(text)
    try:
        tree = cast("Node", _PARSER.parse(ready))
    except UnexpectedInput as error:
        raise _refuse(_unreadable(error, ready), _spot_of_error(error)) from None
    if _levels(tree) > MOST_LEVELS:
        raise _refuse(f"公式套了超过 {MOST_LEVELS} 层。请拆成几个指标分步计算，连加请用 SUM。")
    if problems := [problem for node in walk(tree) for problem in _problems_of(node)]:
        raise Refused(problems)
    return tree


def nearest(name: str, known: list[str]) -> str:
    """A question that offers the names most like the one that is not known, or nothing."""
    found = process.extract(name, known, limit=3, score_cutoff=50)
    return f"是不是 {'、'.join(f'“{match[0]}”' for match in found)}？" if found else ""


def located(text: str, at: Spot) -> Problem:
    """A problem at a spot of a formula."""
    return Problem(where=f"公式{at}", text=text)


def _refuse(text: str, at: Spot | None = None) -> Refused:
    return Refused([located(text, at) if at else Problem(where="公式", text=text)])


def _spot_of_error(error: UnexpectedInput) -> Spot:
    ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    return Spot(max(error.line, 1), max(error.column, 1) + (len(error.token) if ended else 0))  # type: ignore[attr-defined]


def _unreadable(error: UnexpectedInput, text: str) -> str:
    if isinstance(error, UnexpectedCharacters):
        return _unknown_character(text[error.pos_in_stream or 0])
    token = cast("UnexpectedToken", error).token
    if token.type != "$END":
        remedy = "请看它前面是否少了运算符、逗号或括号；名称里有符号的写在 [ ] 里。"
        return f"读到“{token}”就读不通了。{remedy}"
    unclosed = text.count("(") - text.count(")")
    if unclosed > 0:
        return f"公式没有写完，缺 {unclosed} 个右括号。请补上。"
    return "公式没有写完。请补上后面的数、名称或括号。"


def _unknown_character(character: str) -> str:
    if character in "\"'“”‘’":
        return "公式里不能写文字，只能写数、指标名称和函数。"
    if character in "[]":
        return "方括号没有配成对。请把名称写成 [≥1亿元签约数] 这样，前后各一个。"
    return f"“{character}”不能用在公式里。名称里有特殊符号的，请写成 [名称]。"


def _levels(tree: Node) -> int:
    """How deep a tree is; counted level by level, for a tree may be too deep to recurse into."""
    count, level = 0, [tree]
    while level:
        count, level = count + 1, [part for node in level for part in parts(node)]
    return count


def _problems_of(node: Node) -> list[Problem]:
    match node:
        case Operation(Operation(_, inner, _), operator, _) if {inner, operator} <= COMPARISONS:
            return [located("比较不能连写。请写成 AND(80%<=率, 率<100%) 这样。", node.at)]
        case Call():
            return _problems_of_call(node)
        case _:
            return []


def _problems_of_call(call: Call) -> list[Problem]:
    function = FUNCTIONS.get(call.function)
    if function is None:
        hint = nearest(call.function, list(FUNCTIONS)) or f"可用的函数：{'、'.join(FUNCTIONS)}。"
        return [located(f"没有函数“{call.function}”。{hint}", call.at)]
    if call.function == POINTS:
        return [located(f"{POINTS} 里写一个计分项或部分的名称，例如 {function.example}", call.at)]
    count = len(call.arguments)
    if not function.least <= count <= function.most:
        wanted = " " if function.least == function.most else "至少 "
        text = f"{call.function} 要{wanted}{function.least} 个值，这里有 {count} 个。例如 {function.example}"
        return [located(text, call.at)]
    if function.pairs and count % 2:
        text = f"{call.function} 要成对的“条件, 值”，这里有 {count} 个。例如 {function.example}"
        return [located(text, call.at)]
    if function.over_group and any(map(_asks_the_group, call.arguments)):
        text = f"{call.function} 里不能再用组最大、组最小、组平均、组合计、名次。请先另设一个指标。"
        return [located(text, call.at)]
    return []


def _asks_the_group(argument: Node) -> bool:
    group_functions = {function.name for function in FUNCTIONS.values() if function.over_group}
    calls = (node for node in walk(argument) if isinstance(node, Call))
    return any(call.function in group_functions for call in calls)


def _spot(token: Token) -> Spot:
    return Spot(token.line or 1, token.column or 1)


class _Tree(Transformer[Token, Node]):
    """Builds the nodes from the bottom up while lark reads: no depth can exhaust the stack."""

    def start(self, found: list[Node]) -> Node:
        return found[0]

    def number(self, found: list[Token]) -> Node:
        return Number(Fraction(f"{found[0]}".rstrip(".")), str(found[0]), _spot(found[0]))

    def name(self, found: list[Token]) -> Node:
        token = found[0]
        if token.type == "NAME" and token.upper() in _TRUTHS:
            return Truth(_TRUTHS[token.upper()], _spot(token))
        return Name(plain_name(token.strip("[]")), _spot(token))

    def negative(self, found: list[Node]) -> Node:
        return Negative(found[1], _spot(cast("Token", found[0])))

    def percent(self, found: list[Node]) -> Node:
        return Percent(found[0], found[0].at)

    def parens(self, found: list[Node]) -> Node:
        return Parens(found[0], found[0].at)

    def operation(self, found: list[Node]) -> Node:
        token = cast("Token", found[1])
        return Operation(found[0], _SPELLINGS.get(token, str(token)), found[2], _spot(token))

    def arguments(self, found: list[Node]) -> list[Node]:
        return found

    def call(self, found: list[Node]) -> Node:
        token, arguments = cast("tuple[Token, list[Node]]", tuple(found))
        if token == POINTS and len(arguments) == 1 and isinstance(arguments[0], Name):
            return Name(points_of(arguments[0].name), _spot(token))
        return Call(token.upper(), tuple(arguments), _spot(token))


_PARSER = Lark(GRAMMAR, parser="lalr", transformer=_Tree(), maybe_placeholders=False)
