"""Many projects are changed in one stroke, all or none, and the stroke is undone once."""

from datetime import timedelta

import pytest

from yipanqi.core.problems import Refused
from yipanqi.facts.projects.actions.register import amend_project, set_parts
from yipanqi.facts.projects.models import Part, Plan, Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.ledger.models import Entry
from yipanqi.place.rules import parsed
from yipanqi.standing.actions import plan_node
from yipanqi.standing.actions.bulk import change_many, undo_bulk
from yipanqi.standing.factories import (
    NOON,
    make_county,
    make_project,
    recognise,
    settings_text,
    whole_shares,
)
from yipanqi.standing.models import BulkChange
from yipanqi.standing.reads.bulk import MOST, Ask, lines_of, mark_of, previewed, undo_of
from yipanqi.standing.reads.proof import findings
from yipanqi.standing.rules import What

pytestmark = pytest.mark.django_db
SETTINGS = parsed(settings_text())


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def three(county):
    first = make_project(county, name="甲")
    return [first, make_project(county, name="乙"), make_project(county, name="丙", unit="柳河镇")]


def shown(person, projects, what, target, node="", seen=()):
    ask = Ask(what, node, dict.fromkeys([one.pk for one in projects], target))
    return previewed(person, ask, SETTINGS, shown=dict(seen))


def changed(person, projects, what, target, node=""):
    lines = shown(person, projects, what, target, node)
    return change_many(
        what=what, node=node, lines=lines, asked="stage=-", reason="分工调整", by=person, at=NOON
    )


def words(projects, name="industry"):
    return list(
        Project.objects.filter(pk__in=[p.pk for p in projects])
        .order_by("pk")
        .values_list(name, flat=True)
    )


def units(project, role):
    return [part.unit.name for part in Part.objects.current().filter(project=project, role=role)]


def unit(county, name):
    return [[county.units[name].pk, None, 1, 1]]


@pytest.mark.parametrize(
    ("what", "value", "name"),
    [(What.INDUSTRY, "新能源", "industry"), (What.LEVEL, "county", "level")],
)
def test_words_are_changed_and_given_back(county, three, what, value, name):
    before = words(three, name)

    made = changed(county.clerk, three, what, value)

    assert words(three, name) == [value] * 3
    assert (made.count, made.asked, made.reason) == (3, "stage=-", "分工调整")
    undone = undo_bulk(bulk=made, by=county.clerk, at=NOON)
    assert words(three, name) == before
    assert (undone.undoes, undone.count) == (made, 3)
    assert list(findings()) == []


@pytest.mark.parametrize(
    ("what", "name"),
    [(What.LEAD, "柳河镇"), (What.LANDING, "经济开发区"), (What.LEADER, "县长岗位")],
)
def test_units_are_changed_and_given_back_and_the_others_stay(county, three, what, name):
    recognise(three[0])
    role = PartRole(what.value)
    before = [units(one, role) for one in three]

    made = changed(county.clerk, three, what, unit(county, name))

    assert [units(one, role) for one in three] == [[name]] * 3
    assert units(three[0], PartRole.INTRODUCER) == ["青山镇"]
    assert units(three[0], PartRole.VERIFIER) == ["招商促进局"]
    undo_bulk(bulk=made, by=county.clerk, at=NOON)
    assert [units(one, role) for one in three] == before
    assert list(findings()) == []


def test_shares_come_back_as_they_were(county):
    qingshan, liuhe = county.units["青山镇"].pk, county.units["柳河镇"].pk
    halves = [Share(unit_id=pk, role=PartRole.LANDING, num=1, den=2) for pk in (qingshan, liuhe)]
    project = make_project(county, shares=[*halves, *whole_shares(county, "青山镇")[:1]])

    made = changed(county.clerk, [project], What.LANDING, unit(county, "经济开发区"))
    undo_bulk(bulk=made, by=county.clerk, at=NOON)

    landing = Part.objects.current().filter(project=project, role=PartRole.LANDING)
    assert {(p.unit_id, p.num, p.den) for p in landing} == {(qingshan, 1, 2), (liuhe, 1, 2)}


def test_a_planned_day_is_set_and_the_day_before_comes_back(county, three):
    recognise(three[0])
    plan_node(
        project=three[1], node="registered", planned_on=NOON.date(), reason="定", by=None, at=NOON
    )
    day = (NOON + timedelta(days=90)).date()

    made = changed(county.clerk, three, What.PLAN, day.isoformat(), "registered")

    three[0].refresh_from_db()
    assert three[0].due_on == day
    left = [line for line in undo_of(made, county.clerk, SETTINGS) if line.refusal]
    assert [(line.project.name, line.refusal) for line in left] == [
        ("丙", "原来没有计划日期，计划留着")
    ]
    undo_bulk(bulk=made, by=county.clerk, at=NOON)
    three[0].refresh_from_db()
    assert three[0].due_on.isoformat() == "2026-06-08"
    last = Plan.objects.filter(project=three[1]).order_by("-seq")[0]
    assert last.planned_on == NOON.date()
    assert list(findings()) == []


