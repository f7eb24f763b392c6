"""Issued bulletins for programs."""

from pathlib import Path

import pytest
from django.test import Client

from yipanqi.assessment.actions import adopt_method
from yipanqi.dispatch.actions import issue_bulletin
from yipanqi.dispatch.models import Receipt
from yipanqi.dispatch.rules import as_data
from yipanqi.documents.papers.api import Bulletins, BulletinWhole, Signatures
from yipanqi.facts.targets.actions import set_targets
from yipanqi.standing.factories import NOON, make_county

METHOD = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")


@pytest.fixture
def county(db):
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    units = [unit for unit in county.units.values() if unit.kind != "place"]
    targets = [(unit, "signed", 3) for unit in units] + [(unit, "funds", 10**10) for unit in units]
    set_targets(targets=targets, year=2026, basis="2026年目标任务", by=county.chief, at=NOON)
    return county


def as_(person):
    """A program with somebody's session."""
    client = Client()
    client.force_login(person)
    return client


def test_a_bulletin_is_told_as_it_was_frozen_to_everybody_of_the_place(county):
    issued = issue_bulletin(place=county.place, remarks="抓紧。", by=county.chief, at=NOON)
    client = as_(county.liaison())

    listed = Bulletins.model_validate(client.get("/api/bulletins").json())
    whole = BulletinWhole.model_validate(client.get(f"/api/bulletins/{issued.pk}").json())

    assert [bulletin.id for bulletin in listed.items] == [issued.pk]
    assert (whole.remarks, whole.checkpoint) == ("抓紧。", issued.checkpoint)
    assert whole.content["seq"] == as_data(issued.said)["seq"]


def test_another_places_bulletin_does_not_exist(county):
    issued = issue_bulletin(place=county.place, remarks="抓紧。", by=county.chief, at=NOON)
    stranger = make_county("邻县", prefix="lin-").clerk

    assert as_(stranger).get(f"/api/bulletins/{issued.pk}").status_code == 404
    assert as_(stranger).get("/api/bulletins").json() == {"items": []}


def test_a_program_signs_once_under_its_key_and_is_told_who_has_signed(county):
    issued = issue_bulletin(place=county.place, remarks="抓紧。", by=county.chief, at=NOON)
    client, unit = as_(county.liaison()), county.units["青山镇"]
    address = f"/api/bulletins/{issued.pk}/receipts"

    def sign():
        sent = {"unit": unit.pk}
        key = {"Idempotency-Key": "one"}
        return client.post(address, sent, content_type="application/json", headers=key)

    first, again = sign(), sign()
    listed = Signatures.model_validate(client.get(address).json())

    assert (first.status_code, again.json()) == (201, first.json())
    assert Receipt.objects.get().pk == first.json()["seq"]
    assert [(one.unit, one.person) for one in listed.items if one.at] == [
        ("青山镇", county.liaison().name)
    ]


def test_a_program_signs_for_no_other_unit(county):
    issued = issue_bulletin(place=county.place, remarks="抓紧。", by=county.chief, at=NOON)
    other = next(u for u in county.units.values() if u.name not in {"青山镇", county.place.name})
    address = f"/api/bulletins/{issued.pk}/receipts"

    answer = as_(county.liaison()).post(
        address, {"unit": other.pk}, content_type="application/json"
    )

    assert answer.status_code == 403


def test_a_program_takes_the_files_along(county):
    issued = issue_bulletin(place=county.place, remarks="抓紧。", by=county.chief, at=NOON)
    client, address = as_(county.liaison()), f"/api/bulletins/{issued.pk}/files"

    assert client.get(f"{address}/docx").content.startswith(b"PK")
    assert client.get(f"{address}/xlsx").headers["Content-Type"].endswith("sheet")
    assert client.get(f"{address}/exe").status_code == 404
