"""Method files: what is wrong is told at once, by line and key, with a remedy."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yipanqi.assessment.rules import ItemKind, Rounding, Ties, read_method
from yipanqi.assessment.rules.marked import MOST_TEXT, to_number
from yipanqi.assessment.rules.periods import PeriodKind
from yipanqi.core.problems import Refused

GOOD = """\
method: 一份办法
source: 出处
year: 2026
full: 40
decimals: 1
rounding: truncate
basis:
  - 一句话
  - {clause: 第二条, says: 规定}
figures:
  签约数: {unit: 个, measure: projects, at_least: 5000, tags: [甲, 2], only: true, code: "12"}
  任务数: {}
  完成率: {is: =签约数/任务数, unit: "%", decimals: 1, label: 完成情况}
  同伴: {holders: true}
  均分: {mean_total_of: 同伴}
groups:
  - group: 乡镇组
    kinds: [township]
    items:
      - {item: 签约, says: 按比例, full: 40, points: =满分*完成率, at_most: 48, at_least: 0}
      - {item: 加分, says: 加分, kind: bonus, points: =签约数}
  - group: 部门组
    kinds: department
    items: 乡镇组
veto:
  - {veto: 否决, says: 规定, when: =签约数<0, clause: 第六条, groups: 乡镇组}
results:
  ties: dense
  lists:
    - {list: 奖励, first: 3, outcome: 奖励, groups: [乡镇组, 部门组]}
    - {list: 警示, when: =总分<60, unless: =签约数>=任务数}
  boards:
    - {board: 完成率榜, by: =完成率, order: low, decimals: 1, unit: "%"}
checks:
  - {check: 合计, of: 全县, this: =组合计(签约数), equals: =签约数, decimals: 0}
