"""Bulletins in the browser: the draft, the issue, the page, the Word file."""

from pathlib import Path

import pytest
from django.urls import reverse

from yipanqi.assessment.actions import adopt_method
from yipanqi.dispatch.models import Bulletin
from yipanqi.facts.targets.actions import set_targets
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise

METHOD = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")


@pytest.fixture
def county(db: None) -> County:
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    units = [u for u in county.units.values() if u.kind != "place"]
    targets = [(u, "signed", 3) for u in units] + [(u, "funds", 10**10) for u in units]
    set_targets(targets=targets, year=2026, basis="2026年目标任务", by=county.chief, at=NOON)
    recognise(make_project(county), "signed")
    return county


def test_the_chief_sees_who_will_be_named_issues_and_gets_the_word_file(county, client):
    client.force_login(county.chief)
    page = client.get(reverse("bulletin_new")).content.decode()
    assert "将被点名" in page
    assert "云岭食品马铃薯全产业链项目" in page

    answer = client.post(reverse("bulletin_new"), {"remarks": "请各单位抓紧。"})
    bulletin = Bulletin.objects.get()
    assert answer["Location"] == reverse("bulletin", args=[bulletin.pk])
    shown = client.get(answer["Location"]).content.decode()
    assert "请各单位抓紧。" in shown
    assert bulletin.checkpoint in shown

    first = client.get(reverse("bulletin_docx", args=[bulletin.pk])).content
    again = client.get(reverse("bulletin_docx", args=[bulletin.pk])).content
    assert first == again
    assert first.startswith(b"PK")


def test_a_second_issue_is_refused_and_what_was_typed_stays(county, client):
    client.force_login(county.chief)
    client.post(reverse("bulletin_new"), {"remarks": "第一次。"})
    answer = client.post(reverse("bulletin_new"), {"remarks": "又写了一遍。"})

    assert answer.status_code == 422
    assert "已经印发" in answer.content.decode()
    assert "又写了一遍。" in answer.content.decode()


def test_a_liaison_reads_bulletins_and_issues_none(county, client):
    client.force_login(county.liaison())

    assert "还没有印发过通报" in client.get(reverse("bulletins")).content.decode()
    assert client.get(reverse("bulletin_new")).status_code == 403


def test_another_places_bulletin_does_not_exist(county, client):
    client.force_login(county.chief)
    client.post(reverse("bulletin_new"), {"remarks": "一。"})
    other = make_county("邻县", prefix="lin_")
    client.force_login(other.chief)

    address = reverse("bulletin", args=[Bulletin.objects.get().pk])
    assert client.get(address).status_code == 404


def test_without_a_method_the_draft_says_what_is_missing(db, client):
    county = make_county()
    client.force_login(county.chief)

    assert "还没有考核办法" in client.get(reverse("bulletin_new")).content.decode()


def test_a_draft_shows_the_number_that_it_would_take(county, client):
    client.force_login(county.chief)
    assert "〕1号" in client.get(reverse("bulletin_new")).content.decode()

    client.post(reverse("bulletin_new"), {"remarks": "一。"})
    assert "〕2号" in client.get(reverse("bulletin_new")).content.decode()
