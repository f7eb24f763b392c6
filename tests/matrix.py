"""Who may open what: every address and call, for every role, about what is near and what is far."""

import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.things import Thing
from yipanqi.org.models import Person
from yipanqi.org.rules import GRANTS, Can, Role, Scope

ASKED = {"target_records": "?indicator=signed"}
"""What a page must be asked for before there is anything to show."""
OPEN = {"account_login", "account_logout", "account_inactive", "start", "set_language"}
"""Pages that nobody needs to be signed in for; what they do is tested where they are."""


@dataclass(frozen=True)
class Route:
    """An address for browsers or programs, the way it is asked, and the right it asks for."""

    name: str
    path: str
    right: str
    method: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> tuple[str, ...]:
        """What the address leaves open."""
        return tuple(re.findall(r"<(\w+)>", self.path))

    def filled(self, thing: Thing | None) -> str:
        """The address about one thing."""
        where = thing.where if thing else {}
        path = re.sub(r"<(\w+)>", lambda found: str(where[found[1]]), self.path)
        return path + ASKED.get(self.name, "")

    def ask(self, client: Client, thing: Thing | None) -> HttpResponse:
        """What the address answers."""
        address = self.filled(thing)
        if address.startswith("/api/") and self.method != "GET":
            send: Callable[..., Any] = getattr(client, self.method.lower())
            answer: HttpResponse = send(address, "{}", content_type="application/json")
            return answer
        if self.method == "POST":
            return client.post(address, {}, headers=dict(self.headers))  # type: ignore[return-value]
        return client.get(address, headers=dict(self.headers))  # type: ignore[return-value]


def routes() -> list[Route]:
    """Every page, read and written, and every call of the API."""
    pages = [
        Route(name, path, right, method)
        for name, path, right in _pages(get_resolver().url_patterns, "/")
        for method in ("GET", "POST")
        if name not in OPEN and (name, method) != ("pledges_print", "POST")  # what is left to print
    ]
    return [*pages, *_calls()]


def in_parts() -> list[Route]:
    """Every page as htmx asks for it."""
    asked = {"HX-Request": "true"}
    return [
        replace(route, headers=asked)
        for route in routes()
        if route.method == "GET" and not route.path.startswith("/api/")
    ]


def _pages(patterns: list[URLPattern | URLResolver], so_far: str) -> Iterator[tuple[str, str, str]]:
    for pattern in patterns:
        where = so_far + re.sub(r"<\w+:", "<", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield pattern.name or "", where, getattr(pattern.callback, "needs", "")
        elif pattern.namespace != "api":
            yield from _pages(pattern.url_patterns, where)


def _calls() -> Iterator[Route]:
    for prefix, router in importlib.import_module("yipanqi.api").api._routers:
        for path, view in router.path_operations.items():
            where = re.sub(r"{(?:\w+:)?(\w+)}", r"<\1>", f"/api{prefix}{path}")
            for operation in view.operations:
                for method in operation.methods:
                    right = operation.view_func.needs
                    yield Route(f"api {operation.view_func.__name__}", where, right, method)


ASKS_MORE = {
    ("return_form", "POST"): (Can.SUBMIT_RETURN,),
    ("pledge", "POST"): (Can.PLEDGE, Can.SET_TARGET),
}
"""Pages that everybody in sight may read and not everybody may write."""

NO, HIDDEN, YES = "refused", "hidden", "open"


def expected(route: Route, person: Person | None, thing: Thing | None) -> str:
    """What the policy says: without the right refused, out of sight hidden, else open."""
    if person is None:
        return NO
    if route.right == "signed_in":
        return YES if thing is None or _in_sight(route, person, thing) else HIDDEN
    if scope_of(person, Can(route.right)) is None:
        return NO
    if thing is None:
        return YES
    if not _in_sight(route, person, thing):
        return HIDDEN
    rights = ASKS_MORE.get((route.name, route.method), (Can(route.right),))
    scopes = [scope_of(person, right) for right in rights]
    near = any(thing.near(person, scope, thing.reach.get(route.name)) for scope in scopes)
    return YES if near else NO


def _in_sight(route: Route, person: Person, thing: Thing) -> bool:
    """Whether somebody may know of a thing on such a page."""
    seen = Can.SEE_DOSSIER if "dossier" in route.name else thing.seen
    return seen is None or thing.near(person, scope_of(person, seen))


def scope_of(person: Person, right: Can) -> Scope | None:
    """How far a right of somebody goes, by the roles of the posts."""
    scopes = [GRANTS[Role(post.role)].get(right) for post in person.held]
    return max((scope for scope in scopes if scope is not None), default=None)


def answered(response: HttpResponse) -> str:
    """What an address did, in the words of the policy."""
    if response.status_code == 302 and "/accounts/login/" in response.headers.get("Location", ""):
        return NO
    return {401: NO, 403: NO, 404: HIDDEN}.get(response.status_code, YES)
