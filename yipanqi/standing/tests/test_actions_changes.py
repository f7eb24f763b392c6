"""What is found false, withdrawn, taken back or planned anew, and all that follows from it."""

from datetime import date, timedelta

import pytest

from tests.helpers import refused
from yipanqi.facts.projects.models import Pending, Project, Withdrawal
from yipanqi.ledger import reads
from yipanqi.standing.actions import (
    accept_claim,
    find_false,
    plan_node,
    take_back_projects,
    withdraw_claim,
)
from yipanqi.standing.factories import (
    MAY_9,
    NOON,
    bring_to,
    make_claim,
    make_county,
    make_project,
    make_settings,
    recognise,
)
from yipanqi.standing.models import Deadline, Recognised
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


def test_what_was_found_false_no_longer_counts_and_is_counted_as_such(county, project):
    claim = recognise(project, "signed").claim
    before = reads.now_seq()

    verdict = find_false(claim=claim, reason="合同是假的", by=county.verifier(), at=NOON)

    project.refresh_from_db()
    assert counted(project) == {"falsified"}
    assert project.stage == ""
    assert project.due_on is None
    assert verdict.outcome == Outcome.FALSIFIED
    assert Recognised.objects.as_of(before).get().node == "signed"


def test_what_was_found_false_can_neither_be_found_so_again_nor_withdrawn(county, project):
    claim = recognise(project).claim
    find_false(claim=claim, reason="合同是假的", by=county.verifier(), at=NOON)

    with refused("只有已认定的申报才能查实造假"):
        find_false(claim=claim, reason="再查一次", by=county.verifier(), at=NOON)
    with refused("已查实造假的申报不能撤回"):
        withdraw_claim(claim=claim, reason="算了", by=county.liaison(), at=NOON)


def test_a_finding_without_a_reason_is_refused(county, project):
    claim = recognise(project).claim

    with refused("必须写明理由"):
        find_false(claim=claim, reason="", by=county.verifier(), at=NOON)


def test_a_withdrawn_claim_counts_no_longer_and_the_past_stays(county, project):
    claim = recognise(project).claim
    before = reads.now_seq()

    fact = withdraw_claim(claim=claim, reason="协议未生效", by=county.liaison(), at=NOON)

    project.refresh_from_db()
    assert str(fact) == "协议未生效"
    assert counted(project) == set()
    assert project.stage == ""
    assert not Deadline.objects.current().exists()
    assert Recognised.objects.as_of(before).exists()


def test_a_claim_that_waits_can_be_withdrawn(county, project):
    claim = make_claim(project)

    withdraw_claim(claim=claim, reason="填错了", by=county.liaison(), at=NOON)

    assert not Pending.objects.exists()
    with refused("刚刚已由别人认定或已撤回"):
        accept_claim(claim=claim, by=county.verifier(), at=NOON)


@pytest.mark.parametrize(("reason", "words"), [(" ", "撤回要写明理由"), ("再撤", "已经撤回")])
def test_a_withdrawal_without_reason_or_for_the_second_time_is_refused(
    county, project, reason, words
):
    claim = make_claim(project)
    withdraw_claim(claim=claim, reason="填错了", by=county.liaison(), at=NOON)

    with refused(words):
        withdraw_claim(claim=claim, reason=reason, by=county.liaison(), at=NOON)


def test_projects_registered_by_mistake_leave_the_register_and_nothing_is_erased(county, project):
    make_claim(project)
    other = make_project(county, name="另一个")

    count = take_back_projects(
        projects=[project, other], reason="导入选错了表", by=county.clerk, at=NOON
    )

    assert count == 2
    assert not Project.objects.visible_to(county.clerk).exists()
    assert Project.objects.filter(taken_back=True).count() == 2
    assert Withdrawal.objects.count() == 1
    assert not Pending.objects.exists()


def test_a_project_that_an_office_has_judged_stays_in_the_register(county, project):
    recognise(project)

    with refused("已有认定结论"):
        take_back_projects(projects=[project], reason="选错了", by=county.clerk, at=NOON)

    assert Project.objects.visible_to(county.clerk).get() == project


def test_a_planned_day_replaces_the_days_allowed_and_an_untouched_day_stays(county, project):
    recognise(project)
    untouched = Deadline.objects.current().get(code="signed_not_started")
    planned = date(2026, 12, 1)

    plan = plan_node(
        project=project,
        node="registered",
        planned_on=planned,
        reason="外资审批",
        by=county.clerk,
        at=NOON,
    )

    project.refresh_from_db()
    assert str(plan) == "registered 2026-12-01"
    assert project.due_on == planned
    assert Deadline.objects.current().get(code="signed_not_registered").from_seq == plan.seq
    assert Deadline.objects.current().get(code="signed_not_started") == untouched


@pytest.mark.parametrize(
    ("node", "reason", "words"),
    [("nowhere", "外资审批", "没有“nowhere”这个环节"), ("registered", "", "要写明理由")],
)
def test_a_plan_without_a_node_or_a_reason_is_refused(county, project, node, reason, words):
    with refused(words):
        plan_node(
            project=project,
            node=node,
            planned_on=MAY_9,
            reason=reason,
            by=county.clerk,
            at=NOON,
        )


def test_definitions_for_next_year_change_nothing_this_year(county, project):
    make_settings(county, valid_from="2027-01-01", not_yets="[]")

    recognise(project)

    assert Deadline.objects.current().filter(project=project).count() == 2


def test_overdue_is_what_was_due_before_today(county, project):
    bring_to(project, "registered")

    due = MAY_9 + timedelta(days=90)
    overdue = Deadline.objects.current().filter(code="registered_not_supplied")
    assert not overdue.overdue(as_of=due).exists()
    assert overdue.overdue(as_of=due + timedelta(days=1)).exists()
