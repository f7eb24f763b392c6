"""What tests of pages and of the API begin with: a county, somebody signed in."""

import pytest

from yipanqi.standing.factories import make_county, make_project


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
