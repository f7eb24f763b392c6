"""A place is set up from its whole staff list: groups, functions, and what leaders answer for."""

from datetime import date

import pytest

from yipanqi.core.problems import Refused
from yipanqi.ledger import reads
from yipanqi.org.actions import load_org
from yipanqi.org.factories import NOON, plan
from yipanqi.org.models import Charter, Duty, Membership, Milestone, Pairing, Person, Post, Unit
from yipanqi.org.rules.staff import plan_problems

pytestmark = pytest.mark.django_db
GROUP = {
    "name": "食品产业链",
    "purpose": "招引食品加工企业",
    "founded": date(2026, 1, 5),
    "in": "招商促进局",
    "office": "招商促进局",
    "leader": "县长岗位",
    "covers": ["食品加工"],
    "leading": ["云岭食品有限公司"],
    "units": {"青山镇": "head", "柳河镇": "member"},
    "people": [
        {"account": "qingshan", "capacity": "head"},
        {"account": "newcomer", "name": "新成员", "title": "专员", "from": date(2026, 2, 1)},
    ],
    "milestones": [
        {"what": "排出企业名单", "due": date(2026, 3, 1), "done": date(2026, 2, 20)},
        {"what": "走访十家企业", "due": date(2026, 12, 1)},
    ],
}
FULL = {
    "functions": {"promotes": ["招商促进局"]},
    "groups": {"chain": [GROUP], "team": [{**GROUP, "name": "招商一组", "people": ()}]},
    "enterprises": {"县长岗位": ["云岭食品有限公司"]},
    "lines": {"副县长岗位": ["工业"]},
}
LEAST = {"name": "招商一组", "purpose": "驻点", "founded": date(2026, 1, 5)}


def told(**changes):
    return "；".join(str(problem) for problem in plan_problems({**plan(), **changes}))


def test_groups_functions_and_what_leaders_answer_for_are_loaded_with_the_place():
    load_org({**plan(), **FULL}, by=None, at=NOON)

    chain = Unit.objects.get(name="食品产业链")
    assert str(chain.parent) == "招商促进局"
    assert Charter.objects.get(unit=chain).industries == ("食品加工",)
    assert Membership.objects.current().filter(group=chain).count() == 2
    assert Duty.objects.current().get().function == "promotes"
    assert sorted(p.with_what for p in Pairing.objects.current() if p.unit is None) == [
        "云岭食品有限公司",
        "工业",
    ]
    assert list(reads.findings()) == []


def test_known_people_keep_their_main_post_and_new_ones_get_an_account():
    load_org({**plan(), **FULL}, by=None, at=NOON)

    posts = Post.objects.filter(unit__name="食品产业链").order_by("pk")
    assert [(post.title, post.capacity, post.main) for post in posts] == [
        ("成员", "head", False),
        ("专员", "member", True),
    ]
    assert Person.objects.get(username="newcomer").name == "新成员"


def test_a_milestone_that_was_reached_is_reached():
    load_org({**plan(), **FULL}, by=None, at=NOON)

    first, second, *_others = Milestone.objects.order_by("seq")
    assert first.done.note == "已完成"
    assert not hasattr(second, "done")


def test_a_group_needs_no_more_than_a_name_a_task_and_a_day():
    load_org({**plan(), "groups": {"team": [LEAST]}}, by=None, at=NOON)

    team = Unit.objects.get(name="招商一组")
    assert str(team.parent) == "青禾县"
    assert not team.memberships.exists()


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"functions": {"rules": ["招商促进局"]}}, "functions：没有“rules”这项职能，可用："),
        ({"functions": {"promotes": ["商务局"]}}, "functions：单位“商务局”不在名单里"),
        ({"groups": {"township": [GROUP]}}, "groups：没有“township”这一类单位"),
        ({"groups": {"team": [{"name": "一组"}]}}, "groups 一组：缺少“purpose、founded”"),
        ({"groups": {"team": [LEAST, LEAST]}}, "groups：“招商一组”列了不止一次"),
        ({"groups": {"team": [{**LEAST, "office": "商务局"}]}}, "单位“商务局”不在名单里"),
        ({"groups": {"team": [{**LEAST, "units": {"青山镇": "king"}}]}}, "没有“king”这种身份"),
        (
            {"groups": {"team": [{**LEAST, "people": [{"account": "nobody"}]}]}},
            "groups 招商一组：账号“nobody”不在名单里；新的人要写姓名",
        ),
        (
            {"groups": {"team": [{**LEAST, "people": [{"account": "clerk", "capacity": "king"}]}]}},
            "没有“king”这种身份",
        ),
    ],
)
def test_what_would_not_load_of_groups_and_functions_is_told(changes, text):
    assert text in told(**changes)


def test_a_whole_list_with_groups_has_no_fault():
    assert told(**FULL) == ""


def test_a_group_with_a_fault_leaves_no_place_behind():
    with pytest.raises(Refused, match="不在名单里"):
        load_org({**plan(), "groups": {"team": [{**LEAST, "in": "商务局"}]}}, by=None, at=NOON)

    assert not Unit.objects.exists()
