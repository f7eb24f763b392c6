"""O4: an instruction founds a working group with office, named head and dated milestones."""

import pytest

from yipanqi.org.models import Milestone, Unit
from yipanqi.org.rules import Kind
from yipanqi.place.factories import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_an_instruction_becomes_a_group_whose_late_milestone_is_named(client):
    county = make_county()
    client.force_login(county.clerk)
    founded = {
        "name": "闲置厂房盘活工作组",
        "kind": "working_group",
        "purpose": "三个月内把闲置厂房清出来招商",
        "basis": "《市领导关于盘活闲置厂房的批示》",
        "founded_on": "2026-08-24",
        "office": county.units["自然资源局"].pk,
    }
    client.post("/org/groups/new/", founded)
    group = Unit.objects.get(kind=Kind.WORKING_GROUP)
    head = {
        "person": county.leader.pk,
        "title": "组长",
        "capacity": "head",
        "from_on": "2026-08-24",
    }
    client.post(f"/org/groups/{group.pk}/members/", head)
    for what, due in (("摸清底数", "2026-09-15"), ("收回首批", "2026-11-10")):
        client.post(f"/org/groups/{group.pk}/milestones/", {"what": what, "due_on": due})
    first = Milestone.objects.get(what="摸清底数")
    client.post(f"/org/milestones/{first.pk}/done/", {"on": "2026-09-14", "note": "共 37 处"})

    [told] = client.get("/api/groups").json()["items"]

    assert (told["office"], told["heads"]) == ("自然资源局", ["王xianzhang"])
    assert [one["lamp"] for one in told["milestones"]] == ["2026-09-14 完成", "逾期 10 天"]
    assert "逾期 10 天" in client.get("/org/groups/").content.decode()
