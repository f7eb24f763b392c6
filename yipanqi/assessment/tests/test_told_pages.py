"""Figures are told on a page: typed, pasted or uploaded, corrected for a reason, taken off."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.tests.test_told import METHOD
from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.ledger.reads import findings, now_seq
from yipanqi.standing.factories import NOON, County, make_county
from yipanqi.standing.tests.pages import asked_for, of, page
from yipanqi.standing.tests.programs import problems_of, sent

ASKED = "/told/?month=2026-10"
SAID = {"month": "2026-10", "source": "县统计局月报", "said_on": "2026-11-12", "reason": ""}
SHEET = "单位\t产值\t满意率\t备注\n青山镇\t12.5\t98.5%\t\n柳河镇\t\t90%\t核实中\n合计\t12.5\t\t"


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county(db: None) -> County:
    county = make_county()
    text = METHOD.replace("  产值: {unit: 万元,", "  产值: {unit: 亿元,").replace("/10000", "")
    text = text.replace("reported_by: 统计局", "reported_by: 柳河镇")
    adopt_method(place=county.place, text=text, by=county.chief, at=NOON)
    return county


def tell(client, person, **typed):
    client.force_login(person)
    return client.post("/told/new/", {**SAID, **typed}, follow=True)


def field(county, unit="青山镇", number=0):
    return f"cell-{county.units[unit].pk}-{number}"


def standing():
    told = OutsideFigure.objects.of_ours().standing().order_by("seq")
    return {(one.of.name, one.indicator): str(one.value) for one in told if one.of}


def test_figures_are_typed_into_the_table_and_score_at_once(client, county):
    answer = tell(client, county.clerk, **{field(county): "12.5", field(county, number=1): "98.5%"})

    assert "已填报 2 个数" in page(answer)
    assert standing() == {("青山镇", "规上工业产值"): "25/2", ("青山镇", "满意率"): "197/2"}
    told = client.get(ASKED)
    assert 'value="12.5"' in page(told)
    assert "县统计局月报" in page(told)
    assert list(findings()) == []


def test_what_stands_already_adds_nothing_and_a_correction_says_why(client, county):
    tell(client, county.clerk, **{field(county): "12.5"})
    before = now_seq()

    again = tell(client, county.clerk, **{field(county): "12.5"})
    assert "没有新的数" in page(again)
    assert now_seq() == before
    silent = tell(client, county.clerk, **{field(county): "13"})
    assert silent.status_code == 422
    assert "更正要写明理由" in page(silent)
    assert 'value="13"' in page(silent)
    tell(client, county.clerk, **{field(county): "13"}, reason="统计局修正")

    holder = county.units["青山镇"].pk
    door = page(client.get(f"/scores/{holder}/产值/"))
    assert "统计局修正" in door
    assert county.clerk.name in door
    assert standing() == {("青山镇", "规上工业产值"): "13"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("很多", "青山镇 产值：“很多”不是数"),
        ("96%", "不应带百分号"),
        ("1.23456", "最多四位小数"),
        ("", "没有数，请至少填一个"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_named_and_nothing_is_lost(client, county, typed, words):
    answer = tell(client, county.clerk, **{field(county): typed})

    assert answer.status_code == 422
    assert words in page(answer).replace("</strong> ", "：")
    assert f'value="{typed}"' in page(answer)
    assert not OutsideFigure.objects.exists()


def test_a_sheet_is_seen_before_it_is_written(client, county):
    seen = tell(client, county.clerk, text=SHEET, preview="1")

    assert "读到 3 个数" in page(seen)
    assert "没有读的列：备注" in page(seen)
    assert not OutsideFigure.objects.exists()
    tell(client, county.clerk, text=SHEET, write="1")
    assert len(standing()) == 3
    assert "没有新的数" in page(tell(client, county.clerk, text=SHEET, write="1"))


def test_a_file_is_read_like_a_pasted_sheet(client, county):
    file = SimpleUploadedFile("told.csv", SHEET.replace("\t", ",").encode())

    seen = tell(client, county.clerk, file=file, preview="1")

    assert "读到 3 个数" in page(seen)
    assert "青山镇\t12.5\t98.5%" in page(seen)
    broken = SimpleUploadedFile("told.xlsx", b"PK\x03\x04nothing")
    assert "打不开" in page(tell(client, county.clerk, file=broken))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("甲\t乙\n1\t2", "没有找到表头"),
        (SHEET.replace("柳河镇", "白水镇"), "A3：没有“白水镇”这个单位"),
        (SHEET.replace("98.5%", "98.5"), "C2：“98.5”要带百分号"),
        (SHEET.replace("备注", "产值"), "列“产值”有两个"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_told_by_its_cells(client, county, text, words):
    answer = tell(client, county.clerk, text=text, write="1")

    assert answer.status_code == 422
    assert words in page(answer).replace("</strong> ", "：")
    assert not OutsideFigure.objects.exists()


def test_a_unit_tells_what_it_is_named_for_and_nothing_else(client, county):
    owner, other = county.liaison("柳河镇"), county.liaison("青山镇")
    both = {field(county): "12.5", field(county, number=1): "98.5%"}

    assert "没有由你的单位填报的数" in page(tell(client, other, **both))
    tell(client, owner, **both)

    assert standing() == {("青山镇", "规上工业产值"): "25/2"}
    assert of(county.leader, "/told/").status_code == 200
    assert of(county.leader, "/told/new/").status_code == 403


def test_a_figure_is_taken_off_for_a_reason_and_is_missing_again(client, county):
    tell(client, county.clerk, **{field(county): "12.5"})
    told = OutsideFigure.objects.get()

    assert "撤下的理由" in page(client.post(f"/told/{told.pk}/gone/", {}, follow=True))
    gone = client.post(f"/told/{told.pk}/gone/", {"reason": "填错了单位"}, follow=True)
    assert "已撤下" in page(gone)
    assert "已经更正或撤下" in page(
        client.post(f"/told/{told.pk}/gone/", {"reason": "再撤"}, follow=True)
    )
    client.force_login(county.liaison("柳河镇"))
    assert client.post(f"/told/{told.pk}/gone/", {"reason": "不是我的"}).status_code == 404

    assert standing() == {}
    assert "填错了单位" in page(of(county.clerk, f"/scores/{county.units['青山镇'].pk}/产值/"))


def test_pages_without_anything_to_tell_say_so(client, db):
    county = make_county()
    assert "还没有考核办法" in page(of(county.clerk, "/told/"))
    assert of(county.clerk, "/told/?method=none").status_code == 404
    assert of(county.clerk, "/told/new/").status_code == 302
    assert tell(client, county.clerk).status_code == 422
    plain = METHOD.replace("figures:", "figures:\n  签约: {measure: projects, node: signed}", 1)
    lines = [
        line
        for line in plain.splitlines()
        if "规上工业产值" not in line and "满意率: {" not in line
    ]
    text = "\n".join(line for line in lines if "增速: {" not in line).replace(
        "=MIN(满分*增速*满意率, 满分)", "=MIN(签约, 满分)"
    )
    adopt_method(place=county.place, text=text, by=county.chief, at=NOON)
    assert "没有要填报的数" in page(of(county.clerk, "/told/"))


def test_programs_read_and_tell_the_same_table(client, county):
    client.force_login(county.clerk)
    sheet = {**SAID, "text": SHEET}

    made = sent(client, "/api/told", sheet, key="t1")
    again = sent(client, "/api/told", sheet, key="t1")
    wrong = sent(client, "/api/told", {**sheet, "text": SHEET.replace("98.5%", "多")})
    told = client.get("/api/told?month=2026-10").json()

    assert (made.status_code, made.json()) == (201, again.json())
    assert len(made.json()["seqs"]) == 3
    assert problems_of(wrong) == {"C2": "“多”不是数，没有数就留空"}
    figures = {one["holder"]: one["figures"] for one in told["holders"]}
    assert [one["value"] for one in figures["青山镇"]] == ["12.5", "98.5%"]
    assert [one["value"] for one in figures["柳河镇"]] == ["", "90%"]
    assert client.get("/api/told?method=none").status_code == 404


def test_more_figures_ask_the_database_no_more(client, county):
    few = asked_for(county.clerk, ASKED)
    tell(client, county.clerk, text=SHEET, write="1")

    assert asked_for(county.clerk, ASKED) <= few + 1
