"""Today, as each role begins the day."""

from datetime import date

import pytest

from yipanqi.assessment.actions import adopt_method
from yipanqi.dispatch.tests.test_bulletins import METHOD
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.actions import amend
from yipanqi.org.factories import make_org
from yipanqi.org.models import Person, Post
from yipanqi.org.rules import Role
from yipanqi.standing.factories import NOON, bring_to, make_county, make_project
from yipanqi.standing.tests.pages import asked_for, at, of, page

EARLY = at(date(2026, 1, 5))
MOST = 15
"""The first page asks the database no more often."""


@pytest.fixture
def scored(db):
    county = make_county(at=EARLY)
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=EARLY)
    units = [unit for unit in county.units.values() if unit.kind != "place"]
    targets = [(u, "signed", 3) for u in units] + [(u, "funds", 10**10) for u in units]
    set_targets(targets=targets, year=2026, basis="2026年目标任务", by=county.chief, at=EARLY)
    return county


@pytest.mark.parametrize("account", ["clerk", "chief", "xianzhang", "qingshan", "tongji"])
def test_who_sees_projects_sees_what_is_late_and_where_they_stand(county, account):
    bring_to(make_project(county), "signed", on=date(2026, 5, 9))

    text = page(of(county.people[account], "/"))

    for words in ("等我办的事", "五未", "从线索到投产"):
        assert words in text
    assert "账本与账号" not in text


def test_an_administrator_sees_how_the_house_is_kept_and_no_projects(county, settings, tmp_path):
    (tmp_path / "yipanqi-2026-11-19.txt").write_text("12:ab")
    settings.WITNESS_DIR = str(tmp_path)
    person = county.people["tongji"]
    amend(person, {"is_active": False}, version=person.version, by=None, at=NOON)

    text = page(of(county.administrator, "/"))

    assert "账本与账号" in text
    assert "王tongji（tongji）" in text
    assert "最近写于 2026-11-19" in text
    assert "从线索到投产" not in text
    assert "五未" not in text


def test_whoever_has_no_password_cannot_sign_in_and_is_told_of(county):
    Person.objects.filter(username="tongji").update(password="!")

    assert "王tongji（tongji）" in page(of(county.administrator, "/"))


def test_without_a_place_for_checkpoints_it_says_so(county, settings, tmp_path):
    settings.WITNESS_DIR = ""
    assert "没有设存证目录" in page(of(county.administrator, "/"))

    settings.WITNESS_DIR = str(tmp_path)
    assert "存证目录是空的" in page(of(county.administrator, "/"))


def test_terms_that_end_within_a_month_are_named(county):
    Post.objects.filter(person__username="tongji").update(until_on=date(2026, 12, 1))

    assert "2026-12-01" in page(of(county.administrator, "/"))


def test_the_funnel_counts_each_project_once_and_every_bar_is_a_door(county):
    bring_to(make_project(county, name="甲项目"), "signed", on=date(2026, 5, 9))
    bring_to(make_project(county, name="乙项目"), "registered", on=date(2026, 11, 9))
    make_project(county, name="丙项目")

    stages = {stage.code: stage for stage in of(county.clerk, "/").context["stages"]}

    assert stages["signed"].lamps == (("g", 0), ("y", 0), ("r", 1), ("n", 0))
    assert stages["registered"].lamps == (("g", 1), ("y", 0), ("r", 0), ("n", 0))
    assert stages["-"].number == 1
    assert sum(stage.number for stage in stages.values()) == 3
    listed = of(county.clerk, "/projects/?stage=signed&lamp=r")
    assert [row.project.name for row in listed.context["rows"]] == ["甲项目"]


def test_the_first_and_the_last_are_those_of_the_end_of_yesterday(scored):
    project = make_project(scored, at=EARLY)
    bring_to(project, "signed", on=date(2026, 5, 9), at=at(date(2026, 5, 9)))
    answer = of(scored.clerk, "/?group=乡镇组")

    ranked = [row for row in answer.context["ranked"] if row]

    assert (ranked[0].holder, ranked[0].moved) == ("青山镇", 0)
    assert "截至 2026-11-19 日终" in page(answer)
    assert f"?day=2026-11-19&amp;seq={answer.context['early'].seq}" in page(answer)


