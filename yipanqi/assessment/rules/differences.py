"""What a method's page says, thing by thing, so that two versions can be laid side by side."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from yipanqi.assessment.rules.grammar import plain_name
from yipanqi.assessment.rules.words import KEYS

NAMES = {
    "basis": "clause",
    "veto": "veto",
    "groups": "group",
    "items": "item",
    "parts": "part",
    "lists": "list",
    "boards": "board",
    "grades": "grade",
    "checks": "check",
}
"""The key by which the members of a list are told apart."""

HEADINGS = {
    "method": "办法",
    "basis": "依据",
    "figures": "指标",
    "groups": "分组",
    "items": "计分项",
    "parts": "部分",
    "veto": "一票否决",
    "results": "结果",
    "grades": "等次",
    "lists": "名单",
    "boards": "单项排名",
    "checks": "核对",
}
"""How each part of a page is called."""

Says = Mapping[str, str]


@dataclass(frozen=True)
class Thing:
    """Something that a page says: under which heading, what it is called, all that is said of it."""

    heading: str
    name: str
    says: Says


@dataclass(frozen=True)
class Difference:
    """A thing that is said differently; nothing stood before what is new, nothing after what is gone."""

    heading: str
    name: str
    key: str
    was: str
    now: str


def differences(old: str, new: str) -> list[Difference]:
    """All that two readable pages say differently, in the order of the old one."""
    was = {(thing.heading, thing.name): thing for thing in things_in(old)}
    now = {(thing.heading, thing.name): thing for thing in things_in(new)}
    return [
        difference
        for key in dict.fromkeys((*was, *now))
        for difference in _between(was.get(key), now.get(key))
    ]


def _between(was: Thing | None, now: Thing | None) -> Iterator[Difference]:
    if was is None or now is None:
        only = was or now
        assert only is not None
        words = "；".join(f"{_called(key)} {text}" for key, text in only.says.items())
        yield Difference(only.heading, only.name, "", words if was else "", words if now else "")
        return
    for key in dict.fromkeys((*was.says, *now.says)):
        before, after = was.says.get(key, ""), now.says.get(key, "")
        if before != after:
            yield Difference(was.heading, was.name, _called(key), before, after)


def _called(key: str) -> str:
    """A key as people call it, without the explanation behind it."""
    return re.split("[：，（]", KEYS.get(key, key))[0]


def things_in(text: str) -> Iterator[Thing]:
    """Every thing that a page says; the page has been read as a method before."""
    page: Mapping[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    yield Thing(
        HEADINGS["method"], page["method"], {k: v for k, v in page.items() if isinstance(v, str)}
    )
    for name, spec in page["figures"].items():
        yield Thing(HEADINGS["figures"], plain_name(name), _said(spec))
    for group in page["groups"]:
        yield from _group(group)
    results = page.get("results") or {}
    yield Thing(
        HEADINGS["results"], "", _said({k: v for k, v in results.items() if k not in NAMES})
    )
    for heading in ("basis", "veto", "checks"):
        yield from _named(heading, page.get(heading) or ())
    for heading in ("grades", "lists", "boards"):
        yield from _named(heading, results.get(heading) or ())


def _group(group: Mapping[str, Any]) -> Iterator[Thing]:
    rest = {k: v for k, v in group.items() if k not in {"group", "parts"}}
    if isinstance(rest.get("items"), list):
        yield from _named("items", rest.pop("items"), within=group["group"])
    yield Thing(HEADINGS["groups"], group["group"], _said(rest))
    yield from _named("parts", group.get("parts") or (), within=group["group"])


def _named(heading: str, entries: Any, within: str = "") -> Iterator[Thing]:  # as YAML has it
    for number, entry in enumerate(entries, start=1):
        said = entry if isinstance(entry, dict) else {"says": entry}
        name = said.get(NAMES[heading], str(number))
        rest = {k: v for k, v in said.items() if k != NAMES[heading]}
        yield Thing(HEADINGS[heading], f"{within} {name}".strip(), _said(rest))


def _said(entry: Any) -> Says:  # as YAML has it
    return {key: _words(value) for key, value in (entry or {}).items()}


def _words(value: Any) -> str:  # as YAML has it
    if isinstance(value, dict):
        return "；".join(f"{key}: {_words(inner)}" for key, inner in value.items())
    return "、".join(map(_words, value)) if isinstance(value, list) else str(value)
