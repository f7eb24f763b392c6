"""A real place begins in an empty database, once; its people come in from a staff table."""

from dataclasses import replace

import pytest

from tests.helpers import lifted_triggers
from yipanqi.core.problems import Refused
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry, Head
from yipanqi.org.actions.founding import First, found_place
from yipanqi.org.actions.roster import load_roster
from yipanqi.org.factories import NOON, make_org
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Role
from yipanqi.org.rules.roster import read_roster

pytestmark = pytest.mark.django_db
ADMIN = First("zhengguan", "郑管", "系统管理员", "one board two stones")
CHIEF = First("zhaohua", "赵华", "负责人", "many stones one board")
TABLE = "单位\t类别\t姓名\t账号\t职务\t角色\n"


@pytest.fixture
def empty():
    """An installation in which nothing was ever written."""
    with lifted_triggers():
        Entry.objects.all().delete()
        Head.objects.all().delete()


def found(**changes):
    told = {"place": "小河县", "bureau": "招商局", "administrator": ADMIN, "chief": CHIEF}
    return found_place(**{**told, **changes}, at=NOON)


def test_a_place_begins_with_two_people_who_can_sign_in_and_a_real_ledger(empty):
    place = found()

    admin, chief = Person.objects.order_by("pk")
    assert (admin.roles, chief.roles) == ((Role.ADMINISTRATOR,), (Role.CHIEF,))
    assert (str(admin.acting_unit), str(chief.acting_unit)) == ("小河县", "招商局")
    assert admin.check_password(ADMIN.password)
    assert chief.check_password(CHIEF.password)
    assert place.name == "小河县"
    assert not reads.is_simulated()
    assert list(reads.findings()) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"chief": replace(CHIEF, account="zhengguan")}, "要用两个账号、两个口令"),
        ({"chief": replace(CHIEF, password=ADMIN.password)}, "要用两个账号、两个口令"),
        ({"chief": replace(CHIEF, password="short")}, "赵华的口令太短或太常见"),
        ({"administrator": replace(ADMIN, password="password123")}, "郑管的口令太短或太常见"),
    ],
)
def test_two_people_two_accounts_two_passwords_that_nobody_guesses(empty, changes, told):
    with pytest.raises(Refused, match=told):
        found(**changes)

    assert not Person.objects.exists()
    assert not Entry.objects.exists()


def test_a_place_is_founded_once(empty):
    found()

    with pytest.raises(Refused, match="已经开账"):
        found()


def test_where_somebody_exists_already_no_place_is_founded(empty):
    Person.objects.create(username="faster", name="先到")

    with pytest.raises(Refused, match="这里已经开账"):
        found()


def test_units_and_people_come_in_and_each_account_gets_a_password_once():
    county = make_org()
    lines, wrong = read_roster(
        TABLE + "新河镇\t乡镇\t李新\tlixin\t联络员\t联络员\n"
        "招商促进局\t责任部门\t李新\tlixin\t副局长\t认定人员\n统计二局\t责任部门\n"
        "新河镇\t乡镇\t何镇\thezhen\t镇长\t领导\n"
    )

    slips = load_roster(place=county.place, lines=lines, by=county.administrator, at=NOON)
    again = load_roster(place=county.place, lines=lines, by=county.administrator, at=NOON)

    person = Person.objects.get(username="lixin")
    assert wrong == []
    assert [(slip.unit, slip.account) for slip in slips] == [
        ("新河镇", "lixin"),
        ("新河镇", "hezhen"),
    ]
    assert person.check_password(slips[0].password)
    assert [str(post.unit) for post in person.held] == ["新河镇", "招商促进局"]
    assert Unit.objects.filter(name="统计二局").exists()
    assert Post.objects.get(person__username="hezhen").capacity == "head"
    assert again == []
    assert list(reads.findings()) == []


def test_an_account_of_somebody_else_is_refused_and_nothing_is_written():
    county = make_org()
    lines, _wrong = read_roster(TABLE + "新河镇\t乡镇\t李新\tclerk\t联络员\t联络员\n旧河镇\t乡镇\n")
    before = reads.now_seq()

    with pytest.raises(Refused, match="账号“clerk”已经是王clerk的"):
        load_roster(place=county.place, lines=lines, by=county.administrator, at=NOON)

    assert reads.now_seq() == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "表里没有一行"),
        ("新河镇", "第 1 行：缺少“类别”"),
        ("新河镇\t乡", "没有“乡”这种类别，可用："),
        ("新河镇\t乡镇\t李新", "缺少“账号”"),
        ("新河镇\t乡镇\t李新\tlixin\t联络员\t联系人", "没有“联系人”这种角色，可用："),
        ("新河镇\t乡镇\t甲\ta1\t员\t联络员\n新河镇\t乡镇\t乙\ta1\t员\t联络员", "在第 1 行是甲的"),
        ("新河镇\t乡镇\n新河镇\t园区", "前面写的是另一类单位"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_by_row(text, told):
    _lines, problems = read_roster(text)

    assert any(told in str(problem) for problem in problems)


def test_columns_may_stand_in_another_order_and_be_apart_by_commas():
    lines, wrong = read_roster(
        "单位,类别,角色,姓名,账号,职务\n新河镇，乡镇，联络员，李新，lixin，员\n\n"
    )

    assert wrong == []
    assert (lines[0].role, lines[0].name) == (Role.LIAISON, "李新")
