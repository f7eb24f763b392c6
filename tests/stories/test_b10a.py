"""B10a: industry and locality both lead; the larger the project, the higher the leader."""

import pytest

from yipanqi.core.numbers import FEN_PER_YI
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.place.factories import make_county
from yipanqi.standing.factories import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_large_project_without_its_two_leads_is_found_warned_of_and_mended(client):
    county = make_county()
    units = county.units
    town = Share(unit_id=units["青山镇"].pk, role=PartRole.LEAD)
    office = Share(unit_id=units["发展和改革局"].pk, role=PartRole.LEAD)
    lacking = make_project(county, name="单牵头", shares=[town], total=2 * FEN_PER_YI)
    make_project(county, name="双牵头", shares=[town, office], total=2 * FEN_PER_YI)
    make_project(county, name="小项目", shares=[town], total=FEN_PER_YI // 2)
    client.force_login(county.clerk)

    found = client.get("/api/projects", {"lacks": "any"}).json()

    large = Project.objects.filter(total_fen__gte=FEN_PER_YI)
    led = Part.objects.current().filter(role=PartRole.LEAD, unit__kind="department")
    expected = large.exclude(pk__in=led.values("project_id"))
    assert [one["id"] for one in found["items"]] == [one.pk for one in expected] == [lacking.pk]
    page = client.get(f"/projects/{lacking.pk}/").content.decode()
    assert "缺行业主管部门牵头" in page
    assert "规程第六条" in page
