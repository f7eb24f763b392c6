"""On which line of a page something stands, so that whoever wrote it finds it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import yaml
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem

WHERE = re.compile(r"(\w+)(?: (?:第|item) (\d+)(?: 项)?)?(?:[ .](\w+))?")
"""As checking tells it, in either language: nodes 第 2 项 name, nodes item 2 name, lamps.amber_days."""


def located(text: str, problems: Iterable[Problem]) -> list[Problem]:
    """The same problems, each with the number of its line in front; those of no line as they are."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    found = []
    for problem in problems:
        line = _line(root, problem.where)
        if line is not None:
            where = _("第 %(line)s 行 %(where)s") % {"line": line, "where": problem.where}
            problem = replace(problem, where=where)
        found.append(problem)
    return found


def _line(root: yaml.Node | None, where: str) -> int | None:
    """The line of a heading, of one of its entries, of a key there: as deep as it can be followed."""
    asked = WHERE.match(where)
    if asked is None:
        return None
    heading, number, key = asked.groups()
    at, node = _behind(root, heading)
    if number and isinstance(node, yaml.SequenceNode) and int(number) <= len(node.value):
        node = node.value[int(number) - 1]
        at = node
    if key and (inner := _behind(node, key)[0]) is not None:
        at = inner
    return at.start_mark.line + 1 if at is not None else None


def _behind(node: yaml.Node | None, key: str) -> tuple[yaml.Node | None, yaml.Node | None]:
    """A key of a mapping and what stands behind it."""
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key:
            return name, value
    return None, None


def doubled_keys(text: str) -> Iterator[Problem]:
    """Keys that stand twice in one place: YAML would silently take the last."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [value for _key, value in node.value]
            yield from _doubled(node)


def _doubled(node: yaml.MappingNode) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for key, _value in node.value:
        line = key.start_mark.line + 1
        if (first := seen.get(str(key.value))) is not None:
            told = _("“%(key)s”在第 %(first)s 行已经写过，请只留一处") % {
                "key": key.value,
                "first": first,
            }
            where = _("第 %(line)s 行 %(where)s") % {"line": line, "where": key.value}
            yield Problem(text=told, where=where)
        seen.setdefault(str(key.value), line)
