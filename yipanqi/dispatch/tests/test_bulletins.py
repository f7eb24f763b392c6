"""A half-month bulletin: gathered from what stands, held against itself, issued once and frozen."""

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection

from yipanqi.assessment.actions import adopt_method
from yipanqi.core.problems import Refused, Weight
from yipanqi.dispatch.actions import issue_bulletin
from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.reads.drafting import draft
from yipanqi.dispatch.rules import (
    Content,
    as_data,
    from_data,
    gap,
    half_month,
    named_in,
    rate,
    reconciled,
)
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import findings
from yipanqi.standing.actions import withdraw_claim
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise

TODAY = date(2026, 11, 20)
METHOD = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")


@pytest.fixture
def county(db: None) -> County:
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    units = [u for u in county.units.values() if u.kind != "place"]
    targets = [(u, "signed", 3) for u in units] + [(u, "funds", 10**10) for u in units]
    set_targets(targets=targets, year=2026, basis="2026年目标任务", by=county.chief, at=NOON)
    return county


def test_the_draft_counts_each_project_once_and_names_who_is_late(county):
    recognise(make_project(county), "signed", on=date(2026, 5, 9))
    drafted = draft(county.place, as_of=TODAY)

    assert drafted.content.signed == "1"
    assert [(line.project, line.not_yet, line.days) for line in drafted.content.late] == [
        ("云岭食品马铃薯全产业链项目", "签约未注册", 165)
    ]
    assert drafted.content.late[0].unit == "青山镇"
    assert drafted.content.late[0].person
    late = [(one.unit, one.kind, one.days) for one in drafted.named if one.project_id]
    assert late == [("青山镇", "签约未注册", 165)]


def test_a_project_whose_shares_leave_a_rest_is_told_before_issue(county):
    half = [
        Share(unit_id=county.units["青山镇"].pk, role=role, num=1, den=2)
        for role in (PartRole.INTRODUCER, PartRole.LEAD)
    ]
    recognise(make_project(county, shares=half), "signed")
    drafted = draft(county.place, as_of=TODAY)

    told = [str(problem) for problem in drafted.problems]
    assert any("各单位合计 0.50，全县 1.00，合计少 0.50" in text for text in told)
    assert all(problem.weight is Weight.WARNS for problem in drafted.problems)


def test_an_issued_bulletin_is_frozen_under_its_number_with_the_ledgers_hash(county):
    verdict = recognise(make_project(county), "signed")
    issued = issue_bulletin(place=county.place, remarks="抓紧。", by=county.chief, at=NOON)
    withdraw_claim(claim=verdict.claim, reason="报错了", by=county.liaison(), at=NOON)

    kept = Bulletin.objects.get(pk=issued.pk)
    assert kept.document_number == "青招组办〔2026〕1号"
    assert kept.said.signed == "1"
    assert int(kept.checkpoint.split(":")[0]) == issued.seq - 1
    assert Entry.objects.get(seq=issued.seq).kind == "fact:dispatch.bulletin"
    assert not list(findings())


def test_a_half_month_has_one_bulletin_and_the_next_has_the_next_number(county):
    make_project(county)
    issue_bulletin(place=county.place, remarks="一。", by=county.chief, at=NOON)
    with pytest.raises(Refused, match="已经印发"):
        issue_bulletin(place=county.place, remarks="二。", by=county.chief, at=NOON)

    later = datetime(2026, 12, 10, 4, tzinfo=UTC)
    second = issue_bulletin(place=county.place, remarks="三。", by=county.chief, at=later)
    assert second.number == 2
    assert second.period == "2026-12-a"


def test_only_the_present_half_month_is_issued(county):
    with pytest.raises(Refused, match="现在只能印发"):
        issue_bulletin(
            place=county.place, remarks="一。", by=county.chief, at=NOON, period="2026-10-a"
        )


def test_without_a_method_there_is_no_report_card(db):
    county = make_county()

    with pytest.raises(Refused, match="还没有考核办法"):
        draft(county.place, as_of=TODAY)


def test_a_missing_target_stops_the_issue_with_the_group_that_lacks_it(db):
    county = make_county()
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)

    with pytest.raises(Refused, match="算不出总分"):
        issue_bulletin(place=county.place, remarks="一。", by=county.chief, at=NOON)
    assert not Bulletin.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_projects(
    county, django_assert_max_num_queries
):
    for number in range(4):
        recognise(make_project(county, name=f"项目{number}"), "signed")

    with django_assert_max_num_queries(20):
        draft(county.place, as_of=TODAY)
    assert connection.vendor in {"sqlite", "postgresql"}


def content(**changes: object) -> Content:
    empty = {
        "place": "青禾县", "as_of": "2026-11-20", "elapsed": "88.8%", "signed": "0",
        "signed_task": "0", "signed_rate": "—", "signed_amount": "0万元", "funds": "0",
        "funds_task": "0", "funds_rate": "—", "started": "0", "progress": (), "groups": (),
        "late": (), "method": "办法", "seq": 1,
    }  # fmt: skip
    return Content(**{**empty, **changes})  # type: ignore[arg-type]  # the test says what


def test_a_bulletin_without_units_is_stopped():
    problems = list(reconciled(content(), parts=[("签约项目", Fraction(2), Fraction(1))]))

    assert "合计多 1.00" in str(problems[0])
    assert "没有一个单位有数据" in str(problems[1])


def test_content_survives_being_written_down(county):
    recognise(make_project(county), "signed")
    said = draft(county.place, as_of=TODAY).content

    assert from_data(as_data(said)) == said
    assert named_in(content(), blaming={"约谈"}) == []


@pytest.mark.parametrize(
    ("day", "key", "words"),
    [
        (date(2026, 11, 15), "2026-11-a", "2026年11月上半月"),
        (date(2026, 11, 16), "2026-11-b", "2026年11月下半月"),
    ],
)
def test_a_month_is_halved_after_its_fifteenth(day, key, words):
    assert half_month(day) == (key, words)


def test_ahead_and_behind_are_told_in_percentage_points():
    half = Fraction(1, 2)

    assert gap(Fraction(3), Fraction(4), half) == "超25.0"
    assert gap(Fraction(1), Fraction(4), half) == "欠25.0"
    assert gap(Fraction(1), None, half) == "—"
    assert rate(Fraction(1), Fraction(3)) == "33.3%"
    assert rate(Fraction(1), Fraction(0)) == "—"
