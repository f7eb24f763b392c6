"""A1t: a target from above, nine industrial projects of 50 million of which two of 500 (last year eight)."""

from datetime import date

import pytest

from tests.stories.counties import county_with
from yipanqi.org.rules import Kind
from yipanqi.standing.factories import make_project, recognise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
WAN = 1_000_000
COUNTS = "counts: {measure: projects, node: signed, industry: [工业], at_least: %s}"
INDICATORS = f"""
  - {{code: industrial, name: 5000万元以上工业项目, unit: 个, previous: 8, {COUNTS % 5000}}}
  - {{code: industrial_500m, name: 其中5亿元以上, unit: 个, within: industrial, {COUNTS % 50000}}}
"""
SIGNED = [
    (60_000, "工业"),
    (50_000, "工业"),
    *[(5_000, "工业")] * 5,
    (4_999, "工业"),
    (80_000, "农业"),
]
"""What was signed this year: amounts in 万元 with their industry."""


def test_a_target_from_above_holds_its_sub_condition_and_is_split_to_units(client):
    county = county_with({Kind.TOWNSHIP: ["石桥乡"]}, indicators=INDICATORS)
    units = ["青山镇", "柳河镇", "石桥乡"]
    for number, (total, industry) in enumerate(SIGNED):
        project = make_project(
            county,
            name=f"项目{number}",
            total=total * WAN,
            industry=industry,
            unit=units[number % len(units)],
        )
        recognise(project, "signed", on=date(2026, 3, 1 + number))
    above = {"clause": "第一条", "basis": "市政办发〔2026〕2号"}
    client.force_login(county.clerk)

    for code, amount in (("industrial", "9"), ("industrial_500m", "2")):
        url = f"/targets/{county.place.pk}/set/"
        assert client.post(url, {**above, "indicator": code, "amount": amount}).status_code == 302
    rows = "\n".join(
        f"{unit}\tindustrial\t{amount}" for unit, amount in zip(units, (4, 3, 3), strict=True)
    )
    pasted = {"year": "2026", "basis": "县政办发〔2026〕3号", "text": rows, "issue": "1"}
    assert client.post("/targets/paste/", pasted).status_code == 302

    industrial = sum(total >= 5_000 and industry == "工业" for total, industry in SIGNED)
    large = sum(total >= 50_000 and industry == "工业" for total, industry in SIGNED)
    assert (industrial, large) == (7, 2)
    told = client.get("/api/targets").json()["together"]
    assert [(one["done"], one["assigned"], one["state"]) for one in told] == [
        (str(industrial), 9, "behind"),
        (str(large), 2, "met"),
    ]
    text = client.get(f"/targets/{county.place.pk}/").content.decode()
    assert "任务 9，完成 77.8%" in text
    assert "分到单位 10" in text
    assert "超分 1" in text
    assert "上年 8" in text
    assert "市政办发〔2026〕2号第一条" in text
    opened = client.get(f"/targets/records/?holder={county.place.pk}&indicator=industrial_500m")
    assert f'<strong data-n="{large}"' in opened.content.decode()
