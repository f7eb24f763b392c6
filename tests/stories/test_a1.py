"""A1: a leading group headed jointly by the chiefs of the four bodies, with members and an office."""

import pytest

from yipanqi.org.actions import open_unit
from yipanqi.org.factories import NOON
from yipanqi.org.models import Post, Unit
from yipanqi.org.rules import Kind, Role
from yipanqi.place.factories import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
CHIEFS = ("县委书记", "县长", "人大主任", "政协主席")


def test_four_chiefs_head_one_group_and_every_unit_is_accountable_in_it(client):
    county = make_county()
    client.force_login(county.administrator)
    for number, seat in enumerate(CHIEFS):
        unit = open_unit(name=seat, kind=Kind.SEAT, parent=county.place, by=None, at=NOON)
        person = {
            "username": f"chief{number}",
            "name": seat,
            "unit": unit.pk,
            "title": seat,
            "role": "leader",
            "capacity": "head",
            "from_on": "2026-01-01",
        }
        client.post("/org/people/new/", person)
    client.force_login(county.clerk)
    founded = {
        "name": "招商引资工作领导小组",
        "kind": "leading_group",
        "purpose": "统一领导全县招商引资",
        "founded_on": "2026-02-04",
        "office": county.units["招商促进局"].pk,
    }
    client.post("/org/groups/new/", founded)
    group = Unit.objects.get(kind=Kind.LEADING_GROUP)
    for post in Post.objects.filter(role=Role.LEADER, title__in=CHIEFS).order_by("pk"):
        member = {
            "person": post.person_id,
            "title": "组长",
            "capacity": "head",
            "from_on": "2026-02-04",
        }
        client.post(f"/org/groups/{group.pk}/members/", member)
    accountable = list(Unit.objects.under(county.place.path).offices())
    for unit in accountable:
        joined = {"unit": unit.pk, "capacity": "member"}
        client.post(f"/org/groups/{group.pk}/units/", joined)

    [told] = client.get("/api/groups").json()["items"]

    assert (told["heads"], told["office"]) == (list(CHIEFS), "招商促进局")
    assert sorted(told["units"]) == sorted(unit.name for unit in accountable)
    shown = client.get(f"/org/units/{group.pk}/").content.decode()
    assert f'data-n="{len(accountable)}"' in shown
