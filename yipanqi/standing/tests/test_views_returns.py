"""Monthly returns, the place's definitions and the ledger in the browser."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from yipanqi.facts.projects.actions.report import report_progress
from yipanqi.facts.returns.actions import submit_return
from yipanqi.facts.returns.models import Return
from yipanqi.ledger.models import Head
from yipanqi.place.models import SettingsVersion
from yipanqi.standing.factories import (
    NOON,
    make_claim,
    make_county,
    make_project,
    make_settings,
    recognise,
)

BEFORE_NOON_OF = {
    "october in time": datetime(2026, 10, 20, 15, 59, tzinfo=UTC),
    "october late": datetime(2026, 10, 20, 16, 1, tzinfo=UTC),
}


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county(db):
    return make_county(at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def township(client, county):
    client.force_login(county.liaison("青山镇"))
    return client


def page(response):
    return response.content.decode()


def month(county, name="青山镇", number=11, year=2026):
    return reverse("return_form", args=[county.units[name].pk, year, number])


@pytest.mark.parametrize(
    ("at", "state"), [("october in time", "on_time"), ("october late", "late")]
)
def test_a_return_is_in_time_up_to_the_end_of_its_day_in_china(client, county, at, state):
    submit_return(
        holder=county.units["青山镇"],
        month=date(2026, 10, 1),
        by=county.liaison(),
        at=BEFORE_NOON_OF[at],
    )
    client.force_login(county.clerk)

    rows = client.get(reverse("returns")).context["rows"]

    cells = next(row.cells for row in rows if row.unit.name == "青山镇")
    assert [cell.state for cell in cells[8:]] == ["missing", state, "awaited"]
    assert cells[10].days_left == 0


def test_the_page_says_that_late_counts_as_none(township):
    text = page(township.get(reverse("returns")))

    assert "逾期不报视为没有，迟报也按没有计" in text
    assert "今天截止" in text
    assert "柳河镇" not in text


def test_the_whole_place_sees_every_unit(client, county):
    client.force_login(county.leader)

    rows = client.get(reverse("returns")).context["rows"]

    owing = {name for name, unit in county.units.items() if unit.kind not in {"place", "seat"}}
    assert {row.unit.name for row in rows} == owing


def test_a_return_is_filled_with_what_was_recorded_in_the_month(township, county):
    project = make_project(county)
    recognise(project, "signed", on=date(2026, 10, 30))
    make_claim(project, "funds")
    report_progress(
        project=project,
        text="卷在省厅",
        happened_on=date(2026, 11, 2),
        by=county.liaison(),
        at=NOON,
    )

    response = township.get(month(county))

    assert [(kind.label, kind.count) for kind in response.context["listed"]] == [
        ("申报", 2),
        ("认定结论", 1),
        ("进展", 1),
    ]
    assert "卷在省厅" in page(response)
    october = township.get(month(county, number=10))
    assert [kind.count for kind in october.context["listed"]] == [0, 0, 0]


def test_the_liaison_confirms_the_month_once(township, county):
    first = township.post(month(county), {"summary": "本月外出两批"})
    second = township.post(month(county), {"summary": "再报"})

    assert first.url == reverse("returns")
    assert second.status_code == 422
    assert "已经上报，不必重报" in page(second)
    assert Return.objects.get().summary == "本月外出两批"
    assert "2026-11-20 已上报" in page(township.get(month(county)))


def test_another_units_month_does_not_exist(township, county):
    assert township.get(month(county, "柳河镇")).status_code == 404
    assert township.post(month(county, "柳河镇"), {}).status_code == 404


def test_the_clerk_sees_a_units_month_and_does_not_confirm_it(client, county):
    client.force_login(county.clerk)

    assert "由该单位的联络员确认上报" in page(client.get(month(county)))
    assert client.post(month(county), {}).status_code == 403


@pytest.mark.parametrize(("year", "number"), [(2026, 12), (2025, 11), (2026, 0), (2026, 13)])
def test_only_months_of_this_year_that_have_begun_have_a_page(township, county, year, number):
    assert township.get(month(county, number=number, year=year)).status_code == 404


def test_an_office_has_no_returns(client, county):
    client.force_login(county.verifier())

    assert client.get(reverse("returns")).status_code == 403


def test_the_grid_takes_a_constant_number_of_queries(client, county, django_assert_max_num_queries):
    for name in ("青山镇", "柳河镇", "经济开发区"):
        submit_return(
            holder=county.units[name], month=date(2026, 10, 1), by=county.liaison(), at=NOON
        )
    client.force_login(county.clerk)

    with django_assert_max_num_queries(9):
        client.get(reverse("returns"))


def test_the_place_says_what_its_words_mean(client, county):
    client.force_login(county.administrator)

    text = page(client.get(reverse("place")))

    for words in (
        "永久工程首次正式破土或打桩",
        "施工许可证、现场照片",
        "银行回单或验资报告",
        "规程第十二条",
        "签约后 30 天内应注册",
        "另计",
        "3000万元以上",
        "离期限不到 10 天",
        "7.1 元",
        "按日平均",
        "至少每 30 天看一次项目",
        "1亿元以上的项目，行业主管部门和属地一起牵头",
        "10亿元以上的由排名前 6 位的县领导包保",
    ):
        assert words in text


def test_an_older_version_is_marked_and_one_that_does_not_exist_is_not_found(client, county):
    make_settings(county, valid_from="2026-06-01", lamps="{amber_days: 5, stalled_days: 30}")
    client.force_login(county.leader)

    current, old = client.get(reverse("place")), client.get(of_version(county, 1))

    assert "离期限不到 5 天" in page(current)
    assert "不是现行的一版" in page(old)
    assert client.get(reverse("place_version", args=[999_999])).status_code == 404


def of_version(county, number):
    version = SettingsVersion.objects.get(place=county.place, number=number)
    return reverse("place_version", args=[version.pk])


def test_another_places_definitions_do_not_exist(client, county):
    other = make_county("白水县", prefix="bs-")
    make_settings(other, valid_from="2026-06-01")
    client.force_login(county.leader)

    assert client.get(of_version(other, 2)).status_code == 404


def test_the_ledger_is_readable_and_shows_its_checkpoint(client, county):
    project = make_project(county)
    make_claim(project)
    client.force_login(county.clerk)

    text = page(client.get(reverse("ledger")))

    for words in ("申报", "项目入库", "参与单位与份额", "开账", "王qingshan", project.name):
        assert words in text
    assert Head.objects.get().hash in text


def test_the_ledger_is_narrowed_to_a_subject_and_a_kind(client, county):
    project = make_project(county)
    make_claim(project)
    client.force_login(county.clerk)

    by_code = client.get(reverse("ledger"), {"subject": project.code.lower()})
    of_kind = client.get(reverse("ledger"), {"kind": "fact:projects.claim"})
    nothing = client.get(reverse("ledger"), {"subject": "QH-2026-09999"})

    assert len(by_code.context["rows"]) == 3
    assert [row.kind for row in of_kind.context["rows"]] == ["申报"]
    assert "没有符合条件的记录" in page(nothing)


def test_older_entries_are_one_page_further(client, county):
    client.force_login(county.clerk)
    first = client.get(reverse("ledger"))

    older = client.get(reverse("ledger"), {"before": first.context["older"]})

    assert len(first.context["rows"]) == 50
    assert older.context["rows"][-1].kind == "开账"
    assert older.context["older"] is None


def test_another_places_entries_are_not_shown(client, county):
    other = make_county("白水县", prefix="bs-")
    project = make_project(other)
    client.force_login(county.clerk)

    rows = client.get(reverse("ledger"), {"subject": f"projects.project:{project.pk}"})

    assert rows.context["rows"] == []


def test_a_liaison_does_not_read_the_ledger(township):
    assert township.get(reverse("ledger")).status_code == 403


def test_the_ledger_takes_a_constant_number_of_queries(
    client, county, django_assert_max_num_queries
):
    for number in range(5):
        make_claim(make_project(county, name=f"第{number}个"))
    client.force_login(county.clerk)

    with django_assert_max_num_queries(13):
        client.get(reverse("ledger"))
