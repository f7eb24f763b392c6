"""What tests of pages and of the API begin with: a clock that stands, a county, somebody signed in."""

from datetime import UTC, datetime

import pytest

from yipanqi.standing.factories import NOON, make_county, make_project


@pytest.fixture
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county(db):
    return make_county()


@pytest.fixture
def project(county):
    return make_project(county)


@pytest.fixture
def township(client, county):
    client.force_login(county.liaison("青山镇"))
    return client


@pytest.fixture
def signed_in(township):
    return township


@pytest.fixture
def clerk(client, county):
    client.force_login(county.clerk)
    return client
