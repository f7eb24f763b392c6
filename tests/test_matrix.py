"""Nobody gets what is not theirs: every address × role × thing, and the proof that this can fail."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from django.db import transaction
from django.test import Client

from tests.matrix import HIDDEN, NO, YES, Route, answered, expected, in_parts, routes
from tests.worlds import World, make_world
from yipanqi.facts.projects.models import ProjectQuerySet
from yipanqi.org.factories import NOON
from yipanqi.org.models import Person

pytestmark = pytest.mark.sqlite  # rights do not depend on the database
ALLOWED = {YES: {YES}, HIDDEN: {HIDDEN}, NO: {NO, HIDDEN}}
"""Whoever may not do a thing may also be told that it is not there."""


@pytest.fixture
def world(settings) -> World:
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)
    return make_world()


def wrong(world: World, asked: list[Route]) -> tuple[list[str], Counter[str]]:
    """Cells in which an answer is not what the policy says, and how many there were of each kind."""
    found, counted = [], Counter[str]()
    for who, person in world.people.items():
        with transaction.atomic():  # what one of them writes, the next does not find
            for cell, status, wanted, said in cells(world, person, asked):
                counted[wanted] += 1
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR or said not in ALLOWED[wanted]:
                    found.append(f"{who}: {cell} {status}, {wanted} expected")
            transaction.set_rollback(True)
    return found, counted


def cells(
    world: World, person: Person | None, asked: list[Route]
) -> Iterator[tuple[str, int, str, str]]:
    """Every address about every thing as one of them asks it, with what the policy wants."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    for route in asked:
        for thing in world.about(route.wanted):
            response = route.ask(client, thing)
            if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
                cell = f"{route.method} {route.filled(thing)} {dict(route.headers)}"
                wanted = expected(route, person, thing)
                yield cell, response.status_code, wanted, answered(response)


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


@pytest.mark.nightly
@pytest.mark.django_db
def test_a_part_of_a_page_is_given_to_whom_the_page_is_given(world):
    found, counted = wrong(world, in_parts())

    assert not found, "\n".join(found)
    assert counted.total() > 1000


@pytest.mark.django_db
def test_the_matrix_turns_red_when_one_sight_is_forgotten(world, monkeypatch):
    monkeypatch.setattr(ProjectQuerySet, "visible_to", lambda self, person: self)

    found, _ = wrong(world, [route for route in routes() if route.name == "project"])

    assert any(f"{YES}" not in cell and " 200," in cell for cell in found)
