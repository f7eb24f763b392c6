"""A place made from a preset is a whole place: every page of its navigation answers."""

import re

import pytest

from tests.stories.presets import loading
from yipanqi.dashboards.reads.presets import presets
from yipanqi.org.models import Person


@pytest.fixture(scope="module", params=[preset.name for preset in presets()])
def place(request, django_db_setup, django_db_blocker, tmp_path_factory):
    with loading(request.param, django_db_blocker, tmp_path_factory.mktemp("pages")) as place:
        yield place


@pytest.mark.parametrize("account", ["fuzeren", "jingban", "ll01"])
def test_every_page_of_the_navigation_answers(client, place, at_noon, account):
    client.force_login(Person.objects.get(username=account))
    home = client.get("/").content.decode()

    pages = {one for one in re.findall(r'href="(/[^"#?]*)"', home) if not one.startswith("/static")}

    assert {"/scores/", "/targets/"} <= pages
    for one in sorted({*pages, "/scores/sheet.xlsx"} - {"/accounts/logout/"}):
        assert client.get(one, follow=True).status_code == 200, one


def test_a_bulletin_can_be_drafted(client, place, at_noon):
    client.force_login(Person.objects.get(username="fuzeren"))

    assert client.get("/bulletins/new/").status_code == 200
