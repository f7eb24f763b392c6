"""E3: nine advisers, twelve entrusted agents, outposts in three cities; projects are credited to them."""

import pytest

from tests.stories.groups import founded, told
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.org.models import Unit
from yipanqi.place.factories import make_county
from yipanqi.standing.factories import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_outside_helpers_are_counted_and_what_they_bring_is_theirs(client):
    county = make_county()
    client.force_login(county.clerk)
    for number in range(1, 10):
        founded(client, "helper", f"招商顾问（第{number}位）")
    for number in range(1, 13):
        founded(client, "helper", f"委托招商机构{number}")
    for city in ("上海", "深圳", "北京"):
        founded(client, "outpost", f"驻{city}办事处")
    outpost = Unit.objects.get(name="驻深圳办事处")
    shares = [
        Share(unit_id=outpost.pk, role=PartRole.INTRODUCER),
        Share(unit_id=county.units["青山镇"].pk, role=PartRole.LEAD),
    ]
    make_project(county, name="电子元件项目", shares=shares)

    helpers = list(told(client, "helper"))

    assert len([name for name in helpers if name.startswith("招商顾问")]) == 9
    assert len([name for name in helpers if name.startswith("委托招商")]) == 12
    assert len(told(client, "outpost")) == 3
    found = client.get("/api/projects", {"unit": outpost.pk, "role": "introducer"}).json()
    assert [one["name"] for one in found["items"]] == ["电子元件项目"]
    shown = client.get(f"/org/units/{outpost.pk}/").content.decode()
    assert "项目 1 个" in shown
