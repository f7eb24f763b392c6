"""Parts with bounds, points asked by other items, groups by name, merged units, weighted means."""

from fractions import Fraction

import pytest

from yipanqi.assessment.rules import (
    Row,
    Sheet,
    as_json,
    as_text,
    read_figures_table,
    read_method,
    said,
    score,
)
from yipanqi.core.problems import Refused

PARTS = """
method: 分部分的办法
full: 60
figures: {完成: {}, 任务: {}, 五百强: {}, 外资: {}, 通报: {}, 上限: {}}
groups:
  - group: 乡镇
    parts:
      - {part: 加分, at_most: 10, says: 加分最多 10 分。, clause: 第九条}
      - {part: 扣分, at_least: =-上限, says: 扣分有限。}
    items:
      - {item: 签约, says: 规定, full: 60, points: =满分*完成/任务, at_most: =满分*1.5}
      - {item: 加分：五百强, part: 加分, says: 规定, kind: bonus, points: =4*五百强}
      - {item: 加分：超额, part: 加分, says: 规定, kind: bonus, points: "=IF(得分(签约)>60, 5, 0)"}
      - {item: 扣分：通报, part: 扣分, says: 规定, kind: deduction, points: =-3*通报}
      - {item: 外资, says: 规定, kind: bonus, points: "=IF(得分(加分)>=10, 外资, 名次(得分(签约)))"}
veto:
  - {veto: 太少, says: 规定。, when: "=得分([加分：五百强])+得分(签约)<1"}
"""


def township(holder: str, **values: int | None) -> Row:
    usual: dict[str, int | None] = dict.fromkeys(("完成", "五百强", "外资", "通报"), 0)
    given = usual | {"任务": 10, "上限": 5} | values
    exact = {name: None if value is None else Fraction(value) for name, value in given.items()}
    return Row(holder=holder, group="乡镇", values=exact)


def scored(*rows: Row) -> Sheet:
    return score(read_method(PARTS), rows)


def lines_of(sheet: Sheet, holder: str) -> dict[str, tuple[str | None, str]]:
    return {
        line.item: (sheet.printed(line.points), said(line.because))
        for line in sheet.row(holder).lines
    }


def test_a_part_that_meets_its_bound_has_a_line_of_its_own():
    sheet = scored(township("甲", 完成=12, 五百强=2, 通报=4))

    lines = lines_of(sheet, "甲")
    # 签约 60×1.2=72；加分 8+5=13 封顶 10；扣分 -12 保底 -5；外资：加分满 10，取外资 0
    assert lines["加分"] == ("-3.00", "加分各项合计 13.00，不高于 10，减 3.00")
    assert lines["扣分"] == ("7.00", "扣分各项合计 -12.00，不低于 -5 = -5，加 7.00")
    assert sheet.row("甲").total == 72 + 10 - 5
    assert sheet.row("甲").total == sum(line.points or 0 for line in sheet.row("甲").lines)
    assert sheet.row("甲").lines[-2].clause == "第九条"


def test_a_part_within_its_bounds_has_no_line():
    sheet = scored(township("甲", 完成=5, 五百强=1, 通报=1))

    assert set(lines_of(sheet, "甲")) == {
        "签约",
        "加分：五百强",
        "加分：超额",
        "扣分：通报",
        "外资",
    }
    assert sheet.row("甲").total == 30 + 4 - 3 + 1


def test_a_bound_can_be_a_formula_and_is_told_with_its_figures():
    lines = lines_of(scored(township("甲", 完成=20)), "甲")

    assert lines["签约"] == (
        "90.00",
        "满分 60 × 20 ÷ 10 = 120.00，不高于 满分 60 × 1.5 = 90，得 90.00",
    )


def test_an_item_sees_the_points_of_those_before_it():
    sheet = scored(township("甲", 完成=12, 外资=7), township("乙", 完成=9, 外资=7))

    assert lines_of(sheet, "甲")["加分：超额"] == (
        "5.00",
        "IF(得分(签约) 72 > 60, 5, 0) = 5.00",
    )
    assert lines_of(sheet, "甲")["外资"][0] == "1.00"
    assert lines_of(sheet, "乙")["外资"][0] == "2.00"


