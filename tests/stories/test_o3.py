"""O3: officials move mid-term; what is open passes on in one stroke, each one's own record stays."""

import pytest
from django.urls import reverse

from yipanqi.facts.projects.models import Part
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.ledger.reads import findings, now_seq
from yipanqi.place.factories import make_county
from yipanqi.standing.factories import make_project
from yipanqi.standing.reads import proof

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_liaison_goes_in_july_and_twelve_projects_pass_to_the_successor(client):
    county = make_county()
    town, old = county.units["青山镇"], county.liaison()
    lead = Share(unit_id=town.pk, role=PartRole.LEAD, person_id=old.pk)
    for number in range(12):
        make_project(county, name=f"第{number}个", shares=[lead])
    before = now_seq()
    client.force_login(county.administrator)
    address = reverse("succession", args=[old.held[0].pk])

    shown = client.get(address)
    seal = shown.context["handover"].seal
    new = county.people["fagai"]
    client.post(address, {"on": "2026-07-01", "successor": new.pk, "seal": seal})

    assert "将移交 12 项" in shown.content.decode()
    assert Part.objects.current().filter(person=new, role=PartRole.LEAD).count() == 12
    assert Part.objects.as_of(before).filter(person=old).count() == 12
    assert not Part.objects.current().filter(person=old).exists()
    assert [*findings(), *proof.findings()] == []
    history = client.get(reverse("history", args=["unit", town.pk])).content.decode()
    assert "职务交接" in history
    assert "12 项" in history
