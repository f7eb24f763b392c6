"""Who may open what: every address and call, for every role, about what is near and what is far."""

import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from yipanqi.assessment.actions import adopt_method
from yipanqi.dispatch.actions import issue_bulletin
from yipanqi.documents.imports.actions import preview
from yipanqi.documents.imports.tests.test_actions import ledger
from yipanqi.facts.projects.models import Part
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.models import Entry
from yipanqi.org.actions import appoint, open_person
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import GRANTS, Can, Role, Scope
from yipanqi.place.models import SettingsVersion
from yipanqi.standing.factories import (
    NOON,
    County,
    make_claim,
    make_county,
    make_project,
    recognise,
)

METHOD = (Path(__file__).resolve().parents[1] / "methods/county-a/method.yaml").read_text("utf-8")
OPEN = {"account_login", "account_logout", "account_inactive"}
"""Pages that nobody needs to be signed in for; what they do is tested where they are."""


@dataclass(frozen=True)
class Thing:
    """Something an address is about: what fills it, whose it is, which right shows it."""

    where: Mapping[str, object]
    units: frozenset[str]
    place: str
    seen: Can | None
    reach: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def near(
        self, person: Person, scope: Scope | None, units: frozenset[str] | None = None
    ) -> bool:
        """Whether a right of this scope reaches it, or these units of it."""
        if scope is None:
            return False
        if scope is Scope.ALL:
            return self.place in person.place_paths
        mine = tuple(post.unit.path for post in person.held)
        return any(path.startswith(mine) for path in (self.units if units is None else units))


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
        return re.sub(r"<(\w+)>", lambda found: str(where[found[1]]), self.path)

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
    """Every page, read, written and in parts, and every call of the API."""
    found = []
    for name, path, right in _pages(get_resolver().url_patterns, "/"):
        if name not in OPEN:
            found += [Route(name, path, right, "GET"), Route(name, path, right, "POST")]
            found.append(Route(name, path, right, "GET", {"HX-Request": "true"}))
    return found + list(_calls())


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


@dataclass(frozen=True)
class World:
    """Two counties with somebody of every role, and things near and far for each of them."""

    county: County
    people: Mapping[str, Person | None]
    things: tuple[Thing, ...]

    def about(self, route: Route) -> list[Thing | None]:
        """What an address is asked about; one that is about nothing is asked once."""
        if not route.wanted:
            return [None]
        return [thing for thing in self.things if set(route.wanted) == thing.where.keys()]


def make_world() -> World:
    """The world in which the matrix is asked."""
    county = make_county()
    other = make_county("远山县", prefix="b.")
    things = [*_things(county), *_things(other)]
    return World(county, _people(county), tuple(things))


def _people(county: County) -> dict[str, Person | None]:
    people: dict[str, Person | None] = {
        "nobody": None,
        "clerk": county.clerk,
        "chief": county.chief,
        "leader": county.leader,
        "liaison": county.liaison(),
        "verifier": county.verifier(),
        "administrator": county.administrator,
    }
    for role in (Role.MEMBER, Role.APPRAISER):
        person = open_person(username=role.value, name="某人", by=None, at=NOON)
        appoint(
            person=person,
            unit=county.units["青山镇"] if role is Role.MEMBER else county.place,
            title=str(role.label),
            role=role,
            from_on=date(2024, 1, 1),
            by=None,
            at=NOON,
        )
        people[role.value] = Person.objects.get(pk=person.pk)
    people["without a post"] = open_person(username="idle", name="某人", by=None, at=NOON)
    return people


def _things(county: County) -> Iterator[Thing]:
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    targets = [(unit, code, 3) for unit in county.units.values() for code in ("signed", "funds")]
    set_targets(targets=targets, year=2026, basis="年度任务", by=county.chief, at=NOON)
    for name in ("青山镇", "柳河镇"):
        yield from _of_unit(county, county.units[name])
    bulletin = issue_bulletin(place=county.place, remarks="", by=county.chief, at=NOON)
    whole = frozenset({county.place.path})
    yield Thing({"bulletin_id": bulletin.pk}, whole, county.place.path, Can.SEE_BULLETIN)
    version = SettingsVersion.objects.get(place=county.place)
    yield Thing({"version_id": version.pk}, whole, county.place.path, Can.SEE_PLACE)


def _of_unit(county: County, unit: Unit) -> Iterator[Thing]:
    """Everything that can be near or far: a project with its claims, a return, points, an import."""
    project = make_project(county, unit=unit.name, name=f"{unit.name}机械制造项目")
    verdict = recognise(project)
    claim = make_claim(project, "registered")
    parts = Part.objects.current().filter(project=project)
    shown = frozenset(parts.values_list("unit__path", flat=True))
    mine, place = frozenset({unit.path}), county.place.path
    office = frozenset({county.units["市场监督管理局"].path})
    whole = frozenset({county.place.path})
    batch = preview(
        content=ledger(), name="台账.xlsx", kind=None, by=county.liaison(unit.name), at=NOON
    )
    of_claim = {"withdraw": mine, "find_false": office, "api verdict": office}
    yield Thing(
        {"project_id": project.pk},
        shown,
        place,
        Can.SEE_PROJECT,
        {"parts": whole, "plan_new": whole},
    )
    yield Thing({"claim_id": claim.pk}, shown, place, Can.SEE_PROJECT, of_claim)
    yield Thing(
        {"claim_id": verdict.claim_id, "digest": evidence_of(verdict.claim_id)},
        shown,
        place,
        Can.SEE_PROJECT,
    )
    yield Thing({"unit_id": unit.pk, "year": 2026, "month": 10}, mine, place, Can.SEE_RETURN)
    yield Thing({"holder_id": unit.pk}, mine, place, Can.SEE_SCORE)
    yield Thing({"holder_id": unit.pk, "name": "签约数"}, mine, place, Can.SEE_SCORE)
    yield Thing({"batch_id": batch.pk}, mine, place, Can.IMPORT)


def evidence_of(claim_id: int) -> str:
    """The file behind a claim."""
    found = re.search("[0-9a-f]{64}", Entry.objects.get(seq=claim_id).payload)
    assert found is not None
    return found[0]


ASKS_MORE = {("return_form", "POST"): Can.SUBMIT_RETURN}
"""Pages that everybody in sight may read and not everybody may write."""

NO, HIDDEN, YES = "refused", "hidden", "open"


def expected(route: Route, person: Person | None, thing: Thing | None) -> str:
    """What the policy says: without the right refused, out of sight hidden, else open."""
    if person is None:
        return NO
    if route.right == "signed_in":
        return YES
    if (scope := scope_of(person, Can(route.right))) is None:
        return NO
    if thing is None:
        return YES
    if thing.seen is not None and not thing.near(person, scope_of(person, thing.seen)):
        return HIDDEN
    if (asks := ASKS_MORE.get((route.name, route.method))) is not None:
        scope = scope_of(person, asks)
    return YES if thing.near(person, scope, thing.reach.get(route.name)) else NO


def scope_of(person: Person, right: Can) -> Scope | None:
    """How far a right of somebody goes, by the roles of the posts."""
    scopes = [GRANTS[Role(post.role)].get(right) for post in person.held]
    return max((scope for scope in scopes if scope is not None), default=None)


def answered(response: HttpResponse) -> str:
    """What an address did, in the words of the policy."""
    if response.status_code == 302 and "/accounts/login/" in response.headers.get("Location", ""):
        return NO
    return {401: NO, 403: NO, 404: HIDDEN}.get(response.status_code, YES)
