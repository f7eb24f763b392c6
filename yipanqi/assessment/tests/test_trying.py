"""Versions side by side, a score tried with other figures, a page tried by a program."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.api.preview import MethodTried
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.reads import now_seq
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise

METHOD = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")
FIGURES = Path("methods/county-a/figures.csv").read_text(encoding="utf-8")
GENEROUS = METHOD.replace("=满分*MIN(到位资金/资金任务, 1)", "=满分")
LIMIT = 20


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county(db: None) -> County:
    county = make_county()
    units = [unit for unit in county.units.values() if unit.kind != "place"]
    targets = [(unit, "signed", 3) for unit in units] + [(unit, "funds", 10**10) for unit in units]
    set_targets(targets=targets, year=2026, basis="年度任务", by=county.chief, at=NOON)
    for text in (METHOD, GENEROUS):
        adopt_method(place=county.place, text=text, by=county.chief, at=NOON)
    recognise(make_project(county, total=8000 * 10**6), "signed")
    return county


def page_of(client, name, *args, **asked):
    return client.get(reverse(name, args=args), asked).content.decode()


def test_two_versions_are_compared_in_words_and_in_what_they_give(county, client):
    client.force_login(county.liaison())

    page = page_of(client, "method_compare")

    assert "第 1 版与第 2 版" in page
    assert "=满分*MIN(到位资金/资金任务, 1)" in page
    assert '<span class="up">+25.00</span>' in page
    assert "method_compare" not in page
    assert client.get(reverse("method_compare"), {"old": 9}).status_code == 404
    assert client.get(reverse("method_compare"), {"method": "nobody"}).status_code == 404


def test_a_version_beside_itself_differs_in_nothing(county, client):
    client.force_login(county.liaison())

    page = page_of(client, "method_compare", old=1, new=1)

    assert "两版说的完全一样" in page
    assert "0 家的得分或名次不同" in page


def test_a_score_is_tried_with_other_figures_and_nothing_is_kept(county, client):
    client.force_login(county.liaison())
    holder, before = county.units["青山镇"].pk, now_seq()

    plain = page_of(client, "what_if", holder)
    tried = page_of(client, "what_if", holder, **{"f.签约数": "3", "f.大项目数": "一个"})

    assert "签约多 1 个 5,000 万元以上的项目" in plain
    assert "再到位 1000 万元" not in plain
    assert "未开工的项目多 1 个" in plain
    assert "+20.00" in tried
    assert "“一个”不是数" in tried
    assert 'value="3"' in tried
    assert now_seq() == before


def test_more_figures_can_bring_another_place(county, client):
    client.force_login(county.liaison())
    holder = county.units["柳河镇"].pk

    page = page_of(client, "what_if", holder)
    risen = page_of(client, "what_if", holder, **{"f.签约数": "3"})

    assert "离前一名还差" in page
    assert "升至第 1 名" in page
    assert "（现在第" in risen


def test_where_a_task_is_missing_a_figure_can_still_be_tried(db, client):
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    client.force_login(county.liaison())
    holder = county.units["青山镇"].pk

    page = page_of(client, "what_if", holder)
    tried = page_of(client, "what_if", holder, **{"f.任务数": "3", "f.资金任务": "10000"})

    assert "缺“任务数”" in page
    assert "没有再多一个就能变的数" in page
    assert "缺“任务数”" not in tried


def test_who_is_not_assessed_cannot_be_tried_and_nobody_without_the_right(county, client):
    client.force_login(county.liaison())
    assert client.get(reverse("what_if", args=[999_999])).status_code == 404

    client.force_login(county.administrator)
    assert client.get(reverse("what_if", args=[county.units["青山镇"].pk])).status_code == 403


def test_trying_asks_no_more_than_the_score(county, client, django_assert_max_num_queries):
    client.force_login(county.liaison())
    address = reverse("what_if", args=[county.units["青山镇"].pk])
    client.get(address)

    with django_assert_max_num_queries(LIMIT):
        client.get(address, {"f.签约数": "3"})


def test_a_program_previews_a_page(county, client):
    client.force_login(county.chief)
    before = now_seq()

    answer = client.post("/api/methods/preview", {"text": METHOD}, "application/json")

    told = MethodTried.model_validate(answer.json())
    row = next(row for row in told.groups[0].rows if row.holder == "青山镇")
    assert (told.code, told.against) == ("annual", 2)
    assert row.holder_id == county.units["青山镇"].pk
    assert float(row.was_total or 0) - float(row.total or 0) == 25
    assert row.points["到位资金"] == "0.00"
    assert now_seq() == before


def test_a_program_previews_typed_figures_and_is_told_what_is_wrong(county, client):
    client.force_login(county.chief)
    path = "/api/methods/preview"

    right = client.post(path, {"text": METHOD, "figures": FIGURES}, "application/json").json()
    wrong = client.post(path, {"text": "method: 一半"}, "application/json")

    first = next(row for row in right["groups"][0]["rows"] if row["holder"] == "柳河镇")
    assert (first["holder_id"], first["total"], first["place"]) == (None, "99.00", 1)
    assert wrong.status_code == 422
    assert "缺“figures”" in wrong.json()["problems"][0]["text"]
    client.force_login(county.liaison())
    assert client.post(path, {"text": METHOD}, "application/json").status_code == 403
