"""O2: push group, vanguard team and branches hold projects of their own; members see them."""

import pytest

from tests.stories.groups import founded, member
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.org.models import Person, Unit
from yipanqi.place.factories import make_county
from yipanqi.standing.factories import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_team_leads_a_project_and_its_member_sees_it(client):
    county = make_county()
    client.force_login(county.clerk)
    team = Unit.objects.get(pk=founded(client, "team", "招商尖刀班"))
    founded(client, "team", "顶格推进组")
    shares = [Share(unit_id=team.pk, role=role) for role in (PartRole.INTRODUCER, PartRole.LEAD)]
    project = make_project(county, name="储能电池项目", shares=shares)
    officer = county.liaison("柳河镇")
    client.force_login(officer)
    assert client.get(f"/projects/{project.pk}/").status_code == 404

    client.force_login(county.clerk)
    member(client, team.pk, person=officer.pk, title="队员", capacity="member")
    client.force_login(Person.objects.get(pk=officer.pk))

    assert client.get(f"/projects/{project.pk}/").status_code == 200
