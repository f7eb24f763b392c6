"""Contacts and checks for programs: the same forms and actions as the pages."""

import pytest

from yipanqi.facts.activities.factories import make_contact, make_paired, post_of
from yipanqi.facts.activities.models import Check, Contact, ContactWithdrawal
from yipanqi.standing.tests.programs import as_, problems_of, sent

pytestmark = pytest.mark.usefixtures("at_noon")


def new(county, **changes):
    unit = county.units["青山镇"]
    return {
        "unit": unit.pk,
        "happened_on": "2026-11-19",
        "investor": "华泰新材料集团",
        "present": [post_of(unit).pk],
        "text": "来看标准厂房",
    } | changes


def test_a_contact_is_reported_once_under_its_key_and_found(county):
    client = as_(county.liaison())

    first = sent(client, "/api/contacts", new(county), key="k1")
    again = sent(client, "/api/contacts", new(county), key="k1")

    one = Contact.objects.get()
    assert first.json() == again.json() == {"seq": one.seq}
    told = client.get("/api/contacts", {"period": "2026-11"}).json()
    assert (told["count"], told["kinds"]["visit"]) == (1, 1)
    assert told["items"][0]["present"][0]["person"] == "王qingshan"


def test_a_question_that_cannot_be_meant_is_refused(county):
    client = as_(county.liaison())

    assert "年月" in problems_of(client.get("/api/contacts", {"period": "去年"}))
    assert "colour" in problems_of(client.get("/api/contacts", {"colour": "red"}))


def test_nobody_reports_for_a_unit_that_is_not_the_own(county):
    response = sent(
        as_(county.liaison()), "/api/contacts", new(county, unit=county.units["柳河镇"].pk)
    )

    assert "单位" in problems_of(response)


def test_a_contact_is_corrected_and_taken_back(county):
    client, one = as_(county.liaison()), make_contact(county)
    data = new(county, reason="日期写错")
    del data["unit"]

    right = sent(client, f"/api/contacts/{one.pk}/correction", data)
    gone = sent(client, f"/api/contacts/{right.json()['seq']}/withdrawal", {"reason": "重复"})

    assert (right.status_code, gone.status_code) == (201, 201)
    assert ContactWithdrawal.objects.count() == 1
    assert client.get("/api/contacts").json()["count"] == 0


def test_who_was_only_there_changes_nothing(county):
    there = [post_of(county.units[name]).pk for name in ("青山镇", "柳河镇")]
    one = make_contact(county, present=there)
    client = as_(county.liaison("柳河镇"))

    response = sent(client, f"/api/contacts/{one.pk}/withdrawal", {"reason": "重复"})

    assert response.status_code == 403


def test_a_leader_checks_a_paired_project(county):
    project = make_paired(county)
    said = {
        "seat": county.units["县长岗位"].pk,
        "happened_on": "2026-11-19",
        "form": "主体封顶",
        "funds": "到位 300 万元",
    }

    done = sent(as_(county.leader), f"/api/projects/{project.pk}/checks", said)
    stranger = sent(as_(county.liaison()), f"/api/projects/{project.pk}/checks", said)

    assert done.json() == {"seq": Check.objects.get().seq}
    assert stranger.status_code == 403
