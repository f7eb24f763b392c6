"""The page of one project, as people with different rights see it."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from yipanqi.facts.projects.actions.register import amend_project
from yipanqi.facts.projects.actions.report import report_progress
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.standing.actions import find_false, plan_node, return_claim, withdraw_claim
from yipanqi.standing.factories import bring_to, make_claim, make_county, make_project, recognise
from yipanqi.standing.tests.pages import MOST, NOON, TODAY, asked_for, at, days_ago, of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def eventful(county):
    """A project about which everything has been said that can be."""
    project = make_project(county, level="province", honour="listed", at=at(days_ago(200)))
    liaison, clerk = county.liaison(), county.clerk
    recognise(project, on=days_ago(150))
    recognise(project, "funds", on=days_ago(100))
    recognise(project, "funds", on=days_ago(90), amount=30_000_000)
    returned = make_claim(project, "registered", on=days_ago(80))
    return_claim(claim=returned, reason="执照看不清", by=county.verifier("市场监督管理局"), at=NOON)
    taken_back = make_claim(project, "registered", on=days_ago(70))
    withdraw_claim(claim=taken_back, reason="日期写错", by=liaison, at=NOON)
    false = recognise(project, "funds", on=days_ago(60), amount=10_000_000).claim
    find_false(claim=false, reason="回单系伪造", by=county.verifier("财政局"), at=NOON)
    report_progress(
        project=project,
        text="执照在办",
        problem="缺地址证明",
        happened_on=TODAY,
        by=liaison,
        at=NOON,
    )
    plan_node(
        project=project, node="registered", planned_on=days_ago(5), reason="延后", by=clerk, at=NOON
    )
    amend_project(
        project=project,
        changes={"company": "青禾云岭公司", "level": "city", "total": 50_000_000_000},
        version=1,
        by=clerk,
        at=NOON,
        reason="公司定名",
    )
    make_claim(project, "registered", on=days_ago(2), note="照已领")
    return project


def test_a_projects_page_tells_everything_that_happened(county, eventful):
    page = of(county.clerk, f"/projects/{eventful.pk}/")

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode()))
    for words in [
        "云岭食品马铃薯全产业链项目 注册逾期 5 天",
        "退回：市场监督管理局 王shichang 11-20 · 执照看不清",
        "撤回：青山镇 王qingshan 11-20 · 日期写错",
        "查实造假：财政局 王caizheng 11-20 · 回单系伪造",
        "进展执照在办",
        "存在问题：缺地址证明",
        "调整期限注册 → 2026-11-15",
        "项目公司：未填 → 青禾云岭公司",
        "重点级别：省重点 → 市重点",
        "总投资：3.6亿元 → 5亿元",
        "公司定名",
        "佐证.pdf",
        "11-20 录入",
        "照已领",
        "待认定已逾期 5 天",
        "只增不改 · 19 条",
        "已认定 1,230万元",
        "县长岗位 王xianzhang",
        "市场监督管理局 王shichang",
        "签约：签订正式协议后办理注册 规程第十条",
        "市重点",
        "上市公司",
    ]:
        assert words in text, words


def test_what_no_longer_counts_is_struck_out_and_what_waits_is_marked(county, eventful):
    events = of(county.clerk, f"/projects/{eventful.pk}/").context["sheet"].chronicle.events

    assert [event.note for event in events if event.waits] == ["照已领"]
    assert [event.said[-1].outcome for event in events if event.bad] == [
        "falsified",
        "withdrawn",
        "returned",
    ]
    assert events == sorted(events, key=lambda event: (event.on, event.seq), reverse=True)


EVERYTHING = {"报环节", "报进展", "改资料", "调整期限", "参与单位"}


def test_a_page_offers_only_what_its_reader_may_do(county, eventful):
    def offered(person):
        text = of(person, reverse("project", args=[eventful.pk])).content.decode()
        return set(re.findall(r'<a class="btn[^"]*" href="[^"]+">(\w+)</a>', text))

    assert offered(county.clerk) == EVERYTHING
    assert offered(county.liaison()) == EVERYTHING - {"调整期限", "参与单位"}
    assert offered(county.verifier("财政局")) == set()
    assert offered(county.leader) == set()


def test_shares_and_the_leader_named_for_a_project_stand_on_its_page(county):
    units = county.units
    shares = [
        Share(unit_id=units["青山镇"].pk, role=PartRole.INTRODUCER, num=2, den=5),
        Share(unit_id=units["柳河镇"].pk, role=PartRole.INTRODUCER, num=3, den=5),
        Share(unit_id=units["副县长岗位"].pk, role=PartRole.LEADER),
        Share(unit_id=units["青山镇"].pk, role=PartRole.LEAD, person_id=county.liaison().pk),
    ]
    project = make_project(county, shares=shares)

    page = of(county.leader, f"/projects/{project.pk}/")

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode()))
    assert "青山镇 王qingshan 40% · 柳河镇 王liuhe 60%" in text
    assert "包保领导副县长岗位" in text
    assert "青山镇 王qingshan" in text


def test_a_finished_project_and_one_without_parts_have_pages_too(county):
    bare = make_project(county, name="bare", shares=[])
    done = make_project(county, name="done")
    bring_to(done, "produced", on=days_ago(9))

    assert of(county.clerk, f"/projects/{done.pk}/").context["sheet"].next is None
    assert "还没有登记参与单位" in of(county.clerk, f"/projects/{bare.pk}/").content.decode()


def test_a_projects_page_asks_the_database_as_often_however_much_happened(county, eventful):
    people = [county.clerk, county.liaison(), county.verifier("财政局"), county.leader]
    quiet = make_project(county, name="quiet")
    recognise(quiet, "funds", on=days_ago(3))

    few = [asked_for(person, f"/projects/{quiet.pk}/") for person in people]
    many = [asked_for(person, f"/projects/{eventful.pk}/") for person in people]

    assert few == many
    assert max(many) <= MOST
