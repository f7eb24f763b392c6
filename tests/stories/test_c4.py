"""C4: claims by rank, a dozen for each promotion bureau, and a list of those who carry nothing."""

import pytest

from tests.stories.counties import county_with
from yipanqi.org.rules import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
BIG = "{measure: projects, node: signed, credit: [introducer, leader], at_least: %s}"
INDICATORS = "\n" + "\n".join(
    f"  - {{code: {code}, name: {name}, unit: 个, counts: {BIG % floor}{within}}}"
    for code, name, floor, within in (
        ("signed_100m", "1亿元以上项目", 10_000, ""),
        ("signed_500m", "5亿元以上项目", 50_000, ""),
        ("signed_1b", "10亿元以上项目", 100_000, ", within: signed_100m"),
        ("signed_5b", "50亿元以上项目", 500_000, ""),
    )
)


def line(number, **typed):
    return {f"{name}_{number}": value for name, value in typed.items()}


def test_leaders_claim_by_rank_bureaus_twelve_and_who_has_none_is_named(client):
    county = county_with(
        {
            Kind.SEAT: ["副县长甲岗位", "副县长乙岗位"],
            Kind.TEAM: ["珠三角招商组"],
            Kind.BRANCH: ["深圳招商分局", "上海招商分局"],
        },
        indicators=INDICATORS,
        people=3,
    )
    client.force_login(county.clerk)
    plan = {
        "year": "2026",
        "rows": "5",
        "basis": "县委发〔2026〕1号",
        **line(1, who="kind:seat", last="2", indicator="signed_5b", amount="1"),
        **line(2, who="kind:seat", first="3", indicator="signed_1b", amount="1"),
        **line(3, who="kind:team", persons="on", indicator="signed_500m", amount="1"),
        **line(4, who="kind:branch", indicator="signed_100m", amount="12"),
        **line(5, who="kind:branch", indicator="signed_1b", amount="1"),
    }

    issued = client.post("/targets/plans/new/", {**plan, "issue": "1"})
    told = client.get(issued["Location"]).content.decode()
    assert issued.status_code == 302
    assert "县领导前 2 位" in told
    assert "县领导第 3 位起" in told

    given = {
        one["unit"]: {t["indicator"]: t["assigned"] for t in one["tasks"] if t["assigned"]}
        for one in client.get("/api/targets").json()["items"]
    }
    assert [given[seat] for seat in ("县长岗位", "副县长岗位")] == [{"signed_5b": 1}] * 2
    assert [given[seat] for seat in ("副县长甲岗位", "副县长乙岗位")] == [{"signed_1b": 1}] * 2
    assert given["深圳招商分局"] == {"signed_100m": 12, "signed_1b": 1}
    assert told.count("珠三角招商组") >= 3

    gaps = {gap.unit.name: gap for gap in client.get("/targets/gaps/").context["gaps"]}
    assert "珠三角招商组" not in gaps
    assert gaps["深圳招商分局"].has_task
    assert len(gaps["深圳招商分局"].people) == 3
    assert not gaps["青山镇"].has_task
