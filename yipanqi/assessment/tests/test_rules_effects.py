"""Two sheets side by side: who moves, which lists change; two pages side by side."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from yipanqi.assessment.rules.differences import differences
from yipanqi.assessment.rules.effects import effect_of
from yipanqi.assessment.rules.figures import read_figures_table
from yipanqi.assessment.rules.moves import (
    changed,
    figures_of,
    moves_in,
    rows_that_matter,
    to_next_place,
    tried,
)
from yipanqi.assessment.rules.offers import offers
from yipanqi.assessment.rules.reading import read_method
from yipanqi.assessment.rules.recipes import Into, recipes
from yipanqi.assessment.rules.scoring import score
from yipanqi.assessment.rules.tables import read_table
from yipanqi.place.rules import parsed
from yipanqi.standing.factories import settings_text
from yipanqi.standing.measures.spec import measure_of

PAGE = """\
method: 办法
full: 100
figures:
  签约: {unit: 个, measure: projects, node: signed, at_least: 5000}
  大项目: {unit: 个, measure: projects, node: signed, at_least: 50000}
  投资额: {unit: 亿元, measure: investment, node: signed, at_least: 5000}
  任务: {unit: 个, measure: target, indicator: signed}
  到位: {unit: 万元, measure: funds}
  大额到位: {unit: 万元, measure: funds, at_least: 5000}
  满意度: {unit: "%"}
  迟报: {unit: 次, measure: returns, state: late}
  率: {is: =签约/任务}
groups:
  - group: 乡镇组
    kinds: [township]
    items:
      - {item: 签约, says: 按率, full: 60, points: "=满分*MIN(率, 1)"}
      - {item: 大项目, says: 有就给, full: 20, points: "=IF(大项目>0, 满分, 0)"}
      - {item: 到位, says: 按比例, full: 20, points: "=MIN(到位/1000, 满分)"}
      - {item: 月报, says: 迟报扣分, kind: deduction, points: =-迟报}
      - {item: 满意, says: 加分, kind: bonus, points: =满意度*10}
results:
  lists:
    - {list: 奖励, first: 1}
