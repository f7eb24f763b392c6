"""What can happen to people: an account, a post for a term, a password."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.ledger.actions import Actor, Line, amend, append, open_records
from yipanqi.ledger.models import subject_of
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Capacity, Role

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters that nobody mistakes for one another on a printed slip."""


@transaction.atomic
def open_person(
    *, username: str, name: str, by: Actor | None, at: datetime, phone: str = "", password: str = ""
) -> Person:
    """Give somebody an account; without a password nobody can sign in with it."""
    if Person.objects.filter(username=username).exists():
        raise refuse(_("账号“%s”已经有人用了，请换一个") % username, where=_("账号"))
    person = Person(username=username, name=name, phone=phone)
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    open_records([person], by=by, at=at)
    return person


@transaction.atomic
def amend_person(
    person: Person,
    changes: Mapping[str, Any],  # columns with what they become
    *,
    version: int,
    by: Actor | None,
    at: datetime,
    reason: str = "",
) -> Person:
    """Correct somebody's name or telephone, close the account, or open it again."""
    if by is not None and by.pk == person.pk and changes.get("is_active") is False:
        raise refuse(_("不能停用自己的账号，请另一位系统管理员来做"), where=_("在用"))
    amend(person, changes, version=version, by=by, at=at, reason=reason)
    person.refresh_from_db()
    return person


@transaction.atomic
def appoint(
    *,
    person: Person,
    unit: Unit,
    title: str,
    role: Role,
    from_on: date,
    by: Actor | None,
    at: datetime,
    main: bool = True,
    capacity: Capacity = Capacity.MEMBER,
    until_on: date | None = None,
) -> Post:
    """Put a person into a post of a unit, from a day on, until the term runs out.

    A new main post takes the place of the former one as the main.
    """
    post = Post(person=person, unit=unit, title=title, role=role, from_on=from_on, main=main)
    post.capacity, post.until_on = capacity, until_on
    refuse_if_blocked(_post_problems(post, localdate(at)))
    if main:
        for former in Post.objects.held().filter(person=person, main=True):
            amend(former, {"main": False}, version=former.version, by=by, at=at)
    open_records([post], by=by, at=at)
    return post


def _post_problems(post: Post, today: date) -> Iterator[Problem]:
    if post.unit.closed_on:
        yield Problem(text=_("%s已经撤销，不能再任职") % post.unit, where=_("单位"))
    if post.from_on > today:
        yield Problem(text=_("任职日期不能晚于今天，到任那天再登记"), where=_("任职自"))
    if post.until_on and post.until_on <= post.from_on:
        yield Problem(text=_("任期届满要晚于任职日期"), where=_("任期届满"))
    same = Post.objects.held().filter(person=post.person, unit=post.unit, role=post.role)
    if same.exists():
        told = _("%(person)s已经是%(unit)s的%(role)s")
        named = {"person": post.person, "unit": post.unit, "role": Role(post.role).label}
        yield Problem(text=told % named, where=_("角色"))


@transaction.atomic
def amend_post(
    post: Post,
    changes: Mapping[str, Any],  # columns with what they become
    *,
    version: int,
    by: Actor | None,
    at: datetime,
    reason: str = "",
) -> Post:
    """Correct a title, or give a post another term: extended, or set for the first time."""
    until_on = changes.get("until_on")
    if until_on and until_on <= post.from_on:
        raise refuse(_("任期届满要晚于任职日期"), where=_("任期届满"))
    amend(post, changes, version=version, by=by, at=at, reason=reason)
    post.refresh_from_db()
    return post


@transaction.atomic
def end_post(
    post: Post,
    *,
    on: date,
    by: Actor | None,
    at: datetime,
    version: int | None = None,
    reason: str = "",
) -> Post:
    """Somebody leaves a post; its rights end at once, its history stays."""
    refuse_if_blocked(_end_problems(post, on, localdate(at)))
    version = post.version if version is None else version
    amend(post, {"to_on": on}, version=version, by=by, at=at, reason=reason)
    post.refresh_from_db()
    return post


def _end_problems(post: Post, on: date, today: date) -> Iterator[Problem]:
    if post.to_on:
        yield Problem(text=_("这个职务已经在 %s 免去") % post.to_on, where=_("任职至"))
    if on <= post.from_on:
        yield Problem(text=_("离任日期要晚于任职日期 %s") % post.from_on, where=_("任职至"))
    if on > today:
        yield Problem(text=_("离任日期不能晚于今天，离任那天再登记"), where=_("任职至"))


@transaction.atomic
def reset_password(person: Person, *, by: Actor | None, at: datetime) -> str:
    """Give somebody a new password for one sign-in; it is told once and kept nowhere."""
    if not person.is_active:
        raise refuse(_("账号已停用，先恢复再重置密码"), where=_("账号"))
    password = "-".join(get_random_string(4, READABLE) for _part in range(4))
    _set_password(person, password, one_time=True, by=by, at=at)
    return password


@transaction.atomic
def change_password(person: Person, *, old: str, new: str, by: Actor | None, at: datetime) -> None:
    """Somebody chooses a password of one's own."""
    if not person.check_password(old):
        raise refuse(_("现在的密码不对"), where=_("现在的密码"))
    try:
        validate_password(new, person)
    except ValidationError as wrong:
        told = _("太短或太常见：至少 10 位，不要用别人容易猜到的")
        raise refuse(told, where=_("新密码")) from wrong
    _set_password(person, new, one_time=False, by=by, at=at)


def _set_password(
    person: Person, password: str, *, one_time: bool, by: Actor | None, at: datetime
) -> None:
    """Set it; the ledger is told that it was set, by whom, and nothing of the password."""
    append([Line("password", subject_of(person), {"one_time": one_time})], by=by, at=at)
    person.set_password(password)
    person.one_time = one_time
    person.save(update_fields=["password", "one_time"])
