"""Scores, places, lists, vetoes and checks, and properties of every sheet."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yipanqi.assessment.rules import (
    Row,
    Sheet,
    Ties,
    as_json,
    as_text,
    read_method,
    said,
    score,
)
from yipanqi.assessment.rules.figures import holders_in
from yipanqi.assessment.rules.ranking import places
from yipanqi.core.problems import Refused, Weight


@pytest.mark.parametrize(
    ("ties", "expected"),
    [(Ties.SKIP, [1, 2, 2, 4]), (Ties.DENSE, [1, 2, 2, 3]), (Ties.SHARED, [1, 2, 2, 4])],
)
def test_ties_are_placed_as_the_method_says(ties, expected):
    third = Fraction(1, 3)
    values = {"甲": Fraction(9), "乙": third, "丙": third, "丁": Fraction(0), "戊": None}

    assert list(places(values, ties=ties).values()) == expected


def test_totals_that_only_print_alike_are_no_tie():
    values = {"甲": Fraction(86601, 1000), "乙": Fraction(86602, 1000)}

    assert places(values, ties=Ties.SKIP) == {"乙": 1, "甲": 2}
    assert places(values, ties=Ties.SKIP, high_first=False) == {"甲": 1, "乙": 2}


SMALL = """
method: 小办法
full: 10
figures:
  完成: {}
  任务: {}
  率: {is: =完成/任务}
  扣: {}
  同伴: {holders: true}
  同伴均分: {mean_total_of: 同伴}
  折半: {is: =同伴均分/2}
groups:
  - group: 乡镇
    items:
      - {item: 进度, says: 规定, full: 10, points: =满分*率}
      - {item: 扣分, says: 规定, kind: deduction, points: =-扣, at_least: -3}
  - group: 领导
    items:
      - {item: 同伴, says: 规定, full: 10, points: =折半}
veto:
  - {veto: 甲否, says: 规定。, when: =扣>100}
  - {veto: 乙否, says: 规定。, when: =扣>200}
results:
  ties: shared
  lists:
    - {list: 后二, last: 2, unless: =率>=1, groups: [乡镇]}
    - {list: 前一, first: 1, when: =任务>0, groups: [乡镇]}
    - {list: 低分, when: =总分<5, groups: [乡镇]}
  boards:
    - {board: 完成榜, by: =完成, groups: [乡镇]}
checks:
  - {check: 完成不超任务, this: =完成, equals: "=MIN(完成, 任务)"}
  - {check: 合计, of: 全县, this: =组合计(完成), equals: =完成, decimals: 1}
