"""How programs come in: as a person who is signed in, with that person's rights, and once."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.params.functions import Header
from ninja.security import SessionAuth

from yipanqi.jobs.actions import once
from yipanqi.org.access import PersonRequest
from yipanqi.org.rules import Can

P = ParamSpec("P")
Answer = TypeVar("Answer")

signed_in_session = SessionAuth()
"""The session of a browser, with its token against forged requests."""

KEY = Header(
    "",
    alias="Idempotency-Key",
    max_length=80,
    description="同一个键重复提交，只写一次，得到同一个回答；建议用 UUID",
)


def grants(
    what: Can,
) -> Callable[[Callable[Concatenate[PersonRequest, P], Answer]], Callable[..., Answer]]:
    """Let only people with this right make a call; what it finds is `visible_to` them."""

    def guarded(call: Callable[Concatenate[PersonRequest, P], Answer]) -> Callable[..., Answer]:
        @wraps(call)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> Answer:
            person = cast(PersonRequest, request)
            if person.user.one_time or not person.user.may(what):
                raise PermissionDenied
            return call(person, *args, **kwargs)

        inner.needs = what  # type: ignore[attr-defined]  # read by the house test
        return inner

    return guarded


def once_for(
    request: PersonRequest,
    key: str,
    asked: Mapping[str, object],
    do: Callable[[], Mapping[str, object]],
) -> Mapping[str, Any]:  # what was answered may have come back from its text
    """Do what a program asks for once under its key: the same call again, the same answer."""
    whole = {"call": f"{request.method} {request.path}", **asked}
    return once(person_id=request.user.pk, key=key, request=whole, do=do)
