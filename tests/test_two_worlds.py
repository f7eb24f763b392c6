"""What changes outside of somebody's sight changes no byte of what they see."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.matrix import routes
from tests.worlds import World, make_world
from yipanqi.facts.projects.models import PendingQuerySet, ProjectQuerySet
from yipanqi.org.factories import NOON
from yipanqi.org.models import Person
from yipanqi.standing.actions import find_false, withdraw_claim
from yipanqi.standing.factories import make_claim, make_project, recognise

pytestmark = pytest.mark.sqlite  # sight does not depend on the database
PUBLISHED = re.compile(r"^/(api/)?(scores|bulletins|method|targets|guide)\b")
"""Figures of all units, and how far the place is, are published to all of it: they may move."""
NONCE = re.compile(rb'(name="(csrfmiddlewaretoken|key)" value="|X-CSRFToken": ")[^"]+')


@pytest.fixture
def world(settings) -> World:
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)
    return make_world()


def seen(world: World, person: Person) -> dict[str, bytes]:
    """Everything that somebody may open, byte for byte."""
    client = Client()
    client.force_login(person)
    return {address: body for address, body in _opened(world, client) if body}


def _opened(world: World, client: Client) -> Iterator[tuple[str, bytes]]:
    for route in routes():
        if route.method != "GET" or PUBLISHED.match(route.path):
            continue
        for thing in world.about(route.wanted):
            response = route.ask(client, thing)
            if response.status_code == 200:
                name = f"{route.filled(thing)} {dict(route.headers)}"
                yield name, NONCE.sub(b"", b"".join(response))


def much_happens_elsewhere(world: World) -> None:
    """Another township registers, claims, is believed, is found out, and takes back."""
    county = world.county
    far = make_project(county, unit="柳河镇", name="柳河镇云岭食品二期项目", industry="装备制造")
    believed = recognise(far, "signed", on=date(2026, 5, 10)).claim
    find_false(claim=believed, reason="协议是假的", by=county.verifier(), at=NOON)
    paper = make_project(county, unit="柳河镇", name="柳河镇纸业项目")
    taken_back = make_claim(paper, "signed")
    withdraw_claim(claim=taken_back, reason="填错了", by=county.liaison("柳河镇"), at=NOON)
    store = make_project(county, unit="柳河镇", name="柳河镇仓储项目")
    recognise(store, "funds", amount=10**10)
    recognise(store)
    make_claim(store, "registered")


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["liaison", "member", "appraiser"])
def test_what_happens_elsewhere_changes_no_byte_of_what_somebody_sees(world, who):
    person = world.people[who]
    assert person is not None
    before = seen(world, person)
    assert len(before) > 1

    much_happens_elsewhere(world)

    after = seen(world, person)
    assert changed(before, after) == []


@pytest.mark.django_db
@pytest.mark.parametrize("forgetful", [ProjectQuerySet, PendingQuerySet])
def test_a_page_that_forgets_whose_it_is_would_be_found(world, monkeypatch, forgetful):
    monkeypatch.setattr(forgetful, "visible_to", lambda self, person: self)
    person = world.people["liaison" if forgetful is ProjectQuerySet else "verifier"]
    assert person is not None
    before = seen(world, person)

    much_happens_elsewhere(world)

    assert changed(before, seen(world, person)) != []