"""


def township(holder: str, done: int | None, task: int | None = 10, minus: int | None = 0) -> Row:
    values = {"完成": done, "任务": task, "扣": minus}
    exact = {name: None if value is None else Fraction(value) for name, value in values.items()}
    return Row(holder=holder, group="乡镇", values=exact)


def leader(paired: str) -> Row:
    zero = {"扣": Fraction(0), "完成": Fraction(0), "任务": Fraction(0)}
    return Row(holder="领导甲", group="领导", values=zero, texts={"同伴": paired})


def small(*rows: Row) -> Sheet:
    return score(read_method(SMALL), rows)


@pytest.mark.parametrize(
    ("row", "where", "text"),
    [
        (township("甲", None), "乡镇 甲 进度", "“率”算不出：缺“完成”"),
        (township("甲", 1, 0), "乡镇 甲 进度", "除数“任务”是 0"),
        (township("甲", 1, 10, None), "乡镇 甲 扣分", "缺“扣”"),
        (township("甲", 1, 10, None), "乡镇 甲 甲否", "缺“扣”"),
        (leader(""), "领导 领导甲 同伴", "没有写名单"),
        (leader("无名乡"), "领导 领导甲 同伴", "“无名乡”不在先计分的各组里"),
    ],
)
def test_what_cannot_be_said_has_no_total_and_no_place_but_a_reason(row, where, text):
    sheet = small(row)

    assert sheet.row(row.holder).total is None
    assert sheet.row(row.holder).place is None
    assert any(each.where == where and text in each.text for each in sheet.problems)
    assert as_json(sheet)["groups"][0]["rows"][0]["total"] is None
    assert "—" in as_text(sheet)


@pytest.mark.parametrize(
    ("paired", "text"),
    [("丙、乙", "“丙”还没有总分"), ("乙、乙", "重复")],
)
def test_a_mean_of_totals_needs_every_total_once(paired, text):
    sheet = small(township("乙", 5), township("丙", None), leader(paired))

    assert sheet.row("领导甲").total is None
    assert any(text in problem.text for problem in sheet.problems)


def test_a_veto_holds_even_where_points_are_missing():
    row = small(township("甲", None, 10, 300), township("乙", 5)).row("甲")

    assert row.total == 0
    assert (row.place, row.vetoed) == (2, ("甲否", "乙否"))
    assert sum(line.points for line in row.lines if line.points is not None) == 0


def test_a_deduction_stops_at_its_bound_and_says_so():
    line = small(township("甲", 5, 10, 7)).row("甲").lines[1]

    assert line.points == -3
    assert said(line.because) == "-7 = -7.00，不低于 -3，得 -3.00"


def test_lists_take_equals_at_the_edge_and_leave_out_the_exempt():
    sheet = small(
        township("甲", 10),
        township("乙", 4),
        township("丙", 4),
        township("丁", 9),
        township("戊", None),
    )
    lists = {each.name: each.holders for each in sheet.lists}

    assert lists == {"后二": ("丙", "乙"), "前一": ("甲",), "低分": ("丙", "乙")}
    assert "乡镇 戊 低分" in {problem.where for problem in sheet.problems}
    assert "并列3" in as_text(sheet)


def test_a_check_of_each_holder_and_of_a_stated_total_only_warns():
    stated = Row(holder="全县", values={"完成": Fraction(20)})
    sheet = small(township("甲", 12), township("乙", None), stated)
    checks = [each for each in sheet.problems if each.weight is Weight.WARNS]
    told = [each.text for each in checks]

    assert {each.where for each in checks} == {"甲 完成不超任务", "乙 完成不超任务", "全县 合计"}
    assert any("算得 12，公布 10，相差 2" in text for text in told)


def test_a_stated_total_that_is_not_there_cannot_be_compared():
    assert any("没有“全县”这一行" in each.text for each in small(township("甲", 5)).problems)


def test_a_table_without_a_group_or_with_a_double_is_refused():
    with pytest.raises(Refused) as refused:
        small(
            township("甲", 1), township("甲", 2), Row(holder="乙"), Row(holder="丙", group="丁组")
        )

    text = str(refused.value)
    assert "“甲”出现两次" in text
    assert "没有写分组" in text
    assert "没有分组“丁组”" in text


def test_a_veto_is_printed_beside_the_total():
    assert "0.00（甲否）" in as_text(small(township("甲", 5, 10, 150)))


def test_holders_are_split_at_any_usual_sign():
    assert holders_in("青山镇、柳河镇，白沙镇; 石桥乡") == ("青山镇", "柳河镇", "白沙镇", "石桥乡")


rows = st.lists(
    st.builds(
        township,
        st.sampled_from([f"乡{number}" for number in range(8)]),
        st.none() | st.integers(0, 15),
        st.none() | st.integers(0, 10),
        st.integers(0, 120),
    ),
    max_size=6,
    unique_by=lambda row: row.holder,
)


@given(rows, st.randoms())
@settings(deadline=None, max_examples=60)
def test_the_order_of_rows_changes_nothing(found, random):
    shuffled = [*found]
    random.shuffle(shuffled)

    assert as_json(small(*shuffled)) == as_json(small(*found))


@given(rows)
@settings(deadline=None, max_examples=60)
def test_a_total_is_the_sum_of_its_explained_lines(found):
    for group in small(*found).groups:
        for row in group.rows:
            points = [line.points for line in row.lines if line.points is not None]
            if row.total is not None and len(points) == len(row.lines):
                assert row.total == sum(points, Fraction(0))
            assert all(said(line.because) for line in row.lines)
            assert (row.total is None) == (row.place is None)


@given(rows.filter(lambda found: len(found) > 1))
@settings(deadline=None, max_examples=60)
def test_two_holders_that_swap_their_figures_swap_their_scores(found):
    one, other, *rest = found
    swapped = (
        Row(holder=one.holder, group="乡镇", values=other.values),
        Row(holder=other.holder, group="乡镇", values=one.values),
    )
    before, after = small(*found), small(*swapped, *rest)

    assert before.row(one.holder).total == after.row(other.holder).total
    assert before.row(other.holder).place == after.row(one.holder).place
