"""What every test may count on: an opened ledger, and one small county."""

from datetime import UTC, datetime

import pytest

from yipanqi.ledger.actions import found

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def opened_ledger(request: pytest.FixtureRequest) -> None:
    """Tests with a database find a simulated ledger, opened."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        found(simulated=True, place="青禾县")
