"""Definitions are changed in the browser: previewed, adopted, listed, compared, downloaded."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from yipanqi.ledger.reads import now_seq
from yipanqi.place.factories import make_settings, settings_text
from yipanqi.place.models import SettingsVersion
from yipanqi.standing.factories import make_county, make_org, make_project, recognise
from yipanqi.standing.tests.pages import asked_for, hidden, page

pytestmark = pytest.mark.usefixtures("at_noon")
EDIT = "/place/edit/"


@pytest.fixture
def chief(client, county):
    client.force_login(county.people["chief"])
    return client


def stricter(**changes):
    text = settings_text(**{"valid_from": "2026-11-20", **changes})
    return text.replace("missing: registered, days: 30", "missing: registered, days: 20")


def preview(client, text, **more):
    return client.post(EDIT, {"text": text, "after": 1, "preview": "1", **more})


def version(number):
    return SettingsVersion.objects.get(number=number)


def confirm(client, shown, text, **more):
    sent = {"text": text, "after": hidden("after", shown), "seen": hidden("seen", shown)}
    return client.post(EDIT, {**sent, "adopt": "1", **more})


def test_a_page_is_previewed_without_writing_and_then_adopted(chief, county):
    project = make_project(county)
    recognise(project, on=date(2026, 10, 26))
    before = now_seq()

    shown = preview(chief, stricter())

    text = page(shown)
    assert (shown.status_code, now_seq()) == (200, before)
    for words in (
        "签约未注册",
        "30 天",
        "20 天",
        "注册还剩 5 天",
        "注册逾期 5 天",
        "已认定的不重判：1 条",
    ):
        assert words in text
    assert f'href="{reverse("project", args=[project.pk])}"' in text
    assert '<a class="f" href="#turned-r" data-n="1">1</a>' in text

    done = confirm(chief, shown, stricter())

    assert done.url == reverse("place_version", args=[version(2).pk])
    assert "第 2 版已启用并生效" in page(chief.get(done.url))


def test_a_file_is_taken_and_stands_in_the_page_for_the_next_step(chief):
    upload = SimpleUploadedFile("口径.yaml", ("\ufeff" + stricter()).encode())

    shown = chief.post(EDIT, {"text": "", "after": 1, "file": upload})

    assert "missing: registered, days: 20" in page(shown)
    assert confirm(chief, shown, stricter()).status_code == 302
    assert SettingsVersion.objects.get(number=2).happened_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xd6\xd0\xce\xc4", "不是 UTF-8 文本"), (b"a" * 1_048_577, "超过 1 MB")],
)
def test_a_file_that_is_no_page_is_refused(chief, content, told):
    shown = chief.post(EDIT, {"after": 1, "file": SimpleUploadedFile("x.yaml", content)})

    assert shown.status_code == 422
    assert told in page(shown)


def test_what_was_pasted_stays_when_it_cannot_be_meant(chief):
    shown = preview(chief, "place: 青禾县\nnodes: [")

    assert shown.status_code == 422
    assert "不是能读的 YAML" in page(shown)
    assert "place: 青禾县\nnodes: [" in page(shown)


def test_what_was_changed_after_the_preview_is_previewed_again(chief):
    shown = preview(chief, stricter())

    again = confirm(chief, shown, stricter(basis="又改了"))

    assert "内容在预览之后改过" in page(again)
    assert SettingsVersion.objects.count() == 1


def test_whoever_comes_second_sees_a_new_preview(chief, county):
    shown = preview(chief, stricter())
    make_settings(county, valid_from="2026-11-19")

    again = confirm(chief, shown, stricter())

    assert again.status_code == 422
    assert "别人刚刚启用了新的一版" in page(again)
    assert confirm(chief, again, stricter()).status_code == 302


def test_a_day_in_the_past_must_be_meant(chief):
    text = stricter(valid_from="2026-11-01")
    shown = preview(chief, text)
    assert "确认倒签" in page(shown)

    refused = confirm(chief, shown, text)

    assert refused.status_code == 422
    assert "请勾选“确认倒签”" in page(refused)
    assert confirm(chief, refused, text, back_dated="on").status_code == 302


def test_a_version_of_a_later_day_is_shown_as_coming(chief):
    text = stricter(valid_from="2027-01-01")
    shown = preview(chief, text)
    assert "按今天的事实推算，到生效日前还会变" in page(shown)

    done = confirm(chief, shown, text)

    listed = page(chief.get(done.url))
    assert "第 2 版已启用，2027-01-01 起生效" in listed
    assert listed.count("将要生效") == 2
    assert "至 2027-01-01 前" in page(chief.get("/place/"))


def test_what_may_never_be_adopted_has_no_button(chief):
    shown = page(preview(chief, stricter(valid_from="2023-01-01")))

    assert "早于现行口径的 2024-01-01" in shown
    assert 'name="adopt"' not in shown


def test_an_older_version_is_the_beginning_of_a_new_one(chief, county):
    make_settings(county, valid_from="2026-11-19", basis="第二版")

    assert "第二版" in page(chief.get(EDIT))
    assert "第二版" not in page(chief.get(EDIT, {"base": "1"}))
    assert chief.get(EDIT, {"base": "9"}).status_code == 404


def test_any_two_versions_stand_side_by_side(clerk, county):
    make_settings(county, valid_from="2026-11-19", lamps="{amber_days: 15, stalled_days: 60}")

    text = page(clerk.get("/place/compare/"))
    backwards = page(clerk.get("/place/compare/", {"old": 2, "new": 1}))

    assert text.index("10 天") < text.index("15 天")
    assert backwards.index("15 天") < backwards.index("10 天")
    assert "lamps: {amber_days: 15, stalled_days: 60}" in text
    assert clerk.get("/place/compare/", {"old": 2, "new": 7}).status_code == 404


def test_a_version_is_downloaded_as_the_file_that_it_is(clerk, county):
    response = clerk.get(reverse("place_export", args=[version(1).pk]))

    assert response.content.decode() == SettingsVersion.objects.get().text
    assert response["Content-Disposition"] == 'attachment; filename="place-1-2024-01-01.yaml"'
    assert clerk.get("/place/999999/page.yaml").status_code == 404
    assert clerk.get("/place/999999/").status_code == 404


def test_only_the_chief_changes_definitions(clerk, county):
    assert clerk.get(EDIT).status_code == 403
    assert "修改口径" not in page(clerk.get("/place/"))


def test_another_places_versions_do_not_exist(county):
    other = make_county("白水县", prefix="bs-")
    theirs = SettingsVersion.objects.get(place=other.place)
    client = Client()
    client.force_login(county.clerk)

    assert client.get(reverse("place_version", args=[theirs.pk])).status_code == 404
    assert client.get(reverse("place_export", args=[theirs.pk])).status_code == 404


def test_the_list_of_versions_asks_no_more_for_more_versions(county):
    few = asked_for(county.clerk, "/place/")
    for day in range(1, 6):
        make_settings(county, valid_from=f"2026-11-0{day}")

    assert asked_for(county.clerk, "/place/") == few


def test_before_the_first_page_there_is_nothing_to_compare(client, db):
    other = client
    bare = make_org("黑山县", prefix="hs-")
    other.force_login(bare.people["chief"])

    assert other.get("/place/compare/").status_code == 404
    assert "还没有生效的口径" in page(other.get("/place/"))
    first = settings_text(place="黑山县")
    shown = other.post(EDIT, {"text": first, "after": 0})
    assert "这是第一版" in page(shown)
    assert confirm(other, shown, first).status_code == 302
