"""Scores and bulletins for programs: the sheet, its lines, the records behind a figure."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.api.scores import HolderTold, OpenedTold, SheetTold
from yipanqi.assessment.reads.live import live
from yipanqi.assessment.rules.sheets import as_json
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.reads import now_seq
from yipanqi.standing.factories import NOON, make_county, make_project, recognise

METHOD = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


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


def test_the_sheet_is_what_the_command_prints_with_the_ids_of_holders(county):
    recognise(make_project(county, total=8000 * 10**6), "signed")

    answer = as_(county.liaison()).get("/api/scores").json()

    told = SheetTold.model_validate(answer)
    scored = live(county.place.pk, day=date(2026, 11, 20))
    assert scored is not None
    first = next(row for group in told.groups for row in group.rows if row.holder == "青山镇")
    assert first.holder_id == county.units["青山镇"].pk
    for row in (row for group in answer["groups"] for row in group["rows"]):
        row.pop("holder_id", None)
    plain = as_json(scored.sheet)
    assert {name: answer[name] for name in plain} == plain


def test_one_group_is_told_where_one_is_asked_for(county):
    client = as_(county.liaison())

    assert [
        g["group"] for g in client.get("/api/scores", {"group": "乡镇组"}).json()["groups"]
    ] == ["乡镇组"]
    assert client.get("/api/scores", {"group": "没有"}).status_code == 404
    assert client.get("/api/scores", {"day": "morgen"}).status_code == 422
    assert client.get("/api/scores", {"colour": "red"}).status_code == 422


def test_a_score_is_seen_from_an_earlier_entry(county):
    before = now_seq()
    recognise(make_project(county, total=8000 * 10**6), "signed")
    client, holder = as_(county.liaison()), county.units["青山镇"].pk

    now = HolderTold.model_validate(client.get(f"/api/scores/{holder}").json())
    then = HolderTold.model_validate(client.get(f"/api/scores/{holder}", {"seq": before}).json())

    assert (then.seq, now.seq) == (before, now_seq())
    assert [
        next(line.points for line in told.lines if line.item == "签约项目") for told in (then, now)
    ] == ["0.00", "10.00"]
    assert now.lines[0].figures[0].value == "1"
    assert client.get("/api/scores/999999").status_code == 404


def test_a_figure_opens_to_its_records_and_counts_those_out_of_sight(county):
    mine = make_project(county, name="本镇的项目", total=8000 * 10**6)
    recognise(mine, "signed")
    path = f"/api/scores/{county.units['青山镇'].pk}/figures/签约数"

    own = OpenedTold.model_validate(as_(county.liaison("青山镇")).get(path).json())
    other = OpenedTold.model_validate(as_(county.liaison("柳河镇")).get(path).json())

    assert [(record.project_id, record.amount) for record in own.records] == [(mine.pk, "1")]
    assert (own.total, own.hidden_count) == ("1", 0)
    assert (other.records, other.hidden_count, other.total) == ([], 1, "1")
    assert as_(county.clerk).get(path.replace("签约数", "没有")).status_code == 404


def test_a_place_without_a_method_has_no_sheet(db):
    assert as_(make_county().clerk).get("/api/scores").status_code == 404


def test_nobody_without_the_right_sees_scores(county):
    assert as_(county.administrator).get("/api/scores").status_code == 403
    assert Client().get("/api/scores").status_code == 401
