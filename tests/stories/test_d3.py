"""D3: branches in several provinces; professional and part-time teams."""

import pytest

from tests.stories.groups import founded, member, told
from yipanqi.place.factories import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

BRANCHES = {"长三角招商分局": "专职", "粤港澳招商分局": "专职", "成渝招商分局": "兼职"}


def test_branches_say_what_team_they_are_and_who_leads_them(client):
    county = make_county()
    client.force_login(county.clerk)
    for name, kind in BRANCHES.items():
        branch = founded(client, "branch", name, purpose=f"驻点招商，{kind}队伍")
        member(client, branch, person=county.people["kaifaqu"].pk)

    branches = told(client, "branch")

    assert {name: one["purpose"][-4:-2] for name, one in branches.items()} == BRANCHES
    assert all(one["heads"] == ["王kaifaqu"] for one in branches.values())
