"""Where the heading of a ledger is, and what its columns mean."""

from datetime import date

import pytest

from yipanqi.core.problems import Refused
from yipanqi.documents.imports.rules.reading import Reading, read_ledger
from yipanqi.documents.imports.rules.rows import Outcome, Row
from yipanqi.documents.imports.rules.values import ImpreciseDate
from yipanqi.documents.imports.tests.ledgers import (
    SIMPLE,
    Line,
    Rows,
    signed_template,
    xlsx,
)

TODAY = date(2026, 11, 20)
GOOD = [1, "甲项目", "甲公司", 500, "发改局"]


def read(content: bytes, **asked: object) -> Reading:
    return read_ledger(content, kind=None, as_of=TODAY, **asked)  # type: ignore[arg-type]  # keywords


def texts(row: Row | Reading) -> dict[str, str]:
    return {problem.where: problem.text for problem in row.problems}


def fields(reading: Reading) -> dict[str, str]:
    return {column.field: column.source for column in reading.columns if column.kept}


def test_the_template_of_42_columns_is_understood_and_its_sample_line_is_left_out():
    reading = read(signed_template())

    assert (reading.sheet, reading.header_rows) == ("内资注册落地项目清单", (2, 3))
    assert len(reading.columns) == 42
    assert all(column.field for column in reading.columns)
    assert fields(reading)["total_investment"] == "具体数据指标|投资总额（万元）"
    assert fields(reading)["phone"] == "项目联系方式"
    assert [
        column.unit.name
        for column in reading.columns
        if column.field == "land_area" and column.unit
    ] == ["平方米"]
    assert [(row.number, row.outcome, texts(row)) for row in reading.rows] == [
        (4, "refused", {"A4": "示例行"})
    ]


def test_the_unit_comes_from_the_heading_then_from_the_line_above_then_from_the_cell():
    heading: Line = ["项目名称", "投资方", "总投资", "注册资本（亿元）", "用地面积"]
    line: Line = ["甲项目", "甲", 5, 5, 5]
    above = read(xlsx([["单位：万元、亩"], heading, line])).rows[0].values
    missing = read(xlsx([heading, line, ["乙项目", "乙", "5亿", 5, "5亩"]]))
    answered = read(
        xlsx([heading, line]), units={"总投资": "亿元", "用地面积": "亩", "投资方": "亩"}
    )

    assert [
        getattr(above[field], "unit", "")
        for field in ("total_investment", "registered_capital", "land_area")
    ] == [
        "万元",
        "亿元",
        "亩",
    ]
    assert [row.outcome for row in missing.rows] == ["warned", "accepted"]
    assert set(texts(missing)) == {"C1", "E1"}
    assert answered.rows[0].outcome is Outcome.ACCEPTED


def test_a_heading_in_two_lines_without_merges_is_joined():
    upper = ["项目名称", "投资方信息", "", "开工", "", "备注", "责任单位"]
    lower = ["", "投资方名称", "市、自治州", "计划", "实际", "", ""]
    rows: Rows = [
        ["2024年项目进度表", "填报人：张三"],
        upper,
        lower,
        ["甲", "乙", "苏州市", "3月底", "3月底", ""],
    ]

    reading = read(xlsx(rows))

    assert reading.header_rows == (2, 3)
    assert [column.source for column in reading.columns][2:5] == [
        "投资方信息|市、自治州",
        "开工|计划",
        "开工|实际",
    ]
    assert fields(reading)["started_on"] == "开工|实际"
    started = reading.rows[0].values["started_on"]
    assert isinstance(started, ImpreciseDate)
    assert started.first_on == date(2024, 3, 1)


def test_a_heading_whose_lower_line_knows_more_takes_the_upper_one_in():
    upper = ["项目名称", "投资方信息", "", "", "", "总投资（单位：万元）"]
    lower = ["", "投资方名称", "省份", "投资方简介", "联系人", ""]

    reading = read(xlsx([upper, lower, ["甲", "乙", "江苏", "无", "张三", 5]]))

    assert reading.header_rows == (1, 2)
    assert reading.rows[0].outcome is Outcome.ACCEPTED