"""
TABLE = """\
单位,签约,大项目,投资额,任务,到位,大额到位,满意度,迟报
甲,2,0,1,4,3000,0,50%,1
乙,3,0,1,4,0,0,50%,0
丙,1,0,1,4,0,0,,0
"""


ONE = "groups:\n  - {group: 组, items: [{item: 一, says: 一, full: 1, points: 满分}]}\n"


def sheet_of(page=PAGE, table=TABLE):
    method = read_method(page)
    return score(method, read_figures_table(read_table(table.encode(), name=""), method))


def test_an_effect_tells_places_totals_and_lists_that_moved():
    old = sheet_of()
    new = sheet_of(PAGE.replace("到位/1000", "到位/100"))

    effect = effect_of(new, old)

    first, second, third = effect.groups[0].rows
    assert (first.row.holder, first.rise, first.gain) == ("甲", 1, Fraction(17))
    assert (second.row.holder, second.rise, second.gain) == ("乙", -1, Fraction(0))
    assert (third.row.total, third.gain, third.rise) == (None, None, 0)
    assert effect.moved == 2
    assert (effect.lists[0].came, effect.lists[0].gone) == (("甲",), ("乙",))


def test_without_an_old_sheet_nothing_has_moved_and_nobody_has_come():
    effect = effect_of(sheet_of(), None)

    assert not effect.known
    assert effect.moved == 0
    assert effect.lists[0].holders == ("乙",)
    assert effect.lists[0].came == ()


def test_a_list_that_is_gone_names_who_stood_on_it():
    old = sheet_of()
    new = sheet_of(PAGE.split("results:")[0])

    assert [(each.name, each.gone) for each in effect_of(new, old).lists] == [("奖励", ("乙",))]


def test_who_is_in_another_group_is_not_said_to_rise():
    old = sheet_of()
    group = replace(old.groups[0], group="另一组")
    effect = effect_of(sheet_of(), replace(old, groups=(group,)))

    assert {row.rise for row in effect.groups[0].rows} == {0}


def test_another_grade_is_a_change_too():
    grades = "results:\n  grades:\n    - {grade: 优秀, when: =总分>%s}\n"
    old, new = (sheet_of(PAGE.split("results:")[0] + grades % n) for n in (100, 40))

    effect = effect_of(new, old)

    assert [row.regraded for row in effect.groups[0].rows] == [True, False, False]
    assert effect.moved == 1


@pytest.mark.parametrize("line", ["", "# 只多一行注释\n"])
def test_pages_that_say_the_same_have_no_differences(line):
    assert differences(PAGE, line + PAGE) == []


def test_differences_are_told_thing_by_thing():
    new = PAGE.replace("full: 60", "full: 50").replace(
        "{item: 大项目, says: 有就给, full: 20,", "{item: 大项目, says: 有就给, full: 30,"
    )
    new = new.replace('  满意度: {unit: "%"}\n', "  满意度: {unit: 分}\n  口碑: {unit: 分}\n")
    new = new.replace("- {list: 奖励, first: 1}", "- {list: 奖励, first: 2}\n  ties: dense")

    told = {
        (each.heading, each.name, each.key, each.was, each.now) for each in differences(PAGE, new)
    }

    assert told == {
        ("计分项", "乡镇组 签约", "满分", "60", "50"),
        ("计分项", "乡镇组 大项目", "满分", "20", "30"),
        ("指标", "满意度", "单位", "%", "分"),
        ("指标", "口碑", "", "", "单位 分"),
        ("名单", "奖励", "前几名", "1", "2"),
        ("结果", "", "并列", "", "dense"),
    }


@pytest.mark.parametrize(
    "name", sorted(p.parent.name for p in Path("methods").glob("*/method.yaml"))
)
def test_every_method_that_we_ship_is_told_thing_by_thing(name):
    text = Path(f"methods/{name}/method.yaml").read_text(encoding="utf-8")

    gone = differences(text, PAGE)

    assert any(each.heading == "指标" for each in gone)
    assert differences(text, text) == []


def test_one_more_project_moves_all_figures_that_count_it():
    method = read_method(PAGE)
    names = figures_of(method, "乡镇组")

    moves = moves_in(method, names)

    assert names - {"满分"} == {"签约", "任务", "率", "大项目", "到位", "迟报", "满意度"}
    assert [(move.kind, move.floor, dict(move.changes)) for move in moves] == [
        ("project", 5000, {"签约": 1}),
        ("project", 50000, {"签约": 1, "大项目": 1}),
        ("funds", 0, {"到位": 1000}),
        ("figure", 0, {"满意度": Fraction(1, 100)}),
        ("figure", 0, {"迟报": 1}),
    ]


def test_an_investment_grows_by_the_size_and_a_figure_that_asks_more_is_not_moved():
    page = PAGE.replace("at_least: 50000}", "honour: fortune500}").replace(
        "=MIN(到位/1000, 满分)", "=MIN(投资额+大额到位, 满分)"
    )
    method = read_method(page)

    moves = moves_in(method, figures_of(method, "乡镇组"))

    assert [(move.kind, dict(move.changes)) for move in moves[:2]] == [
        ("project", {"签约": 1, "投资额": Fraction(1, 2)}),
        ("figure", {"大项目": 1}),
    ]
    assert [move.changes for move in moves if "大额到位" in move.changes] == [{"大额到位": 1000}]


def test_every_move_is_worth_its_points_and_place():
    sheet = sheet_of()
    moves = moves_in(sheet.method, figures_of(sheet.method, "乡镇组"))

    worth = tried(sheet, "甲", moves)

    assert [(dict(one.move.changes), one.gain, one.rise) for one in worth] == [
        ({"签约": 1, "大项目": 1}, 35, 1),
        ({"签约": 1}, 15, 1),
        ({"到位": 1000}, 1, 0),
        ({"满意度": Fraction(1, 100)}, Fraction(1, 10), 0),
        ({"迟报": 1}, -1, 0),
    ]
    assert tried(sheet, "丙", moves) == []


def test_what_is_missing_cannot_be_moved_and_can_be_told():
    sheet = sheet_of()
    rows = rows_that_matter(sheet, "丙")

    moved = score(sheet.method, changed(rows, "丙", {"满意度": Fraction(1)}))
    told = score(sheet.method, changed(rows, "丙", {"满意度": Fraction(1)}, instead=True))

    assert moved.row("丙").total is None
    assert told.row("丙").total == 25


def test_the_distance_to_the_next_place():
    sheet = sheet_of()

    assert to_next_place(sheet, "甲") == 13
    assert to_next_place(sheet, "乙") is None
    assert to_next_place(sheet, "丙") is None


def test_where_totals_are_asked_everybodys_rows_matter():
    method = read_method(Path("methods/county-a/method.yaml").read_text(encoding="utf-8"))
    table = read_table(Path("methods/county-a/figures.csv").read_bytes(), name="")
    sheet = score(method, read_figures_table(table, method))

    assert rows_that_matter(sheet, "县长") == sheet.figures
    assert {row.group for row in rows_that_matter(sheet, "青山镇")} == {"乡镇组"}


def test_everything_that_is_offered_can_be_counted():
    lines = [line for offer in offers(parsed(settings_text())) for line in offer.lines]
    bare = "{done}\n  完成: {{}}\n  任务: {{}}\n"
    for line in lines:
        more = bare.format(done=f"  {line.text}")
        more = more if "配对均分" not in line.text else f"  配对: {{holders: true}}\n{more}"
        page = f"method: 办法\nfull: 1\nfigures:\n{more}{ONE}"
        figure = read_method(page).figures[0]
        if figure.is_measured and figure.spec:
            measure_of(figure.spec, unit=figure.unit)

    assert len(lines) > 60
    assert len({line.text for line in lines}) == len(lines)


@pytest.mark.parametrize("recipe", list(recipes()), ids=lambda recipe: recipe.title)
def test_every_recipe_is_understood(recipe):
    indent = (
        6 if recipe.into is Into.ITEMS else 4 if recipe.into in {Into.LISTS, Into.BOARDS} else 2
    )
    body = "\n".join(" " * indent + line for line in recipe.text.splitlines())
    group = "groups:\n  - group: 乡镇组\n    kinds: [township]\n    items:\n"
    item = "      - {item: 一, says: 一, full: 10, points: 满分}\n"
    pages = {
        Into.ITEMS: f"{group}{body}\n",
        Into.VETO: f"{group}{item}veto:\n{body}\n",
        Into.LISTS: f"{group}{item}results:\n  lists:\n{body}\n",
        Into.BOARDS: f"{group}{item}results:\n  boards:\n{body}\n",
        Into.GROUPS: f"groups:\n{body}\n{item}"
        if recipe.text.endswith("items:")
        else f"{group}{item}{body}\n",
    }
    page = f"method: 办法\nfull: 10\nfigures:\n  完成: {{}}\n  任务: {{}}\n{pages[recipe.into]}"
    if "kind:" in recipe.text:
        page += item

    assert read_method(page).groups
