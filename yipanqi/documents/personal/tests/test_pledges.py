"""Pledges in a browser: printed from the tasks, taken along as Word, signed, overdue."""

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from yipanqi.core.files import path_of
from yipanqi.documents.papers.rules import checked
from yipanqi.documents.personal.reads.pledges import paper_of
from yipanqi.facts.pledges.models import Pledge, Signing
from yipanqi.facts.targets.actions import set_targets
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_document
from yipanqi.place.reads import settings_on
from yipanqi.standing.tests.pages import MOST, asked_for, of, page

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def address(county, unit="青山镇"):
    return f"/pledges/{county.units[unit].pk}/2026/"


def print_for(client, county, unit="青山镇"):
    return client.post("/pledges/2026/print/", {"unit": county.units[unit].pk})


def signed(county, **changes):
    kept = {
        "signer": county.liaison().pk,
        "signed_on": "2026-11-20",
        "evidence": [ContentFile(b"%PDF-1.4", name="军令状.pdf")],
    }
    return {**kept, **changes}


def test_the_rest_are_printed_at_once_from_the_tasks_of_the_year(clerk, county):
    before = clerk.get("/pledges/")
    assert "生成其余 3 份" in page(before)

    made = clerk.post("/pledges/2026/print/")

    assert made.url == "/pledges/"
    assert Pledge.objects.count() == 3
    tasks = Pledge.objects.get(holder=county.units["青山镇"]).tasks
    assert [(one.assigned, one.unit) for one in tasks] == [("3", "个"), ("10,000", "万元")]
    assert clerk.post("/pledges/2026/print/").status_code == 403


def test_a_pledge_comes_as_a_word_file_in_the_official_layout(clerk, county):
    assert clerk.get(f"{address(county)}word/").status_code == 404
    print_for(clerk, county)

    response = clerk.get(f"{address(county)}word/")

    words = "\n".join(one.text for one in docx.Document(BytesIO(response.content)).paragraphs)
    assert "2026年招商引资军令状" in words
    assert "承诺人（签字）：" in words
    pledge = Pledge.objects.get()
    assert not list(checked(paper_of(pledge, settings_on(county.place.pk, TODAY).bulletin)))


def test_a_unit_prints_and_signs_its_own_and_nobody_elses(township, county):
    assert print_for(township, county).url == address(county)
    assert print_for(township, county, "柳河镇").status_code == 403

    done = township.post(address(county), signed(county))

    assert done.url == address(county)
    shown = page(township.get("/pledges/?state=signed"))
    assert '<strong data-n="1">' in shown
    assert county.liaison().name in shown
    other = of(county.liaison("柳河镇"), address(county))
    assert other.status_code == 200
    assert "上传签了字的" not in page(other)


def test_another_unit_cannot_lay_down_a_signed_page(client, county):
    client.force_login(county.clerk)
    print_for(client, county)
    client.force_login(county.liaison("柳河镇"))

    assert client.post(address(county), signed(county)).status_code == 403
    assert not Signing.objects.exists()


def test_a_signature_is_refused_with_its_reason(clerk, county):
    print_for(clerk, county)

    early = clerk.post(address(county), signed(county, signed_on="2026-11-01"))

    assert early.status_code == 422
    assert "签订日期早于生成日期" in page(early)
    assert "已上传，不必再选" in page(early)


def test_after_the_set_day_a_pledge_without_signature_is_overdue(clerk, county, settings):
    document = make_document(county)
    typed = {"year": 2026, "due_on": "2026-11-20", "document": document.pk, "clause": "第四条"}
    assert clerk.post("/pledges/round/", {**typed, "due_on": "2027-01-01"}).status_code == 422
    assert clerk.post("/pledges/round/", typed).url == "/pledges/?year=2026"
    assert "2026 年军令状" in page(clerk.get(f"/documents/{document.pk}/"))
    assert page(clerk.get("/pledges/")).count("未生成") == 4

    settings.CLOCK_OFFSET = datetime(2026, 11, 23, 4, tzinfo=UTC) - datetime.now(UTC)
    shown = clerk.get("/pledges/?state=overdue")

    assert '<strong data-n="3">' in page(shown)
    assert "未签，过期 3 天" in page(shown)
    assert "青山镇的军令状还没有签，已过期限 3 天" in page(of(county.liaison(), "/pledges/"))
    assert "《青禾县招商引资项目管理规程》第四条" in page(shown)


def test_targets_changed_later_do_not_change_the_pledge_but_are_told(clerk, county):
    print_for(clerk, county)
    more = [(county.units["青山镇"], "signed", 4)]
    set_targets(targets=more, year=2026, basis="调整", by=county.clerk, at=NOON)

    shown = page(clerk.get(address(county)))

    assert "任务改过，应重新生成" in shown
    print_for(clerk, county)
    assert "任务改过" not in page(clerk.get(address(county)))
    assert Pledge.objects.count() == 2


def test_a_signed_page_is_handed_out_unchanged_or_not_at_all(clerk, county):
    print_for(clerk, county)
    clerk.post(address(county), signed(county))
    signing = Signing.objects.get()
    [file] = signing.files
    where = f"/pledges/signed/{signing.pk}/{file.digest}/"

    assert clerk.get(where).content == b"%PDF-1.4"
    assert clerk.get(f"/pledges/signed/{signing.pk}/{'0' * 64}/").status_code == 404
    default_storage.delete(path_of(file.digest))
    assert clerk.get(where).status_code == 422


def test_who_carries_no_task_has_no_pledge_and_the_list_asks_no_more_for_more(clerk, county):
    assert clerk.get(address(county, "统计局")).status_code == 404
    assert clerk.get("/pledges/?year=2020").status_code == 200
    few = asked_for(county.clerk, "/pledges/")
    clerk.post("/pledges/2026/print/")

    assert asked_for(county.clerk, "/pledges/") <= few + 2 <= MOST + 8
