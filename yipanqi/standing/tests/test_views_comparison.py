"""Comparison in a browser: entered, pasted with a preview, shown beside ours, taken off, refused."""

import pytest

from yipanqi.facts.outside.models import OutsideFigure
from yipanqi.standing.factories import recognise
from yipanqi.standing.tests.pages import MOST, asked_for, of, page
from yipanqi.standing.tests.programs import problems_of, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
FIGURE = {
    "holder": "江州市",
    "peers": "周边城市",
    "indicator": "到位资金",
    "year": 2026,
    "month": 10,
    "value": "1.5",
    "unit": "亿元",
    "source": "统计快报",
    "said_on": "2026-11-12",
}
HEAD = "单位\t分组\t指标\t年度\t截至月份\t数值\t计量单位\t来源\t来源日期"
ROWS = (
    "江州市\t周边城市\t固定资产投资\t2026\t10\t1,250.5\t亿元\t统计快报\t2026-11-12\n"
    "青禾县\t\t固定资产投资\t2026\t10\t98\t亿元\t县统计局\t2026-11-10\n"
)


def test_an_empty_page_says_what_will_stand_there(clerk):
    assert "还没有录入别处的数" in page(clerk.get("/comparison/"))


def test_theirs_as_entered_stand_beside_ours_as_counted(clerk, project):
    recognise(project, "signed")
    recognise(project, "funds", amount=3_000_000_000)

    made = clerk.post("/comparison/new/", FIGURE)
    shown = clerk.get(made.url)

    [group] = shown.context["shown"].groups
    assert [(row.line.holder, row.told) for row in group.rows] == [
        ("江州市", "15,000"),
        ("青禾县", "3,000"),
    ]
    assert "20.0%" in page(shown)
    assert "本地在 2 家里排第 2" in page(shown)
    assert "统计快报 2026-11-12" in page(shown)


def test_a_figure_that_cannot_be_is_refused_and_nothing_typed_is_lost(clerk):
    response = clerk.post("/comparison/new/", {**FIGURE, "holder": "青禾县"})

    assert response.status_code == 422
    assert "本地的“到位资金”由账本算出，不必录入" in page(response)
    assert "统计快报" in page(response)
    assert not OutsideFigure.objects.exists()


def test_pasted_rows_are_seen_before_they_are_entered(clerk):
    seen = clerk.post("/comparison/paste/", {"rows": f"{HEAD}\n{ROWS}"})
    assert "1,250.5 亿元" in page(seen)
    assert "录入 2 个数" in page(seen)
    assert not OutsideFigure.objects.exists()

    made = clerk.post("/comparison/paste/", {"rows": f"{HEAD}\n{ROWS}", "confirm": "1"})

    [group] = clerk.get(made.url).context["shown"].groups
    assert [(row.line.holder, row.line.rank) for row in group.rows] == [
        ("江州市", 1),
        ("青禾县", 2),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (HEAD, "没有数据，请粘贴至少一行"),
        (ROWS.replace("98", "很多"), "第 2 行 数值"),
        (ROWS.replace("县统计局\t2026-11-10", "县统计局\t2027-01-01"), "第 2 行 来源日期"),
    ],
)
def test_rows_that_cannot_be_read_are_refused_by_their_line(clerk, rows, words):
    response = clerk.post("/comparison/paste/", {"rows": rows, "confirm": "1"})

    assert response.status_code == 422
    assert words in page(response)
    assert not OutsideFigure.objects.exists()


def test_a_figure_is_taken_off_once(clerk):
    clerk.post("/comparison/new/", FIGURE)
    figure = OutsideFigure.objects.get()

    first = clerk.post(f"/comparison/{figure.pk}/gone/", follow=True)
    again = clerk.post(f"/comparison/{figure.pk}/gone/", follow=True)

    assert "已撤下" in page(first)
    assert "已经更正或撤下" in page(again)
    assert "还没有录入别处的数" in page(again)


def test_everybody_reads_and_only_the_office_enters(clerk, county):
    clerk.post("/comparison/new/", FIGURE)
    liaison = county.liaison()

    assert of(liaison, "/comparison/").status_code == 200
    assert of(liaison, "/comparison/new/").status_code == 403
    assert of(liaison, "/comparison/?indicator=没有").status_code == 404
    assert of(liaison, "/comparison/?indicator=funds&period=2020-1").status_code == 404
    assert of(liaison, "/comparison/?indicator=funds&period=2026-10").status_code == 200


def test_more_peers_ask_the_database_no_more(clerk, county):
    clerk.post("/comparison/new/", FIGURE)
    few = asked_for(county.clerk, "/comparison/")
    for number in range(4):
        clerk.post("/comparison/new/", {**FIGURE, "holder": f"第{number}市", "peers": "山区县"})

    assert asked_for(county.clerk, "/comparison/") == few <= MOST + 4


def test_programs_enter_and_compare(clerk):
    made = sent(clerk, "/api/figures", FIGURE, key="a1")
    again = sent(clerk, "/api/figures", FIGURE, key="a1")
    wrong = sent(clerk, "/api/figures", {**FIGURE, "unit": "个"})
    assert made.status_code == 201, made.content.decode()
    [told] = clerk.get("/api/comparison").json()["items"]

    assert (made.status_code, made.json()) == (201, again.json())
    assert problems_of(wrong) == {"计量单位": "“funds”以万元计，请换算后再录"}
    assert (told["name"], told["unit"], told["counted"]) == ("到位资金", "万元", True)
    assert [row["value"] for row in told["groups"][0]["rows"]] == ["15,000", "0"]
