"""A county whose clock stands at noon of the day on which examples play."""

from datetime import UTC, datetime

import pytest

from yipanqi.standing.factories import NOON, make_county


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county(db):
    return make_county()
