"""A2: 3×15+N, issued from one rule and adjusted one by one."""

import pytest

from tests.stories.counties import county_with
from yipanqi.facts.targets.models import Target
from yipanqi.org.rules import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
FIFTEEN, OTHERS = 15, 11


def line(number, who, indicator, amount):
    typed = {"who": f"kind:{who}", "indicator": indicator, "amount": amount}
    return {f"{name}_{number}": value for name, value in typed.items()}


def test_three_times_fifteen_and_n_are_issued_from_one_rule_and_then_adjusted(client):
    usual = {Kind.SEAT: 2, Kind.TOWNSHIP: 2, Kind.DEPARTMENT: 8}
    more = {
        kind: [f"{kind.label}{number}" for number in range(FIFTEEN - there)]
        for kind, there in usual.items()
    }
    others = {Kind.OTHER_DEPARTMENT: [f"部门{number}" for number in range(OTHERS)]}
    county = county_with({**more, **others})
    client.force_login(county.clerk)
    plan = {
        "year": "2026",
        "rows": "4",
        "basis": "青办发〔2026〕3号",
        "clause": "第三条",
        **line(1, "seat", "signed", "1"),
        **line(2, "township", "signed", "1"),
        **line(3, "department", "signed", "1"),
        **line(4, "other_department", "leads", "6"),
    }

    preview = client.post("/targets/plans/new/", {**plan, "preview": "1"}).context["preview"]
    assert len(preview.created) == 3 * FIFTEEN + OTHERS
    assert not Target.objects.exists()
    issued = client.post("/targets/plans/new/", {**plan, "issue": "1"})
    assert issued.status_code == 302

    items = client.get("/api/targets").json()["items"]
    given = {
        one["unit"]: {t["indicator"]: t["assigned"] for t in one["tasks"] if t["assigned"]}
        for one in items
        if one["state"] != "none"
    }
    assert sum(tasks == {"signed": 1} for tasks in given.values()) == 45
    assert sum(tasks == {"leads": 6} for tasks in given.values()) == OTHERS
    assert "规则" in client.get(issued["Location"]).content.decode()

    unit = county.units["青山镇"].pk
    adjusted = {**plan, "indicator": "signed", "amount": "2"}
    assert client.post(f"/targets/{unit}/set/", adjusted).status_code == 422
    adjusted["reason"] = "工业大镇加压"
    assert client.post(f"/targets/{unit}/set/", adjusted).status_code == 302
    words = Target.objects.filter(holder=unit).order_by("seq").values_list("amount", "reason")
    assert list(words) == [(1, ""), (2, "工业大镇加压")]
    again = client.post("/targets/plans/new/", {**plan, "preview": "1"}).context["preview"]
    assert [(one.who, one.before, one.told) for one in again.changed] == [("青山镇", "2", "1")]