"""


def test_a_method_is_read_whole():
    method = read_method(GOOD)

    assert (method.title, method.year, method.decimals) == ("一份办法", 2026, 1)
    assert method.full == 40
    assert (method.rounding, method.ties) == (Rounding.TRUNCATE, Ties.DENSE)
    assert method.basis[1].clause == "第二条"
    assert dict(method.figure("签约数").spec) == {
        "measure": "projects",
        "at_least": 5000,
        "tags": ("甲", 2),
        "only": True,
        "code": "12",
    }
    assert method.figure("完成率").show(Fraction(1, 3)) == "33.3%"
    assert method.figure("任务数").show(Fraction(1, 3)) == "0.3333"
    assert method.groups[1].items == method.groups[0].items
    assert method.groups[0].items[1].kind is ItemKind.BONUS
    assert method.vetoes[0].groups == ("乡镇组",)
    assert not method.boards[0].high_first
    assert method.stated_totals == {"全县"}


def test_a_method_is_the_annual_one_where_its_page_says_no_more():
    plain = read_method(GOOD)
    quarterly = read_method("code: fdi_2\nperiod: quarter\n" + GOOD)

    assert (plain.code, plain.period) == ("annual", PeriodKind.YEAR)
    assert (quarterly.code, quarterly.period) == ("fdi_2", PeriodKind.QUARTER)


@pytest.mark.parametrize("code", ["利用外资", "2fdi", "FDI", "a" * 21, "a-b"])
def test_a_code_is_a_short_latin_word(code):
    with pytest.raises(Refused, match=r"第 1 行 code：“.+”不能作代号"):
        read_method(f"code: {code}\n{GOOD}")


def test_computed_figures_follow_those_they_are_computed_from():
    method = read_method(
        "method: 办法\nfull: 1\nfigures:\n  丙: {is: =乙*2}\n  乙: {is: =甲*2}\n  甲: {}\n"
        "groups:\n  - {group: 组一, items: [{item: 一, says: 规定, full: 1, points: =丙}]}\n"
    )

    assert [figure.name for figure in method.figures] == ["甲", "乙", "丙"]
    assert (method.decimals, method.rounding) == (2, Rounding.HALF_UP)


@pytest.mark.parametrize(
    ("old", "new", "where", "text"),
    [
        ("method: 一份办法", "", "第 1 行", "缺“method”"),
        ("method: 一份办法", "method:", "第 1 行 method", "不能空着"),
        ("source:", "sauce:", "第 2 行 sauce", "不认识“sauce”。是不是 “source”"),
        ("source:", "zzz:", "第 2 行 zzz", "不认识“zzz”。可以写：method"),
        ("source: 出处", "method: 又一份", "第 2 行 method", "“method”写了两次"),
        ("source: 出处", "[1, 2]: 出处", "第 2 行 ?", "不认识“?”"),
        ("year: 2026", "year: 26", "第 3 行 year", "1949 到 2999 的整数"),
        ("full: 40\n", "full: 四十\n", "第 4 行 full", "“四十”不是数"),
        ("full: 40\n", "\n", "第 1 行", "缺“full”。请写各组"),
        ("full: 40\n", "full: 50\n", "第 16 行 groups", "各项满分之和是 40，不等于 full: 50"),
        ("full: 40, points", "points", "第 20 行 groups[1].items[1]", "缺“full”。请写这一项的满分"),
        ("full: 40, points", "full: 0, points", "第 20 行 groups[1].items[1]", "满分应当大于 0"),
        ("decimals: 1\nr", "decimals: 9\nr", "第 5 行 decimals", "0 到 6 的整数"),
        ("truncate", "floor", "第 6 行 rounding", "可以写：half_up（四舍五入）、truncate"),
        ("签约数: {", "签约数: 个 #", "第 11 行 figures.签约数", "“键: 值”的形式"),
        ("at_least: 5000", "at_least: {}", "第 11 行 figures.签约数.at_least", "不能空着"),
        ("tags: [甲, 2]", "tags: [[甲]]", "第 11 行 figures.签约数.tags[1]", "不能空着"),
        ("任务数: {}", "满分: {}", "第 12 行 figures.满分", "固定用词"),
        ("任务数: {}", "任务数: {}\n  任务数: {}", "第 13 行 figures.任务数", "写了两次"),
        ("任务数: {}", "任务数: {}\n  任务数　: {}", "第 13 行 figures.任务数", "全角半角"),
        (
            "=签约数/任务数",
            "=签约数/任务书",
            "第 13 行 figures.完成率.is",
            "没有指标“任务书”。是不是 “任务数”",
        ),
        ("=签约数/任务数", "=完成率*2", "第 10 行 figures", "互相依赖，算不出来：完成率 → 完成率"),
        ("=签约数/任务数", "=签约数/同伴", "第 13 行 figures.完成率.is", "没有指标“同伴”"),
        ("mean_total_of: 同伴", "mean_total_of: 签约数", "第 15 行 figures.均分", "holders: true"),
        (
            "mean_total_of: 同伴",
            "mean_total_of: 同伴, is: =1",
            "第 15 行 figures.均分",
            "只能写一个",
        ),
        ("items: 乡镇组", "items: 园区组", "第 24 行 groups[2].items", "前面一个分组的名称"),
        ("items: 乡镇组", "kind: 1", "第 24 行 groups[2].kind", "不认识“kind”。是不是 “kinds”"),
        ("group: 部门组", "group: 乡镇组", "第 16 行 groups", "分组“乡镇组”写了两次"),
        ("item: 加分", "item: 签约", "第 19 行 groups[1].items", "计分项“签约”写了两次"),
        ("kind: bonus", "kind: gift", "第 21 行 groups[1].items[2].kind", "可以写：ordinary"),
        ("says: 按比例, ", "", "第 20 行 groups[1].items[1]", "缺“says”。请补上这一行"),
        ("points: =满分*完成率, ", "", "第 20 行 groups[1].items[1]", "缺“points”"),
        ("=满分*完成率", "=满分*(完成率", "第 20 行 groups[1].items[1].points", "缺 1 个右括号"),
        (
            "points: =签约数",
            "points: =满分",
            "第 21 行 groups[1].items[2].points",
            "没有指标“满分”",
        ),
        ("at_most: 48", "at_most: -1", "第 20 行 groups[1].items[1]", "没有分数能同时满足"),
        ("groups: 乡镇组}", "groups: 园区}", "第 26 行 veto[1].groups", "没有分组“园区”"),
        ("groups: 乡镇组}", "groups: 乡镇}", "第 26 行 veto[1].groups", "是不是 “乡镇组”"),
        ("first: 3", "first: 3, last: 3", "第 30 行 results.lists[1]", "只能写一个"),
        ("first: 3, ", "", "第 30 行 results.lists[1]", "first（前几名）"),
        ("list: 警示", "list: 奖励", "第 27 行 results", "名单“奖励”写了两次"),
        ("=总分<60", "=总分<达标", "第 31 行 results.lists[2].when", "没有指标“达标”"),
        ("ties: dense", "ties: both", "第 28 行 results.ties", "可以写：skip（1、2、2、4）、dense"),
        ("by: =完成率", "by: =开工率", "第 33 行 results.boards[1].by", "没有指标“开工率”"),
        (
            "this: =组合计(签约数)",
            "this: =合计(签约数)",
            "第 35 行 checks[1].this",
            "没有函数“合计”",
        ),
        ("results:", "results: 一\nr:", "第 27 行 results", "“键: 值”的形式"),
        ("veto:\n  - {", "veto:\n    {", "第 25 行 veto", "列表"),
        ("basis:", "basis: [{clause: 第一条}]\nb:", "第 7 行 basis[1]", "缺“says”"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_key(old, new, where, text):
    assert old in GOOD

    with pytest.raises(Refused) as refused:
        read_method(GOOD.replace(old, new, 1))

    told = [(problem.where, problem.text) for problem in refused.value.problems]
    assert any(place == where and text in sentence for place, sentence in told), told


def test_all_problems_are_told_at_once():
    wrong = GOOD.replace("year: 2026", "year: 26").replace("kind: bonus", "kind: gift")

    with pytest.raises(Refused) as refused:
        read_method(wrong)

    assert len(refused.value.problems) >= 2


@pytest.mark.parametrize(
    ("text", "where", "told"),
    [
        ("", "", "文件是空的"),
        ("a: [", "第 1 行", "括号没有配成对"),
        ("a: b: c", "第 1 行", "YAML 读不通"),
        ("method: 甲\n b: c", "第 2 行", "YAML 读不通"),
        ("a: 1\n---\nb: 2", "第 2 行", "YAML 读不通"),
        ("\x00", "", "不能用的字符"),
        ("[" * 5000, "", "套得太深"),
        ("- " * 3000, "", "套得太深"),
        ("- 一\n- 二", "第 1 行", "“键: 值”的形式"),
        ("x" * (MOST_TEXT + 1), "", "不像一份考核办法"),
        ("method: 甲\nfigures: {}\ngroups: []", "第 3 行 groups", "一个分组也没有"),
        ("method: 甲\nfigures: {}\ngroups: 乙", "第 3 行 groups", "列表"),
        (
            "method: 甲\nfigures: {}\ngroups: [{group: 乙}]",
            "第 3 行 groups",
            "既没有 items 也没有榜",
        ),
    ],
)
def test_a_file_that_is_no_method_is_refused(text, where, told):
    with pytest.raises(Refused) as refused:
        read_method(text)

    assert any(
        where in problem.where and told in problem.text for problem in refused.value.problems
    ), refused.value.problems


@given(st.integers(0, len(GOOD)), st.text(alphabet="{}[]:,-=&*!|>%@`'\"#\n 满分1", max_size=6))
@settings(deadline=None, max_examples=150)
def test_any_damage_to_a_method_gives_a_method_or_problems(at, junk):
    with suppress(Refused):
        read_method(GOOD[:at] + junk + GOOD[at + len(junk) :])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", "1"),
        ("-1.50", "-1.5"),
        ("１２％", "0.12"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e5", None),
        ("", None),
        ("1" * 61, None),
    ],
)
def test_numbers_are_exact(text, number):
    assert to_number(text) == (None if number is None else Fraction(number))
