"""D21: the structure of investment, every share and growth computed from what the counties' figures tell."""

import pytest

from tests.stories.presets import board, chief, listed, on, scored, shown

DAY = on("2026-08-31")


def told(place, name):
    return shown(scored(place, code="structure", day=DAY), "区县01", name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("全市投资", "76.54"),
        ("全市增速", "43.6%"),
        ("国有占比", "60.4%"),
        ("私营占比", "34.9%"),
        ("外资占比", "4.7%"),
        ("全市民间", "27.58"),
        ("民间增速", "46.5%"),
        ("增速差距", "104.4%"),
        ("房地产增速", "9.3%"),
        ("历年增幅", "71%"),
        ("占全省", "7.4%"),
        ("比全省高", "11.7%"),
        ("房地产比上年", "-10.8%"),
        ("房地产比全省", "-3.5%"),
    ],
)
def test_the_structure_follows_from_the_counties(place, name, value):
    assert told(place, name) == value


def test_four_counties_are_above_the_mean(place):
    found = scored(place, code="structure", day=DAY)
    mean = found.sheet.values["区县01"]["全市增速"]

    above = listed(found, "高于全市")

    assert len(above) == 4
    growth = {name: row.value for name, row in board(found, "投资增速").items()}
    assert set(above) == {name for name, value in growth.items() if value > mean}


def test_the_years_are_58_68_65_07_77_67_and_100_52_which_is_no_doubling(place):
    found = scored(place, code="structure", day=DAY)

    def year(name):
        return sum(values[name] for values in found.sheet.values.values())

    years = [year(name) for name in ("四年前全年", "大前年全年", "前年全年", "去年全年")]
    assert [f"{float(one):.2f}" for one in years] == ["58.68", "65.07", "77.67", "100.52"]
    assert years[-1] / years[0] < 2


def test_beside_the_cities_of_the_province_it_is_the_fourth(client, place):
    client.force_login(chief())

    items = client.get("/api/comparison").json()["items"]

    told = next(one for one in items if one["indicator"] == "固定资产投资")
    [group] = [one for one in told["groups"] if one["peers"] == "全省各市"]
    ours = next(row for row in group["rows"] if row["holder"] == "丁市")
    assert (ours["rank"], ours["growth"]) == (4, "43.6%")
    found = scored(place, code="structure", day=DAY)
    counted = found.sheet.values["区县01"]["全市投资"]
    assert found.method.printed(counted) == ours["value"]
