"""Contacts, tasks, returns, leaders, units and people as files: what the page shows, for who may see it."""

import json

import pytest

from yipanqi.facts.activities.factories import make_contact, make_paired
from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.rules import Task
from yipanqi.ledger.models import Entry
from yipanqi.standing.factories import NOON, make_project, recognise
from yipanqi.standing.tests.pages import days_ago, page, text_file, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
CSV, XLSX = {"export": "csv"}, {"export": "xlsx"}


def told(rows, at=2):
    return dict(zip(rows[1], rows[at], strict=True))


def test_contacts_are_taken_away_as_they_are_asked_for(clerk, county):
    make_contact(county, investor="云岭食品", result="=1+1", on=days_ago(3))
    make_contact(county, investor="北山新材", unit="柳河镇", on=days_ago(2))

    rows = text_file(clerk.post("/contacts/?q=云岭&group=month", CSV))

    assert "条件：文字 云岭 ·" in rows[0][0]
    assert len(rows) == 3
    assert told(rows)["对方单位"] == "云岭食品"
    assert told(rows)["结果和下一步"] == "'=1+1"
    assert (told(rows)["日期"], told(rows)["单位"]) == (days_ago(3).isoformat(), "青山镇")
    said = json.loads(Entry.objects.get(kind="export").payload)
    assert (said["list"], said["rows"]) == ("contacts", 1)


def test_tasks_are_taken_away_with_numbers(clerk, county):
    task = Task(holder_id=county.units["青山镇"].pk, indicator="signed", amount=4)
    set_tasks(tasks=[task], year=2026, ground=Ground(basis="3号"), by=county.clerk, at=NOON)
    recognise(make_project(county), "signed")

    says, heads, *rows = workbook(clerk.post("/targets/?indicator=signed&state=behind", XLSX))

    assert "完成情况 欠进度" in says[0]
    assert [row[0] for row in rows] == ["青山镇"]
    assert rows[0][heads.index("类别") + 1 :] == (4, None, 1, 25)


def test_returns_are_taken_away_month_by_month(clerk, county):
    rows = text_file(clerk.post("/returns/", CSV))

    assert (rows[1][1], rows[1][-1]) == ("1 月", "按时次数")
    assert (told(rows)["10 月"], told(rows)["按时次数"]) == ("缺报", "0")
    assert len(text_file(clerk.post("/returns/?on_time=10", CSV))) == 2


def test_leaders_are_taken_away_with_what_they_answer_for(clerk, county):
    make_paired(county)

    rows = text_file(clerk.post("/leaders/?show=silent", CSV))

    assert "条件：本年没有直接接洽 ·" in rows[0][0]
    [head] = [told(rows, at) for at in range(2, len(rows)) if rows[at][1] == "县长岗位"]
    assert (head["包保项目"], head["本年接洽"], head["距最近接洽天数"]) == ("1", "0", "")


def test_units_are_taken_away_with_who_heads_them(clerk, county):
    rows = text_file(clerk.post("/org/", CSV))
    vacant = text_file(clerk.post("/org/?show=vacant", CSV))

    by_name = {rows[at][0]: told(rows, at) for at in range(2, len(rows))}
    assert by_name["青山镇"]["上级单位"] == "青禾县"
    assert 2 < len(vacant) < len(rows)
    assert "条件：没有联络员 ·" in vacant[0][0]


def test_a_telephone_leaves_only_with_who_may_appoint(client, county):
    liaison = county.liaison("青山镇")
    client.force_login(liaison)
    plain = text_file(client.post("/org/people/?q=青山镇", CSV))
    client.force_login(county.administrator)
    full = text_file(client.post("/org/people/?q=青山镇", CSV))

    assert not {"电话", "账号"} & set(plain[1])
    assert told(full)["账号"] == liaison.username
    assert [row[0] for row in plain[2:]] == [row[0] for row in full[2:]] == [liaison.name]


@pytest.mark.parametrize(
    "address", ["/contacts/", "/targets/", "/returns/", "/leaders/", "/org/", "/org/people/"]
)
def test_an_unknown_kind_of_file_is_refused_on_its_page(clerk, county, address):
    wrong = clerk.post(address, {"export": "exe"})

    assert wrong.status_code == 422
    assert "导出格式" in page(wrong)
    assert not Entry.objects.filter(kind="export").exists()
