"""Who may do what, and how far it reaches."""

import pytest

from yipanqi.org.factories import plan
from yipanqi.org.rules import GRANTS, Can, Reach, Role, Scope, place_path, reach_of
from yipanqi.org.rules.staff import plan_problems

TOWNSHIP = "/1/7/"


def told(**changes):
    return [str(problem) for problem in plan_problems({**plan(), **changes})]


def test_every_role_has_its_rights_and_every_right_somebody():
    assert set(GRANTS) == set(Role)
    assert {right for rights in GRANTS.values() for right in rights} == set(Can)


def test_who_verifies_does_so_for_the_own_office_only():
    assert {rights[Can.VERIFY] for rights in GRANTS.values() if Can.VERIFY in rights} == {
        Scope.UNIT
    }


def test_the_administrator_sees_no_project():
    assert Can.SEE_PROJECT not in GRANTS[Role.ADMINISTRATOR]
    assert reach_of(Can.SEE_PROJECT, [(Role.ADMINISTRATOR, TOWNSHIP)]).nothing


@pytest.mark.parametrize(
    ("held", "reach"),
    [
        ([], Reach()),
        ([(Role.LIAISON, TOWNSHIP)], Reach(units=frozenset({TOWNSHIP}))),
        ([(Role.LEADER, TOWNSHIP)], Reach(places=frozenset({"/1/"}))),
        (
            [(Role.LIAISON, TOWNSHIP), (Role.CLERK, "/2/9/")],
            Reach(places=frozenset({"/2/"}), units=frozenset({TOWNSHIP})),
        ),
    ],
)
def test_a_right_reaches_as_far_as_all_posts_together(held, reach):
    assert reach_of(Can.SEE_PROJECT, held) == reach


def test_the_place_of_a_unit_is_the_root_of_its_path():
    assert place_path("/1/7/12/") == "/1/"


def test_a_reach_covers_what_lies_below_and_not_a_neighbour_with_like_digits():
    reach = Reach(places=frozenset({"/2/"}), units=frozenset({TOWNSHIP}))

    assert reach.covers("/1/7/3/")
    assert reach.covers("/2/8/")
    assert not reach.covers("/1/71/")
    assert not Reach().covers("/1/")
    assert not reach.nothing


def test_the_staff_list_of_the_example_loads():
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"place": ""}, "单位名录：缺少“place”这一项"),
        ({"units": {}}, "单位名录：缺少“units”这一项"),
        ({"units": {"village": [{"name": "东村"}]}, "pairings": {}}, "没有“village”这一类单位"),
        ({"pairings": {"县长岗位": ["北山镇"]}}, "pairings：单位“北山镇”不在名单里"),
        ({"pairings": {"青山镇": ["柳河镇"]}}, "pairings：“青山镇”不是县领导岗位，不能包保"),
        ({"people": [{"account": "x"}]}, "people x：缺少“name、title、role、from”"),
        (
            {"people": [{"account": "x", "name": "x", "title": "x", "role": "king", "from": 1}]},
            "没有“king”这个角色，可用：leader、clerk",
        ),
        ({"people": plan()["people"] * 2}, "people：“administrator”列了不止一次"),
        (
            {"units": {"township": [{"name": "东镇"}, {"name": "东镇"}]}, "pairings": None},
            "units：“东镇”列了不止一次",
        ),
    ],
)
def test_what_would_not_load_is_told_with_where_it_stands(changes, text):
    assert text in "；".join(told(**changes))
