"""Several methods in one place, each under its code, scored side by side."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.urls import reverse

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.live import live
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import findings, now_seq
from yipanqi.ledger.rules import OPEN
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise

TODAY = date(2026, 11, 20)
ANNUAL = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")
CONTEST = """\
method: 大项目季度赛
code: contest
period: quarter
full: 100
figures:
  大项目数: {unit: 个, measure: projects, node: signed, at_least: 5000, window: year}
groups:
  - group: 乡镇组
    kinds: [township]
    items:
      - {item: 大项目, says: 每个 50 分，最高 100 分。, full: 100, points: "=MIN(50*大项目数, 满分)"}
"""


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county(db: None) -> County:
    county = make_county()
    targets = [(unit, code, 3) for unit in county.units.values() for code in ("signed", "funds")]
    set_targets(targets=targets, year=2026, basis="年度任务", by=county.chief, at=NOON)
    adopt(county, CONTEST)
    adopt(county, ANNUAL)
    recognise(make_project(county, total=8000 * 10**6), "signed")
    return county


def adopt(county: County, text: str) -> MethodVersion:
    return adopt_method(place=county.place, text=text, by=county.chief, at=NOON)


def test_versions_are_numbered_within_their_method(county):
    again = adopt(county, CONTEST.replace("50 分", "六十分"))

    found = MethodVersion.objects.all_in_force(county.place.pk, seq=OPEN)
    assert (again.code, again.number) == ("contest", 2)
    assert [(one.code, one.number) for one in found] == [("annual", 1), ("contest", 2)]
    earlier = MethodVersion.objects.in_force(county.place.pk, seq=again.seq - 1, code="contest")
    assert earlier is not None
    assert earlier.number == 1


def test_without_a_code_a_place_scores_by_its_annual_method_or_by_the_first_it_had(county):
    first = MethodVersion.objects.get(code="contest")

    before = live(county.place.pk, day=TODAY, seq=first.seq)
    after = live(county.place.pk, day=TODAY)

    assert before is not None
    assert after is not None
    assert (before.version.code, after.version.code) == ("contest", "annual")


def test_each_method_scores_by_its_own_rules_for_its_own_period(county):
    annual = live(county.place.pk, day=TODAY)
    contest = live(county.place.pk, day=TODAY, code="contest")

    assert annual is not None
    assert contest is not None
    assert (annual.period.label, contest.period.label) == ("2026", "2026Q4")
    assert contest.row("青山镇").total == 50
    assert annual.row("青山镇").total != 50
    assert live(county.place.pk, day=TODAY, code="nobody") is None


def test_the_ledger_says_the_code_of_every_method_but_the_annual_one(county):
    annual, contest = (MethodVersion.objects.get(code=code) for code in ("annual", "contest"))

    assert '"code":"contest"' in Entry.objects.get(seq=contest.seq).payload
    assert '"code"' not in Entry.objects.get(seq=annual.seq).payload
    assert not list(findings())


@pytest.mark.parametrize("name", ["scores", "method"])
def test_pages_show_the_method_that_is_asked_for_and_lead_to_the_others(county, client, name):
    client.force_login(county.liaison())

    plain = client.get(reverse(name)).content.decode()
    asked = client.get(reverse(name), {"method": "contest"}).content.decode()

    assert "大项目季度赛》第 1 版" not in plain
    assert "大项目季度赛》第 1 版" in asked
    assert 'href="?method=contest"' in plain
    assert 'href="?method=annual"' in asked
    assert client.get(reverse(name), {"method": "nobody"}).status_code == 404


def test_a_holders_pages_keep_to_the_method_that_is_asked_for(county, client):
    client.force_login(county.liaison())
    holder = county.units["青山镇"].pk
    asked = {"method": "contest"}

    page = client.get(reverse("score", args=[holder]), asked).content.decode()

    assert f"{reverse('figure', args=[holder, '大项目数'])}?method=contest" in page
    assert "2026Q4" in page
    assert client.get(reverse("figure", args=[holder, "大项目数"]), asked).status_code == 200
    assert client.get(reverse("figure", args=[holder, "任务数"]), asked).status_code == 404
    assert client.get(reverse("score_sheet"), asked).status_code == 200


def test_who_is_assessed_by_one_method_only_is_not_led_to_another(county, client):
    client.force_login(county.liaison())

    page = client.get(reverse("score", args=[county.units["县长岗位"].pk])).content.decode()

    assert "大项目季度赛" not in page


def test_programs_name_the_method_too(county, client):
    client.force_login(county.liaison())

    sheet = client.get("/api/scores", {"method": "contest"}).json()

    assert (sheet["code"], sheet["period"], sheet["version"]) == ("contest", "2026Q4", 1)
    assert sheet["method"] == "大项目季度赛"
    assert client.get("/api/scores", {"method": "nobody"}).status_code == 404


def test_what_was_adopted_later_is_not_seen_from_before(county, client):
    client.force_login(county.liaison())
    before = now_seq()
    adopt(county, CONTEST.replace("contest", "second"))

    assert client.get(reverse("scores"), {"method": "second"}).status_code == 200
    assert client.get(reverse("scores"), {"method": "second", "seq": before}).status_code == 404
