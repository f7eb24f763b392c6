"""E5: self-raised targets stand beside the assigned ones, and both are measured."""

from fractions import Fraction

import pytest

from yipanqi.place.factories import make_county
from yipanqi.standing.factories import make_project, recognise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
YI = 10**10
RAISED = {"青山镇": (72, 80, 36), "柳河镇": (60, 73, 73), "经济开发区": (42, 75, 21)}
"""Assigned, pledged and arrived, in 亿元."""


def test_seventy_two_becomes_eighty_and_both_are_kept_and_measured(client):
    county = make_county()
    basis = {"basis": "青办发〔2026〕3号", "indicator": "funds"}
    for unit, (assigned, pledged, arrived) in RAISED.items():
        url = f"/targets/{county.units[unit].pk}"
        client.force_login(county.clerk)
        typed = {**basis, "amount": f"{assigned}0000"}
        assert client.post(f"{url}/set/", typed).status_code == 302
        client.force_login(county.liaison(unit))
        typed = {**basis, "amount": f"{pledged}0000", "basis": "军令状"}
        assert client.post(f"{url}/pledge/", typed).status_code == 302
        recognise(make_project(county, unit=unit, name=unit), "funds", amount=arrived * YI)

    told = client.get("/api/targets?indicator=funds").json()
    items = [one for one in told["items"] if one["state"] != "none"]
    funds = {one["unit"]: one["tasks"][0] for one in items}

    assert {
        unit: (task["assigned"] // YI, task["pledged"] // YI) for unit, task in funds.items()
    } == {unit: raised[:2] for unit, raised in RAISED.items()}
    for unit, (assigned, pledged, arrived) in RAISED.items():
        assert Fraction(funds[unit]["share"]) == Fraction(arrived, assigned)
        text = client.get(f"/targets/{county.units[unit].pk}/").content.decode()
        assert f"自报 {pledged}0,000，完成 {float(Fraction(arrived * 100, pledged)):.1f}%" in text
    together = next(one for one in told["together"] if one["indicator"] == "funds")
    assert (together["assigned"], together["pledged"]) == (174 * YI, 228 * YI)
