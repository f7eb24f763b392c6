"""What is frozen of a sheet with everything in it: merged units, boards, grades, rewards, lists."""

import json
from fractions import Fraction
from typing import Any

import pytest

from yipanqi.assessment.rules import Row, Sheet, read_method, score
from yipanqi.publishing.rules.comparing import Side, differences
from yipanqi.publishing.rules.digests import leaf_of, path_to, root_from, root_of
from yipanqi.publishing.rules.frozen import Frozen, Stood, freeze, rescored
from yipanqi.publishing.rules.output import of_holder
from yipanqi.publishing.rules.proving import Counted, unlike_facts, unlike_itself
from yipanqi.publishing.rules.workings import row_of, workings

METHOD = """\
method: 样样都有的办法
full: 10
merge: {甲: [甲园区]}
figures:
  完成: {label: 完成数, unit: 个}
  资金: {label: 到位资金, unit: 万元}
  共计: {label: 共计, is: =完成+资金}
  同伴: {holders: true}
  均分: {mean_total_of: 同伴}
groups:
  - group: 乡镇
    items:
      - {item: 完成, says: 规定。, clause: 第一条, full: 10, points: "=MIN(共计-资金, 满分)"}
  - {group: 领导, items: [{item: 均分, says: 规定, full: 10, points: =均分}]}
veto:
  - {veto: 造假, says: 规定。, when: =完成<0, groups: [乡镇]}
results:
  tie_break: [=资金]
  grades:
    - {grade: 优秀, clause: 第八条, says: 五分以上。, when: =总分>=5, groups: [乡镇]}
  lists:
    - {list: 红榜, first: 1, amount: =资金*10, unit: 万元, groups: [乡镇]}
  boards:
    - {board: 资金榜, by: =资金, groups: [乡镇]}
"""
KEYS = {"甲": 1, "甲园区": 2, "乙": 3, "丙": 4, "书记": 5}
TREE = [Stood(pk, None, "township", name) for name, pk in KEYS.items()]


def row(
    holder: str, done: int | None, funds: int | None, group: str = "乡镇", with_: str = ""
) -> Row:
    values = {
        "完成": None if done is None else Fraction(done),
        "资金": None if funds is None else Fraction(funds),
    }
    return Row(holder=holder, group=group, values=values, texts={"同伴": with_})


def rows(**changed: Row) -> list[Row]:
    usual = {
        "甲": row("甲", 4, 1, with_="丙"),
        "甲园区": row("甲园区", 3, 1, group=""),
        "乙": row("乙", 7, 1),
        "丙": row("丙", 2, 9),
        "书记": row("书记", 0, 0, group="领导", with_="甲、乙"),
    }
    return list((usual | changed).values())


def sheet(*given: Row) -> Sheet:
    return score(read_method(METHOD), tuple(given or rows()))


def frozen(*given: Row) -> Frozen:
    head: dict[str, str | int | None] = {"place": "某县", "engine": 1}
    return freeze(sheet(*given), text=METHOD, units=KEYS, tree=TREE, head=head)


def test_frozen_figures_give_the_same_sheet_byte_for_byte():
    one = frozen()

    assert rescored(one.went_in) == one.output
    assert list(unlike_itself(one, one.digest, "这里")) == []
    assert one.holders == {1: "甲", 3: "乙", 4: "丙", 5: "书记"}


def test_a_sheet_is_written_with_exact_points_grades_rewards_boards_and_what_parted_equals():
    said = frozen().said
    first, second, third = said["groups"][0]["rows"]

    assert [(r["holder"], r["place"], r["total"], r["parted"]) for r in (first, second, third)] == [
        ("甲", 1, "7", ["2"]),
        ("乙", 2, "7", ["1"]),
        ("丙", 3, "2", [None]),
    ]
    assert (first["grade"]["grade"], third["grade"]) == ("优秀", None)
    assert said["lists"][0]["holders"] == [{"unit": 1, "holder": "甲"}]
    assert said["lists"][0]["rewards"][0]["amount"] == "20"
    assert [r["holder"] for r in said["boards"][0]["rows"]] == ["丙", "甲", "乙"]
    assert of_holder(said, 1)["lists"][0]["rewards"][0]["printed"] == "20"


def test_a_holders_block_leads_to_the_root_and_holds_who_is_merged_into_it():
    one = frozen()

    for unit in one.holders:
        assert root_from(leaf_of(one.block(unit)), one.path(unit)) == one.head["root"]
    assert [f["holder"] for f in json.loads(one.block(1))["figures"]] == ["甲", "甲园区"]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_every_leaf_of_a_tree_leads_to_its_root_and_no_other_does(count):
    leaves = [leaf_of(str(number)) for number in range(count)]
    root = root_of(leaves)

    assert [root_from(leaf, path_to(leaves, n)) for n, leaf in enumerate(leaves)] == [root] * count
    assert root_from(leaf_of("别的"), path_to(leaves, 0)) != root


def test_workings_add_up_who_is_merged_and_reach_through_computed_figures_and_lists():
    one = frozen()

    [line] = workings(one, 1)
    [mean] = workings(one, 5)
    assert (line.says, line.full, line.points) == ("规定。", "10", "7.00")
    assert [(used.name, used.value, used.unit) for used in line.used] == [
        ("资金", "2", "万元"),
        ("完成", "7", "个"),
    ]
    assert [(used.name, used.value) for used in mean.used] == [("同伴", "甲、乙")]
    assert row_of(one, 2) is None
    assert workings(one, 2) == ()


