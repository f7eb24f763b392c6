"""A12: ours beside neighbours and peers: 25.2, 42.7, 45.8 %; 3 billion against 10; rank among peers."""

from datetime import date

import pytest

from yipanqi.core.numbers import FEN_PER_YI
from yipanqi.place.factories import make_county
from yipanqi.standing.factories import make_project, make_settings, recognise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
INDICATORS = (
    "[{code: funds, name: 到位资金, unit: 亿元, counts: {measure: funds, credit: introducer}},"
    " {code: big, name: 两个大项目投资, unit: 亿元,"
    " counts: {measure: investment, node: signed, at_least: 100000, credit: introducer}}]"
)
CITIES = (("江州市", "396.8"), ("云溪市", "234.2"), ("白石市", "218.3"))
COUNTIES = (("石泉县", "120"), ("平山县", "88.5"), ("西岭县", "61"), ("南川县", "100"))


def row(holder, peers, indicator, value, *, year=2026):
    day = f"{year}-11-12"
    return "\t".join((holder, peers, indicator, str(year), "10", value, "亿元", "统计快报", day))


def told_of(client, indicator, peers):
    items = client.get("/api/comparison").json()["items"]
    [shown] = [one for one in items if one["indicator"] == indicator]
    [group] = [one for one in shown["groups"] if one["peers"] == peers]
    return {one["holder"]: one for one in group["rows"]}


def test_ours_is_counted_and_set_beside_three_cities_and_the_mountain_counties(client):
    county = make_county()
    make_settings(county, indicators=INDICATORS, valid_from="2025-01-01")
    first = make_project(county, name="光伏组件", total=18 * FEN_PER_YI)
    second = make_project(county, name="储能电池", total=12 * FEN_PER_YI, unit="柳河镇")
    for project, amounts in ((first, (40, 25)), (second, (35,))):
        recognise(project, "signed")
        for amount in amounts:
            recognise(project, "funds", amount=amount * FEN_PER_YI)
    recognise(first, "funds", amount=80 * FEN_PER_YI, on=date(2025, 6, 1))
    client.force_login(county.clerk)
    rows = [row(name, "周边城市", "到位资金", value) for name, value in CITIES]
    rows += [row(name, "山区县", "到位资金", value) for name, value in COUNTIES]
    rows += [row("石泉县", "山区县", "到位资金", "96", year=2025)]
    rows += [row("江州市", "周边城市", "两个大项目投资", "100")]

    made = client.post("/comparison/paste/", {"rows": "\n".join(rows), "confirm": "1"})

    cities = told_of(client, "funds", "周边城市")
    assert cities["青禾县"]["value"] == "100"
    assert [cities[name]["share"] for name, _ in CITIES] == ["25.2%", "42.7%", "45.8%"]
    peers = told_of(client, "funds", "山区县")
    ranks = {name: one["rank"] for name, one in peers.items()}
    assert ranks == {"石泉县": 1, "青禾县": 2, "南川县": 2, "平山县": 4, "西岭县": 5}
    assert (peers["青禾县"]["growth"], peers["石泉县"]["growth"]) == ("25.0%", "25.0%")
    big = told_of(client, "big", "周边城市")
    assert (big["青禾县"]["value"], big["江州市"]["share"]) == ("30", "30.0%")

    shown = client.get(made.url).content.decode()
    assert "本地在 5 家里排第 2" in shown
    assert "统计快报 2026-11-12" in shown
    beside = client.get("/comparison/?indicator=big").content.decode()
    assert "3.33 倍" in beside
