"""What follows from totals: equals parted, grades, lists with rewards, boards over several groups."""

from fractions import Fraction

import pytest

from yipanqi.assessment.rules import Row, Sheet, as_json, as_text, read_method, said, score
from yipanqi.core.problems import Refused, Weight

RESULTS = """\
method: 有结果的办法
full: 10
decimals: 1
figures: {完成: {}, 大项目: {}, 资金: {}}
groups:
  - {group: 东片, items: [{item: 完成, says: 规定, full: 10, points: =完成}]}
  - {group: 西片, items: [{item: 完成, says: 规定, full: 10, points: =完成}]}
results:
  tie_break: [=大项目, =资金]
  grades:
    - {grade: 优秀, clause: 第八条, says: 前四成为优秀。, when: "=AND(总分>=5, 名次<=ROUND(40%*组合计(1),0))"}
    - {grade: 良好, when: =总分>=5}
    - {grade: 待定, when: =资金/0>1, groups: [西片]}
  lists:
    - list: 红榜
      first: =ROUND(25%*组合计(1),0)
      together: true
      amount: =IFS(名次=1,100,TRUE,50)
      unit: 万元
      clause: 第九条
    - {list: 资金奖, by: =资金, first: 1, amount: =资金/10, unit: 万元}
    - {list: 末位, last: 1}
    - {list: 有资金, by: =资金, when: "=AND(资金>0,名次>1)"}
  boards:
    - {board: 贡献, by: =资金/组合计(资金), when: =资金>0, together: true, decimals: 1, unit: "%"}
    - {board: 平均差, by: =得分(完成)-组平均(总分)}
"""


def unit(holder: str, done: int | None, big: int | None = 0, money: int | None = 0) -> Row:
    given = {"完成": done, "大项目": big, "资金": money}
    exact = {name: None if value is None else Fraction(value) for name, value in given.items()}
    return Row(holder=holder, group="东片" if holder[0] in "甲乙丙丁戊" else "西片", values=exact)


EAST = (
    unit("甲", 8, 1, 30),
    unit("乙", 8, 2, 10),
    unit("丙", 8, 1, 40),
    unit("丁", 3),
    unit("戊", 5),
)
WEST = (unit("子", 9, 0, 20), unit("丑", 8, 2, 15), unit("寅", 6, 0, 0))


def scored(*rows: Row, text: str = RESULTS) -> Sheet:
    return score(read_method(text), rows)


def placed(sheet: Sheet, group: int = 0) -> list[tuple[str, int | None]]:
    return [(row.holder, row.place) for row in sheet.groups[group].rows]


def lists_of(sheet: Sheet) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(listed.name, listed.group): listed.holders for listed in sheet.lists}


def test_equal_totals_are_parted_by_the_first_figure_then_by_the_next():
    assert placed(scored(*EAST)) == [("乙", 1), ("丙", 2), ("甲", 3), ("戊", 4), ("丁", 5)]


def test_equals_in_everything_stay_equal():
    assert placed(scored(unit("甲", 8, 1, 30), unit("乙", 8, 1, 30), unit("丙", 2))) == [
        ("乙", 1),
        ("甲", 1),
        ("丙", 3),
    ]


def test_what_is_missing_does_not_part_equals_not_even_by_the_next_figure():
    sheet = scored(unit("甲", 8, None, 30), unit("乙", 8, 2, 10), unit("丙", 8, 1, 40))

    assert placed(sheet) == [("丙", 1), ("乙", 1), ("甲", 1)] or {p for _, p in placed(sheet)} == {
        1
    }
    told = [problem for problem in sheet.problems if "并列" in problem.where]
    assert [(problem.where, problem.weight) for problem in told] == [("甲 并列", Weight.WARNS)]


def test_a_missing_figure_that_parts_nobody_is_not_asked_for():
    sheet = scored(unit("甲", 8, None, 30), unit("乙", 7, 2, 10))

    assert not [problem for problem in sheet.problems if "并列" in problem.where]


def test_the_first_grade_that_holds_is_given_with_its_reason():
    sheet = scored(*EAST)

    assert [row.grade for row in sheet.groups[0].rows] == ["优秀", "优秀", "良好", "良好", ""]
    graded = sheet.row("乙").graded
    assert graded
    assert (graded.says, graded.clause) == ("前四成为优秀。", "第八条")
    assert "总分 8" in said(graded.because)
    assert "名次 1" in said(graded.because)


def test_a_grade_that_cannot_be_said_is_not_given_and_told():
    sheet = scored(unit("子", 3), unit("丑", None))

    assert {row.grade for row in sheet.groups[0].rows} == {""}
    told = {problem.where: problem.text for problem in sheet.problems}
    assert "除数是 0" in told["西片 子 等次"]
    assert "总分算不出" in told["西片 丑 等次"]


def test_a_list_over_several_groups_ranks_them_together():
    sheet = scored(*EAST, *WEST)

    # 八个单位取 25%，即两个；子 9 分，其余 8 分者按大项目、资金分先后
    assert lists_of(sheet)["红榜", "各组"] == ("子", "丑")
    assert sheet.lists[0].groups == ("东片", "西片")


