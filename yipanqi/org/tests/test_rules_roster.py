"""A staff table as text: its header by names, its rows, and what is wrong with them by cell."""

from datetime import date

import pytest

from yipanqi.org.rules import Capacity, Kind, Role
from yipanqi.org.rules.roster import MOST, read_roster

HEAD = "单位\t单位类别\t姓名\t账号\t职务\t角色\t身份\t任职日期\t电话\n"
LI = "新河镇\t乡镇\t李新\tlixin\t科员\t联络员"


def told(rows, head=HEAD):
    lines, problems = read_roster(head + rows)
    return [str(problem) for line in lines for problem in line.problems] + list(map(str, problems))


def test_a_row_is_read_whole():
    lines, problems = read_roster(f"{HEAD}{LI}\t替补\t2026年3月5日\t13900000001\n")

    (line,) = lines
    assert problems == []
    assert (line.number, line.unit, line.kind, line.name) == (2, "新河镇", Kind.TOWNSHIP, "李新")
    assert (line.role, line.capacity) == (Role.LIAISON, Capacity.SUBSTITUTE)
    assert (line.from_on, line.phone) == (date(2026, 3, 5), "13900000001")
    assert line.problems == ()


@pytest.mark.parametrize(("role", "capacity"), [("领导", "head"), ("联络员", "member")])
def test_whoever_leads_heads_the_unit_unless_the_table_says_otherwise(role, capacity):
    (line,), _problems = read_roster(f"{HEAD}新河镇\t乡镇\t何镇\thezhen\t镇长\t{role}")

    assert line.stands_as == capacity


def test_columns_are_found_by_their_names_in_any_order_below_a_title():
    lines, problems = read_roster(
        "小河县花名册\r\n\r\n序号,所在单位（全称）,类 别,角色*,姓名,登录账号,职务,手机号码\r\n"
        "1,新河镇，乡镇，联络员，李新，lixin，员,139\r\n"
    )

    assert problems == []
    assert (lines[0].number, lines[0].role, lines[0].phone) == (4, Role.LIAISON, "139")
    assert lines[0].cell("单位") == "B4"
    assert lines[0].cell("任职日期") == "第 4 行"


def test_a_kind_that_is_written_once_holds_for_all_rows_of_the_unit():
    lines, _problems = read_roster(f"{HEAD}新河镇\n{LI}\n")

    assert {line.kind for line in lines} == {Kind.TOWNSHIP}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("\t乡镇", "A2：缺少“单位”，请补上"),
        ("新河镇\t乡", "B2：没有“乡”这种单位类别，可用：地方、县领导"),
        ("新河镇\t乡镇\t李新", "D2：缺少“账号”"),
        ("新河镇\t乡镇\t李新\tlixin\t员\t联系人", "F2：没有“联系人”这种角色，可用：领导"),
        (f"{LI}\t正职", "G2：没有“正职”这种身份，可用：负责人"),
        (f"{LI}\t\t2026.03", "H2：“2026.03”不是一天"),
        (f"{LI}\t\t2026-02-30", "H2：“2026-02-30”不是一天"),
        ("新河镇\t乡镇\t李新\t李新\t员\t联络员", "D2：账号用字母、数字"),
        (f"{LI}\t\t\t{'1' * 31}", "I2：“电话”最多 30 个字"),
        (f"{LI}\n新河镇\t乡镇\t李旧\tlixin\t员\t认定人员", "D3：账号“lixin”在第 2 行是李新的"),
        (f"{LI}\n{LI}", "D3：与第 2 行是同一个任职"),
        ("新河镇\t乡镇\n新河镇\t园区", "B3：“新河镇”前面写的是另一类单位"),
        ("", "花名册：表头以下没有一行"),
        ("\n\t\n", "花名册：表头以下没有一行"),
        ("甲镇\t乡镇\n" * (MOST + 1), f"有 {MOST + 1} 行，一次最多 {MOST} 行"),
    ],
)
def test_what_is_wrong_is_told_by_cell_with_what_to_do(rows, said):
    assert said in "；".join(told(rows))


@pytest.mark.parametrize("head", ["", "项目名称\t总投资\n", "单位\t备注\n", "姓名\t账号\n"])
def test_a_table_without_its_names_is_not_guessed_at(head):
    assert "没有找到表头" in "；".join(told(LI, head))
