"""The entries of a mapping in a method file, by key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

import yaml

from yipanqi.assessment.rules.grammar import plain
from yipanqi.assessment.rules.marked import Spot, line_of, to_number
from yipanqi.assessment.rules.nodes import Formula, Number
from yipanqi.assessment.rules.parsing import nearest

Word = TypeVar("Word", bound=StrEnum)

MEANINGS = {
    "ordinary": "计分项",
    "bonus": "加分项",
    "deduction": "扣分项",
    "half_up": "四舍五入",
    "truncate": "截断",
    "skip": "1、2、2、4",
    "dense": "1、2、2、3",
    "shared": "1、2、2、4，印“并列”",
    "high": "大的在前",
    "low": "小的在前",
    "year": "年度",
    "half_year": "半年",
    "quarter": "季度",
    "month": "月度",
}
"""What each word that a key may take means to its author."""


@dataclass(frozen=True)
class Fields:
    """The values of a mapping; what is absent or wrong is noted at its line."""

    spot: Spot
    found: Mapping[str, Spot]

    def __contains__(self, key: str) -> bool:
        return key in self.found

    def needed(self, key: str) -> Spot | None:
        """The value of a key that must be there."""
        if key not in self.found:
            self.spot.trouble(f"缺“{key}”。请补上这一行。")
        return self.found.get(key)

    def text(self, key: str) -> str:
        """A text, or an empty one where the key is absent."""
        return self.found[key].text() if key in self.found else ""

    def needed_text(self, key: str) -> str:
        """A text that must be there."""
        spot = self.needed(key)
        return spot.text() if spot else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or several, none where the key is absent."""
        return self.found[key].texts() if key in self.found else ()

    def entries(self, key: str) -> list[Spot]:
        """The members of a list, none where the key is absent."""
        return self.found[key].entries() if key in self.found else []

    def number(self, key: str) -> Fraction | None:
        """An exact number, or none."""
        if key not in self.found:
            return None
        text = self.found[key].text()
        value = to_number(text)
        if text and value is None:
            self.found[key].trouble(f"“{text}”不是数。请写 30、0.5 或 120% 这样的数。")
        return value

    def whole(self, key: str, least: int, most: int) -> int | None:
        """A whole number within bounds, or none."""
        value = self.number(key)
        if value is not None and (value.denominator != 1 or not least <= value <= most):
            self.found[key].trouble(f"这里应当是 {least} 到 {most} 的整数。")
            return None
        return None if value is None else int(value)

    def word(self, key: str, otherwise: Word) -> Word:
        """One of a few words, or the usual one where the key is absent."""
        options = {word.value: word for word in type(otherwise)}
        text = self.text(key)
        if text and text not in options:
            listed = "、".join(f"{word}（{MEANINGS[word]}）" for word in options)
            self.found[key].trouble(f"“{text}”不在可选的词里。可以写：{listed}。")
        return options.get(text, otherwise)

    def formula(self, key: str, known: Sequence[str]) -> Formula | None:
        """A formula over known names, or none."""
        return self.found[key].formula(known) if key in self.found else None

    def needed_formula(self, key: str, known: Sequence[str]) -> Formula:
        """A formula that must be there."""
        spot = self.needed(key)
        return spot.formula(known) if spot else Formula("0", Number(Fraction(0), "0"))

    def number_or_formula(self, key: str, known: Sequence[str]) -> Formula | None:
        """A number, or a formula that begins with its equals sign; none where the key is absent."""
        if key not in self.found:
            return None
        if plain(self.found[key].text()).lstrip().startswith("="):
            return self.formula(key, known)
        value = self.number(key)
        text = plain(self.text(key)).strip()
        return None if value is None else Formula(text, Number(value, text))

    def truth(self, key: str) -> bool:
        """Yes or no; no where the key is absent."""
        if key not in self.found:
            return False
        value = self.found[key].flat()
        if not isinstance(value, bool):
            self.found[key].trouble("这里写 true 或 false。")
        return value is True

    def among(self, key: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """Names that must be known."""
        names = self.texts(key)
        for name in names:
            if name not in known:
                hint = nearest(name, list(known)) or f"可以写：{'、'.join(known)}。"
                self.found[key].trouble(f"没有{what}“{name}”。{hint}")
        return names


def fields_of(spot: Spot, known: Collection[str] = ()) -> Fields:
    """The mapping at a spot; repeated keys are problems, unknown ones too if the known are told."""
    if not isinstance(spot.node, yaml.MappingNode):
        spot.trouble("这里应当是“键: 值”的形式，每个键一行。")
        return Fields(spot, {})
    found: dict[str, Spot] = {}
    for key_node, value_node in spot.node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        name = f"{spot.key}.{key}".lstrip(".")
        entry = Spot(value_node, name, line_of(key_node), spot.problems)
        if key in found:
            entry.trouble(f"“{key}”写了两次。请删去一个。")
        elif known and key not in known:
            hint = nearest(key, list(known)) or f"可以写：{'、'.join(known)}。"
            entry.trouble(f"不认识“{key}”。{_COMMA if _cut_off(spot, value_node) else hint}")
        found.setdefault(key, entry)
    return Fields(spot, found)


_COMMA = "写在 { } 里的公式如果有逗号，要用英文双引号把整个公式括起来。"


def _cut_off(spot: Spot, value: yaml.Node) -> bool:
    """Whether a key is probably the rest of a formula that a comma cut in two."""
    in_braces = isinstance(spot.node, yaml.MappingNode) and spot.node.flow_style
    return bool(in_braces) and isinstance(value, yaml.ScalarNode) and not value.value


def refuse_doubles(spot: Spot, names: Sequence[str], what: str) -> None:
    """Note names that stand twice."""
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        spot.trouble(f"{what}“{name}”写了两次。请改名或删去一个。")
