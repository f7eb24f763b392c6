"""Everything derived is recomputed; a row that was touched by hand is found."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import F

from tests.helpers import lifted_triggers
from yipanqi.core.files import path_of
from yipanqi.facts.projects.actions.register import amend_project, set_parts
from yipanqi.facts.projects.actions.report import report_progress
from yipanqi.facts.projects.models import Claim, Part, Pending, Project, ProjectSpan
from yipanqi.ledger import reads
from yipanqi.ledger.actions import amend
from yipanqi.ledger.models import Entry
from yipanqi.ledger.rules import OPEN
from yipanqi.org.actions import amend_unit, charge, dissolve_group, join, pair, unpair
from yipanqi.org.factories import make_group
from yipanqi.org.models import Duty, Membership, Pairing, Unit, UnitSpan
from yipanqi.org.rules import Function
from yipanqi.standing.actions import find_false, plan_node, withdraw_claim
from yipanqi.standing.factories import (
    MAY_9,
    NOON,
    bring_to,
    make_claim,
    make_county,
    make_evidence,
    make_project,
    make_settings,
    recognise,
    whole_shares,
)
from yipanqi.standing.models import Deadline, Recognised
from yipanqi.standing.reads import proof

pytestmark = pytest.mark.django_db
SOME_DAY = date(2026, 2, 2)


@pytest.fixture
def county():
    """A county in which nearly everything has happened that can."""
    county = make_county()
    built, false, waiting = (make_project(county, name=name) for name in "甲乙丙")
    bring_to(built, "started")
    recognise(built, "funds", amount=500_000_000)
    recognise(built, "signed", on=MAY_9 + timedelta(days=3))
    find_false(claim=recognise(false).claim, reason="合同是假的", by=county.clerk, at=NOON)
    withdraw_claim(claim=make_claim(false), reason="填错了", by=county.liaison(), at=NOON)
    make_settings(county, valid_from="2026-06-01", lamps="{amber_days: 5, stalled_days: 30}")
    make_claim(waiting)
    reported = report_progress(
        project=waiting, text="洽谈", happened_on=MAY_9, by=county.liaison(), at=NOON
    )
    plan_node(
        project=built,
        node="statistics",
        planned_on=SOME_DAY,
        reason="统计口径",
        by=county.clerk,
        at=NOON,
    )
    amend_project(
        project=waiting, changes={"industry": "装备制造"}, version=1, by=county.clerk, at=NOON
    )
    set_parts(project=waiting, shares=whole_shares(county, "柳河镇"), by=county.clerk, at=NOON)
    foreign = make_project(county, name="丁", total=100_000_000, currency="USD")
    reorganise(county)
    assert reported.seq
    assert foreign.total_fen == 700_000_000
    return county


def reorganise(county):
    """A unit moved, a group with a member, a function, a pairing that ended."""
    seat, zone, town = (county.units[name] for name in ("县长岗位", "经济开发区", "柳河镇"))
    unpair(pair(seat=seat, unit=zone, by=None, at=NOON), by=None, at=NOON)
    amend_unit(town, {"parent": zone}, version=1, by=None, at=NOON)
    group = make_group(county)
    join(group=group, unit=town, by=None, at=NOON)
    charge(zone, Function.PROMOTES, by=None, at=NOON)
    dissolve_group(
        make_group(county, name="专班"), on=NOON.date(), version=1, by=None, at=NOON, reason="事毕"
    )


def found():
    return [str(finding) for finding in proof.findings()]


def test_what_only_actions_wrote_has_no_findings(county):
    assert found() == []
    assert list(reads.findings()) == []


def test_projects_are_walked_in_several_steps(county, monkeypatch):
    monkeypatch.setattr(proof, "CHUNK", 2)

    assert [len(ids) for ids in proof.chunks()] == [2, 2]
    assert found() == []


TOUCHED = {
    "a day that counts": lambda: Recognised.objects.filter(node="land").update(counted_on=SOME_DAY),
    "an amount that counts": lambda: Recognised.objects.filter(node="funds").update(amount_fen=1),
    "an interval that is ended": lambda: Recognised.objects.filter(node="land").update(
        to_seq=F("from_seq") + 1
    ),
    "an interval that begins earlier": lambda: Recognised.objects.filter(node="land").update(
        from_seq=F("from_seq") - 1
    ),
    "an interval that is opened again": lambda: Recognised.objects.filter(
        node="signed", to_seq__lt=OPEN
    ).update(node="talks", to_seq=OPEN),
    "an interval that is gone": lambda: Recognised.objects.filter(node="funds").delete(),
    "an interval from nowhere": lambda: Recognised.objects.create(
        project=Project.objects.get(name="丙"),
        claim=Claim.objects.filter(node="funds")[0],
        node="funds",
        counted_on=MAY_9,
        from_seq=5,
    ),
    "a falsehood that is hidden": lambda: Recognised.objects.filter(node="falsified").delete(),
    "a due day": lambda: Deadline.objects.current().update(due_on=date(2030, 1, 1)),
    "a deadline that is gone": lambda: Deadline.objects.current().delete(),
    "a deadline from nowhere": lambda: Deadline.objects.create(
        project=Project.objects.get(name="丙"),
        code="x",
        reached_on=MAY_9,
        due_on=MAY_9,
        from_seq=5,
    ),
    "a stage": lambda: Project.objects.filter(name="乙").update(stage="produced"),
    "a day of signing": lambda: Project.objects.filter(name="甲").update(signed_on=SOME_DAY),
    "a due day on the list": lambda: Project.objects.filter(name="甲").update(due_on=None),
    "the last news": lambda: Project.objects.filter(name="甲").update(last_fact_on=SOME_DAY),
    "the total on the list": lambda: Project.objects.filter(name="甲").update(total_fen=1),
    "a claim that no longer waits": lambda: Pending.objects.all().delete(),
    "a claim that waits elsewhere": lambda: Pending.objects.update(
        office=Unit.objects.get(name="青山镇")
    ),
    "a decided claim that waits": lambda: Pending.objects.create(
        claim=Claim.objects.filter(node="land")[0],
        project=Project.objects.get(name="甲"),
        office=Unit.objects.get(name="自然资源局"),
    ),
    "a share": lambda: Part.objects.filter(role="introducer").update(den=2),
    "a part that is gone": lambda: Part.objects.filter(role="lead").delete(),
    "a part from nowhere": lambda: Part.objects.create(
        project=Project.objects.get(name="甲"),
        unit=Unit.objects.get(name="柳河镇"),
        role="introducer",
        from_seq=5,
    ),
    "an office's part that is gone": lambda: Part.objects.filter(role="verifier").delete(),
    "a part's past": lambda: Part.objects.filter(to_seq__lt=OPEN).update(to_seq=F("to_seq") - 1),
    "an industry in a span": lambda: ProjectSpan.objects.update(industry="房地产"),
    "an amount in a span": lambda: ProjectSpan.objects.filter(project__name="丁").update(
        total_fen=700_000_001
    ),
    "a span that begins late": lambda: ProjectSpan.objects.filter(project__name="甲").update(
        from_seq=F("from_seq") + 1
    ),
    "a span that is ended": lambda: ProjectSpan.objects.filter(project__name="甲").update(
        to_seq=F("from_seq") + 1
    ),
    "spans with a gap": lambda: ProjectSpan.objects.filter(to_seq__lt=OPEN).update(
        to_seq=F("to_seq") - 1
    ),
    "a unit's path": lambda: Unit.objects.filter(name="青山镇").update(path="/9/9/"),
    "a unit's span": lambda: UnitSpan.objects.filter(unit__name="青山镇").update(kind="zone"),
    "a unit's span that is gone": lambda: UnitSpan.objects.filter(unit__name="青山镇").delete(),
    "a pairing": lambda: Pairing.objects.filter(unit__name="柳河镇").update(
        from_seq=F("from_seq") - 1
    ),
    "a pairing that ended": lambda: Pairing.objects.filter(to_seq__lt=OPEN).update(to_seq=OPEN),
    "a member of a group": lambda: Membership.objects.update(capacity="head"),
    "a function": lambda: Duty.objects.update(function="sorts"),
    "where a unit stood": lambda: UnitSpan.objects.filter(to_seq__lt=OPEN).update(
        to_seq=F("to_seq") + 1
    ),
}


@pytest.mark.parametrize("touched", TOUCHED)
def test_a_derived_row_that_was_touched_is_found(touched, county):
    TOUCHED[touched]()

    assert found()


def test_a_finding_says_which_project_and_what(county):
    project = Project.objects.get(name="甲")
    Recognised.objects.filter(node="land").update(counted_on=SOME_DAY)

    told = found()

    assert any(line.startswith(f"项目 {project.pk} 的认定区间：应有而没有") for line in told)
    assert any("land 2026-02-02" in line and "没有事实依据" in line for line in told)


def test_evidence_that_is_gone_or_altered_is_found(county):
    kept = make_evidence(b"%PDF another", name="回单.pdf")
    make_claim(Project.objects.get(name="甲"), "funds", evidence=[kept])
    path = Path(default_storage.path(path_of(kept.digest)))
    assert found() == []

    path.write_bytes(b"%PDF forged")
    altered = found()
    path.unlink()
    gone = found()

    assert "佐证“回单.pdf”：文件内容被改动过" in "".join(altered)
    assert "佐证“回单.pdf”：文件不在了" in "".join(gone)


def test_the_proof_goes_on_where_the_ledger_itself_was_made_unreadable(county):
    with lifted_triggers():
        Entry.objects.filter(kind__in=["parts", "pair", "open:projects.project"]).update(
            payload="nonsense"
        )

    assert found()


def test_a_renamed_office_still_verifies_what_it_did(county):
    office = Unit.objects.get(name="招商促进局")

    reads_before = found()
    rename(office, "投资促进局")

    assert reads_before == []
    assert found() == []


def rename(unit, name):
    amend(unit, {"name": name}, version=unit.version, by=None, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_verification_reads_one_moment_while_others_write():
    county = make_county()
    project = make_project(county)
    recognise(project)

    with reads.still():
        before = reads.checkpoint()
        assert list(reads.findings()) == []
        assert found() == []
        assert reads.checkpoint() == before
    recognise(project, "registered")

    assert found() == []
    assert not connection.in_atomic_block
