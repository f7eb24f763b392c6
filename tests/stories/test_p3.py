"""P3: every task, method and rule cites its document, clause and version."""

import pytest
from django.core.files.base import ContentFile

from yipanqi.assessment.actions import adopt_method
from yipanqi.cli.founding import METHOD
from yipanqi.facts.targets.actions import set_targets
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county, settings_text
from yipanqi.place.models import Document
from yipanqi.place.rules import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
RULES, METHOD_TITLE = "青禾县招商引资项目管理规程", "青禾县招商引资考核办法"


def filed(client, title, number, supersedes=""):
    typed = {
        "title": title,
        "number": number,
        "organ": "青禾县人民政府办公室",
        "issued_on": "2026-01-02",
        "valid_from": "2026-01-02",
        "supersedes": supersedes,
        "evidence": [ContentFile(b"%PDF-1.4", name=f"{title}.pdf")],
    }
    assert client.post("/documents/new/", typed).status_code == 302
    return Document.objects.get(number=number)


def test_what_rests_on_no_document_is_missed_until_each_has_been_filed(client):
    county = make_county()
    text = METHOD.read_text(encoding="utf-8")
    adopt_method(place=county.place, text=text, by=county.chief, at=NOON)
    tasks = [(county.units[name], "signed", 3) for name in ("青山镇", "柳河镇")]
    set_targets(targets=tasks, year=2026, basis="青办发〔2026〕3号", by=county.clerk, at=NOON)
    client.force_login(county.clerk)

    missing = {one["title"] for one in client.get("/api/documents").json()["missing"]}
    assert missing == {RULES, METHOD_TITLE, "青办发〔2026〕3号"}

    rules = filed(client, RULES, "青政办发〔2026〕1号")
    filed(client, METHOD_TITLE, "青办发〔2026〕4号")
    filed(client, "青禾县2026年招商引资目标任务", "青办发〔2026〕3号")
    told = client.get("/api/documents").json()

    assert told["missing"] == []
    cited = {one["title"]: one["cited_by"] for one in told["items"]}
    settings = parsed(settings_text())
    says_rules = [gate.clause for gate in settings.requirements]
    says_rules += [late.clause for late in settings.not_yets if "规程" in late.clause]
    assert [one["clause"] for one in cited[RULES] if one["clause"]] == says_rules
    tasks_told = cited["青禾县2026年招商引资目标任务"]
    assert [(one["what"], one["count"]) for one in tasks_told] == [("2026 年目标任务", 2)]

    page = client.get(f"/documents/{rules.pk}/").content.decode()
    assert f'data-n="{len(says_rules) + 1}"' in page
    assert "规程第十二条" in page


def test_a_new_version_stands_beside_the_old_one_and_both_are_kept(client):
    county = make_county()
    client.force_login(county.clerk)
    old = filed(client, RULES, "青政办发〔2026〕1号")

    new = filed(client, RULES, "青政办发〔2026〕9号", supersedes=old.pk)

    versions = [
        (one["edition"], one["number"]) for one in client.get("/api/documents").json()["items"]
    ]
    assert versions == [(2, "青政办发〔2026〕9号"), (1, "青政办发〔2026〕1号")]
    [file] = old.files
    assert client.get(f"/documents/{old.pk}/files/{file.digest}/").content == b"%PDF-1.4"
    assert "第 1 版" in client.get(f"/documents/{new.pk}/").content.decode()
