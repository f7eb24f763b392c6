"""What is due from whom: each matter to those whom it concerns, the earliest day first."""

from datetime import date

import pytest
from django.test import Client

from yipanqi.dashboards.reads.due import WORDS, dues
from yipanqi.dashboards.rules import lamp_by, lamp_since
from yipanqi.documents.imports.actions import preview
from yipanqi.facts.projects.models import Project
from yipanqi.facts.returns.actions import submit_return
from yipanqi.facts.returns.rules import months_until
from yipanqi.org.factories import make_org
from yipanqi.place.reads import settings_on
from yipanqi.standing.actions import return_claim, withdraw_claim
from yipanqi.standing.factories import (
    NOON,
    bring_to,
    make_claim,
    make_county,
    make_project,
    office_of,
)
from yipanqi.standing.rules import Colour
from yipanqi.standing.tests.pages import TODAY, asked_for, at, of, page

LEDGER = "项目名称,投资方,总投资（万元）\n山茶油加工项目,山茶公司,5000\n".encode()


def due_from(person, first=20, start=0):
    mine, settings = Project.objects.visible_to(person), settings_on(person.place_id, TODAY)
    return dues(person, mine, settings, as_of=TODAY, first=first, start=start)


def told(person):
    return [due.what for due in due_from(person).rows]


def return_every_month(county, unit, person):
    for month in months_until(TODAY):
        submit_return(
            holder=county.units[unit], month=month, by=person, at=at(month.replace(day=11))
        )


@pytest.mark.parametrize(
    ("day", "words", "colour"),
    [
        (date(2026, 11, 18), "逾期 2 天", Colour.RED),
        (date(2026, 11, 20), "今天", Colour.AMBER),
        (date(2026, 11, 30), "10 天后", Colour.AMBER),
        (date(2026, 12, 1), "11 天后", Colour.GREEN),
    ],
)
def test_a_day_is_told_by_how_near_it_is(day, words, colour):
    lamp = lamp_by(day, as_of=TODAY, amber_days=10)

    assert (lamp.words, lamp.colour) == (words, colour)


@pytest.mark.parametrize(
    ("day", "words", "colour"),
    [
        (date(2026, 11, 20), "今天收到", Colour.NONE),
        (date(2026, 11, 10), "已等 10 天", Colour.NONE),
        (date(2026, 11, 9), "已等 11 天", Colour.AMBER),
    ],
)
def test_what_has_no_day_of_its_own_is_told_by_how_long_it_waits(day, words, colour):
    lamp = lamp_since(day, as_of=TODAY, amber_days=10)

    assert (lamp.words, lamp.colour) == (words, colour)


def test_a_claim_waits_for_the_people_of_its_office(county):
    claim = make_claim(make_project(county, name="甲项目"), "registered")

    mine = due_from(county.verifier("市场监督管理局")).rows

    assert [(due.what, due.who) for due in mine] == [("甲项目：注册申报待认定", "青山镇")]
    assert mine[0].url == f"/claims/{claim.pk}/"
    assert told(county.verifier("统计局")) == []


def test_a_returned_claim_is_due_from_its_unit_until_it_is_made_again_or_withdrawn(county):
    project = make_project(county, name="甲项目")
    claim = make_claim(project, "signed")
    return_claim(claim=claim, reason="协议没有盖章", by=office_of(claim.pk), at=NOON)
    waiting = ["甲项目：签约申报被退回"]
    liaison = county.liaison()
    return_every_month(county, "青山镇", liaison)

    assert told(liaison) == waiting
    assert due_from(liaison).rows[0].basis == "协议没有盖章"
    assert told(county.liaison("柳河镇"))[:1] != waiting
    again = make_claim(project, "signed")
    assert told(liaison) == []
    return_claim(claim=again, reason="还是没有盖章", by=office_of(again.pk), at=NOON)
    assert told(liaison) == waiting
    withdraw_claim(claim=again, reason="暂缓", by=liaison, at=NOON)
    assert told(liaison) == []


def test_a_project_is_due_from_those_who_take_part_with_its_days_and_clause(county):
    bring_to(make_project(county, name="甲项目"), "signed", on=date(2026, 10, 1))
    bring_to(make_project(county, name="乙项目"), "signed", on=date(2026, 10, 25))
    bring_to(make_project(county, name="丙项目"), "signed", on=date(2026, 11, 19))
    liaison = county.liaison()
    return_every_month(county, "青山镇", liaison)

    late, near = due_from(liaison).rows

    assert (late.what, late.lamp.words) == ("甲项目：注册", "逾期 20 天")
    assert (near.what, near.lamp.words) == ("乙项目：注册", "4 天后")
    assert late.who == "青山镇 · 王qingshan"
    assert late.basis.startswith("规程")
    assert told(county.verifier("统计局")) == []


