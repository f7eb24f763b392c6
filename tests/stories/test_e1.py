"""E1: three kinds of accountable units at once; a committee's own target beside its members'."""

from datetime import date

import pytest

from tests.stories.counties import county_with
from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.rules import Task
from yipanqi.org.actions import join
from yipanqi.org.factories import NOON
from yipanqi.org.rules import Kind
from yipanqi.standing.factories import make_project, recognise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
COMMITTEES = [f"第{number}产业投促委" for number in range(1, 11)]
DISTRICTS = ["东区", "西区"]
ZONES = ["高新区"]
SIGNED = {"第1产业投促委": 1, "东区": 2, "西区": 1, "青山镇": 1, "高新区": 1}
"""How many projects each brought in."""


@pytest.fixture
def county():
    county = county_with({Kind.COMMITTEE: COMMITTEES, Kind.TOWNSHIP: DISTRICTS, Kind.ZONE: ZONES})
    for number, group in enumerate(COMMITTEES[:2]):
        members = ("东区", "西区") if number == 0 else ("东区", "青山镇")
        for member in members:
            join(group=county.units[group], unit=county.units[member], by=county.clerk, at=NOON)
    tasks = [
        Task(holder_id=county.units[name].pk, indicator="signed", amount=amount)
        for names, amount in ((COMMITTEES, 2), (DISTRICTS, 2), (ZONES, 1))
        for name in names
    ]
    set_tasks(tasks=tasks, year=2026, ground=Ground(basis="文件"), by=county.clerk, at=NOON)
    for name, number in SIGNED.items():
        for one in range(number):
            project = make_project(county, name=f"{name}{one}", unit=name)
            recognise(project, "signed", on=date(2026, 5, 9))
    return county


def test_three_kinds_of_units_have_each_their_target_and_their_table(client, county):
    client.force_login(county.clerk)

    for kind, names in (("committee", COMMITTEES), ("township", DISTRICTS), ("zone", ZONES)):
        told = client.get(f"/api/targets?group={kind}").json()
        mine = {one["unit"]: one["tasks"][0] for one in told["items"] if one["state"] != "none"}
        assert sorted(mine) == sorted(names)
        done = {name: task["done"] for name, task in mine.items() if task["done"] != "0"}
        assert done == {name: str(SIGNED[name]) for name in names if name in SIGNED}


def test_a_committees_own_target_stands_beside_the_sum_of_its_members(client, county):
    client.force_login(county.clerk)
    first, second = (client.get(f"/targets/{county.units[name].pk}/") for name in COMMITTEES[:2])

    [joint] = first.context["held"].joints
    assert (joint.own.done, joint.own.assigned) == (1, 2)
    assert (joint.members.done, joint.members.assigned) == (SIGNED["东区"] + SIGNED["西区"], 4)
    assert "只分任务" not in first.content.decode()
    [passed] = second.context["held"].joints
    assert (passed.own.done, passed.members.done) == (0, SIGNED["东区"] + SIGNED["青山镇"])
    assert "只分任务，本级没有完成数" in second.content.decode()
    door = f"/targets/records/?holder={county.units[COMMITTEES[0]].pk}&members=1&indicator=signed"
    assert door.replace("&", "&amp;") in first.content.decode()
    assert '<strong data-n="3"' in client.get(door).content.decode()
