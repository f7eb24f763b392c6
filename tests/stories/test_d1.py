"""D1: down to the person, with the sum checked against the parent in both directions."""

from datetime import date

import pytest

from tests.stories.counties import county_with
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.org.rules import Kind
from yipanqi.standing.factories import make_project, recognise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_units_target_decomposes_to_its_people_and_the_sum_is_checked(client):
    county = county_with({Kind.TOWNSHIP: ["石桥乡"]}, people=3)
    unit = county.units["石桥乡"]
    first, second, third = (county.people[f"石桥乡-{number}"] for number in (1, 2, 3))
    client.force_login(county.clerk)
    task = {"indicator": "signed", "amount": "4", "basis": "青办发〔2026〕3号"}
    assert client.post(f"/targets/{unit.pk}/set/", task).status_code == 302
    shares = [
        Share(unit_id=unit.pk, role=PartRole.INTRODUCER),
        Share(unit_id=unit.pk, role=PartRole.LEAD, person_id=first.pk),
    ]
    recognise(make_project(county, shares=shares), "signed", on=date(2026, 5, 9))
    client.force_login(first)

    def split(**amounts):
        typed = {
            f"person_{county.people[f'石桥乡-{name[1:]}'].pk}": a for name, a in amounts.items()
        }
        url = f"/targets/{unit.pk}/split/signed/"
        return client.post(url, {**typed, "basis": "镇党委会"})

    def page():
        return client.get(f"/targets/{unit.pk}/").content.decode()

    assert split(p1="2", p2="1").status_code == 302
    assert "缺口 1" in page()
    assert third.name in page().split("没有分到任务的人")[1]
    assert split(p3="2").status_code == 302
    assert "超分 1" in page()
    assert split(p2="0").status_code == 302
    assert "正好分完" in page()
    assert f"{first.name} 1 / 2 50.0%" in page()
    assert second.name in client.get("/targets/gaps/").content.decode()
    assert client.get("/api/targets?group=township&state=behind").json()["behind"] == 1
