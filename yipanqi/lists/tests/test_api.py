"""Views for programs."""

import pytest

from yipanqi.lists.models import SavedView
from yipanqi.place.factories import make_county

pytestmark = pytest.mark.django_db
SENT = {"listed": "projects", "name": "重点项目", "query": "level=county"}


@pytest.fixture
def county():
    return make_county()


def call(client, method, path, data=None):
    return getattr(client, method)(f"/api{path}", data, content_type="application/json")


def test_a_view_is_kept_read_changed_and_removed(client, county):
    client.force_login(county.clerk)

    made = call(client, "post", "/views", SENT).json()
    listed = client.get("/api/views?list=projects").json()["items"]
    changed = call(
        client,
        "put",
        f"/views/{made['id']}",
        {"name": "重点", "query": "", "shared": True, "version": 1},
    ).json()
    gone = call(client, "delete", f"/views/{made['id']}")

    assert listed == [made]
    assert (made["name"], made["query"], made["mine"]) == ("重点项目", "level=county", True)
    assert (changed["name"], changed["shared"], changed["version"]) == ("重点", True, 2)
    assert gone.status_code == 200
    assert client.get("/api/views?list=projects").json() == {"items": []}


def test_what_the_page_refuses_is_refused_and_somebody_elses_does_not_exist(client, county):
    client.force_login(county.clerk)
    made = call(client, "post", "/views", SENT).json()
    client.force_login(county.liaison())

    assert call(client, "post", "/views", {**SENT, "shared": True}).status_code == 422
    assert call(client, "post", "/views", {**SENT, "listed": "secrets"}).status_code == 422
    assert client.get("/api/views?list=secrets").status_code == 422
    assert call(client, "delete", f"/views/{made['id']}").status_code == 404
    assert SavedView.objects.count() == 1
