"""Nobody gets what is not theirs: every address × role × thing, and the proof that this can fail."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.matrix import HIDDEN, NO, YES, Route, answered, expected, routes
from tests.worlds import World, make_world
from yipanqi.facts.projects.models import ProjectQuerySet
from yipanqi.org.factories import NOON

NO_SUCH_WAY = 405
ALLOWED = {YES: {YES}, HIDDEN: {HIDDEN}, NO: {NO, HIDDEN}}
"""Whoever may not do a thing may also be told that it is not there."""


@pytest.fixture
def world(settings) -> World:
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)
    return make_world()


def wrong(world: World, asked: list[Route]) -> tuple[list[str], Counter[str]]:
    """Cells in which an answer is not what the policy says, and how many there were of each kind."""
    wrong, counted = [], Counter[str]()
    for who, person in world.people.items():
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(person)
        for route in asked:
            for thing in world.about(route.wanted):
                response = route.ask(client, thing)
                said, wanted = answered(response), expected(route, person, thing)
                if response.status_code == NO_SUCH_WAY:
                    continue
                counted[wanted] += 1
                if response.status_code >= 500 or said not in ALLOWED[wanted]:
                    cell = f"{who}: {route.method} {route.filled(thing)} {dict(route.headers)}"
                    wrong.append(f"{cell} {response.status_code}, {wanted} expected")
    return wrong, counted


@pytest.mark.django_db
def test_every_address_is_about_something_the_world_has(world):
    unknown = {route.path for route in routes() if not world.about(route.wanted)}

    assert unknown == set()


@pytest.mark.django_db
def test_everybody_gets_what_the_policy_says_and_nothing_else(world):
    found, counted = wrong(world, routes())

    assert not found, "\n".join(found)
    assert counted.total() > 1000
    assert min(counted.values()) > 100


@pytest.mark.django_db
def test_the_matrix_turns_red_when_one_sight_is_forgotten(world, monkeypatch):
    monkeypatch.setattr(ProjectQuerySet, "visible_to", lambda self, person: self)

    found, _ = wrong(world, [route for route in routes() if route.name == "project"])

    assert any(f"{YES}" not in cell and " 200," in cell for cell in found)
