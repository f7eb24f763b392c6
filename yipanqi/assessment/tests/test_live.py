"""The live score of a county: from recognised facts to points that open to their records."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.live import live
from yipanqi.core.problems import Refused
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import now_seq
from yipanqi.standing.actions import find_false
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise

TODAY = date(2026, 11, 20)
METHOD = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")
LIMIT = 12


@pytest.fixture
def county(db: None) -> County:
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    units = [u for u in county.units.values() if u.kind not in {"place"}]
    targets = [(u, "signed", 3) for u in units] + [(u, "funds", 10**10) for u in units]
    set_targets(targets=targets, year=2026, basis="2026年目标任务", by=county.chief, at=NOON)
    return county


def total(county: County, unit: str = "青山镇", *, seq: int | None = None) -> str | None:
    scored = live(county.place.pk, day=TODAY, seq=seq)
    assert scored is not None
    return scored.sheet.printed(scored.row(unit).total)


def test_points_follow_from_recognised_facts_and_from_nothing_else(county):
    assert total(county) == "0.00"
    for number in range(3):
        recognise(make_project(county, name=f"项目{number}", total=8000 * 10**6), "signed")
    recognise(make_project(county, name="资金项目"), "funds", amount=8640 * 10**6)

    # 签约 30 + 到位 21.6 + 月报 10 项缺报扣光 0 − 三个项目超时未开工 6
    assert total(county) == "45.60"


def test_as_of_an_earlier_entry_the_score_is_what_was_shown_then(county):
    before = now_seq()
    shown_then = total(county)
    recognise(make_project(county), "signed")

    assert total(county) != shown_then
    assert total(county, seq=before) == shown_then


def test_a_falsified_project_takes_the_whole_year(county):
    verdict = recognise(make_project(county), "signed")
    find_false(claim=verdict.claim, reason="协议系伪造", by=county.verifier(), at=NOON)
    scored = live(county.place.pk, day=TODAY)

    assert scored is not None
    assert scored.row("青山镇").total == 0
    assert "青山镇" in {h for listed in scored.sheet.lists for h in listed.holders}


def test_without_a_method_there_is_no_score(db):
    county = make_county()

    assert live(county.place.pk, day=TODAY) is None


def test_a_method_that_asks_for_what_cannot_be_measured_is_refused_whole(county):
    text = METHOD.replace("measure: funds", "measure: weather").replace("[zone]", "[castle]")
    with pytest.raises(Refused) as refused:
        adopt_method(place=county.place, text=text, by=county.chief, at=NOON)

    told = str(refused.value)
    assert "没有“weather”这种指标" in told
    assert "没有“castle”这一类单位" in told
    assert MethodVersion.objects.count() == 1


def test_adopting_a_method_leaves_its_line_in_the_ledger(county):
    version = adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)

    assert version.number == 2
    assert Entry.objects.get(seq=version.seq).kind == "fact:assessment.methodversion"


@pytest.mark.parametrize("name", ["scores", "method", "score_sheet"])
def test_score_pages_open_for_everybody_of_the_place(county, client, name):
    client.force_login(county.liaison())

    assert client.get(reverse(name)).status_code == 200


def test_one_holders_page_shows_rule_figures_reason_and_doors(county, client):
    recognise(make_project(county), "signed")
    client.force_login(county.liaison())
    holder = county.units["青山镇"].pk

    page = client.get(reverse("score", args=[holder]), {"day": "2026-11-20"}).content.decode()

    assert "=满分*MIN(签约数/任务数, 1.2)" in page
    assert reverse("figure", args=[holder, "签约数"]) in page
    assert "第二条" in page


def test_a_figures_door_lists_its_records_and_tells_what_lies_outside_ones_scope(county, client):
    project = make_project(county)
    recognise(project, "signed")
    address = reverse("figure", args=[county.units["青山镇"].pk, "签约数"])

    client.force_login(county.liaison("青山镇"))
    own = client.get(address, {"day": "2026-11-20"}).content.decode()
    client.force_login(county.liaison("柳河镇"))
    other = client.get(address, {"day": "2026-11-20"}).content.decode()

    assert project.name in own
    assert project.name not in other
    assert "另有 1 条、1 个不在你的查看范围" in other


@pytest.mark.parametrize("name", ["任务数", "配对", "配对均分", "缺报"])
def test_every_kind_of_figure_opens(county, client, name):
    client.force_login(county.leader)
    holder = county.units["县长岗位"].pk

    assert client.get(reverse("figure", args=[holder, name])).status_code == 200


def test_a_holder_or_a_figure_that_is_not_there_does_not_exist(county, client):
    client.force_login(county.liaison())
    holder = county.units["青山镇"].pk

    assert client.get(reverse("figure", args=[holder, "天气"])).status_code == 404
    assert client.get(reverse("score", args=[999_999])).status_code == 404


def test_the_administrator_sees_no_scores(county, client):
    client.force_login(county.administrator)

    assert client.get(reverse("scores")).status_code == 403


def test_a_score_page_asks_little_and_no_more_for_more_projects(
    county, client, django_assert_max_num_queries
):
    client.force_login(county.liaison())
    address = reverse("score", args=[county.units["青山镇"].pk])
    for number in range(5):
        recognise(make_project(county, name=f"项目{number}"), "signed")
    client.get(address)

    with django_assert_max_num_queries(LIMIT):
        client.get(address)


def test_pages_without_a_method_say_what_to_do(db, client):
    county = make_county()
    client.force_login(county.chief)

    assert "还没有考核办法" in client.get(reverse("scores")).content.decode()
    assert client.get(reverse("score_sheet")).status_code == 404
    assert client.get(reverse("method")).status_code == 200