def test_points_that_cannot_be_said_leave_what_asks_for_them_unsaid():
    sheet = scored(township("甲", 完成=None), township("乙", 通报=20, 上限=None))

    assert sheet.row("甲").total is None
    assert "“得分(签约)”算不出：缺“完成”" in lines_of(sheet, "甲")["加分：超额"][1]
    assert lines_of(sheet, "乙")["扣分"][0] is None
    where = {problem.where for problem in sheet.problems}
    assert {"乡镇 甲 加分：超额", "乡镇 乙 扣分", "乡镇 甲 太少"} <= where


def test_a_veto_sees_points():
    sheet = scored(township("甲"), township("乙", 完成=5))

    assert sheet.row("甲").vetoed == ("太少",)
    assert sheet.row("乙").vetoed == ()


def test_the_adjustment_of_a_part_is_printed_in_a_column():
    text = as_text(scored(township("甲", 完成=12, 五百强=2), township("乙", 完成=5)))

    head, first, second = text.splitlines()[3:6]
    assert "加分限" in head
    assert "-3.00" in first
    assert "-3.00" not in second


@pytest.mark.parametrize(
    ("old", "new", "where", "text"),
    [
        ("得分(签约)>60", "得分(外资)>60", "items[3].points", "这里取不到“外资”的得分"),
        ("得分(签约)>60", "得分(加分)>60", "items[3].points", "只能取排在前面的"),
        ("得分(签约)>60", "得分(签月)>60", "items[3].points", "是不是 “签约”"),
        ("得分(签约)>60", "得分(1+1)>60", "items[3].points", "得分 里写一个计分项或部分的名称"),
        ("=满分*1.5", "=满分*倍数", "items[1].at_most", "没有指标“倍数”"),
        ("=满分*1.5", "一倍半", "items[1].at_most", "不是数"),
        ("at_most: 10, ", "", "parts[1]", "要写 at_most"),
        ("at_most: 10", "at_most: 10, at_least: 11", "parts[1]", "没有分数能同时满足"),
        ("{part: 加分, at", "{part: 奖分, at", "parts[1]", "没有计分项写 part: 奖分"),
        ("part: 扣分, says", "part: 扣, says", "items[4].part", "没有部分“扣”"),
        ("item: 外资", "item: 加分", "groups[1]", "名称“得分(加分)”写了两次"),
        ("五百强: {}", "得分(甲): {}", "figures.得分(甲)", "固定用词"),
        ("<1", "<总分", "veto[1].when", "这里没有总分"),
        ("full: 60\n", "full: 70\n", "groups", "各项满分之和是 60，不等于 full: 70"),
        ("full: 60\n", "", "第 1 行", "缺“full”"),
    ],
)
def test_what_is_wrong_with_a_part_is_told(old, new, where, text):
    assert old in PARTS

    with pytest.raises(Refused) as refused:
        read_method(PARTS.replace(old, new, 1).lstrip())

    told = [(problem.where, problem.text) for problem in refused.value.problems]
    assert any(where in place and text in sentence for place, sentence in told), told


def test_a_group_like_another_has_its_parts_too():
    like = PARTS.replace("\nveto:", "\n  - {group: 部门, items: 乡镇}\nveto:")
    method = read_method(like)

    assert method.groups[1].parts == method.groups[0].parts
    with pytest.raises(Refused, match="parts 也相同"):
        read_method(like.replace("items: 乡镇}", "items: 乡镇, parts: [{part: 加分, at_most: 1}]}"))


NAMED = """
method: 点名的办法
full: 10
figures: {完成: {unit: 个}, 同伴: {holders: true}, 权重: {}, 均分: {mean_total_of: 同伴, weighted_by: 权重}}
groups:
  - {group: 重点, units: [甲, 乙], full: 20, items: [{item: 完成, says: 规定, full: 20, points: =完成}]}
  - {group: 一般, kinds: [township], items: [{item: 完成, says: 规定, full: 10, points: =完成}]}
  - {group: 领导, units: [书记], items: [{item: 均分, says: 规定, full: 10, points: =均分}]}
merge: {甲: [甲园区]}
"""
TABLE = [
    ["单位", "组", "完成", "同伴", "权重"],
    ["甲", "", "5", "", "3"],
    ["甲园区", "", "4", "丙", "0"],
    ["乙", "", "6", "", "1"],
    ["丙", "一般", "2", "", "9"],
    ["书记", "", "0", "甲、乙", "1"],
]


