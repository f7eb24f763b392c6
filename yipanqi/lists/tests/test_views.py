"""Views as people keep them above a list."""

from datetime import UTC, datetime

import pytest

from yipanqi.ledger.models import Entry
from yipanqi.lists.actions import save_view
from yipanqi.lists.models import SavedView
from yipanqi.lists.rules import Listed
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county

pytestmark = pytest.mark.django_db
SENT = {"listed": "projects", "name": "重点项目", "query": "level=*"}


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def liaison(client, county):
    client.force_login(county.liaison())
    return client


@pytest.fixture
def clerk(client, county):
    client.force_login(county.clerk)
    return client


def kept(by, **more):
    said = {"name": "重点项目", "query": "level=*", **more}
    return save_view(listed=Listed.PROJECTS, by=by, at=NOON, **said)


def text(answer):
    return answer.content.decode()


def test_a_view_is_kept_and_its_tab_opens_the_list_again(liaison):
    answer = liaison.post("/views/save/", SENT, follow=True)

    view = SavedView.objects.get()
    assert answer.redirect_chain == [(f"/projects/?level=%2A&view={view.pk}", 302)]
    assert "已存为视图“重点项目”" in text(answer)
    [tab] = answer.context["tabs"].tabs
    assert (tab.here, tab.mine) == (True, True)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "名称"),
        ({"name": "很" * 21}, "名称"),
        ({"listed": "passwords"}, "清单"),
        ({"shared": "on"}, "没有共享视图的权限"),
        ({"query": "q=" + "长" * 600}, "条件太长"),
    ],
)
def test_a_view_that_is_refused_keeps_what_was_typed(liaison, sent, words):
    answer = liaison.post("/views/save/", {**SENT, **sent})

    assert answer.status_code == 422
    assert words in text(answer)
    assert not SavedView.objects.exists()
    assert Entry.objects.filter(kind="open:lists.savedview").count() == 0


def test_a_name_that_is_taken_is_refused_with_a_way_on(liaison, county):
    kept(county.liaison())

    answer = liaison.post("/views/save/", SENT)

    assert answer.status_code == 422
    assert "请换个名字" in text(answer)
    assert 'value="重点项目"' in text(answer)


def test_asked_for_without_anything_to_keep_it_leads_home(liaison):
    assert liaison.get("/views/save/").status_code == 302


def test_a_list_begins_with_ones_own_view_unless_all_is_asked_for(liaison, county):
    view = kept(county.liaison(), first=True)

    first = liaison.get("/projects/")
    everything = liaison.get("/projects/?all=1")

    assert first["Location"] == f"?level=%2A&view={view.pk}"
    assert everything.status_code == 200
    assert everything.context["tabs"].whole


def test_a_view_that_was_opened_and_asked_otherwise_can_be_renewed(liaison, county):
    view = kept(county.liaison())

    page = liaison.get(f"/projects/?level=city&view={view.pk}")
    answer = liaison.post(
        f"/views/{view.pk}/", {"name": view.name, "query": "level=city", "version": 1}, follow=True
    )

    assert "更新“重点项目”" in text(page)
    assert "视图“重点项目”已更新" in text(answer)
    view.refresh_from_db()
    assert view.query == "level=city"


def test_a_view_is_looked_at_changed_and_removed(clerk, county):
    view = kept(county.clerk, shared=True)

    assert 'value="重点项目"' in text(clerk.get(f"/views/{view.pk}/"))
    wrong = clerk.post(f"/views/{view.pk}/", {"name": "", "version": 1})
    gone = clerk.post(f"/views/{view.pk}/", {"remove": "1"}, follow=True)

    assert wrong.status_code == 422
    assert gone.redirect_chain == [("/projects/?all=1", 302)]
    view.refresh_from_db()
    assert view.removed


def test_somebody_elses_view_does_not_exist(liaison, county):
    private, shared = kept(county.clerk), kept(county.clerk, name="共享的", shared=True)

    for view in (private, shared):
        assert liaison.get(f"/views/{view.pk}/").status_code == 404
        assert liaison.post(f"/views/{view.pk}/", {"remove": "1"}).status_code == 404
    assert [tab.view for tab in liaison.get("/projects/?all=1").context["tabs"].tabs] == [shared]


def test_a_view_shows_everybody_what_is_in_their_own_sight_and_survives_old_questions(
    liaison, county
):
    view = kept(county.clerk, shared=True, query="stage=nowhere&cols=name,secret")

    page = liaison.get(f"/projects/?{view.query}&view={view.pk}")

    assert page.status_code == 200
    assert {problem.where for problem in page.context["problems"]} == {"环节", "列"}
