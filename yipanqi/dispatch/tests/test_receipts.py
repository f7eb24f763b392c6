"""A bulletin is sent to units; each signs once, and who has not is told by how many days it is late."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from yipanqi.assessment.actions import adopt_method
from yipanqi.core.problems import Refused
from yipanqi.dispatch.actions import issue_bulletin, sign_for
from yipanqi.dispatch.models import Bulletin, Receipt
from yipanqi.dispatch.reads.doors import counted_in
from yipanqi.dispatch.reads.receipts import (
    distribution,
    signed_counts,
    signing_for,
    waiting_for,
)
from yipanqi.dispatch.rules import Naming, named_in, overdue_by, recipients
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import findings
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


@pytest.fixture
def bulletin(county: County) -> Bulletin:
    recognise(make_project(county), "signed", on=date(2026, 5, 9))
    return issue_bulletin(place=county.place, remarks="抓紧。", by=county.chief, at=NOON)


def test_a_liaison_signs_for_the_unit_and_the_ledger_keeps_who_and_when(county, bulletin):
    liaison, unit = county.liaison(), county.units["青山镇"]

    receipt = sign_for(bulletin=bulletin, unit=unit, by=liaison, at=NOON)

    entry = Entry.objects.get(pk=receipt.pk)
    assert (entry.kind, entry.actor_id) == ("fact:dispatch.receipt", liaison.pk)
    assert list(findings()) == []
    first, *_, last = distribution(bulletin, as_of=TODAY)
    assert first.at is None
    assert (last.unit, last.person, last.at) == ("青山镇", liaison.name, entry.recorded_at)


def test_a_unit_signs_once(county, bulletin):
    unit = county.units["青山镇"]
    sign_for(bulletin=bulletin, unit=unit, by=county.liaison(), at=NOON)

    with pytest.raises(Refused, match=r"青山镇已由.+签收，不必再签"):
        sign_for(bulletin=bulletin, unit=unit, by=county.liaison(), at=NOON)

    assert Receipt.objects.count() == 1


def test_a_unit_that_it_was_not_sent_to_has_nothing_to_sign(county, bulletin):
    with pytest.raises(Refused, match="不在这期通报的发送单位里"):
        sign_for(bulletin=bulletin, unit=county.place, by=county.chief, at=NOON)

    assert Receipt.objects.count() == 0


def test_who_has_not_signed_in_time_is_told_by_how_many_days(county, bulletin):
    soon, late = bulletin.happened_on + timedelta(days=3), bulletin.happened_on + timedelta(days=5)

    assert {one.overdue for one in distribution(bulletin, as_of=soon)} == {0}
    assert {one.overdue for one in distribution(bulletin, as_of=late)} == {2}


@pytest.mark.parametrize(("days", "late"), [(0, 0), (3, 0), (4, 1), (10, 7)])
def test_the_days_begin_with_the_issue(days, late):
    issued = date(2026, 11, 13)

    assert overdue_by(issued, within=3, as_of=issued + timedelta(days=days)) == late


def test_a_bulletin_waits_for_those_who_may_sign_and_says_what_names_them(county, bulletin):
    liaison, unit = county.liaison(), county.units["青山镇"]

    (waiting,) = waiting_for(liaison, as_of=TODAY)

    assert waiting.units == (unit,)
    assert waiting.bulletin == bulletin
    assert [one.project for one in waiting.named if one.project] == ["云岭食品马铃薯全产业链项目"]
    assert signing_for(liaison, bulletin) == [unit]
    assert waiting_for(county.chief, as_of=TODAY) == []


def test_once_signed_it_waits_no_more(county, bulletin):
    liaison = county.liaison()
    sign_for(bulletin=bulletin, unit=county.units["青山镇"], by=liaison, at=NOON)

    assert waiting_for(liaison, as_of=TODAY) == []
    assert signing_for(liaison, bulletin) == []
    assert signed_counts([bulletin])[bulletin.pk][0] == 1


def test_it_is_sent_to_every_unit_on_which_it_tells_a_figure(bulletin):
    said = bulletin.said

    assert set(recipients(said).values()) == {line.unit for line in said.progress}


def test_who_is_named_stands_unit_after_unit_with_the_longest_overdue_first(bulletin):
    said = bulletin.said

    named = named_in(said, blaming=())

    assert named == [
        Naming(
            unit="青山镇",
            kind="签约未注册",
            person=said.late[0].person,
            project="云岭食品马铃薯全产业链项目",
            project_id=said.late[0].project_id,
            days=said.late[0].days,
        )
    ]
    assert len(named_in(said)) > len(named)


def test_a_figure_of_the_bulletin_opens_to_what_it_counted_then(county, bulletin):
    recognise(make_project(county, name="后来的项目"), "signed")
    unit = county.units["青山镇"]
    line = next(one for one in bulletin.said.progress if one.unit_id == unit.pk)

    found = counted_in(bulletin, unit.pk, "signed")

    assert [record.label for record in found] == ["云岭食品马铃薯全产业链项目"]
    assert line.signed == "1"