def named(table: list[list[str]], text: str = NAMED) -> Sheet:
    method = read_method(text)
    return score(method, read_figures_table(table, method))


def test_units_are_in_the_group_that_names_them_and_merged_ones_in_no_group():
    sheet = named(TABLE)

    groups = {group.group: [row.holder for row in group.rows] for group in sheet.groups}
    assert groups == {"重点": ["甲", "乙"], "一般": ["丙"], "领导": ["书记"]}
    assert sheet.row("甲").total == 9
    assert sheet.figures[0].added[0].holder == "甲园区"
    assert sheet.figures[0].texts["同伴"] == "丙"
    assert not sheet.problems


def test_a_mean_can_be_weighted_by_a_figure_of_the_members():
    sheet = named(TABLE)

    # (9×3 + 6×1) ÷ (3+1)
    assert sheet.row("书记").total == Fraction(33, 4)
    assert as_json(sheet)["groups"][2]["rows"][0]["total"] == "8.25"


@pytest.mark.parametrize(
    ("row", "cell", "new", "text"),
    [
        (1, 4, "", "“甲”缺“权重”，合并后算不出"),
        (3, 4, "-3", "“权重”合计是 0，不能用它加权"),
        (3, 4, "", "“乙”没有加权用的“权重”"),
        (2, 2, "", "“甲园区”缺“完成”，合并后算不出。请补报；确实没有的写 0"),
        (2, 0, "别的园区", "没有“甲园区”这一行，“甲园区”没有并入“甲”"),
        (3, 0, "丁", "办法点名的“乙”不在表里"),
    ],
)
def test_what_stands_in_the_way_of_merging_and_weighing_is_told(row, cell, new, text):
    table = [[*cells] for cells in TABLE]
    table[row][cell] = new
    if new in {"别的园区", "丁"}:
        table[row][1] = "一般"

    assert any(text in problem.text for problem in named(table).problems)


def test_a_figure_that_none_of_the_merged_has_is_simply_missing():
    table = [[*cells] for cells in TABLE]
    table[1][2] = table[2][2] = ""

    told = [problem.text for problem in named(table).problems]
    assert not any("合并后" in text for text in told)
    assert any(text.startswith("缺“完成”") for text in told)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("units: [书记]", "units: [书记, 乙]", "单位“乙”写了两次"),
        ("units: [书记]", "units: [书记, 甲园区]", "“甲园区”并入别的单位，不单独考核"),
        ("merge: {甲: [甲园区]}", "merge: {甲: [甲园区], 乙: [甲园区]}", "“甲园区”写了两次"),
        ("merge: {甲: [甲园区]}", "merge: {甲: [甲园区], 甲园区: [乙园区]}", "不能再有单位并入它"),
        ("merge: {甲: [甲园区]}", "merge: 甲", "“键: 值”的形式"),
        ("mean_total_of: 同伴, ", "", "weighted_by 要和 mean_total_of 一起写"),
        ("weighted_by: 权重", "weighted_by: 权数", "没有“权数”。是不是 “权重”"),
    ],
)
def test_wrong_names_of_units_are_told(old, new, text):
    assert old in NAMED

    with pytest.raises(Refused) as refused:
        read_method(NAMED.replace(old, new, 1))

    assert text in str(refused.value)


def test_a_method_of_nothing_but_bonuses_needs_no_full_marks():
    method = read_method(
        "method: 累加\nfigures: {项目: {}}\ngroups:\n"
        "  - {group: 县区, items: [{item: 项目, says: 规定, kind: bonus, points: =5*项目}]}\n"
    )

    sheet = score(method, (Row(holder="甲", group="县区", values={"项目": Fraction(30)}),))
    assert sheet.row("甲").total == 150
