"""People get accounts, posts for a term, passwords; they leave, and their record stays."""

from datetime import date, timedelta

import pytest

from yipanqi.core.problems import Refused
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.actions import (
    amend_person,
    amend_post,
    appoint,
    change_password,
    close_unit,
    end_post,
    open_person,
    reset_password,
)
from yipanqi.org.factories import NOON, make_org
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Capacity, Role

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
MARCH = date(2026, 3, 1)
GOOD = "有一匹马叫做青骢马"


@pytest.fixture
def county():
    return make_org(password=GOOD)


def appointed(county, **changes):
    told = {
        "person": county.liaison(),
        "unit": county.units["柳河镇"],
        "title": "招商办主任",
        "role": Role.LIAISON,
        "from_on": MARCH,
        **changes,
    }
    return appoint(**told, by=county.administrator, at=NOON)


def test_a_substitute_holds_a_post_for_a_term(county):
    post = appointed(county, capacity=Capacity.SUBSTITUTE, until_on=date(2027, 3, 1), main=False)

    assert (post.capacity, post.until_on) == (Capacity.SUBSTITUTE, date(2027, 3, 1))
    assert county.liaison().acting_unit == county.units["青山镇"]


def test_a_new_main_post_takes_the_place_of_the_former(county):
    appointed(county)

    person = Person.objects.get(pk=county.liaison().pk)
    assert person.acting_unit == county.units["柳河镇"]
    assert Post.objects.held().filter(person=person, main=True).count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"from_on": TODAY + timedelta(days=1)}, "任职日期不能晚于今天"),
        ({"until_on": MARCH}, "任期届满要晚于任职日期"),
    ],
)
def test_a_term_that_cannot_be_is_refused(county, wrong, told):
    before = reads.now_seq()

    with pytest.raises(Refused, match=told):
        appointed(county, **wrong)

    assert reads.now_seq() == before


def test_nobody_is_appointed_twice_or_to_a_closed_unit(county):
    with pytest.raises(Refused, match="王qingshan已经是青山镇的联络员"):
        appointed(county, unit=county.units["青山镇"])
    end_post(county.liaison("柳河镇").held[0], on=TODAY, by=county.administrator, at=NOON)
    close_unit(county.units["柳河镇"], on=TODAY, version=1, by=county.clerk, at=NOON, reason="合并")
    with pytest.raises(Refused, match="柳河镇已经撤销，不能再任职"):
        appointed(county, unit=Unit.objects.get(name="柳河镇"))


def test_a_post_that_ends_takes_its_rights_along(county):
    post = end_post(
        county.liaison().held[0], on=TODAY, by=county.administrator, at=NOON, reason="调离"
    )

    assert post.to_on == TODAY
    assert Person.objects.get(pk=county.liaison().pk).roles == ()


def test_a_post_ends_once_after_it_began_and_not_in_the_future(county):
    post = county.liaison().held[0]

    with pytest.raises(Refused, match="离任日期不能晚于今天"):
        end_post(post, on=TODAY + timedelta(days=1), by=None, at=NOON)
    with pytest.raises(Refused, match="离任日期要晚于任职日期"):
        end_post(post, on=post.from_on, by=None, at=NOON)
    post = end_post(post, on=TODAY, version=1, by=None, at=NOON)
    with pytest.raises(Refused, match="已经在 2026-11-20 免去"):
        end_post(post, on=TODAY, by=None, at=NOON)


def test_a_term_is_extended(county):
    post = amend_post(
        county.liaison().held[0],
        {"until_on": date(2027, 6, 30), "title": "招商专干"},
        version=1,
        by=county.administrator,
        at=NOON,
    )

    assert (post.until_on, post.title) == (date(2027, 6, 30), "招商专干")
    with pytest.raises(Refused, match="任期届满要晚于任职日期"):
        amend_post(post, {"until_on": date(2020, 1, 1)}, version=2, by=None, at=NOON)


def test_an_account_is_corrected_closed_and_opened_again(county):
    person = county.liaison()

    person = amend_person(
        person, {"phone": "13800000000", "is_active": False}, version=1, by=None, at=NOON
    )

    assert not person.is_active
    assert "13800000000" not in Entry.objects.latest("seq").payload
    assert list(reads.findings()) == []
    with pytest.raises(Refused, match="不能停用自己的账号"):
        amend_person(person, {"is_active": False}, version=2, by=person, at=NOON)
    with pytest.raises(Refused, match="账号已停用"):
        reset_password(person, by=county.administrator, at=NOON)


def test_an_account_name_is_given_once(county):
    with pytest.raises(Refused, match="账号“clerk”已经有人用了"):
        open_person(username="clerk", name="另一人", by=None, at=NOON)


def test_a_password_is_told_once_and_replaced_by_ones_own(county):
    person = county.liaison()

    told = reset_password(person, by=county.administrator, at=NOON)
    person = Person.objects.get(pk=person.pk)
    assert person.check_password(told)
    assert person.one_time
    change_password(person, old=told, new="青山镇的新密码一二三", by=person, at=NOON)

    assert not Person.objects.get(pk=person.pk).one_time
    assert Entry.objects.of("password").count() == 2
    assert told not in "".join(Entry.objects.values_list("payload", flat=True))


def test_a_password_of_ones_own_is_long_and_needs_the_former(county):
    person = county.liaison()

    with pytest.raises(Refused, match="现在的密码不对"):
        change_password(person, old="不知道", new=GOOD, by=person, at=NOON)
    with pytest.raises(Refused, match="新密码：太短或太常见"):
        change_password(person, old=GOOD, new="短", by=person, at=NOON)
