"""A staff table beside the ledger, and what of it is taken in."""

import pytest

from yipanqi.core.problems import Refused
from yipanqi.ledger import reads
from yipanqi.org.actions import amend_person, close_unit, open_person, open_unit
from yipanqi.org.actions.roster import load_roster
from yipanqi.org.factories import NOON, make_group, make_org
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.reads import Outcome, compare
from yipanqi.org.rules import Kind
from yipanqi.org.rules.roster import read_roster

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
HEAD = "单位\t单位类别\t姓名\t账号\t职务\t角色\t身份\t任职日期\t电话\n"
NEW = "新河镇\t乡镇\t李新\tlixin\t科员\t联络员\t\t2026-03-05\t139\n"
OTHER = "青山镇\t\t李新\tlixin\t党政办科员\t联络员\t\t2026-03-05\n"


@pytest.fixture
def county():
    return make_org()


def seen(county, rows):
    lines, wrong = read_roster(HEAD + rows)
    assert wrong == []
    return lines, compare(lines, county.place, today=TODAY)


def load(county, rows, **changes):
    lines, preview = seen(county, rows)
    told = {"seal": preview.seal, "by": county.administrator, "at": NOON} | changes
    return load_roster(place=county.place, lines=lines, **told)


def test_units_and_people_come_in_once_and_each_account_gets_a_password(county):
    rows = (
        f"{NEW}招商促进局\t责任部门\t李新\tlixin\t副局长\t认定人员\n统计二局\t责任部门\n"
        "新河镇\t乡镇\t何镇\thezhen\t镇长\t领导\n"
    )

    slips = load(county, rows)
    again = load(county, rows)

    person = Person.objects.get(username="lixin")
    assert [(slip.unit, slip.account) for slip in slips] == [
        ("新河镇", "lixin"),
        ("新河镇", "hezhen"),
    ]
    assert person.check_password(slips[0].password)
    assert person.phone == "139"
    assert [str(post) for post in person.held] == ["新河镇 科员", "招商促进局 副局长"]
    assert Unit.objects.filter(name="统计二局").exists()
    assert Post.objects.get(person__username="hezhen").capacity == "head"
    assert again == []
    assert list(reads.findings()) == []


def test_a_preview_tells_what_is_new_and_what_is_there(county):
    rows = f"{NEW}{NEW.replace('联络员', '认定人员')}青山镇\t乡镇\n统计二局\t责任部门\n"

    _lines, preview = seen(county, rows)

    assert [row.outcome for row in preview.rows] == [
        *[Outcome.ADDED] * 2,
        Outcome.SAME,
        Outcome.ADDED,
    ]
    assert [(row.new_unit, row.new_person) for row in preview.rows] == [
        (True, True),
        (False, False),
        (False, False),
        (True, False),
    ]
    assert preview.numbers["units"] == 2
    assert preview.numbers["people"] == 1


def test_the_same_sheet_again_adds_nothing(county):
    load(county, NEW)
    before = reads.now_seq()

    assert load(county, NEW) == []
    assert reads.now_seq() == before


def test_a_row_that_takes_over_is_left_to_the_hand_over(county):
    _lines, preview = seen(county, OTHER)
    slips = load(county, OTHER)

    (row,) = preview.rows
    assert row.outcome is Outcome.HANDOVER
    assert row.post.person == county.liaison()
    assert slips == []
    assert not Person.objects.filter(username="lixin").exists()


def test_two_who_hold_a_post_together_are_taken_in_when_that_is_said(county):
    slips = load(county, OTHER, beside=[2])

    assert [slip.account for slip in slips] == ["lixin"]
    assert Post.objects.held().filter(unit__name="青山镇", role="liaison").count() == 2


def test_somebody_beside_one_who_is_in_the_table_takes_over_from_nobody(county):
    known = "青山镇\t\t王qingshan\tqingshan\t联络员\t联络员\n"

    _lines, preview = seen(county, known + OTHER)

    assert [row.outcome for row in preview.rows] == [Outcome.SAME, Outcome.ADDED]


@pytest.mark.parametrize(
    "row",
    [
        OTHER.replace("联络员\t\t", "联络员\t替补\t"),
        OTHER.replace("联络员", "认定人员"),
        "市场监督管理局\t\t李新\tlixin\t科长\t认定人员\t\t2026-03-05\n",
    ],
)
def test_another_capacity_role_or_title_takes_over_from_nobody(county, row):
    _lines, preview = seen(county, row)

    assert preview.rows[0].outcome is Outcome.ADDED


