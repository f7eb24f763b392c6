"""What offices decide, and all that follows from it at once."""

from datetime import date

import pytest

from tests.helpers import refused
from yipanqi.facts.projects.models import Pending
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.standing.actions import (
    Decision,
    accept_claim,
    decide,
    find_false,
    return_claim,
)
from yipanqi.standing.factories import (
    MAY_9,
    NOON,
    make_claim,
    make_county,
    make_project,
    recognise,
)
from yipanqi.standing.models import Deadline, Recognised, Verdict
from yipanqi.standing.reads import proof
from yipanqi.standing.rules import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def project(county):
    return make_project(county)


@pytest.fixture(autouse=True)
def everything_follows_from_the_facts(request):
    """Whatever a test did, recomputation finds the same afterwards."""
    yield
    assert list(reads.findings()) == []
    assert list(proof.findings()) == []


def counted(project):
    return set(Recognised.objects.current().filter(project=project).values_list("node", flat=True))


def test_an_accepted_claim_counts_and_moves_the_stage(county, project):
    claim = make_claim(project, "signed", on=MAY_9)
    before = reads.now_seq()

    verdict = accept_claim(claim=claim, by=county.verifier(), at=NOON)

    project.refresh_from_db()
    assert Entry.objects.get(seq=verdict.seq).kind == "fact:standing.verdict"
    assert str(verdict) == f"{claim.pk} accepted"
    assert (verdict.band, verdict.settings.number) == ("b3", 1)
    assert (project.stage, project.stage_on, project.signed_on) == ("signed", MAY_9, MAY_9)
    assert (project.due_code, project.due_on) == ("signed_not_registered", date(2026, 6, 8))
    assert counted(project) == {"signed"}
    assert not Recognised.objects.as_of(before).exists()
    assert not Pending.objects.exists()


def test_a_returned_claim_counts_nothing_and_may_be_made_again(county, project):
    claim = make_claim(project)

    verdict = return_claim(claim=claim, reason="合同未盖章", by=county.verifier(), at=NOON)

    assert verdict.outcome == Outcome.RETURNED
    assert counted(project) == set()
    recognise(project, "signed")
    assert counted(project) == {"signed"}


def test_a_claim_that_somebody_else_decided_is_refused(county, project):
    claim = make_claim(project)
    accept_claim(claim=claim, by=county.verifier(), at=NOON)

    with refused("刚刚已由别人认定或已撤回"):
        return_claim(claim=claim, reason="晚了一步", by=county.clerk, at=NOON)

    assert Verdict.objects.count() == 1


def test_a_claim_returned_without_a_reason_still_waits(county, project):
    claim = make_claim(project)

    with refused("必须写明理由"):
        return_claim(claim=claim, reason=" ", by=county.verifier(), at=NOON)

    assert Pending.objects.filter(pk=claim.pk).exists()


def test_a_claim_that_waits_is_returned_and_not_found_false(county, project):
    claim = make_claim(project)

    with refused("待认定的申报只能认定或退回"):
        decide([Decision(claim, Outcome.FALSIFIED, "合同是假的")], by=county.verifier(), at=NOON)
    with refused("待认定的请退回"):
        find_false(claim=claim, reason="合同是假的", by=county.verifier(), at=NOON)


def test_whoever_reported_a_thing_does_not_also_verify_it(county):
    project = make_project(county, unit="招商促进局")
    claim = make_claim(project, by=county.clerk)

    with refused("不能自己认定，请由本单位其他人认定"):
        accept_claim(claim=claim, by=county.clerk, at=NOON)

    assert accept_claim(claim=claim, by=county.verifier(), at=NOON).outcome == Outcome.ACCEPTED


def test_what_nobody_signed_for_may_be_decided_by_the_program(county, project):
    assert accept_claim(claim=make_claim(project), by=None, at=NOON).outcome == Outcome.ACCEPTED


def test_a_gate_refuses_with_its_clause_and_the_claim_waits_on(county, project):
    claim = make_claim(project, "started")

    with refused("规程第十二条"):
        accept_claim(claim=claim, by=county.verifier("发展和改革局"), at=NOON)

    assert Pending.objects.filter(pk=claim.pk).exists()
    assert counted(project) == set()


def test_nodes_accepted_together_count_for_each_other(county, project):
    claims = [make_claim(project, node) for node in ("signed", "registered", "land")]

    verdicts = decide(
        [Decision(claim, Outcome.ACCEPTED) for claim in claims], by=county.clerk, at=NOON
    )

    project.refresh_from_db()
    assert len(verdicts) == 3
    assert project.stage == "land"
    assert set(Deadline.objects.current().values_list("code", flat=True)) == {
        "supplied_not_started",
        "signed_not_started",
    }


def test_of_decisions_given_together_each_counts_from_its_own_entry(county, project):
    other = make_project(county, name="另一个")
    claims = [make_claim(project), make_claim(other)]

    verdicts = decide([Decision(c, Outcome.ACCEPTED) for c in claims], by=county.clerk, at=NOON)

    for verdict in verdicts:
        assert verdict.project.recognised.get().from_seq == verdict.seq
        starts = verdict.project.deadlines.values_list("from_seq", flat=True)
        assert set(starts) == {verdict.seq}


def test_no_decisions_are_no_verdicts(county):
    assert decide([], by=county.clerk, at=NOON) == []


def test_a_node_recognised_again_replaces_what_counted(county, project):
    recognise(project, "signed", on=MAY_9)
    before = reads.now_seq()
    recognise(project, "signed", on=date(2026, 5, 12))

    assert Recognised.objects.current().get().counted_on == date(2026, 5, 12)
    assert Recognised.objects.as_of(before).get().counted_on == MAY_9
    assert Deadline.objects.current().get(code="signed_not_registered").reached_on == date(
        2026, 5, 12
    )


def test_money_adds_up_and_is_converted_at_the_rate_of_its_day(county, project):
    recognise(project, "funds", amount=1_000)
    verdict = recognise(project, "funds", amount=1_000, currency="USD", on=date(2025, 3, 1))

    amounts = Recognised.objects.current().filter(node="funds").values_list("amount_fen", flat=True)
    assert verdict.amount_fen == 7_100
    assert set(amounts) == {1_000, 7_100}


def test_a_project_without_an_amount_stands_in_no_band(county):
    assert recognise(make_project(county, total=None)).band == ""


def test_a_claim_from_before_all_definitions_cannot_be_judged(county, project):
    claim = make_claim(project, on=date(2023, 5, 1))

    with refused("2023-05-01 还没有生效的口径"):
        accept_claim(claim=claim, by=county.verifier(), at=NOON)
