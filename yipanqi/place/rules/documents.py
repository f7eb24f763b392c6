"""What is true of base documents: how long they hold, and how texts name them."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem

NAMED = re.compile(r"《([^《》]{2,120})》")


def titles_in(text: str) -> list[str]:
    """The documents that a text names between 《》, each once, in order."""
    return list(dict.fromkeys(title.strip() for title in NAMED.findall(text)))


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