def test_what_somebody_changed_since_is_not_given_back(county, three):
    made = changed(county.clerk, three, What.INDUSTRY, "新能源")
    fresh = Project.objects.get(pk=three[0].pk)
    amend_project(
        project=fresh, changes={"industry": "物流"}, version=fresh.version, by=None, at=NOON
    )

    undone = undo_bulk(bulk=made, by=county.clerk, at=NOON)

    assert words(three) == ["物流", "食品加工", "食品加工"]
    assert [pk for pk, *_ in lines_of(undone)] == [three[1].pk, three[2].pk]
    [left] = [one for one in undo_of(made, county.clerk, SETTINGS) if one.project == three[0]]
    assert left.refusal == "后来又改成了“物流”，不动它"


def test_a_stroke_is_undone_once_and_an_undoing_never(county, three):
    made = changed(county.clerk, three, What.INDUSTRY, "新能源")
    undone = undo_bulk(bulk=made, by=county.clerk, at=NOON)

    for again in (made, undone):
        with pytest.raises(Refused, match="不能再撤销"):
            undo_bulk(bulk=again, by=county.clerk, at=NOON)


def test_each_project_says_why_it_stays(county, three):
    liaison = county.liaison("青山镇")
    lent = [
        *whole_shares(county, "柳河镇"),
        Share(unit_id=county.units["青山镇"].pk, role=PartRole.VERIFIER),
    ]
    seen = make_project(county, name="只认定", shares=lent)

    words_ = {
        one.project.name: one.refusal
        for one in shown(liaison, [*three, seen], What.INDUSTRY, "食品加工")
    }
    parts = shown(liaison, three[:1], What.LEAD, unit(county, "柳河镇"))
    officer = shown(county.verifier(), [three[0]], What.INDUSTRY, "新能源")

    assert words_ == {"甲": "原来就是这样", "乙": "原来就是这样", "只认定": "原来就是这样"}
    assert [one.refusal for one in parts] == ["参与单位和计划日期由管全县项目的人改"]
    assert officer == []


def test_whoever_only_sees_a_project_changes_nothing(county, three):
    recognise(three[0])

    [line] = shown(county.verifier(), three, What.INDUSTRY, "新能源")

    assert line.refusal == "不在你能修改的范围"
    with pytest.raises(Refused, match="没有可以修改的项目"):
        changed(county.verifier(), three, What.INDUSTRY, "新能源")
    assert not BulkChange.objects.exists()


def test_what_was_shown_and_has_changed_is_told_and_refused_together(county, three):
    lines = shown(county.clerk, three, What.INDUSTRY, "新能源")
    fresh = Project.objects.get(pk=three[1].pk)
    amend_project(project=fresh, changes={"industry": "物流"}, version=1, by=None, at=NOON)
    size = Entry.objects.count()

    with pytest.raises(Refused, match="请重新预览"):
        change_many(
            what=What.INDUSTRY, node="", lines=lines, asked="", reason="", by=county.clerk, at=NOON
        )

    assert Entry.objects.count() == size
    seen = [(line.project.pk, line.shown) for line in lines]
    again = shown(county.clerk, three, What.INDUSTRY, "新能源", seen=seen)
    assert [one.project.name for one in again if one.since] == ["乙"]


def test_parts_that_changed_are_known_again(county, three):
    lines = shown(county.clerk, three, What.LEAD, unit(county, "柳河镇"))
    set_parts(project=three[0], shares=whole_shares(county, "柳河镇"), by=None, at=NOON)

    again = shown(
        county.clerk,
        three,
        What.LEAD,
        unit(county, "柳河镇"),
        seen=[(line.project.pk, line.shown) for line in lines],
    )

    assert [one.project.name for one in again if one.since] == ["甲"]
    assert mark_of("食品") != mark_of("物流")


def test_no_stroke_is_longer_than_somebody_can_look_at(county, three):
    lines = shown(county.clerk, three, What.INDUSTRY, "新能源") * MOST

    with pytest.raises(Refused, match="一次最多改 2000 个"):
        change_many(
            what=What.INDUSTRY, node="", lines=lines, asked="", reason="", by=county.clerk, at=NOON
        )
