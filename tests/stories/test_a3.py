"""A3: a leader's line at a glance; without a contact this year a leader is named; checks of three things."""

from datetime import date

import pytest
from django.urls import reverse

from yipanqi.facts.activities.factories import make_paired, post_of
from yipanqi.facts.activities.models import Check, Contact
from yipanqi.place.factories import make_county
from yipanqi.standing.factories import recognise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def reported(client, county, leader):
    seat = county.units["县长岗位"]
    sent = {
        "unit": seat.pk,
        "kind": "reception",
        "happened_on": "2026-11-18",
        "investor": "华泰新材料集团",
        "present": [leader.pk],
        "text": "来看标准厂房",
    }
    return client.post(reverse("contact_new"), sent)


def test_a_leader_meets_an_investor_looks_at_a_project_and_the_other_is_named(client):
    county = make_county()
    project = make_paired(county)
    recognise(project, "signed", on=date(2026, 8, 1))
    leader = post_of(county.units["县长岗位"])
    client.force_login(county.leader)

    assert reported(client, county, leader).status_code == 302
    before = client.get("/leaders/").context["rows"]
    client.post(
        reverse("check_new", args=[project.pk]),
        {
            "seat": county.units["县长岗位"].pk,
            "happened_on": "2026-11-19",
            "form": "二层浇筑",
            "funds": "到位 300 万元",
        },
    )
    after = client.get("/leaders/").context["rows"]

    contacts = Contact.objects.standing().filter(presences__post__person=leader.person)
    assert after[0].met.number == contacts.count() == 1
    assert after[0].days == (date(2026, 11, 20) - contacts.get().happened_on).days == 2
    assert (before[0].seen.late, after[0].seen.late) == (1, 0)
    assert Check.objects.get().project == project
    text = client.get("/leaders/?show=silent").content.decode()
    assert "王fuxianzhang（副县长岗位）" in text
    told = client.get("/api/contacts", {"person": leader.person_id, "period": "2026"}).json()
    assert told["count"] == 1
