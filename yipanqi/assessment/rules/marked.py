"""YAML read with its line numbers, so that whatever is wrong can be shown to its author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

import yaml

from yipanqi.assessment.rules.grammar import plain
from yipanqi.assessment.rules.names import TOTAL, item_in
from yipanqi.assessment.rules.nodes import Formula, Node, Number, names_in
from yipanqi.assessment.rules.parsing import nearest, parse
from yipanqi.assessment.rules.slips import slip
from yipanqi.core.problems import Problem, Refused

MOST_TEXT = 200_000
MOST_LEVELS = 100

Scalar = str | int | bool

_CELL = re.compile(r"[A-Z]{1,3}\d{1,5}")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)%?")


def line_of(node: yaml.Node) -> int:
    """The line on which a node begins, counted from one."""
    return int(node.start_mark.line) + 1


def to_number(text: str) -> Fraction | None:
    """A number as people write it, exactly; none where the text is no number."""
    ready = plain(text).strip()
    if not _NUMBER.fullmatch(ready) or len(ready) > 60:
        return None
    return Fraction(ready.rstrip("%").rstrip(".")) / (100 if ready.endswith("%") else 1)


@dataclass(frozen=True)
class Spot:
    """A value in the file, its key, and the list in which its problems are gathered."""

    node: yaml.Node
    key: str
    line: int
    problems: list[Problem]

    def trouble(self, text: str) -> None:
        """Note what is wrong here."""
        where = f"第 {self.line} 行 {self.key}".strip()
        self.problems.append(Problem(where=where, text=text))

    def entries(self) -> list[Spot]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.trouble("这里应当是一个列表，每项以“- ”开头。")
            return []
        return [
            Spot(node, f"{self.key}[{number}]", line_of(node), self.problems)
            for number, node in enumerate(self.node.value, start=1)
        ]

    @property
    def is_list(self) -> bool:
        """Whether a list stands here."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_mapping(self) -> bool:
        """Whether a mapping stands here."""
        return isinstance(self.node, yaml.MappingNode)

    def text(self) -> str:
        """A text that is not empty."""
        if isinstance(self.node, yaml.ScalarNode) and self.node.value.strip():
            return str(self.node.value).strip()
        self.trouble("这里应当写一段文字，不能空着。")
        return ""

    def texts(self) -> tuple[str, ...]:
        """One text, or a list of them."""
        return tuple(spot.text() for spot in self.entries()) if self.is_list else (self.text(),)

    def formula(self, known: Sequence[str]) -> Formula:
        """A formula that names nothing but known figures."""
        text = self.text()
        tree = self._parsed(text)
        for name in names_in(tree):
            if name.name not in known:
                self.trouble(f"公式{name.at}：{_unknown(name.name, known)}")
        return Formula(text, tree)

    def _parsed(self, text: str) -> Node:
        try:
            return parse(text)
        except Refused as refused:
            for problem in refused.problems:
                self.trouble(str(problem))
            return Number(Fraction(0), "0")

    def flat(self) -> Scalar | tuple[Scalar, ...]:
        """A single value or a list of them, kept as written for whoever understands them."""
        return tuple(spot._scalar() for spot in self.entries()) if self.is_list else self._scalar()

    def _scalar(self) -> Scalar:
        text = self.text()
        if isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:bool":
            return text.lower() in {"true", "yes", "on"}
        is_whole = isinstance(self.node, yaml.ScalarNode) and re.fullmatch(r"-?\d{1,18}", text)
        plain_style = isinstance(self.node, yaml.ScalarNode) and self.node.style is None
        return int(text) if is_whole and plain_style else text


def _unknown(name: str, known: Sequence[str]) -> str:
    """What to do about a name that means nothing here."""
    if item := item_in(name):
        items = [found for each in known if (found := item_in(each))]
        hint = nearest(item, items) or (f"可以写：{'、'.join(items)}。" if items else "")
        return f"这里取不到“{item}”的得分。计分项里只能取排在前面的，其余要每个组都有。{hint}"
    if name == TOTAL:
        return "这里没有总分。请改用指标；总分只能用在名单、榜和等次里，这些组都要有计分项。"
    if _CELL.fullmatch(name):
        return f"“{name}”像是单元格的地址。公式里请写指标的名称。"
    hint = nearest(name, list(known)) or "请先在 figures 里写上它。"
    return f"没有指标“{name}”。{hint}"


def _brackets(text: str) -> int:
    """How many brackets are open at once; the YAML scanner takes very long over thousands."""
    steps = ((character in "[{") - (character in "]}") for character in text)
    return max(accumulate(steps), default=0)


def read_yaml(text: str) -> Spot:
    """The root of a YAML file; refused with the line where it cannot be read."""
    if len(text) > MOST_TEXT:
        raise Refused([Problem(text=f"文件超过 {MOST_TEXT} 个字，不像一份考核办法。")])
    if _brackets(text) > MOST_LEVELS:
        raise Refused([Problem(text="文件套得太深，不像一份考核办法。")])
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Refused([slip(text, line)]) from None
    except yaml.YAMLError:
        raise Refused([Problem(text="文件里有不能用的字符。请存为 UTF-8 文本。")]) from None
    except RecursionError:
        raise Refused([Problem(text="文件套得太深，不像一份考核办法。")]) from None
    if node is None:
        raise Refused([Problem(text="文件是空的。请先写 method、figures 和 groups。")])
    return Spot(node, "", 1, [])
