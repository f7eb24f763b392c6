"""What is true of contacts with investors and of a leader's checks, whatever the place."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.problems import Problem

PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")
"""A mobile number or an identity number, as they are typed."""


class ContactKind(TextChoices):
    """How an investor was met (接洽方式)."""

    VISIT = "visit", gettext_lazy("外出")
    RECEPTION = "reception", gettext_lazy("接待")
    CALL = "call", gettext_lazy("电话视频")


def present_text(post_ids: Iterable[int]) -> str:
    """How a contact holds who of ours was there: the numbers of their posts, no names."""
    return ",".join(str(pk) for pk in sorted(set(post_ids)))


def present_in(text: str) -> tuple[int, ...]:
    """The posts that a contact names."""
    return tuple(int(pk) for pk in text.split(",") if pk)


def present_problems(present: Iterable[int], known: Iterable[int]) -> Iterator[Problem]:
    """Somebody of ours was there, in a post that was held on that day."""
    there = set(present)
    if not there:
        yield Problem(text=_("请勾选我方参加的人，至少一位"), where=_("我方参加"))
    if there - set(known):
        yield Problem(text=_("有一位那一天不在任，请核对日期或改选"), where=_("我方参加"))


def personal_problems(where: str, text: str) -> Iterator[Problem]:
    """What is written stays for ever, so nobody's telephone or identity number is written here."""
    if found := PERSONAL.search(text):
        hidden = f"{found[0][:3]}…"
        yield Problem(
            text=_("不要写个人的手机号码或身份证号，请删去“%(hidden)s”") % {"hidden": hidden},
            where=where,
        )


def reason_problems(reason: str) -> Iterator[Problem]:
    """Whoever changes what was said says why."""
    if not reason.strip():
        yield Problem(text=_("请写明理由，账上会留下"), where=_("理由"))


def check_due_on(last_on: date | None, signed_on: date | None, *, every: int) -> date | None:
    """By when a leader looks at a project again; nothing is due before it is signed."""
    since = last_on or signed_on
    return since + timedelta(days=every) if since else None
