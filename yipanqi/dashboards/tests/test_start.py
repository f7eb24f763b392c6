"""The first page of an empty installation, and the guide from there to the first bulletin."""

import pytest
from django.urls import reverse

from tests.helpers import lifted_triggers
from yipanqi.core.clock import today
from yipanqi.dashboards.reads.start import code_file
from yipanqi.ledger.models import Entry, Head
from yipanqi.org.models import Person
from yipanqi.place.reads import presets
from yipanqi.standing.factories import make_claim, make_county, make_org, make_project, recognise
from yipanqi.standing.tests.pages import page

pytestmark = pytest.mark.django_db
FORM = {
    "code": "abcd2345",
    "place": "小河县",
    "bureau": "招商局",
    "admin_name": "郑管",
    "admin_account": "zhengguan",
    "admin_password": "one board two stones",
    "admin_again": "one board two stones",
    "chief_name": "赵华",
    "chief_account": "zhaohua",
    "chief_password": "many stones one board",
    "chief_again": "many stones one board",
}


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def empty(var):
    """Nothing was ever written, and the console has told a code."""
    with lifted_triggers():
        Entry.objects.all().delete()
        Head.objects.all().delete()
    code_file().write_text("abcd2345", encoding="ascii")


def test_whoever_comes_to_an_empty_installation_is_shown_how_it_begins(client, empty):
    answer = client.get("/", follow=True)

    assert answer.redirect_chain[-1] == ("/start/", 302)
    assert "没有默认口令" in page(answer)


def test_with_the_code_of_the_console_a_place_is_founded_once(client, empty):
    answer = client.post("/start/", FORM)

    assert answer.url == "/accounts/login/?next=/guide/"
    assert Person.objects.count() == 2
    assert not code_file().exists()
    assert client.get("/start/").status_code == 404
    assert client.post("/start/", FORM).status_code == 404
    assert client.get("/accounts/login/").status_code == 200


@pytest.mark.parametrize("code", ["", "wrong", "ABCD2345"])
def test_without_the_code_nobody_founds_anything_and_what_was_typed_stays(client, empty, code):
    answer = client.post("/start/", FORM | {"code": code})

    assert answer.status_code == 422
    assert "与启动服务时显示的“开账口令”不符" in page(answer)
    assert 'value="小河县"' in page(answer)
    assert "one board two stones" not in page(answer)
    assert not Person.objects.exists()


def test_where_the_console_told_no_code_an_empty_one_does_not_open(client, empty):
    code_file().unlink()

    assert client.post("/start/", FORM | {"code": ""}).status_code == 422


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"chief_again": "another"}, "两遍口令不一样"),
        ({"admin_account": "郑管"}, "账号用字母、数字"),
        ({"place": ""}, "地方名称"),
        ({"chief_password": "12345", "chief_again": "12345"}, "太短或太常见"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(client, empty, changes, told):
    answer = client.post("/start/", FORM | changes)

    assert answer.status_code == 422
    assert told in page(answer)
    assert not Entry.objects.exists()


def steps_of(client, person):
    client.force_login(person)
    return client.get("/guide/").context["steps"]


def test_each_step_is_done_by_what_is_there_and_says_who_can_do_it(client):
    county = make_org()

    units, definitions, method, projects, bulletin = steps_of(client, county.chief)

    assert units.done
    assert definitions.missing == ("还没有生效的口径",)
    assert definitions.who == (county.chief.name,)
    assert {way.url for way in definitions.ways} == {
        f"/place/edit/?preset={preset.name}" for preset in presets()
    }
    assert method.missing == ("还没有采用考核办法", f"还没有下达 {today().year} 年任务")
    assert projects.missing == ("还没有项目",)
    assert county.people["clerk"].name in projects.who
    assert bulletin.missing == ("还没有认定过一条申报", "还没有印发过通报")


def test_the_guide_follows_the_facts(client):
    county = make_county()
    project = make_project(county)
    recognise(project)
    make_claim(project, "registered")

    _, definitions, _, projects, bulletin = steps_of(client, county.chief)

    assert (definitions.done, projects.done) == (True, True)
    assert bulletin.missing == ("市场监督管理局还有 1 条申报等着认定", "还没有印发过通报")


def test_the_way_is_in_the_navigation_until_the_first_bulletin(client):
    county = make_county()
    client.force_login(county.chief)

    assert 'href="/guide/"' in page(client.get("/place/"))


def test_a_preset_begins_with_the_places_own_name(client):
    county = make_org("白水县")
    client.force_login(county.chief)

    text = page(client.get(reverse("place_edit"), {"preset": "small"}))

    assert "place: 白水县" in text
    assert "白水县招商引资工作领导小组办公室" in text


def test_a_preset_of_a_method_begins_with_the_places_own_name(client):
    county = make_org("白水县")
    client.force_login(county.chief)

    assert "白水县招商引资考核办法" in page(client.get("/method/edit/", {"preset": "county-a"}))
