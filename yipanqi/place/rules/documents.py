"""What is true of base documents: how long they hold, and how texts name them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem

NAMED = re.compile(r"《([^《》]{2,120})》")
NUMBERED = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号")
SHORT = re.compile(r"([\u4e00-\u9fff]{2,60}?)第[一二三四五六七八九十百零〇\d]+条")


@dataclass(frozen=True)
class Known:
    """A document of the library, by what texts call it."""

    title: str
    number: str = ""


def titles_in(text: str) -> list[str]:
    """The documents that a text names between 《》, each once, in order."""
    return list(dict.fromkeys(title.strip() for title in NAMED.findall(text)))


def named_in(text: str, known: Sequence[Known], *, first: str = "") -> list[str]:
    """The titles that a text means: between 《》, by number, or shortened as in 规程第九条.

    A short name means the `first` document where it fits, else one of those known; one that is not
    known stands for itself, so that it is missed.
    """
    if titles := titles_in(text):
        return titles
    if numbers := NUMBERED.findall(text):
        by_number = {one.number: one.title for one in known}
        return [by_number.get(number, number) for number in numbers]
    if (short := SHORT.match(text)) is None:
        return []
    titles = [title for title in (first, *(one.title for one in known)) if short[1] in title]
    return titles[:1] or [short[1]]


def document_problems(
    valid_from: date, valid_to: date | None, *, since: date | None = None
) -> Iterator[Problem]:
    """A document holds for a while, and a new edition not before the old one."""
    if valid_to and valid_to < valid_from:
        yield Problem(text=_("有效期不能在施行日期之前结束"), where=_("有效期至"))
    if since and valid_from < since:
        yield Problem(
            text=_("新版的施行日期不能早于上一版（%(since)s）") % {"since": since},
            where=_("施行日期"),
        )