def test_a_heading_whose_upper_line_knows_more_takes_the_lower_one_in():
    upper = ["序号", "项目名称", "投资方", "总投资（万元）", "用地情况", "", "责任单位"]
    lower = ["", "", "", "", "面积（亩）", "位置", ""]
    body = [1, "甲", "乙", 5, 30, "经开区", "发改局"]
    spans = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2"]

    loose = read(xlsx([upper, lower, body]))
    merged = read(xlsx([upper, lower, body], merged=spans))

    assert loose.header_rows == merged.header_rows == (1, 2)
    assert fields(loose)["land_area"] == fields(merged)["land_area"] == "用地情况|面积（亩）"
    assert loose.rows[0].values["location"] == "经开区"


def test_a_group_line_above_is_taken_in_even_if_it_names_no_column():
    groups = ["基本情况", "", "", "投资情况", ""]

    reading = read(
        xlsx(
            [groups, ["项目名称", "投资方", "备注", "总投资（万元）", "注册资本（万元）"], GOOD[1:]]
        )
    )

    assert reading.header_rows == (1, 2)
    assert reading.columns[4].source == "投资情况|注册资本（万元）"


def test_a_title_wider_than_the_table_adds_no_column():
    reading = read(xlsx([["2024年台账", *[""] * 7, "单位：万元"], [*SIMPLE, "", "", "", ""], GOOD]))

    assert len(reading.columns) == 5


def test_a_line_of_figures_or_notes_above_is_no_part_of_the_heading():
    heading: Line = ["项目名称", "投资方", "总投资（万元）", "备注"]

    assert read(xlsx([["第", 3, "期"], heading, ["甲", "乙", 5]])).header_rows == (2,)
    assert read(xlsx([["填报单位：甲局", "2024年3月"], heading, ["甲", "乙", 5]])).header_rows == (
        2,
    )


def test_two_columns_for_one_field_are_ranked_and_an_unknown_one_is_told():
    heading: Line = [
        "项目名称",
        "投资方",
        "协议投资（亿元）",
        "总投资（亿元）",
        "总投资（万元）",
        "幸运数字",
        "",
    ]

    reading = read(xlsx([heading, ["甲", "乙", 1, 2, 20000, 7, "补充"]]))

    kept = [
        column.letters
        for column in reading.columns
        if column.field == "total_investment" and column.kept
    ]
    assert kept == ["D"]
    assert reading.columns[2].label == "总投资（已取D列）"
    assert [column.source for column in reading.columns if not column.field] == ["幸运数字", ""]
    assert any("幸运数字、G列没有列名" in text for text in texts(reading).values())
    assert reading.rows[0].raw[-2:] == ("7", "补充")


def test_the_sheet_with_the_best_heading_is_chosen_and_a_rival_is_told():
    more: dict[str, Rows] = {
        "在谈": [SIMPLE, GOOD],
        "字典": [["项目类别", "项目来源", "环境效应"]],
        "藏": [[*SIMPLE, "备注"], GOOD],
    }
    content = xlsx([[*SIMPLE, "签约日期"], GOOD], more=more, name="签约", hidden=["藏"])

    by_columns = read(content)
    by_kind = read_ledger(content, kind="在谈", as_of=TODAY)
    by_name = read(content, sheet="藏")

    assert (by_columns.sheet, by_kind.sheet, by_name.sheet) == ("签约", "在谈", "藏")
    assert any("“在谈”也像台账" in problem.text for problem in by_columns.problems)
    assert not by_name.problems
    with pytest.raises(Refused, match="“签约”、“在谈”"):
        read(content, sheet="没有")


def test_a_file_without_a_heading_is_refused_with_what_is_wanted():
    with pytest.raises(Refused, match="没有找到表头"):
        read(xlsx([["填写说明："], ["一、落地项目"]]))
    with pytest.raises(Refused, match="没有找到表头"):
        read(xlsx([]))


def test_a_heading_without_lines_is_told():
    assert texts(read(xlsx([SIMPLE]))) == {"A1": "表头以下没有数据"}
