"""Results for programs: the same forms, rights and actions as on the pages."""

from typing import Any

import pytest
from django.test import Client

from yipanqi.org.models import Person
from yipanqi.publishing.models import Answer, Objection, SealReceipt
from yipanqi.publishing.tests.results import noticed, ready_county, sealed
from yipanqi.standing.factories import NOON, County


@pytest.fixture
def county(db: None, at_noon: None) -> County:
    return ready_county()


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def get(person: Person, path: str) -> Any:
    answer = client_of(person).get(f"/api/{path}")
    assert answer.status_code == 200
    return answer.json()


def post(person: Person, path: str, **sent: object) -> tuple[int, Any]:
    answer = client_of(person).post(f"/api/{path}", sent, content_type="application/json")
    return answer.status_code, answer.json()


def test_a_program_objects_and_is_answered(county):
    notice, unit = noticed(county), county.units["青山镇"]
    path = f"notices/{notice.pk}/holders/{unit.pk}/objections"

    status, _said = post(county.liaison(), path, item="签约项目", figure="签约数", reason="少计")
    objection = Objection.objects.get()
    refusal, why = post(
        county.clerk, f"objections/{objection.pk}/answer", accepted="yes", reason="是"
    )
    post(county.clerk, f"objections/{objection.pk}/answer", accepted="no", reason="不符")

    assert (status, refusal) == (201, 422)
    assert "改的是事实" in why["problems"][0]["text"]
    assert Answer.objects.get().accepted is False
    [told] = get(county.leader, f"notices/{notice.pk}/objections")["items"]
    assert (told["holder"], told["answer"], told["accepted"]) == ("青山镇", "不符", False)
    assert post(county.liaison("柳河镇"), path, item="签约项目", reason="少")[0] == 403


def test_a_program_reads_a_notice_and_signs_for_a_seal(county):
    seal = sealed(county, noticed_at=NOON.replace(day=2), at=NOON)
    liaison, unit = county.liaison(), county.units["青山镇"]

    status, _said = post(liaison, f"seals/{seal.pk}/receipts", unit=unit.pk)

    assert status == 201
    assert SealReceipt.objects.get().unit == unit
    assert get(liaison, f"seals/{seal.pk}")["digest"] == seal.digest
    assert get(liaison, f"notices/{seal.notice_id}")["output"]["ties"] == "skip"
    signed = get(liaison, f"seals/{seal.pk}/receipts")["items"]
    assert [one["unit"] for one in signed if one["person"]] == ["青山镇"]
    [result] = get(liaison, "results")["items"]
    assert (result["state"], result["version"]) == ("sealed", 1)