def test_nobody_is_deleted_and_whoever_is_not_named_is_listed(county):
    _lines, preview = seen(county, "青山镇\t\t李新\tlixin\t书记\t领导\n")

    assert [post.person for post in preview.absent] == [county.liaison()]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("\t书记\t联络员", "E2：与账上不同（账上：联络员）"),
        ("\t联络员\t联络员\t替补", "G2：与账上不同（账上：成员）"),
        ("\t联络员\t联络员\t\t2025-01-01", "H2：与账上不同（账上：2024-01-01）"),
        ("\t联络员\t联络员\t\t\t139", "I2：与账上不同（账上：—）"),
    ],
)
def test_what_a_table_tells_otherwise_is_told_and_not_changed(county, row, told):
    rows = f"青山镇\t\t王qingshan\tqingshan{row}\n"
    _lines, preview = seen(county, rows)
    before = reads.now_seq()

    load(county, rows)

    assert preview.rows[0].outcome is Outcome.SAME
    assert told in "；".join(map(str, preview.rows[0].line.problems))
    assert reads.now_seq() == before


def test_a_second_post_and_a_missing_day_are_doubts(county):
    _lines, preview = seen(county, "柳河镇\t\t王qingshan\tqingshan\t副镇长\t领导\n")

    doubts = "；".join(map(str, preview.rows[0].line.problems))
    assert preview.rows[0].outcome is Outcome.ADDED
    assert "H2：没有写任职日期，按今天算" in doubts
    assert "C2：已任青山镇 联络员，这次作兼任加上" in doubts
    assert preview.numbers["doubted"] == 1


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("新河镇\t乡镇\t李新\tclerk\t员\t联络员", "账号“clerk”已经是王clerk的"),
        ("新河镇\t乡镇\t李新\toutsider\t员\t联络员", "账号“outsider”已经有人用了"),
        ("新河镇\t乡镇\t王liuhe\tliuhe\t员\t联络员", "王liuhe的账号已停用"),
        ("青山镇\t园区", "“青山镇”已经是乡镇，类别不能改"),
        ("旧河镇\t乡镇", "“旧河镇”已经撤销"),
        ("新河镇", "“新河镇”还没有，要新设请写单位类别"),
        ("新组\t招商组", "这一类不能从花名册新设"),
        ("双桥\t乡镇", "有两个单位都叫“双桥”"),
        (NEW.replace("2026-03-05", "2026-12-01").strip(), "任职日期不能晚于今天"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_the_rest_is_not(county, row, told):
    signed = {"by": county.administrator, "at": NOON}
    open_person(username="outsider", name="外人", **signed)
    amend_person(Person.objects.get(username="liuhe"), {"is_active": False}, version=1, **signed)
    gone = open_unit(name="旧河镇", kind=Kind.TOWNSHIP, parent=county.place, **signed)
    close_unit(gone, on=TODAY, version=1, reason="合并", **signed)
    for parent in (county.place, county.units["青山镇"]):
        open_unit(name="双桥", kind=Kind.TOWNSHIP, parent=parent, **signed)

    rows = f"{row}\n统计二局\t责任部门\n"
    _lines, preview = seen(county, rows)
    load(county, rows)

    assert preview.rows[0].outcome is Outcome.REFUSED
    assert told in "；".join(map(str, preview.rows[0].line.problems))
    assert Unit.objects.filter(name="统计二局").exists()
    assert not Unit.objects.filter(name="新河镇").exists()


def test_members_of_a_group_that_stands_come_in_too(county):
    make_group(county)

    load(county, "食品产业招商组\t招商组\t王clerk\tclerk\t组员\t成员\t\t2026-03-05\n")

    assert Post.objects.held().filter(unit__name="食品产业招商组", role="member").exists()


def test_a_preview_that_is_no_longer_true_is_refused_and_nothing_is_written(county):
    _lines, preview = seen(county, NEW)
    load(county, NEW)
    before = reads.now_seq()

    with pytest.raises(Refused, match="预览以后花名册或账上有了变化"):
        load(county, NEW, seal=preview.seal)

    assert reads.now_seq() == before