def test_months_without_a_return_are_due_from_the_liaison(county):
    liaison = county.liaison()
    submit_return(
        holder=county.units["青山镇"], month=date(2026, 1, 1), by=liaison, at=at(date(2026, 1, 9))
    )

    rows = due_from(liaison).rows

    assert len(rows) == 10
    assert (rows[0].what, rows[0].lamp.words) == ("青山镇 2 月月报", "逾期 273 天")
    assert (rows[-1].what, rows[-1].lamp.words) == ("青山镇 11 月月报", "今天")
    assert rows[-1].url == f"/returns/{county.units['青山镇'].pk}/2026/11/"


def test_the_bulletin_of_the_half_month_is_due_from_the_chief_on_its_last_day(county):
    (bulletin,) = (due for due in due_from(county.chief).rows if "通报" in due.what)

    assert bulletin.what == "2026年11月下半月通报定稿"
    assert bulletin.day == date(2026, 11, 30)
    assert not any("通报" in what for what in told(county.leader))


def test_a_ledger_waits_for_whoever_laid_it_in(county):
    preview(content=LEDGER, name="台账.csv", kind=None, by=county.clerk, at=NOON)

    assert "台账“台账.csv”待确认" in told(county.clerk)
    assert "台账“台账.csv”待确认" not in told(county.liaison())


def test_a_call_to_mobilise_is_due_from_the_kinds_of_unit_that_were_called(county):
    call = {"subject": "百日攻坚", "due_on": "2026-11-25", "kinds": ["township"]}
    client = Client()
    client.force_login(county.clerk)
    assert client.post("/mobilised/new/", call).status_code == 302

    assert "百日攻坚：报部署情况" in told(county.liaison())
    assert "百日攻坚：报部署情况" not in told(county.clerk)


def test_nothing_of_another_place_is_due(county):
    other = make_county("白水县", prefix="bs")
    make_claim(make_project(other, name="外县项目"), "registered")
    bring_to(make_project(other, name="外县逾期项目"), "signed", on=date(2026, 10, 1))

    for person in (county.clerk, county.chief, county.leader, county.verifier("市场监督管理局")):
        assert not any("外县" in what for what in told(person))


def test_an_administrator_has_no_matters_of_projects(county):
    assert due_from(county.administrator).total == 0


def test_some_are_shown_and_all_are_counted(county):
    liaison = county.liaison()

    some, rest = due_from(liaison, first=3), due_from(liaison, first=20, start=3)

    assert (len(some.rows), some.total) == (3, 11)
    assert (len(rest.rows), rest.total) == (8, 11)
    assert due_from(liaison, start=90).total == 11


def test_the_page_of_all_matters_turns_over_and_stops_at_the_last(county):
    for number in range(60):
        make_claim(make_project(county, name=f"第{number}号项目"), "registered")
    verifier = county.verifier("市场监督管理局")

    first, last, beyond = (of(verifier, f"/todo/?page={n}") for n in (1, 2, 9))

    assert len(first.context["dues"].rows) == 50
    assert len(last.context["dues"].rows) == 10
    assert beyond.context["page"].number == 2
    assert 'data-n="60"' in page(first)


def test_a_place_without_definitions_has_nothing_due_yet(db):
    assert "还没有口径" in page(of(make_org().clerk, "/todo/"))


def test_the_matters_take_the_same_queries_however_many_they_are(county):
    liaison = county.liaison()
    bring_to(make_project(county, name="甲项目"), "signed", on=date(2026, 10, 1))
    few = asked_for(liaison, "/todo/")
    for number in range(5):
        bring_to(make_project(county, name=f"{number}项目"), "signed", on=date(2026, 10, 1))

    assert asked_for(liaison, "/todo/") == few


def test_every_matter_has_its_words():
    assert set(WORDS) == {
        *("verdict", "returned", "project", "return", "mobilised", "import", "bulletin"),
        *("pledge", "check", "receipt", "milestone", "term", "sheet", "count"),
        *("objection", "seal", "result", "reopening"),
    }
