"""What is held against itself before a paper is issued."""

from dataclasses import replace
from decimal import Decimal

import pytest

from yipanqi.core.problems import Weight
from yipanqi.documents.papers.factories import make_paper
from yipanqi.documents.papers.rules import Annex, Column, Figure, Kind, Paragraph, Table, checked
from yipanqi.documents.papers.rules.checks import amount

FUNDS = Column(title="到位资金", kind=Kind.NUMBER, name="funds", sums=True)


def make_table(*cells, total, **changes):
    rows = tuple((f"乡{place}", cell) for place, cell in enumerate(cells, 1))
    table = Table(columns=(Column(title="单位"), FUNDS), rows=rows, total=("合计", total))
    return replace(table, **changes)


def told(*blocks):
    return [str(problem) for problem in checked(make_paper(blocks=blocks, annexes=()))]


def test_a_bulletin_that_agrees_with_itself_has_no_problem():
    assert checked(make_paper()) == ()


def test_parts_that_do_not_make_the_total_stop_the_paper():
    table = make_table("1,200", "300", "—", "", total="1,600", title="进度")

    problems = checked(make_paper(blocks=(table,), annexes=()))

    assert [str(problem) for problem in problems] == [
        "表“进度”“到位资金”栏：合计为1,600，各行之和为1,500"
    ]
    assert problems[0].weight is Weight.BLOCKS


def test_a_difference_that_rounding_explains_only_warns():
    within = make_table("1.33", "1.33", "1.33", total="4.00")
    beyond = make_table("1.33", "1.33", "1.33", total="4.05")

    problems = checked(make_paper(blocks=(within, beyond), annexes=()))

    assert [problem.weight for problem in problems] == [Weight.WARNS, Weight.BLOCKS]
    assert "四舍五入" in problems[0].text


def test_a_line_that_is_part_of_another_is_not_added_again():
    table = make_table(total="10", rows=(("工业", "10"), ("其中：外资", "4")))

    assert told(table) == []


def test_a_table_without_total_promises_no_sum():
    assert told(replace(make_table("1", "2", total=""), total=())) == []


def test_a_cell_that_is_no_figure_is_named():
    assert told(make_table("十二亿", total="12")) == [
        "正文表格“到位资金”栏：“十二亿”不是数字，无法核对合计"
    ]


def test_a_line_with_a_cell_too_few_is_named_and_its_sums_are_left_alone():
    assert told(make_table(total="1", rows=(("乡1",),))) == ["正文表格第1行：有1格，表头有2栏"]


def test_a_figure_in_the_text_must_be_the_one_in_the_table():
    table = make_table("30", "7", total="37", title="进度")
    figures = (Figure(name="funds", shown="38"), Figure(name="funds", shown="30", row="乡1"))

    problems = told(Paragraph(text="到位资金38万元，乡1为30万元。", figures=figures), table)

    assert problems == ["正文“到位资金38万元，乡1为……”：写的是38，表“进度”是37"]


def test_counted_lines_must_be_as_many_as_the_text_says():
    table = make_table("1", "2", total="3", name="late")

    problems = told(Paragraph(text="逾期3个。", figures=(Figure(name="late", shown="3"),)), table)

    assert problems == ["正文“逾期3个。……”：写的是3，正文表格是2"]


def test_a_declared_figure_must_stand_in_its_paragraph_and_in_a_table():
    figure = Figure(name="funds", shown="37")

    problems = told(Paragraph(text="到位资金137万元，占37%。", figures=(figure,)))

    assert [problem.split("：", 1)[1] for problem in problems] == [
        "声明的数字“37”没有写在这一段里",
        "数字“37”在表格里没有对应的栏目（funds）",
    ]


def test_text_in_a_cell_is_compared_as_text():
    columns = (Column(title="单位"), Column(title="升降", name="move"))
    table = Table(columns=columns, rows=(("乡1", "上升2位"),))
    figure = Figure(name="move", shown="上升2位", row="乡1")

    assert told(Paragraph(text="乡1上升2位。", figures=(figure,)), table) == []


def test_tables_of_annexes_are_checked_too():
    annex = Annex(title="附表", blocks=(make_table("1", total="2"),))

    problems = checked(make_paper(blocks=(), annexes=(annex,)))

    assert problems[0].where == "表“附表”“到位资金”栏"


@pytest.mark.parametrize(
    "number", ["青招组[2026]12号", "青招组〔2026〕012号", "青招组〔26〕1号", ""]
)
def test_a_number_in_another_form_is_refused_by_its_clause(number):
    problems = checked(make_paper(number=number))

    assert [problem.clause for problem in problems] == ["GB/T 9704—2012 7.2.5"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1,200.50", "1200.50"), ("87.5%", "87.5"), ("１２", "12"), ("NaN", None), ("-", None)],
)
def test_a_printed_figure_is_read_exactly(cell, value):
    assert amount(cell) == (value and Decimal(value))
