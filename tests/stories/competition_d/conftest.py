"""The preset `competition-d` with its records."""

import pytest

from tests.stories.presets import loading


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once."""
    with loading(
        "competition-d", django_db_blocker, tmp_path_factory.mktemp("competition-d")
    ) as place:
        yield place


@pytest.fixture
def place(loaded, at_noon):
    """As it was loaded, on the day on which it stands."""
    return loaded
