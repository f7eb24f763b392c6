"""The shape of a page of definitions: which keys there are, which must be said, and what each takes."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from yipanqi.core.problems import Problem, Weight

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


@dataclass(frozen=True)
class Takes:
    """What can stand behind a key, and the remedy where something else does."""

    fits: Callable[[Any], bool]
    remedy: str


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and Fraction(str(value)) >= 0
    except (ValueError, ZeroDivisionError):
        return False


def _are_texts(value: Any) -> bool:
    return value is None or (
        isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    )


TEXT = Takes(lambda v: isinstance(v, str) and bool(v.strip()), _("要写成文字；数字请加引号"))
SAID = Takes(lambda v: v is None or isinstance(v, str), _("要写成文字；数字请加引号"))
NAME = Takes(
    lambda v: isinstance(v, str) and CODE.fullmatch(v) is not None,
    _("代码用英文字母开头，只用字母、数字和下划线，最长 40 个"),
)
WHOLE = Takes(_is_whole, _("要写成不小于 0 的整数，不带单位，例如 30"))
NUMBER = Takes(_is_number, _("要写成数，例如 7.10"))
DAY = Takes(lambda v: type(v) is date, _("要写成日期，例如 2026-01-01"))
TEXTS = Takes(_are_texts, _("要写成清单，例如 [甲, 乙]"))
NUMBERS = Takes(
    lambda v: v is None or (isinstance(v, list) and all(_is_number(one) for one in v)),
    _("要写成数的清单，例如 [8, 16, 25]"),
)
FLAG = Takes(lambda v: isinstance(v, bool), _("只能写 true 或 false"))
WEIGHT = Takes(
    lambda v: isinstance(v, str) and v in set(Weight), _("只能写 blocks（不得）或 warns（提醒）")
)
WORDS = Takes(lambda v: v is None or isinstance(v, dict), _("要写成 {名称: 内容}"))


@dataclass(frozen=True)
class Shape:
    """What one thing under a heading says: what it must, and what it may."""

    must: Mapping[str, Takes]
    may: Mapping[str, Takes] = field(default_factory=dict)

    def problems(self, said: object, where: str) -> Iterator[Problem]:
        """What is missing, what nobody knows, and what is written in another way."""
        known, given = {**self.must, **self.may}, said if isinstance(said, dict) else {}
        if said is not None and not isinstance(said, dict):
            yield Problem(text=gettext(WORDS.remedy), where=where)
        yield from unknown_keys(given, known, where)
        for key, takes in known.items():
            if key not in given:
                if key in self.must:
                    yield Problem(text=gettext("缺少“%(key)s”") % {"key": key}, where=where)
            elif not takes.fits(given[key]):
                told = gettext("写的是“%(value)s”，%(remedy)s") % {
                    "value": given[key],
                    "remedy": gettext(takes.remedy),
                }
                yield Problem(text=told, where=f"{where} {key}".strip())


def unknown_keys(
    given: Mapping[Any, Any], known: Mapping[str, Any], where: str
) -> Iterator[Problem]:
    """Keys that nobody knows, each with the nearest one that is known."""
    for key in sorted(str(key) for key in given if key not in known):
        near = get_close_matches(key, known, n=1)
        if near:
            text = gettext("不认识“%(key)s”，是不是“%(near)s”？") % {"key": key, "near": near[0]}
        else:
            text = gettext("不认识“%(key)s”，可用：%(known)s") % {
                "key": key,
                "known": "、".join(known),
            }
        yield Problem(text=text, where=f"{where} {key}".strip())


LISTS: Mapping[str, Shape] = {
    "nodes": Shape({"code": NAME, "name": TEXT, "office": TEXT}, {"says": SAID, "evidence": TEXTS}),
    "requirements": Shape(
        {"before": NAME, "needs": NAME, "clause": TEXT, "says": TEXT}, {"weight": WEIGHT}
    ),
    "not_yets": Shape(
        {"code": NAME, "name": TEXT, "reached": NAME, "missing": NAME, "days": WHOLE},
        {"clause": SAID, "listed": FLAG},
    ),
    "bands": Shape({"code": NAME, "name": TEXT, "at_least": WHOLE}),
    "rates": Shape({"currency": NAME, "from": DAY, "yuan": NUMBER}),
    "indicators": Shape(
        {"code": NAME, "name": TEXT, "unit": TEXT},
        {"counts": WORDS, "within": NAME, "previous": WHOLE},
    ),
    "leaders": Shape({"band": NAME, "within": WHOLE}),
}
"""Headings under which several things stand."""

GROUPS: Mapping[str, Shape] = {
    "funds": Shape({"office": TEXT}, {"says": SAID, "evidence": TEXTS}),
    "lamps": Shape({"amber_days": WHOLE, "stalled_days": WHOLE}, {"amber_points": WHOLE}),
    "returns": Shape({"due_day": WHOLE}, {"kinds": TEXTS}),
    "pairings": Shape({}, {"check_days": WHOLE}),
    "leads": Shape({}, {"both_from": WHOLE, "clause": SAID}),
    "bulletin": Shape({"organ": TEXT, "word": TEXT}, {"addressees": TEXTS, "copied_to": TEXTS}),
}
"""Headings under which one thing stands."""

PLAIN = Shape(
    {"place": TEXT, "code_prefix": TEXT, "basis": TEXT, "valid_from": DAY},
    {"curve": NUMBERS},
)
"""What stands at the head of the page by itself."""

UNSAID = frozenset({"indicators", "leaders", "pairings", "leads"})
"""Headings that a page may leave out."""

REQUIRED: Mapping[str, tuple[str, ...]] = {key: tuple(shape.must) for key, shape in LISTS.items()}
"""The lists of a page, with what each of their entries must say."""