def test_rewards_add_up_over_lists_and_say_why():
    sheet = scored(*EAST, *WEST)

    told = [(r.listing, f"{r.amount}") for r in sheet.rewards_of("子")]
    assert told == [("红榜", "100"), ("资金奖", "2")]
    assert sheet.rewards["子", "万元"] == 102
    assert sheet.rewards["丙", "万元"] == 4
    reward = sheet.rewards_of("丑")[0]
    assert said(reward.because) == "IFS(名次 2 = 1, 100, TRUE, 50) = 50 万元"
    assert reward.clause == "第九条"
    data = as_json(sheet)
    assert data["lists"][0]["rewards"][0] == {
        "holder": "子",
        "amount": "100",
        "unit": "万元",
        "because": "IFS(名次 1 = 1, 100, TRUE, 50) = 100 万元",
    }
    assert data["groups"][0]["rows"][0]["grade"] == "优秀"
    assert "子：红榜 100，资金奖 2，共 102 万元" in as_text(sheet)


def test_a_reward_that_cannot_be_said_has_no_amount():
    text = RESULTS.replace("amount: =资金/10", "amount: =资金/大项目")
    sheet = scored(unit("子", 3, 0, 9), unit("甲", 3, 1, 8), text=text)

    (reward,) = sheet.rewards_of("子")
    assert reward.amount is None
    assert said(reward.because).endswith("，算不出")
    assert sheet.rewards == {("甲", "万元"): 108}
    assert "西片 子 资金奖" in {problem.where for problem in sheet.problems}


def test_a_list_can_rank_by_another_figure_and_ask_the_place_on_it():
    lists = lists_of(scored(*EAST, *WEST))

    assert lists["资金奖", "东片"] == ("丙",)
    assert lists["有资金", "东片"] == ("甲", "乙")
    assert lists["末位", "东片"] == ("丁",)


def test_who_has_no_value_to_be_ranked_by_is_not_on_the_list_and_told():
    sheet = scored(unit("甲", 5, 0, None), unit("乙", 4, 0, 3))

    assert lists_of(sheet)["资金奖", "东片"] == ("乙",)
    told = [problem for problem in sheet.problems if problem.where == "东片 甲 有资金"]
    assert any("没有名次" in problem.text or "缺“资金”" in problem.text for problem in told)


def test_a_board_can_stand_over_several_groups_and_leave_some_out():
    board, east, west = scored(*EAST, *WEST).boards

    assert [(row.holder, row.place) for row in board.rows] == [
        ("丙", 1),
        ("甲", 2),
        ("子", 3),
        ("丑", 4),
        ("乙", 5),
    ]
    assert board.rows[0].value == Fraction(40, 115)
    assert board.others == ("丁", "寅", "戊")
    assert (east.group, west.group) == ("东片", "西片")
    assert west.rows[0].value == 9 - Fraction(23, 3)


def test_a_figure_called_like_the_place_is_the_figure():
    text = RESULTS.replace("资金: {}}", "资金: {}, 名次: {}}")
    rows = [
        Row(holder=row.holder, group=row.group, values={**row.values, "名次": Fraction(7)})
        for row in EAST
    ]

    reward = scored(*rows, text=text).rewards_of("乙")[0]
    assert reward.amount == 50


@pytest.mark.parametrize(
    ("old", "new", "where", "text"),
    [
        ("tie_break: [=大项目, =资金]", "tie_break: =名次", "results.tie_break", "没有指标“名次”"),
        (
            "tie_break: [=大项目, =资金]",
            "tie_break: [=大]",
            "results.tie_break[1]",
            "是不是 “大项目”",
        ),
        ("grade: 良好, ", "", "results.grades[2]", "缺“grade”"),
        (", when: =总分>=5}", "}", "results.grades[2]", "缺“when”"),
        ("together: true\n", "together: 是\n", "lists[1].together", "true 或 false"),
        ("unit: 万元\n", "\n", "lists[1]", "amount（金额）和 unit"),
        ("last: 1", "last: 0", "lists[3].last", "1 到 10000 的整数"),
        ("last: 1", "last: 一", "lists[3].last", "不是数"),
        ("last: 1", "last: =一", "lists[3].last", "没有指标“一”"),
        ("by: =资金, first", "by: =名次, first", "lists[2].by", "没有指标“名次”"),
        ("=得分(完成)-", "=得分(完工)-", "boards[2].by", "这里取不到“完工”的得分"),
    ],
)
def test_what_is_wrong_with_results_is_told(old, new, where, text):
    assert old in RESULTS

    with pytest.raises(Refused) as refused:
        read_method(RESULTS.replace(old, new, 1))

    told = [(problem.where, problem.text) for problem in refused.value.problems]
    assert any(where in place and text in sentence for place, sentence in told), told


BULLETIN = """\
method: 只有榜的通报
figures: {签约: {}, 开工: {}}
groups: [{group: 县区}]
results:
  lists:
    - {list: 红榜, by: =签约, first: 1}
    - {list: 零签约, when: =签约=0}
  boards: [{board: 签约, by: =签约}]
"""


def test_a_bulletin_without_points_has_lists_by_its_figures():
    rows = [
        Row(holder=name, group="县区", values={"签约": Fraction(count), "开工": Fraction(0)})
        for name, count in (("甲", 3), ("乙", 0), ("丙", 5))
    ]

    sheet = scored(*rows, text=BULLETIN)
    assert lists_of(sheet) == {("红榜", "县区"): ("丙",), ("零签约", "县区"): ("乙",)}


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("by: =签约, first: 1", "first: 1", "没有总分。请用 by 写明按什么排名"),
        ("when: =签约=0", "when: =总分=0", "这里没有总分"),
        ("by: =签约}]", "by: =得分(签约)}]", "这里取不到“签约”的得分"),
    ],
)
def test_a_bulletin_without_points_has_no_totals(old, new, text):
    with pytest.raises(Refused) as refused:
        read_method(BULLETIN.replace(old, new, 1))

    assert text in str(refused.value)
