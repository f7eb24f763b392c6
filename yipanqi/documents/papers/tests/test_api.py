"""Issued bulletins for programs."""

from pathlib import Path

import pytest
from django.test import Client

from yipanqi.assessment.actions import adopt_method
from yipanqi.dispatch.actions import issue_bulletin
from yipanqi.dispatch.rules import as_data
from yipanqi.documents.papers.api import Bulletins, BulletinWhole
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
