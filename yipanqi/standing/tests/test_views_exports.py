"""Lists as files that people take away: what was asked for, and nothing out of sight."""

import json

import pytest

from yipanqi.ledger.models import Entry
from yipanqi.standing.factories import FUNDS_FEN, bring_to, make_claim, make_project, recognise
from yipanqi.standing.tests.pages import at, days_ago, page, text_file, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_workbook_holds_what_was_asked_for_in_its_order_and_columns(clerk, county):
    recognise(make_project(county, name="甲"), on=days_ago(40))
    recognise(make_project(county, name="乙", total=None), on=days_ago(9))
    make_project(county, name="丙")

    answer = clerk.post("/projects/?stage=signed&sort=-name", {"export": "xlsx"})

    says, heads, *rows = workbook(answer)
    assert says[0].startswith(
        "数据截至 2026-11-20 · 条件：环节 签约 · 招商促进局 王clerk 于 2026-11-20 12:00"
    )
    assert heads[:6] == ("项目", "项目编码", "投资方", "灯", "环节", "总投资（万元）")
    assert [row[0] for row in rows] == ["甲", "乙"]
    assert (rows[0][3], rows[0][5], rows[1][5]) == ("注册逾期 10 天", 36_000, None)
    assert rows[0][heads.index("签约")].date() == days_ago(40)
    assert "filename*=utf-8" in answer["Content-Disposition"]


def test_every_column_can_be_taken_away(clerk, county):
    project = make_project(county, level="city", land_area=20_000, nature="新建", origin="广东")
    bring_to(project, "started", on=days_ago(9))
    recognise(project, "funds", on=days_ago(3))
    keys = [key for key, *_ in clerk.get("/projects/").context["table"].choices()]

    answer = clerk.post(f"/projects/?cols={','.join(keys)}", {"export": "xlsx"})

    _says, heads, row = workbook(answer)
    told = dict(zip(heads, row, strict=True))
    assert len(heads) == len(keys)
    assert told["到位资金（万元）"] == FUNDS_FEN / 1_000_000
    assert (told["重点级别"], told["用地（亩）"], told["规模"]) == ("市重点", 30, "1亿元以上")
    assert (told["引进单位"], told["责任人"], told["待办环节"]) == ("青山镇", None, "纳统")
    assert (told["开工日期"].date(), told["本环节天数"]) == (days_ago(9), 9)


def test_the_ledger_says_who_took_what(clerk, county):
    make_project(county)

    text_file(clerk.post("/projects/?stage=-&page=2", {"export": "csv"}))

    entry = Entry.objects.get(kind="export")
    said = json.loads(entry.payload)
    assert entry.actor_id == county.clerk.pk
    assert (said["list"], said["query"], said["rows"]) == ("projects", "stage=-", 1)
    assert said["columns"][:3] == ["name", "code", "investor"]


def test_nobody_takes_away_what_is_out_of_sight(township, county):
    make_project(county, name="甲")
    make_project(county, name="乙", unit="柳河镇")

    rows = text_file(township.post("/projects/", {"export": "csv"}))

    assert [row[0] for row in rows[2:]] == ["甲"]


def test_a_file_of_nothing_has_its_heads_and_an_unknown_kind_is_refused(clerk, county):
    make_project(county)

    assert len(workbook(clerk.post("/projects/?stage=land", {"export": "xlsx"}))) == 2
    wrong = clerk.post("/projects/", {"export": "exe"})
    assert wrong.status_code == 422
    assert "导出格式" in page(wrong)


def test_the_nots_are_taken_away_with_days_as_numbers(clerk, county):
    recognise(make_project(county, name="甲"), on=days_ago(40))

    rows = workbook(clerk.post("/nots/?code=signed_not_registered", {"export": "xlsx"}))

    assert rows[1][:3] == ("项目", "项目编码", "责任单位")
    assert rows[2][0] == "甲"
    assert rows[2][rows[1].index("逾期天数")] == 10


def test_stalled_projects_are_taken_away_too(clerk, county):
    recognise(make_project(county, name="甲", at=at(days_ago(200))), on=days_ago(90))

    [_says, heads, row] = text_file(clerk.post("/nots/?code=stalled", {"export": "csv"}))

    assert dict(zip(heads, row, strict=True))["停滞天数"] == "90"


def test_what_waits_is_taken_away_by_its_office(client, county):
    make_claim(make_project(county, name="甲"), on=days_ago(1))
    client.force_login(county.verifier())

    [_says, heads, row] = text_file(client.post("/pending/", {"export": "csv"}))

    assert dict(zip(heads, row, strict=True))["环节"] == "签约"
    assert row[0] == "甲"
