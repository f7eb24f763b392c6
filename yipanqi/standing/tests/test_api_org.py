"""The organisation for programs: read by everybody, set by who may, every write once."""

import pytest

from yipanqi.org.actions import set_milestone
from yipanqi.org.factories import NOON, make_group
from yipanqi.org.models import Pairing, Post, Unit
from yipanqi.org.rules import Kind
from yipanqi.standing.tests.programs import as_, problems_of, sent

pytestmark = pytest.mark.usefixtures("at_noon")


def test_a_group_is_founded_once_and_read_with_its_milestones(county):
    client = as_(county.clerk)
    data = {
        "name": "闲置厂房盘活工作组",
        "kind": "working_group",
        "purpose": "清出闲置厂房",
        "founded_on": "2026-08-24",
        "office": county.units["自然资源局"].pk,
        "industries": "装备制造、新材料",
    }

    first = sent(client, "/api/groups", data, key="g1")
    again = sent(client, "/api/groups", data, key="g1")

    assert (first.status_code, first.json()) == (201, again.json())
    group = Unit.objects.get(kind=Kind.WORKING_GROUP)
    day = NOON.date()
    set_milestone(group=group, what="摸底", due_on=day, by=county.clerk, at=NOON)
    [told] = client.get("/api/groups").json()["items"]
    assert (told["office"], told["industries"]) == ("自然资源局", ["装备制造", "新材料"])
    assert told["milestones"] == [
        {"what": "摸底", "due_on": "2026-11-20", "done_on": None, "lamp": "还有 0 天"}
    ]


def test_a_group_without_a_charter_office_is_told_too(county):
    make_group(county)

    [told] = as_(county.liaison()).get("/api/groups").json()["items"]

    assert (told["office"], told["heads"]) == ("", [])


def test_a_unit_is_opened_and_read(county):
    client = as_(county.clerk)
    data = {"name": "气象局", "kind": "other_department", "parent": county.place.pk}

    assert sent(client, "/api/units", data).status_code == 201
    assert "名称" in problems_of(sent(client, "/api/units", data))
    told = {one["name"]: one for one in client.get("/api/units").json()["items"]}
    assert told["气象局"]["liaisons"] == []
    assert told["青山镇"]["leaders"] == ["王xianzhang"]


def test_a_post_is_given_and_ended_by_who_appoints_only(county):
    unit = county.units["柳河镇"].pk
    data = {
        "person": county.people["kaifaqu"].pk,
        "title": "专干",
        "role": "member",
        "capacity": "member",
        "from_on": "2026-11-01",
    }

    refused = sent(as_(county.clerk), f"/api/units/{unit}/posts", data)
    client = as_(county.administrator)
    made = sent(client, f"/api/units/{unit}/posts", data).json()["id"]
    listed = {one["id"] for one in client.get("/api/posts").json()["items"]}
    end = {"on": "2026-11-20", "reason": "调离"}
    ended = sent(client, f"/api/posts/{made}/end", end)

    assert refused.status_code == 403
    assert made in listed
    assert ended.status_code == 201
    assert str(Post.objects.get(pk=made).to_on) == "2026-11-20"


def test_a_pairing_is_made_and_ended(county):
    client = as_(county.clerk)
    data = {"seat": county.units["县长岗位"].pk, "matter": "enterprise", "name": "云岭食品"}

    made = sent(client, "/api/pairings", data).json()["id"]
    names = {one["name"] for one in client.get("/api/pairings").json()["items"]}
    ended = sent(client, f"/api/pairings/{made}/end", {"reason": "调整"})

    assert names == {"青山镇", "云岭食品", "柳河镇", "经济开发区"}
    assert ended.status_code == 201
    assert not Pairing.objects.current().filter(pk=made).exists()