def test_places_gained_since_the_end_of_last_month_are_told(scored):
    first = make_project(scored, unit="柳河镇", at=EARLY)
    bring_to(first, "signed", on=date(2026, 5, 9), at=at(date(2026, 5, 9)))
    for name in ("甲项目", "乙项目"):
        project = make_project(scored, name=name, at=EARLY)
        bring_to(project, "signed", on=date(2026, 11, 9), at=at(date(2026, 11, 9)))

    text, ranked = page(of(scored.clerk, "/")), of(scored.liaison(), "/").context["ranked"]

    moved = {row.holder: row.moved for row in ranked if row}
    assert (moved["青山镇"], moved["柳河镇"]) == (1, -1)
    assert "升降与 2026-10-31 相比" in text


def test_who_has_tasks_sees_the_own_pace_and_others_the_pace_of_all(scored):
    project = make_project(scored, at=EARLY)
    bring_to(project, "signed", on=date(2026, 5, 9), at=at(date(2026, 5, 9)))

    own, every = of(scored.liaison(), "/"), of(scored.leader, "/")

    assert own.context["cards"][0].assigned == 3
    assert f"holder={scored.units['青山镇'].pk}" in page(own)
    assert every.context["cards"][0].done == 1
    assert "个百分点" in page(every)
    assert "任务与得分截至 2026-11-19 日终" in page(every)


def test_a_card_opens_to_the_records_as_they_stood_when_it_was_counted(scored):
    project = make_project(scored, at=EARLY)
    bring_to(project, "signed", on=date(2026, 5, 9), at=at(date(2026, 5, 9)))
    point = of(scored.clerk, "/").context["point"]
    bring_to(make_project(scored, name="后来的项目"), "signed", on=date(2026, 5, 9))

    behind = page(of(scored.clerk, f"/targets/records/?indicator=signed&{point}"))

    assert 'data-n="1"' in behind
    assert "后来的项目" not in behind


def test_what_is_written_today_counts_tomorrow(scored):
    before = of(scored.clerk, "/?group=乡镇组").context["ranked"]
    bring_to(make_project(scored), "signed", on=date(2026, 5, 9))

    assert of(scored.clerk, "/?group=乡镇组").context["ranked"] == before


def test_ones_own_unit_stands_among_the_first_and_the_last(scored):
    group = of(scored.verifier("统计局"), "/").context["group"]

    assert "统计局" in [row.holder for row in group.rows]
    own = group.rows[4].holder_id
    shown = group.shown(own)
    assert [row.holder_id if row else None for row in shown].count(own) == 1
    assert len([row for row in shown if row]) == 7


def test_a_place_without_a_method_has_no_ranking(county):
    assert "考核得分" not in page(of(county.clerk, "/"))


def test_a_place_without_definitions_says_what_will_fill_the_page(db):
    text = page(of(make_org().clerk, "/"))

    assert "还没有生效的口径" in text


def test_an_empty_county_says_what_will_come(county):
    assert "没有等你办的事" in page(of(county.verifier("统计局"), "/"))


def test_today_asks_few_questions_however_much_there_is(scored):
    def busy(number):
        for each in range(number):
            project = make_project(scored, name=f"{number}之{each}项目")
            bring_to(project, "signed", on=date(2026, 10, 1))

    busy(1)
    of(scored.verifier("统计局"), "/")  # the day's ranking is scored once
    few = {person: asked_for(person, "/") for person in (scored.clerk, scored.liaison())}
    busy(6)

    for person, count in few.items():
        assert asked_for(person, "/") == count <= MOST


def test_whoever_only_consults_personal_files_is_told_where(county):
    Post.objects.filter(person__username="tongji").update(role=Role.APPRAISER)

    text = page(of(county.people["tongji"], "/"))

    assert "没有等你办的事" in text
    assert 'class="btn btn-primary" href="/dossiers/"' in text


def test_whoever_holds_no_post_is_told_whom_to_ask(county):
    Post.objects.filter(person__username="tongji").update(to_on=date(2026, 11, 1))

    assert "你现在没有职务" in page(of(county.people["tongji"], "/"))
