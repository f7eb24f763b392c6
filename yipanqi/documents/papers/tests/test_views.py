"""Bulletins in the browser: the draft, the issue, the page, the Word file."""

import shutil
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from yipanqi.assessment.actions import adopt_method
from yipanqi.dispatch.actions import issue_bulletin
from yipanqi.dispatch.models import Bulletin, Receipt
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


@pytest.fixture
def bulletin(county: County) -> Bulletin:
    return issue_bulletin(place=county.place, remarks="抓紧。", by=county.chief, at=NOON)


def test_a_liaison_sees_first_what_names_the_unit_and_signs_for_it(county, bulletin, client):
    client.force_login(county.liaison())
    address = reverse("bulletin", args=[bulletin.pk])

    before = client.get(address).content.decode()
    waiting = client.get(reverse("bulletins")).content.decode()
    answer = client.post(
        reverse("bulletin_sign", args=[bulletin.pk]), {"unit": county.units["青山镇"].pk}
    )
    after = client.get(address).content.decode()

    assert before.index("点到你单位的") < before.index("云岭食品") < before.index('class="paper"')
    assert "云岭食品" in waiting
    assert answer["Location"] == address
    assert "青山镇已签收" in after
    assert '<strong data-n="1">1</strong>' in after
    assert "青山镇签收</button>" not in after


def test_nobody_signs_for_a_unit_that_is_not_theirs(county, bulletin, client):
    client.force_login(county.liaison())
    other = next(u for u in county.units.values() if u.name not in {"青山镇", county.place.name})

    assert (
        client.post(reverse("bulletin_sign", args=[bulletin.pk]), {"unit": other.pk}).status_code
        == 403
    )
    assert (
        client.post(reverse("bulletin_sign", args=[bulletin.pk]), {"unit": "x"}).status_code == 404
    )
    client.force_login(county.chief)
    assert (
        client.post(reverse("bulletin_sign", args=[bulletin.pk]), {"unit": other.pk}).status_code
        == 403
    )
    assert Receipt.objects.count() == 0


def test_signing_twice_is_told_and_not_written(county, bulletin, client):
    client.force_login(county.liaison())
    sign = reverse("bulletin_sign", args=[bulletin.pk])
    client.post(sign, {"unit": county.units["青山镇"].pk})

    again = client.post(sign, {"unit": county.units["青山镇"].pk}, follow=True)

    assert "不必再签" in again.content.decode()
    assert Receipt.objects.count() == 1


def test_a_figure_of_a_bulletin_opens_to_its_records(county, bulletin, client):
    client.force_login(county.chief)
    unit = county.units["青山镇"].pk

    page = client.get(reverse("bulletin_figure", args=[bulletin.pk, unit, "signed"]))
    unknown = client.get(reverse("bulletin_figure", args=[bulletin.pk, unit, "nothing"]))

    assert '<strong data-n="1">1</strong>' in page.content.decode()
    assert "云岭食品马铃薯全产业链项目" in page.content.decode()
    assert unknown.status_code == 404


def test_the_annex_is_an_excel_file_with_every_table(county, bulletin, client):
    client.force_login(county.liaison())

    answer = client.get(reverse("bulletin_xlsx", args=[bulletin.pk]))

    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["招商引资进度表", "考核成绩单", "“五未”项目清单"]


def test_without_libreoffice_the_page_says_to_take_the_word_file(
    county, bulletin, client, monkeypatch
):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    client.force_login(county.chief)
    address = reverse("bulletin_pdf", args=[bulletin.pk])

    page, part = client.get(address), client.get(address, headers={"HX-Request": "true"})

    assert page.status_code == 503
    assert "服务器没有安装LibreOffice" in page.content.decode()
    assert "服务器没有安装LibreOffice" in part.content.decode()


def test_printed_pages_are_made_once_and_kept(county, bulletin, client, monkeypatch, tmp_path):
    office = tmp_path / "soffice"
    office.write_text(
        "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ $1 = --outdir ] && out=$2; shift; done\n"
        "echo %PDF-made >$out/paper.pdf\n"
    )
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    client.force_login(county.chief)
    address = reverse("bulletin_pdf", args=[bulletin.pk])

    ready = client.get(address, headers={"HX-Request": "true"}).content.decode()
    office.write_text("#!/bin/sh\nexit 1\n")
    kept = client.get(address)

    assert "hx-get" not in ready
    assert kept.content == b"%PDF-made\n"
    assert len(default_storage.listdir("printed")[1]) == 1
