"""The grammar of formulas, and the one spelling that all texts are brought to before reading."""

GRAMMAR = r"""
start: "="? comparison

?comparison: sum
    | comparison (COMPARE | EQUAL) sum  -> operation
?sum: product
    | sum (PLUS | MINUS) product        -> operation
?product: power
    | product (TIMES | DIVIDE) power    -> operation
?power: percent
    | power POWER percent               -> operation
?percent: sign
    | percent "%"                       -> percent
?sign: atom
    | MINUS sign                        -> negative
    | "+" sign
?atom: NUMBER                           -> number
    | NAME                              -> name
    | BRACKETED                         -> name
    | NAME "(" arguments ")"            -> call
    | "(" comparison ")"                -> parens
arguments: comparison ("," comparison)*
    |

NUMBER: /\d+(\.\d*)?|\.\d+/
NAME: /[^\W\d]\w*/
BRACKETED: /\[[^\[\]\n]+\]/
COMPARE: ">=" | "<=" | "<>" | ">" | "<" | "≥" | "≤" | "≠"
EQUAL: "="
PLUS: "+"
MINUS: "-"
TIMES: "*"
DIVIDE: "/"
POWER: "^"

%ignore /[ \t\r\n]+/
"""

# One character for one, so that a column in the plain text is the same column in the text as typed.
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN = str.maketrans(
    _FULL_WIDTH
    | {"×": "*", "÷": "/", "−": "-", "–": "-", "、": ",", "【": "[", "】": "]"}
    | {"\u3000": " ", "\u00a0": " ", "\ufeff": " "}
)


def plain(text: str) -> str:
    """The text with full-width digits, letters, brackets and operators as half-width ones."""
    return text.translate(_PLAIN)


def plain_name(text: str) -> str:
    """A name in the spelling by which columns, figures and formulas find each other."""
    return " ".join(plain(text).split())
