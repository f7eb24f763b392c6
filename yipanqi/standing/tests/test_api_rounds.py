"""Rounds for programs: told, written once under a key, counted, given up."""

from datetime import UTC, datetime

import pytest

from yipanqi.facts.judging.factories import make_round
from yipanqi.facts.judging.models import OpenSheet
from yipanqi.facts.judging.rules import Way
from yipanqi.standing.factories import NOON
from yipanqi.standing.tests.programs import as_, problems_of, sent


@pytest.fixture(autouse=True)
def noon(settings):
    """Everything here plays on the day of the examples."""
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


def words(county, item="环境", points="9.5", reason="现场核查", unit="青山镇"):
    holder = county.units[unit].pk
    return {"holder_id": holder, "item": item, "points": points, "reason": reason}


def test_a_program_writes_a_sheet_once_and_sees_it(county):
    judging, client = make_round(county), as_(county.verifier("统计局"))
    path, data = f"/api/rounds/{judging.pk}/sheet", {"words": [words(county)]}

    assert client.get("/api/rounds").json()["items"][0]["owed"] is True
    first, again = (sent(client, path, data, key="k1") for _ in range(2))
    told = client.get(f"/api/rounds/{judging.pk}").json()

    assert first.status_code == 201
    assert first.json() == again.json()
    assert OpenSheet.objects.count() == 1
    assert told["waiting"] == ["统计局"]
    assert told["holders"][0]["points"][0]["points"] == "9.5"


def test_what_a_sheet_does_not_ask_or_allow_is_refused(county):
    judging, client = make_round(county), as_(county.verifier("统计局"))
    path = f"/api/rounds/{judging.pk}/sheet"

    strange = sent(client, path, {"words": [words(county, item="天气")]})
    high = sent(client, path, {"words": [words(county, points="11")]})

    assert strange.status_code == 422
    assert "这一轮不评这一项" in problems_of(strange).values()
    assert problems_of(high)["青山镇 环境"] == "只能给 0～10 分，你填的是 11 分"
    assert sent(as_(county.liaison()), path, {"words": [words(county)]}).status_code == 403


def test_a_ballot_is_cast_and_counted_by_programs(county):
    judging = make_round(county, Way.BALLOT)
    places = [
        words(county, item="", points=str(place), reason="", unit=unit)
        for place, unit in ((1, "青山镇"), (2, "柳河镇"))
    ]
    for juror in (county.leader, county.verifier()):
        assert (
            sent(as_(juror), f"/api/rounds/{judging.pk}/sheet", {"words": places}).status_code
            == 201
        )

    counted = sent(as_(county.clerk), f"/api/rounds/{judging.pk}/count", {})
    told = as_(county.liaison()).get(f"/api/rounds/{judging.pk}").json()

    assert counted.status_code == 201
    assert [(one["holder"], one["result"]) for one in told["holders"]] == [
        ("青山镇", "100"),
        ("柳河镇", "98"),
    ]


def test_a_program_gives_a_round_up_with_a_reason(county):
    path = f"/api/rounds/{make_round(county).pk}/cancel"
    client = as_(county.chief)

    assert sent(client, path, {}).status_code == 422
    assert sent(client, path, {"reason": "名单有误"}).status_code == 201
