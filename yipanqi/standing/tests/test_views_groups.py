"""Projects in groups and on the board: every figure opens to the projects that it counts."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.db.models import F
from django.http import QueryDict

from yipanqi.core.numbers import money
from yipanqi.facts.projects.models import Part
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.standing.factories import FUNDS_FEN, bring_to, make_county, make_project, recognise
from yipanqi.standing.reads.grouping import DIMENSIONS
from yipanqi.standing.tests.pages import NOON, asked_for, days_ago, listed, make_lamps, of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county():
    return make_county()


def make_mixed(county):
    """Projects of two units, with and without what they can be grouped by."""
    make_lamps(county)
    seat = Share(unit_id=county.units["县长岗位"].pk, role=PartRole.LEADER)
    mine = Share(unit_id=county.units["柳河镇"].pk, role=PartRole.LANDING)
    make_project(county, name="无名产业", unit="柳河镇", industry="", total=7_00, level="city")
    make_project(county, name="物流", shares=[mine, seat], industry="物流", total=None)
    rich = make_project(county, name="带资", shares=[mine, seat], nature="扩建", origin="广东")
    bring_to(rich, "started", on=days_ago(9))
    recognise(rich, "funds", on=days_ago(3))
    recognise(rich, "funds", on=days_ago(2), amount=5_00)


def test_every_figure_of_a_group_opens_to_a_list_with_the_same_total(county):
    make_mixed(county)
    also = ["", "&lamp=r", "&role=landing", f"&unit={county.units['青山镇'].pk}"]
    queries = [f"group={by}" for by in DIMENSIONS]
    queries += [f"group={by}{narrowed}" for by in ("stage", "unit") for narrowed in also[1:]]

    for query in queries:
        page = of(county.clerk, f"/projects/?{query}")
        assert page.context["groups"], query
        for group, url, _inner in page.context["groups"]:
            _, number, total = listed(county.clerk, url)
            assert (number, total) == (group.number, group.total_fen), query
            assert unescape(url) in unescape(page.content.decode())
            assert money(group.total_fen) in page.content.decode()


@pytest.mark.parametrize("by", ["unit", "leader"])
def test_projects_without_anybody_are_a_group_with_a_door(county, by):
    make_mixed(county)
    alone = make_project(county, name="无人", total=3_00)
    Part.objects.filter(project=alone).exclude(role=PartRole.VERIFIER).update(
        to_seq=F("from_seq") + 1
    )

    page = of(county.clerk, f"/projects/?group={by}&then=signed")

    found = {group.label: (group, url) for group, url, _ in page.context["groups"]}
    group, url = found["未填"]
    assert "无人" in of(county.clerk, f"/projects/{url}").content.decode()
    assert listed(county.clerk, url)[1:] == (group.number, group.total_fen)
    assert group.number == (1 if by == "unit" else page.context["totals"].number - 2)


def test_groups_by_stage_follow_the_projects_way_and_add_up(county):
    make_lamps(county)

    page = of(county.clerk, "/projects/?group=stage")

    labels = [group.label for group, *_ in page.context["groups"]]
    assert labels == ["尚无认定环节", "签约", "纳统", "投产"]
    assert sum(g.number for g, *_ in page.context["groups"]) == page.context["totals"].number


def test_a_group_is_parted_once_more_and_its_parts_open_too(county):
    make_mixed(county)

    for by, then in (("unit", "stage"), ("stage", "unit"), ("lamp", "band")):
        page = of(county.clerk, f"/projects/?group={by}&then={then}")
        inner = [one for *_, parts in page.context["groups"] for one in parts]
        assert len(inner) >= len(page.context["groups"])
        for group, url, _none in inner:
            assert listed(county.clerk, url)[1:] == (group.number, group.total_fen)


def test_the_money_that_arrived_is_a_door_to_the_projects_that_it_came_to(county):
    make_mixed(county)

    page = of(county.clerk, "/projects/?group=unit")

    found = {group.label: (group, url) for group, url, _ in page.context["groups"]}
    group, url = found["柳河镇"]
    assert (group.funds_fen, found["青山镇"][0].funds_fen) == (FUNDS_FEN + 5_00, 0)
    opened = of(county.clerk, f"/projects/{url}&cols=name,funds")
    assert f'data-fen="{FUNDS_FEN + 5_00}"' in opened.content.decode()
    assert opened.context["funds_fen"] == group.funds_fen
    assert page.context["funds_fen"] == FUNDS_FEN + 5_00


@pytest.mark.parametrize("query", ["group=unit&then=leader", "group=stage&then=stage"])
def test_two_levels_that_cannot_be_combined_are_said_and_left_out(county, query):
    make_project(county)

    page = of(county.clerk, f"/projects/?{query}")

    assert [problem.where for problem in page.context["problems"]] == ["再分"]
    assert page.context["groups"]


def test_the_board_has_a_column_for_each_stage_and_doors_to_the_rest(county):
    make_lamps(county)
    for number in range(23):
        make_project(county, name=f"线索{number}", at=NOON)

    page = of(county.clerk, "/projects/?show=board&sort=name")

    board = page.context["board"]
    assert [group.label for group, *_ in board] == ["尚无认定环节", "签约", "纳统", "投产"]
    group, url, cards, rest = board[0]
    assert (group.number, len(cards), rest) == (24, 20, 4)
    assert "全部 24 个" in page.content.decode()
    assert listed(county.clerk, url)[1] == 24
    names = [row.project.name for row in cards]
    assert names == sorted(names)
    late = next(row for row in board[1][2] if row.project.name == "overdue")
    assert (late.lamp.words, late.unit, late.waited) == ("注册逾期 10 天", "青山镇", 40)


def test_the_board_asks_as_often_for_many_projects_as_for_few(county):
    make_lamps(county)
    few = asked_for(county.liaison(), "/projects/?show=board")
    for number in range(30):
        recognise(make_project(county, name=f"项目{number}"), on=days_ago(3))

    assert asked_for(county.liaison(), "/projects/?show=board") == few <= 15


def test_a_view_of_the_board_narrows_like_the_list(county):
    make_lamps(county)

    page = of(county.clerk, "/projects/?show=board&lamp=r")

    shown = [row.project.name for *_, cards, _rest in page.context["board"] for row in cards]
    assert sorted(shown) == ["overdue", "still"]
    [(_label, _words, url)] = page.context["chips"]
    assert QueryDict(unescape(url)[1:]).dict() == {"show": "board"}
