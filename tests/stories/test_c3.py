"""C3: a chain has a chief, a working group, leading enterprises and a fund-promotion team."""

import pytest

from tests.stories.groups import founded, member, told
from yipanqi.place.factories import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_chain_has_its_chief_its_teams_and_its_leading_enterprises(client):
    county = make_county()
    client.force_login(county.clerk)
    offices = county.units
    chain = founded(
        client, "chain", "食品加工产业链", industries="食品加工", enterprises="云岭食品、青山粮油"
    )
    member(client, chain, person=county.leader.pk, title="链长")
    for kind, name, office in (
        ("working_group", "食品链工作组", "工业和信息化局"),
        ("team", "食品链基金招商组", "财政局"),
    ):
        team = founded(client, kind, name, office=offices[office].pk)
        member(client, chain, unit=team, capacity="member")
    pairing = {"seat": offices["县长岗位"].pk, "matter": "unit", "unit": chain}
    client.post("/org/pairings/new/", pairing)

    one = told(client, "chain")["食品加工产业链"]

    assert (one["heads"], one["enterprises"]) == (["王xianzhang"], ["云岭食品", "青山粮油"])
    assert one["units"] == ["食品链工作组", "食品链基金招商组"]
    paired = client.get("/api/pairings").json()["items"]
    assert chain in {entry["unit_id"] for entry in paired}
