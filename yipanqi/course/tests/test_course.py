"""Scores are remembered night by night, told from day to day, and proved against the ledger."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.reads.live import live
from yipanqi.cli import ticking
from yipanqi.course.actions import catch_up, remember
from yipanqi.course.models import DayScore
from yipanqi.course.reads import findings
from yipanqi.facts.targets.actions import set_targets
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise

METHOD = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")
DAY = timedelta(days=1)
FIRST = NOON.date()


@pytest.fixture
def county(db: None) -> County:
    """A county that signs on its second and on its fourth day, the latter with a false claim before."""
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    targets = [(unit, code, 3) for unit in county.units.values() for code in ("signed", "funds")]
    set_targets(targets=targets, year=2026, basis="年度任务", by=county.chief, at=NOON)
    for days in (1, 3):
        at = NOON + days * DAY
        recognise(make_project(county, at=at, total=60000 * 10**6), "signed", at=at)
    return county


@pytest.fixture
def five_days_on(settings, county):
    settings.CLOCK_OFFSET = NOON + 5 * DAY - datetime.now(UTC)
    catch_up(today=FIRST + 5 * DAY)
    return county


def test_every_night_keeps_what_everybody_had_once(county):
    days = catch_up(today=FIRST + 5 * DAY)
    again = catch_up(today=FIRST + 5 * DAY)

    assert days == [FIRST + n * DAY for n in range(5)]
    assert again == []
    holder = county.units["青山镇"]
    kept = DayScore.objects.filter(holder=holder).order_by("day")
    for row in kept:
        scored = live(county.place.pk, day=row.day, seq=row.seq)
        assert scored
        assert (row.total, row.rank) == (scored.row("青山镇").total, scored.row("青山镇").place)
    assert len({row.total for row in kept}) > 1


def test_a_day_before_the_first_entry_has_nothing_to_keep(county):
    assert remember(date(2020, 1, 1)) == 0
    assert DayScore.objects.count() == 0


def test_tick_says_which_days_it_kept(county, settings, capsys):
    settings.CLOCK_OFFSET = NOON + 2 * DAY - datetime.now(UTC)

    ticking.run()

    assert f"{FIRST + DAY} 的得分已记下" in capsys.readouterr().out


def test_a_course_tells_the_days_that_changed_something_and_the_items(five_days_on, client):
    county = five_days_on
    client.force_login(county.liaison("青山镇"))

    page = client.get(reverse("course", args=[county.units["青山镇"].pk])).content.decode()

    assert page.count("由哪些记录</a>") == 2
    assert "签约项目 0 → 10" in page
    assert f'<td class="nowrap">{FIRST + 2 * DAY}</td>' not in page


def test_the_records_that_moved_a_score_are_listed(five_days_on, client):
    county = five_days_on
    client.force_login(county.liaison("青山镇"))
    asked = {"method": "annual", "since": FIRST, "until": FIRST + DAY}

    page = client.get(reverse("moved", args=[county.units["青山镇"].pk]), asked).content.decode()

    assert "新计入" in page
    assert "/projects/" in page
    assert "签约项目" in page


def test_a_day_that_was_not_kept_is_told(five_days_on, client):
    client.force_login(five_days_on.clerk)
    asked = {"method": "annual", "since": "2020-01-01", "until": FIRST}

    answer = client.get(reverse("moved", args=[five_days_on.units["青山镇"].pk]), asked)

    assert "没有记下得分" in answer.content.decode()


def test_another_places_course_does_not_exist(five_days_on, client):
    other = make_county("白水县", prefix="b_")
    client.force_login(other.clerk)

    answer = client.get(reverse("course", args=[five_days_on.units["青山镇"].pk]))

    assert answer.status_code == 404


def test_before_the_first_night_the_page_says_so(county, client, settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)
    client.force_login(county.clerk)

    page = client.get(reverse("course", args=[county.units["青山镇"].pk])).content.decode()

    assert "还没有记下过得分" in page


def test_a_longer_course_asks_no_more_questions(five_days_on, client):
    client.force_login(five_days_on.clerk)
    address = reverse("course", args=[five_days_on.units["青山镇"].pk])
    client.get(address)

    with CaptureQueriesContext(connection) as short:
        client.get(address, {"since": FIRST + 4 * DAY})
    with CaptureQueriesContext(connection) as long:
        client.get(address)

    assert len(short) == len(long)


def test_programs_are_told_exact_totals(five_days_on, client):
    client.force_login(five_days_on.clerk)
    holder = five_days_on.units["青山镇"].pk

    steps = client.get(f"/api/scores/{holder}/course").json()["steps"]

    assert [step["day"] for step in steps][:2] == [str(FIRST), str(FIRST + DAY)]
    assert {"item": "签约项目", "before": "0", "after": "10"} in steps[1]["moved"]


def test_what_was_remembered_is_proved_by_the_ledger(five_days_on):
    assert list(findings()) == []

    DayScore.objects.filter(holder=five_days_on.units["青山镇"], day=FIRST).update(rank=99)

    [finding] = findings()
    assert "每日得分" in str(finding)
