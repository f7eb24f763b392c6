"""Projects enter the register: it happens and leaves its line, or it is refused and leaves none."""

from datetime import date

import pytest

from tests.helpers import refused
from yipanqi.facts.projects.actions.many import amend_projects
from yipanqi.facts.projects.actions.register import (
    NewProject,
    amend_project,
    register_projects,
    set_parts,
)
from yipanqi.facts.projects.factories import (
    make_claim,
    make_project,
    whole_shares,
)
from yipanqi.facts.projects.models import Part, Project, ProjectSpan
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


def test_full_width_letters_and_digits_become_ordinary_ones_and_brackets_stay(county):
    project = make_project(
        county, name="ＬＥＤ封装（２期）", investor="Ｌｉ电池", company="Ａ１公司", code="ＱＨ－７"
    )

    assert (project.name, project.investor) == ("LED封装（2期）", "Li电池")
    assert (project.company, project.code) == ("A1公司", "QH－7")
    fresh = amend_project(
        project=project, changes={"name": "ＯＬＥＤ（一）"}, version=1, by=county.clerk, at=NOON
    )
    assert fresh.name == "OLED（一）"
    assert list(reads.findings()) == []


@pytest.mark.parametrize("text", ["led", "LED", "ＬＥＤ", "ｌｅｄ封", "（２", "ｑｈ-"])
def test_a_project_is_found_whatever_the_case_and_width_of_its_letters(county, text):
    make_project(county, name="ＬＥＤ封装（２期）")

    assert Project.objects.named(text).exists()


def test_words_that_no_measure_asks_for_leave_the_past_as_it_is(county):
    project = make_project(county)
    before = ProjectSpan.objects.count()

    amend_projects(
        changes=[(project, {"company": "云岭食品（青禾）公司"})], by=None, at=NOON, reason=""
    )

    assert ProjectSpan.objects.count() == before
