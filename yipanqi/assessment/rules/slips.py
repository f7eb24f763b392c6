"""Where a method file cannot be read at all: the slip of the pen that is most likely behind it."""

import re
from collections.abc import Callable, Iterator

from yipanqi.core.problems import Problem

Slip = tuple[Callable[[str], bool], str]


def _odd(mark: str) -> Callable[[str], bool]:
    return lambda line: line.count(mark) % 2 == 1


def _opens_more(line: str) -> bool:
    return any(line.count(left) > line.count(right) for left, right in ("{}", "[]"))


def _like(pattern: str) -> Callable[[str], bool]:
    found = re.compile(pattern)
    return lambda line: bool(found.match(line))


SLIPS: tuple[Slip, ...] = (
    (_like(r" *\t"), "行首用了制表符（Tab）。缩进请用空格，下一层多空两格。"),
    (_like(r"\s*(- )?\w+："), "键后面是全角冒号。请改成半角冒号，后面空一格。"),
    (_like(r"\s*(- )?\w+:[^\s/]"), "冒号后面没有空格。请在冒号后面空一格。"),
    (_like(r".*[:,] ?%"), '以 % 开头的值要加引号。请写成 unit: "%" 这样。'),
    (_odd('"'), "引号没有配成对。请看这一行少了哪一半。"),
    (_opens_more, "括号没有配成对。请看这一行的 { } 和 [ ]。"),
)
"""What people slip on, the surest signs first."""


def slip(text: str, at: int) -> Problem:
    """Why a file is no YAML: the last line, until where reading stopped, that shows a known slip."""
    lines = text.splitlines()[:at]
    for shows, told in SLIPS:
        for number, line in _from_below(lines):
            if shows(line):
                return Problem(where=f"第 {number} 行", text=told)
    hint = "请看这一行和上一行的缩进、冒号后的空格、引号和括号。"
    return Problem(where=f"第 {at} 行", text=f"YAML 读不通。{hint}")


def _from_below(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines by number from the last to the first, without remarks."""
    for number in range(len(lines), 0, -1):
        if not lines[number - 1].lstrip().startswith("#"):
            yield number, lines[number - 1]
