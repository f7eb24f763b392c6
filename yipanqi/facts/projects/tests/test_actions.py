"""What units can report: it happens and leaves its line, or it is refused and leaves none."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from yipanqi.core.problems import Refused
from yipanqi.facts.projects.actions import evidence
from yipanqi.facts.projects.actions.evidence import keep_evidence, path_of
from yipanqi.facts.projects.actions.register import (
    NewProject,
    amend_project,
    register_projects,
    set_parts,
)
from yipanqi.facts.projects.actions.report import NewClaim, claim_many, report_progress
from yipanqi.facts.projects.factories import (
    MAY_9,
    make_claim,
    make_evidence,
    make_project,
    whole_shares,
)
from yipanqi.facts.projects.models import Claim, Part, Pending, Progress, Project
from yipanqi.facts.projects.rules import PartRole, Share
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


@contextmanager
def refused(words):
    """An action that tells why, and writes nothing."""
    before = reads.now_seq()
    with pytest.raises(Refused, match=words):
        yield
    assert reads.now_seq() == before


def test_a_project_is_registered_with_its_code_its_span_and_its_parts(county):
    project = make_project(county)

    assert project.code == "QH-2026-00001"
    assert project.total_fen == 36_000_000_000
    span = project.spans.get()
    assert span.from_seq == Entry.objects.about(project).of("open:projects.project").get().seq
    parts = project.parts.current()
    assert {part.from_seq for part in parts} == {Entry.objects.about(project).of("parts").get().seq}
    assert {part.role for part in parts} == {"introducer", "landing", "lead"}
    assert list(reads.findings()) == []


def test_projects_registered_together_each_begin_at_their_own_entry(county):
    new = [
        NewProject(Project(place=county.place, name=name), whole_shares(county, "柳河镇"))
        for name in ("甲", "乙")
    ]

    first, second = register_projects(new=new, by=county.clerk, at=NOON)

    for project in (first, second):
        entry = Entry.objects.about(project).of("open:projects.project").get()
        assert project.spans.get().from_seq == entry.seq
        parts = Entry.objects.about(project).of("parts").get()
        assert set(project.parts.values_list("from_seq", flat=True)) == {parts.seq}
    assert [first.code, second.code] == ["QH-2026-00001", "QH-2026-00002"]


def test_no_projects_are_registered_without_a_trace(county):
    before = reads.now_seq()

    assert register_projects(new=[], by=county.clerk, at=NOON) == []
    assert reads.now_seq() == before


def test_a_project_may_come_without_parts_and_without_an_amount(county):
    project = make_project(county, shares=[], total=None)

    assert project.total_fen is None
    assert not project.parts.exists()


def test_codes_go_on_after_a_hundred_thousand_and_past_codes_from_elsewhere(county):
    make_project(county, name="甲", code="QH-2026-99999")
    make_project(county, name="乙", code="QH-2026-100000")
    make_project(county, name="丙", code="QH-2026-老项目第一号")

    assert make_project(county, name="丁").code == "QH-2026-100001"


def test_foreign_money_is_converted_at_the_rate_of_the_day(county):
    project = make_project(county, total=100_000_000, currency="USD")

    assert project.total_fen == 700_000_000


def test_more_than_the_whole_credit_is_refused(county):
    shares = [
        Share(unit_id=county.units[name].pk, role=PartRole.INTRODUCER, num=2, den=3)
        for name in ("青山镇", "柳河镇")
    ]

    with refused("各单位份额合计超过 100%"):
        make_project(county, shares=shares)

    assert not Project.objects.exists()


def test_parts_are_set_anew_and_the_past_stays_as_it_was(county, project):
    make_claim(project)
    before = reads.now_seq()

    set_parts(project=project, shares=whole_shares(county, "柳河镇"), by=county.clerk, at=NOON)

    now = {(part.unit.name, part.role) for part in project.parts.current()}
    then = {(part.unit.name, part.role) for part in project.parts.as_of(before)}
    assert ("柳河镇", "lead") in now
    assert ("青山镇", "lead") not in now
    assert ("招商促进局", "verifier") in now
    assert ("青山镇", "lead") in then
    assert Part.objects.reporting().current().filter(project=project).count() == 3


def test_parts_beyond_the_whole_are_refused_and_change_nothing(county, project):
    shares = whole_shares(county, "青山镇") + whole_shares(county, "柳河镇")

    with refused("合计超过"):
        set_parts(project=project, shares=shares, by=county.clerk, at=NOON)

    assert {part.unit.name for part in project.parts.current()} == {"青山镇"}


def test_parts_that_somebody_else_set_meanwhile_are_refused(county, project):
    opened_at = reads.now_seq()
    shares = whole_shares(county, "柳河镇")
    set_parts(project=project, shares=shares, by=county.clerk, at=NOON, since=opened_at)

    with refused("别人改过参与单位或份额"):
        set_parts(
            project=project,
            shares=whole_shares(county, "经济开发区"),
            by=county.chief,
            at=NOON,
            since=opened_at,
        )

    assert {part.unit.name for part in project.parts.current()} == {"柳河镇"}


def test_an_amendment_of_what_measures_group_by_opens_a_new_span(county, project):
    before = reads.now_seq()

    fresh = amend_project(
        project=project,
        changes={"industry": "装备制造", "total": 1_000_000_000},
        version=1,
        by=county.clerk,
        at=NOON,
        reason="投资方调整",
    )

    assert fresh.total_fen == 1_000_000_000
    assert project.spans.as_of(before).get().industry == "食品加工"
    assert project.spans.current().get().industry == "装备制造"
    assert list(reads.findings()) == []


def test_an_amendment_of_a_name_opens_no_span_and_converts_nothing_again(county):
    project = make_project(county, total=100_000_000, currency="USD")
    make_settings(county, rates="[{currency: USD, from: 2024-01-01, yuan: '6.5'}]")

    fresh = amend_project(
        project=project, changes={"name": "新名称"}, version=1, by=county.clerk, at=NOON
    )

    assert fresh.total_fen == 700_000_000
    assert project.spans.count() == 1


def test_an_amendment_of_a_version_that_is_gone_is_refused(county, project):
    amend_project(project=project, changes={"name": "甲"}, version=1, by=county.clerk, at=NOON)

    with refused("别人刚刚改过"):
        amend_project(project=project, changes={"name": "乙"}, version=1, by=county.chief, at=NOON)


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


def test_evidence_is_kept_once_under_the_hash_of_its_content():
    first = keep_evidence(ContentFile(b"signed", name="协议.PDF"))
    again = keep_evidence(ContentFile(b"signed", name="C/协议副本.pdf"))

    assert first.digest == again.digest
    assert again.name == "协议副本.pdf"
    assert first.size == 6
    with default_storage.open(path_of(first.digest)) as kept:
        assert kept.read() == b"signed"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "协议.pdf", "这个文件是空的"),
        (b"MZ", "协议.exe", "不收这种文件"),
        (b"x" * 11, "协议.pdf", "超过 20 MB"),
    ],
)
def test_evidence_that_nobody_could_open_is_refused(content, name, words, monkeypatch):
    monkeypatch.setattr(evidence, "LARGEST", 10)

    with pytest.raises(Refused, match=words):
        keep_evidence(ContentFile(content, name=name))
