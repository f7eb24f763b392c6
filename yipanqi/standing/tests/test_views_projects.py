"""The list of projects, as people with different rights see them."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.place.rules import parsed
from yipanqi.standing.factories import (
    make_county,
    make_org,
    make_project,
    recognise,
    settings_text,
)
from yipanqi.standing.reads.grouping import LAMPS
from yipanqi.standing.reads.listing import lamp_condition, lamp_on
from yipanqi.standing.rules import Colour
from yipanqi.standing.tests.pages import (
    MOST,
    NOON,
    TODAY,
    asked_for,
    at,
    days_ago,
    listed,
    make_lamps,
    of,
)

SETTINGS = parsed(settings_text())

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county():
    return make_county()


def test_the_list_names_each_project_with_its_lamp_in_words_its_number_and_sum(county):
    recognise(make_project(county), on=days_ago(40))
    make_project(county, name="瑞丰冷链物流园项目", total=None)

    page = of(county.clerk, "/projects/")

    text = page.content.decode()
    assert page.status_code == 200
    assert "云岭食品马铃薯全产业链项目" in text
    assert "注册逾期 10 天" in text
    assert '共 <strong data-n="2">2</strong> 个项目' in text
    assert "其中 1 个未填总投资" in text
    assert 'title="360,000,000元"' in text
    assert "演示账本" in text


def test_whoever_is_not_signed_in_signs_in_first_and_comes_back():
    answer = Client().get("/projects/?stage=signed")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/projects/%3Fstage%3Dsigned"


def test_without_the_right_the_list_is_refused(county):
    answer = of(county.administrator, "/projects/")

    assert answer.status_code == 403
    assert "没有这项权限" in answer.content.decode()


def test_another_units_project_does_not_exist(county):
    project = make_project(county, unit="青山镇")

    assert listed(county.liaison("柳河镇")) == ([], 0, 0)
    answer = of(county.liaison("柳河镇"), f"/projects/{project.pk}/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()
    assert listed(county.liaison("青山镇"))[1] == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=岭食", {"云岭"}),
        ("?q=绿源生物", {"有机肥"}),
        ("?stage=signed", {"云岭"}),
        ("?stage=-", {"有机肥", "冷链"}),
        ("?industry=物流", {"冷链"}),
        ("?industry=-", {"有机肥"}),
        ("?band=b3", {"云岭"}),
        ("?band=b1", {"云岭", "有机肥"}),
        ("?level=city", {"冷链"}),
        ("?lamp=r", {"云岭"}),
        ("?not_yet=signed_not_registered", {"云岭"}),
        ("?not_yet=registered_not_supplied", set()),
        ("?not_yet=stalled", set()),
        ("?unit={qingshan}", {"云岭", "冷链"}),
        ("?unit={qingshan}&role=landing", {"云岭"}),
        ("?unit={zhaoshang}", set()),
        ("?unit={zhaoshang}&role=verifier", {"云岭"}),
        ("?role=lead", {"云岭", "有机肥"}),
        ("?unit={qingshan}&industry=物流&level=city", {"冷链"}),
    ],
)
def test_each_question_answers_with_its_projects(county, query, names):
    recognise(make_project(county, name="云岭"), on=days_ago(40))
    make_project(
        county,
        name="有机肥",
        investor="绿源生物",
        industry="",
        unit="柳河镇",
        total=50_000_000_00,
    )
    unit = county.units["青山镇"]
    introduced = [Share(unit_id=unit.pk, role=PartRole.INTRODUCER)]
    make_project(
        county,
        name="冷链",
        investor="瑞丰",
        industry="物流",
        level="city",
        shares=introduced,
        total=900_000_00,
    )
    keys = {"qingshan": unit.pk, "zhaoshang": county.units["招商促进局"].pk}

    found, number, total = listed(county.clerk, query.format(**keys))

    assert set(found) == names
    assert number == len(names)
    assert total == sum(p.total_fen or 0 for p in Project.objects.filter(name__in=names))


def test_the_lamp_in_the_database_is_the_lamp_on_the_page(county):
    make_lamps(county)
    everything = list(Project.objects.all())

    for colour in Colour:
        asked = Project.objects.filter(lamp_condition(colour, SETTINGS, TODAY))
        shining = {p.name for p in everything if lamp_on(p, SETTINGS, TODAY).colour is colour}
        assert {project.name for project in asked} == shining
        assert shining, colour
    assert set(LAMPS) == set(Colour)


def test_a_single_character_is_answered_with_a_sentence_and_finds_nothing_out(county):
    make_project(county)

    page = of(county.clerk, "/projects/?q=云")

    assert "一个字太少，请至少输入名称中连续的两个字" in page.content.decode()
    assert page.context["totals"].number == 1


def test_a_question_that_cannot_be_meant_is_left_out_and_said(county):
    make_project(county)

    page = of(county.clerk, "/projects/?stage=nowhere&page=x&sort=password&unit=abc")

    assert page.context["totals"].number == 1
    assert {problem.where for problem in page.context["problems"]} == {"环节", "单位"}


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["A", "B", "C"]),
        ("-name", ["C", "B", "A"]),
        ("-total", ["C", "A", "B"]),
        ("total", ["A", "C", "B"]),
        ("-signed", ["B", "A", "C"]),
        ("due", ["A", "B", "C"]),
        ("-moved", ["C", "B", "A"]),
    ],
)
def test_the_order_is_the_one_asked_for_and_the_unknown_comes_last(county, sort, names):
    long_ago = at(days_ago(30))
    a = make_project(county, name="A", total=1_00, at=long_ago)
    b = make_project(county, name="B", total=None, at=long_ago)
    make_project(county, name="C", total=2_00, at=at(TODAY))
    recognise(a, on=days_ago(20))
    recognise(b, on=days_ago(10))

    assert listed(county.clerk, f"?sort={sort}")[0] == names


def test_pages_hold_fifty_and_never_overlap(county):
    for number in range(53):
        make_project(county, name=f"项目{number}")

    first, length, total = listed(county.clerk, "?sort=total")
    second, *_ = listed(county.clerk, "?sort=total&page=2")

    assert (len(first), len(second), length) == (50, 3, 53)
    assert total == 53 * 36_000_000_000
    assert len({*first, *second}) == 53


def test_a_change_of_the_question_swaps_the_rows_and_a_return_shows_the_page(county):
    make_project(county)

    rows = of(county.clerk, "/projects/?stage=-", HTTP_HX_REQUEST="true")
    back = of(
        county.clerk,
        "/projects/?stage=-",
        HTTP_HX_REQUEST="true",
        HTTP_HX_HISTORY_RESTORE_REQUEST="true",
    )

    assert rows.content.decode().lstrip().startswith("<section")
    assert "<html" in back.content.decode()


def test_an_empty_register_says_what_fills_it_and_an_empty_answer_shows_the_way_back(county):
    empty = of(county.clerk, "/projects/").content.decode()
    make_project(county)
    nothing = of(county.clerk, "/projects/?q=不存在的").content.decode()

    assert "还没有项目" in empty
    assert "没有符合条件的项目" in nothing
    assert 'href="/projects/"' in nothing


def test_without_definitions_the_pages_say_who_sets_them():
    county = make_org()

    assert "还没有生效的口径" in of(county.clerk, "/projects/").content.decode()


@pytest.mark.parametrize(
    ("query", "more"),
    [("", 1), ("?lamp=r&q=项目&role=lead", 1), ("?group=stage", 2), ("?group=unit", 3)],
)
def test_a_list_asks_the_database_as_often_for_three_projects_as_for_thirty(county, query, more):
    people = [county.clerk, county.chief, county.liaison(), county.verifier(), county.leader]
    counts = []
    for number in range(30):
        project = make_project(county, name=f"项目{number}")
        if number < 2 or number > 27:
            recognise(project, on=days_ago(40))
        if number in (2, 29):
            counts.append([asked_for(person, f"/projects/{query}") for person in people])

    assert counts[0] == counts[1]
    assert max(counts[1]) <= MOST + more