def test_what_somebody_merged_lacks_is_missing_and_a_veto_is_a_line_without_a_rule():
    lacking = frozen(*rows(甲园区=row("甲园区", None, 1, group="")))
    false = frozen(*rows(乙=row("乙", -1, 1)))

    [line] = workings(lacking, 1)
    assert {used.name: used.value for used in line.used}["完成"] == "—"
    assert line.points == "—"
    *_items, veto = workings(false, 3)
    assert (veto.item, veto.says, veto.formula, veto.used) == ("造假", "", "", ())


def compared(before: Frozen, after: Frozen) -> list[tuple[str, str, str, str, str]]:
    sides = [Side(one.went_in, one.said) for one in (before, after)]
    return [(d.holder, d.about.value, d.name, d.before, d.after) for d in differences(*sides)]


def test_two_sheets_are_compared_line_by_line():
    assert compared(frozen(), frozen()) == []
    moved = compared(frozen(), frozen(*rows(丙=row("丙", 9, 9))))

    assert ("丙", "place", "", "3", "1") in moved
    assert ("丙", "total", "", "2.00", "9.00") in moved
    assert ("丙", "item", "完成", "2.00", "9.00") in moved
    assert ("丙", "figure", "完成", "2", "9") in moved
    assert ("丙", "grade", "", "—", "优秀") in moved
    assert ("丙", "list", "红榜", "", "红榜") in moved
    assert ("甲", "list", "红榜", "红榜", "") in moved


def test_another_reward_another_group_and_who_is_no_longer_assessed_are_told():
    more = compared(frozen(), frozen(*rows(甲=row("甲", 4, 5, with_="丙"))))
    without = [one for one in rows() if one.holder not in {"丙"}]
    gone = compared(frozen(), frozen(*without))

    assert ("甲", "reward", "红榜", "20万元", "60万元") in more
    assert ("丙", "presence", "", "乡镇", "") in gone
    assert ("丙", "total", "", "2.00", "—") in gone


def changed(one: Frozen, **texts: Any) -> Frozen:
    return Frozen(**{"inputs": one.inputs, "output": one.output, "manifest": one.manifest, **texts})


@pytest.mark.parametrize(
    ("part", "old", "new", "words"),
    [
        ("manifest", '"place":"某县"', '"place":"另县"', "清单与封账摘要不符"),
        ("inputs", '"完成":"7"', '"完成":"8"', "指标数与清单上的摘要不符"),
        ("inputs", '"完成":"7"', '"完成":"8"', "不是逐字节相同"),
        ("inputs", '"group":"领导"', '"group":"无此组"', "重算不出来"),
        ("inputs", "full: 10", "full: 11", "办法与清单上的摘要不符"),
        ("output", '"place":3', '"place":1', "成绩表与清单上的摘要不符"),
        ("output", '"place":3', '"place":1', "回执的摘要与清单不符"),
    ],
)
def test_whatever_is_changed_in_a_frozen_result_is_found(part, old, new, words):
    one = frozen()
    text = getattr(one, part)
    assert old in text

    found = [
        str(f)
        for f in unlike_itself(changed(one, **{part: text.replace(old, new, 1)}), one.digest, "某")
    ]

    assert any(words in text for text in found)


def test_another_engine_is_named_where_the_sheet_differs():
    older = frozen().headed(engine=0)
    other = changed(older, output=older.output.replace('"place":3', '"place":4'))

    assert any("封账时的引擎是第 0 版" in str(f) for f in unlike_itself(other, older.digest, "某"))


def facts(**changes: Any) -> Counted:
    said: dict[int | str, Any] = {
        KEYS[r.holder]: (
            r.group,
            dict(r.values),
            {"同伴": frozenset(KEYS[n] for n in r.texts["同伴"].split("、") if n)},
        )
        for r in rows()
    }
    said |= changes.get("more", {})
    for unit in changes.get("less", ()):
        del said[unit]
    return said


def test_facts_that_give_the_same_figures_are_no_finding():
    assert list(unlike_facts(frozen(), facts(), "某")) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"less": [3]}, "按事实重算不参加"),
        ({"more": {9: ("乡镇", {}, {})}}, "封账时不参加考核"),
        ({"more": {3: ("领导", {"完成": Fraction(7), "资金": Fraction(1)}, {})}}, "封账时在乡镇"),
        ({"more": {3: ("乡镇", {"完成": Fraction(8), "资金": Fraction(1)}, {})}}, "按事实重算是 8"),
        ({"more": {3: ("乡镇", {"完成": None, "资金": Fraction(1)}, {})}}, "按事实重算是 None"),
        (
            {
                "more": {
                    5: (
                        "领导",
                        {"完成": Fraction(0), "资金": Fraction(0)},
                        {"同伴": frozenset({1})},
                    )
                }
            },
            "按事实重算不同",
        ),
    ],
)
def test_each_figure_that_the_facts_do_not_give_is_named(changes, words):
    [found] = unlike_facts(frozen(), facts(**changes), "某")

    assert words in str(found)
