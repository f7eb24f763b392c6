"""E1: ten industry committees, each with an office and member units, beside districts and zones."""

import pytest

from tests.stories.groups import founded, member, told
from yipanqi.place.factories import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_ten_committees_each_have_an_office_and_member_units(client):
    county = make_county()
    client.force_login(county.clerk)
    bureau, zone = county.units["招商促进局"].pk, county.units["经济开发区"].pk
    for number in range(1, 11):
        group = founded(client, "committee", f"第{number}产业投促委", office=bureau)
        member(client, group, unit=bureau)
        member(client, group, unit=zone, capacity="member")

    committees = told(client, "committee").values()

    assert len(committees) == 10
    assert all(one["office"] == "招商促进局" for one in committees)
    assert all(one["units"] == ["招商促进局", "经济开发区"] for one in committees)
    assert all(one["heads"] == ["招商促进局"] for one in committees)
    shown = client.get(f"/org/units/{zone}/").content.decode()
    assert shown.count("产业投促委") == 10
