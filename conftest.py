"""What every test may count on: an opened ledger, a store of its own, triggers that always stand."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from hypothesis import settings as invention
from pytest_django import DjangoDbBlocker, Settings

from tests.helpers import lift_triggers, restore_triggers
from yipanqi.ledger.actions import found
from yipanqi.ledger.reads import checkpoint

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
FLUSHING = {"transactional_db", "live_server"}
invention.register_profile("house", deadline=None)  # no test looks at the clock
invention.load_profile("house")

LIFTED = pytest.StashKey[DjangoDbBlocker]()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The store in which guesses of passwords are counted lies beside the tables."""
    with django_db_blocker.unblock():
        call_command("createcachetable")


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    """Pages name their style sheets as they lie in the source: nothing is collected first."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """A page in English leaves the next test in Chinese."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def opened_ledger(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with a database find a simulated ledger, opened, and files of their own.

    A place that was loaded for several tests has both already, and what a test writes is taken back.
    """
    names, marker = set(request.fixturenames), request.node.get_closest_marker("django_db")
    if not marker and not names & {"db", *FLUSHING}:
        yield
        return
    flushing = bool(names & FLUSHING or (marker and marker.kwargs.get("transaction")))
    request.getfixturevalue("transactional_db" if flushing else "db")
    if checkpoint().size:
        yield
        return
    settings = request.getfixturevalue("settings")
    settings.MEDIA_ROOT = request.getfixturevalue("tmp_path") / "files"
    found(simulated=True, place="青禾县")
    yield
    if flushing:
        lift_triggers()
        request.node.stash[LIFTED] = request.getfixturevalue("django_db_blocker")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Django empties the tables after a test that committed; then the triggers stand again."""
    yield
    blocker = item.stash.get(LIFTED, None)
    if blocker is not None and nextitem is not None:
        with blocker.unblock():
            restore_triggers()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Some tests belong to one database: races to PostgreSQL, whole processes to SQLite's default.

    Who reads a place that was loaded for several tests needs the tests' database, and says so here.
    """
    for item in items:
        if "django_db_setup" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    elsewhere = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where nothing may be missing, a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if os.environ.get("YIPANQI_NO_SKIPS") == "1" and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def at_noon(settings: Settings) -> None:
    """Pages stand at noon of the day on which examples play."""
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)
