"""What units report: it happens and leaves its line, or it is refused and leaves none."""

from datetime import date, timedelta

import pytest

from tests.helpers import refused
from yipanqi.facts.projects.actions.report import NewClaim, claim_many, report_progress
from yipanqi.facts.projects.factories import (
    MAY_9,
    make_claim,
    make_evidence,
    make_project,
)
from yipanqi.facts.projects.models import Claim, Pending, Progress, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county, make_settings

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def project(county):
    return make_project(county)


def test_a_claim_waits_for_the_office_of_its_node_which_now_sees_the_project(county, project):
    assert not Project.objects.visible_to(county.verifier("自然资源局")).exists()

    claim = make_claim(project, "land", on=MAY_9)

    pending = Pending.objects.get(pk=claim.pk)
    part = project.parts.current().get(role=PartRole.VERIFIER)
    assert pending.office.name == "自然资源局"
    assert part.from_seq == claim.seq
    assert list(Pending.objects.visible_to(county.verifier("自然资源局"))) == [pending]
    assert list(Project.objects.visible_to(county.verifier("自然资源局"))) == [project]
    assert not Pending.objects.visible_to(county.verifier("统计局")).exists()
    assert str(claim) == f"{project.pk} land 2026-05-09"
    assert str(pending) == str(claim.pk)
    assert claim.files[0].name == "佐证.pdf"


def test_a_claim_moves_the_day_of_the_last_news_forward_only(county, project):
    Project.objects.filter(pk=project.pk).update(last_fact_on=date(2026, 1, 1))

    make_claim(project, "signed", on=MAY_9)
    make_claim(project, "registered", on=date(2026, 3, 1))

    project.refresh_from_db()
    assert project.last_fact_on == MAY_9


def new_claim(project, node="signed", **given):
    part = project.parts.reporting()[0]
    said = {"happened_on": MAY_9, "evidence": (make_evidence(),), **given}
    return NewClaim(project=project, node=node, unit_id=part.unit_id, **said), ["lead"]


def test_claims_made_together_count_the_latest_day_of_each_project(county, project):
    other = make_project(county, name="另一个")
    Project.objects.update(last_fact_on=date(2026, 1, 1))
    claims = [
        new_claim(project, "signed", happened_on=MAY_9),
        new_claim(project, "registered", happened_on=date(2026, 3, 1)),
        new_claim(other, "signed", happened_on=date(2026, 2, 1)),
    ]

    made = claim_many(claims=claims, by=county.clerk, at=NOON)

    assert Pending.objects.count() == len(made) == 3
    days = dict(Project.objects.values_list("pk", "last_fact_on"))
    assert days == {project.pk: MAY_9, other.pk: date(2026, 2, 1)}
    assert list(reads.findings()) == []


def test_nothing_claimed_is_nothing_written(county):
    assert claim_many(claims=[], by=county.clerk, at=NOON) == []


@pytest.mark.parametrize(
    ("node", "given", "words"),
    [
        ("nowhere", {}, "没有“nowhere”这个环节"),
        ("signed", {"happened_on": TODAY + timedelta(days=1)}, "还没有到"),
        ("signed", {"evidence": ()}, "请附上佐证材料：协议文本"),
        ("funds", {"amount": 0}, "请填写到位金额"),
    ],
)
def test_a_claim_that_cannot_be_is_refused_and_leaves_no_line(project, county, node, given, words):
    with refused(words):
        claim_many(claims=[new_claim(project, node, **given)], by=county.clerk, at=NOON)

    assert not Claim.objects.exists()


def test_a_unit_without_a_part_claims_nothing(county, project):
    with refused("你的单位不是这个项目的引进、落地或责任单位"):
        make_claim(project, by=county.liaison("柳河镇"))


def test_a_second_claim_of_a_node_waits_for_the_first(county, project):
    make_claim(project, "signed")

    with refused("“签约”已有一条申报在等招商促进局认定"):
        make_claim(project, "signed")


def test_the_same_node_twice_in_one_batch_is_refused_too(county, project):
    with refused("不必重报"):
        claim_many(claims=[new_claim(project), new_claim(project)], by=county.clerk, at=NOON)


def test_money_may_arrive_again_while_the_first_sum_waits(county, project):
    make_claim(project, "funds", amount=100)
    make_claim(project, "funds", amount=200)

    assert Pending.objects.count() == 2


def test_an_office_that_no_unit_bears_is_named(county, project):
    make_settings(county, funds="{office: 国库, evidence: []}")

    with refused("口径里的认定单位“国库”不在单位名录里"):
        make_claim(project, "funds")


def test_progress_is_reported_and_moves_the_day_of_the_last_news(county, project):
    Project.objects.update(last_fact_on=date(2026, 1, 1))

    fact = report_progress(
        project=project,
        text="一号厂房封顶",
        problem="用电未接通",
        happened_on=MAY_9,
        by=county.liaison(),
        at=NOON,
    )

    assert str(fact) == "一号厂房封顶"
    assert Entry.objects.get(seq=fact.seq).unit_id == county.units["青山镇"].pk
    assert Project.objects.get(pk=project.pk).last_fact_on == MAY_9


def test_progress_by_an_outsider_or_for_tomorrow_is_refused(county, project):
    with refused("不能申报"):
        report_progress(
            project=project, text="x", happened_on=MAY_9, by=county.liaison("柳河镇"), at=NOON
        )
    with refused("还没有到"):
        report_progress(
            project=project,
            text="x",
            happened_on=TODAY + timedelta(days=1),
            by=county.liaison(),
            at=NOON,
        )
    assert not Progress.objects.exists()
