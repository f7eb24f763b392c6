"""A unit is renamed, moved, closed and given functions; where it stood stays known."""

from datetime import timedelta

import pytest

from yipanqi.core.problems import Refused
from yipanqi.ledger import reads
from yipanqi.org.actions import (
    amend_unit,
    charge,
    close_unit,
    end_post,
    join,
    open_unit,
    pair,
    relieve,
)
from yipanqi.org.factories import NOON, make_group, make_org
from yipanqi.org.models import Duty, Membership, Pairing, Post, Unit, UnitSpan
from yipanqi.org.rules import Function, Kind, Matter

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def county():
    return make_org()


def changed(county, unit, **changes):
    return amend_unit(
        unit, changes, version=unit.version, by=county.clerk, at=NOON, reason="机构改革"
    )


def closed(county, unit, on=TODAY):
    return close_unit(
        unit, on=on, version=unit.version, by=county.clerk, at=NOON, reason="机构改革"
    )


def vacated(county, name):
    unit = county.units[name]
    for post in Post.objects.held().filter(unit=unit):
        end_post(post, on=TODAY, by=county.administrator, at=NOON)
    return unit


def test_a_unit_that_is_renamed_stays_where_it_is(county):
    town = changed(county, county.units["青山镇"], name="青山街道", sort=4)

    assert (str(town), town.sort, town.version) == ("青山街道", 4, 2)
    assert UnitSpan.objects.filter(unit=town).count() == 1


def test_a_unit_that_moves_takes_along_what_is_below_it(county):
    town, zone = county.units["青山镇"], county.units["经济开发区"]
    office = open_unit(
        name="青山镇招商办", kind=Kind.OTHER_DEPARTMENT, parent=town, by=county.clerk, at=NOON
    )
    before = reads.now_seq()

    town = changed(county, town, parent=zone)

    office.refresh_from_db()
    assert town.path == f"{zone.path}{town.pk}/"
    assert office.path == f"{town.path}{office.pk}/"
    assert UnitSpan.objects.as_of(before).get(unit=office).path == (
        f"{county.place.path}{town.pk}/{office.pk}/"
    )
    assert UnitSpan.objects.current().get(unit=office).path == office.path


def test_a_unit_cannot_stand_below_itself_or_in_another_place(county):
    other, zone = make_org("白水县", prefix="bs-"), county.units["经济开发区"]
    town = changed(county, county.units["青山镇"], parent=zone)

    with pytest.raises(Refused, match="不能是这个单位自己或它的下级"):
        changed(county, zone, parent=town)
    with pytest.raises(Refused, match="只能在本地方内调整"):
        changed(county, zone, parent=other.place)
    with pytest.raises(Refused, match="只能在本地方内调整"):
        changed(county, zone, parent=None)


def test_two_units_under_one_parent_have_two_names(county):
    with pytest.raises(Refused, match="青禾县已经有“柳河镇”这个单位"):
        changed(county, county.units["青山镇"], name="柳河镇")
    with pytest.raises(Refused, match="已经有“柳河镇”"):
        open_unit(name="柳河镇", kind=Kind.TOWNSHIP, parent=county.place, by=None, at=NOON)


def test_a_unit_is_closed_when_nobody_holds_a_post_and_its_ties_end(county):
    town, team = vacated(county, "青山镇"), make_group(county)
    join(group=team, unit=town, by=county.clerk, at=NOON)
    charge(town, Function.PROMOTES, by=county.clerk, at=NOON)

    town = closed(county, town)

    assert town.closed_on == TODAY
    assert town not in Unit.objects.standing()
    assert not UnitSpan.objects.current().filter(unit=town).exists()
    assert not Membership.objects.current().filter(unit=town).exists()
    assert not Duty.objects.current().filter(unit=town).exists()
    assert not Pairing.objects.current().filter(unit=town).exists()
    assert Membership.objects.filter(unit=town).exists()


def test_a_seat_that_is_closed_answers_for_nobody_any_more(county):
    seat = closed(county, vacated(county, "县长岗位"))

    assert not Pairing.objects.current().filter(seat=seat).exists()


def test_what_keeps_a_unit_open_is_told_by_name(county):
    town = county.units["青山镇"]
    open_unit(name="招商办", kind=Kind.OTHER_DEPARTMENT, parent=town, by=None, at=NOON)

    with pytest.raises(Refused) as refused:
        closed(county, town, on=TODAY + timedelta(days=1))

    assert [problem.text for problem in refused.value.problems] == [
        "撤销日期不能晚于今天",
        "下级单位还在：招商办。先把它们移走或撤销",
        "还有人任职：王qingshan（联络员）。先免去或交接他们的职务",
    ]


def test_a_place_stays_and_a_closed_unit_is_closed_for_good(county):
    town = closed(county, vacated(county, "青山镇"))

    with pytest.raises(Refused, match="地方本身不能撤销"):
        closed(county, county.place)
    with pytest.raises(Refused, match="已经撤销"):
        closed(county, town)
    with pytest.raises(Refused, match="已经撤销，不能再改"):
        changed(county, town, name="青山街道")
    with pytest.raises(Refused, match="已经撤销，不能作上级单位"):
        changed(county, county.units["柳河镇"], parent=town)


def test_a_unit_below_a_moving_one_that_was_closed_gets_no_new_span(county):
    town, zone = county.units["青山镇"], county.units["经济开发区"]
    office = open_unit(name="招商办", kind=Kind.OTHER_DEPARTMENT, parent=town, by=None, at=NOON)
    closed(county, office)

    changed(county, town, parent=zone)

    assert not UnitSpan.objects.current().filter(unit=office).exists()


def test_a_function_is_given_once_and_taken_back(county):
    bureau = county.units["招商促进局"]
    duty = charge(bureau, Function.COORDINATES, by=county.clerk, at=NOON)

    with pytest.raises(Refused, match="招商促进局已经负责综合协调"):
        charge(bureau, Function.COORDINATES, by=county.clerk, at=NOON)
    relieve(duty, by=county.clerk, at=NOON, reason="移交")

    assert not Duty.objects.current().exists()
    with pytest.raises(Refused, match="刚刚已经结束"):
        relieve(duty, by=county.clerk, at=NOON)


def test_a_leader_answers_for_an_enterprise_or_a_line_of_work_by_name(county):
    seat = county.units["县长岗位"]

    paired = pair(
        seat=seat, matter=Matter.ENTERPRISE, name="云岭食品有限公司", by=county.clerk, at=NOON
    )

    assert paired.with_what == "云岭食品有限公司"
    with pytest.raises(Refused, match="云岭食品有限公司已经由县长岗位包保"):
        pair(seat=seat, matter=Matter.ENTERPRISE, name="云岭食品有限公司", by=county.clerk, at=NOON)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"seat": "青山镇", "unit": "柳河镇"}, "“青山镇”不是在任的县领导岗位"),
        ({"seat": "县长岗位", "unit": "副县长岗位"}, "包保对象要是本地方现有的单位"),
        ({"seat": "县长岗位"}, "包保单位要选单位"),
        ({"seat": "县长岗位", "unit": "柳河镇", "name": "柳河镇"}, "包保单位要选单位"),
        ({"seat": "县长岗位", "matter": "line"}, "企业、战线要写名称"),
    ],
)
def test_a_pairing_that_makes_no_sense_is_refused(county, wrong, told):
    given = {key: county.units.get(value, value) for key, value in wrong.items() if key != "name"}
    before = reads.now_seq()

    with pytest.raises(Refused, match=told):
        pair(**given, name=wrong.get("name", ""), by=county.clerk, at=NOON)

    assert reads.now_seq() == before
