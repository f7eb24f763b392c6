"""B1: seven industry teams, each under a vice head: who runs an industry promotes it."""

import pytest

from tests.stories.groups import founded, member, told
from yipanqi.place.factories import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

INDUSTRIES = ("食品加工", "装备制造", "新材料", "电子信息", "文旅康养", "现代物流", "纺织服装")


def test_seven_teams_each_cover_an_industry_under_a_leader(client):
    county = make_county()
    client.force_login(county.clerk)
    for industry in INDUSTRIES:
        team = founded(client, "team", f"{industry}招商组", industries=industry)
        member(client, team, person=county.people["fuxianzhang"].pk)

    teams = told(client, "team").values()

    assert len(teams) == 7
    assert {one["industries"][0] for one in teams} == set(INDUSTRIES)
    assert {one["heads"][0] for one in teams} == {"王fuxianzhang"}
    assert "没有负责人" not in client.get("/org/groups/").content.decode()
