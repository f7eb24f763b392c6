"""The preset `county-a` with its records."""

import pytest

from tests.stories.presets import loading


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once."""
    with loading("county-a", django_db_blocker, tmp_path_factory.mktemp("county-a")) as place:
        yield place


@pytest.fixture
def place(loaded, at_noon):
    """As it was loaded, on the day on which it stands."""
    return loaded
