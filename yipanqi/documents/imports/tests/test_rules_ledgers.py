"""Whole ledgers: what each line is, and what becomes of it."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from yipanqi.core.problems import Refused
from yipanqi.documents.imports.rules.reading import Reading, read_ledger
from yipanqi.documents.imports.rules.rows import Outcome, Row
from yipanqi.documents.imports.rules.values import Amount
from yipanqi.documents.imports.tests.ledgers import (
    SIMPLE,
    Line,
    Rows,
    ledger,
    signed_template,
    xls,
    xlsx,
)

TODAY = date(2026, 11, 20)
GOOD = [1, "甲项目", "甲公司", 500, "发改局"]


def read(content: bytes, **asked: object) -> Reading:
    return read_ledger(content, kind=None, as_of=TODAY, **asked)  # type: ignore[arg-type]  # keywords


def texts(row: Row | Reading) -> dict[str, str]:
    return {problem.where: problem.text for problem in row.problems}


def totals(reading: Reading) -> list[tuple[str, str, str]]:
    return [(total.cell, total.printed, total.computed) for total in reading.totals]


def test_the_reading_is_told_in_plain_words_and_lists():
    told = read(ledger(GOOD, ["合计", "", "", 600])).json()

    assert told["columns"][3] == {
        "source": "总投资（万元）",
        "field": "total_investment",
        "unit": "万元",
        "kept": True,
        "label": "总投资",
    }
    assert told["header_rows"] == [2]
    assert told["rows"] == [{"row": 3, "outcome": "accepted", "problems": []}]
    assert told["totals"] == [{"cell": "D4", "printed": "600", "computed": "500"}]


def test_an_old_sheet_under_a_new_name_is_read(tmp_path: Path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(xls([["", ""], SIMPLE, GOOD]) + signed_template())

    reading = read_ledger(path, kind=None, as_of=TODAY)

    assert reading.rows[0].values["name"] == "甲项目"
    assert reading.rows[0].raw == ("1", "甲项目", "甲公司", "500", "发改局")


@pytest.mark.libreoffice
def test_an_old_sheet_of_an_office_program_is_read(tmp_path: Path):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not here")
    source = tmp_path / "template.xlsx"
    source.write_bytes(signed_template())
    command = [
        program,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xls",
    ]
    subprocess.run([*command, "--outdir", tmp_path, source], check=True, capture_output=True)
    (tmp_path / "template.xls").rename(source)

    reading = read_ledger(source, kind=None, as_of=TODAY)

    assert (reading.header_rows, len(reading.columns)) == ((2, 3), 42)
    assert [row.outcome for row in reading.rows] == ["refused"]


def test_a_line_is_accepted_warned_or_refused_by_itself():
    bad_name = ["", "", "乙公司", 500, "发改局"]
    bad_money = [3, "丙项目", "丙公司", "厂库房", "发改局"]
    between = [4, "丁项目", "丁公司", "1.2-1.5亿", "发改局"]

    rows = read(ledger(GOOD, bad_name, bad_money, between)).rows

    assert [row.outcome for row in rows] == ["accepted", "refused", "refused", "warned"]
    assert [list(texts(row)) for row in rows] == [[], ["B4"], ["D5"], ["D6"]]
    assert "total_investment" not in rows[3].values
    assert rows[0].values["total_investment"] == Amount(
        500_000_000, "CNY", "万元", approximate=False, raw="500"
    )


def test_a_formula_nobody_computed_asks_to_be_saved_once():
    (row,) = read(ledger([1, "甲项目", "甲公司", "=1+1", "=A1"])).rows

    assert row.outcome is Outcome.REFUSED
    assert set(texts(row)) == {"D3", "E3"}
    assert all("保存一次" in text for text in texts(row).values())


def test_the_finest_industry_that_is_given_is_taken():
    heading: Line = ["项目名称", "行业大类", "行业中类", "行业小类"]
    rows: Rows = [
        heading,
        ["甲", "工业_01", "装备_0101", "机器人_010101"],
        ["乙", "工业_01", "装备_0101", ""],
    ]

    assert [row.values["industry"] for row in read(xlsx(rows)).rows] == ["机器人", "装备"]


def test_columns_that_are_not_kept_are_still_checked_against_their_unit():
    heading: Line = [
        "项目名称",
        "投资方",
        "总投资（万元）",
        "厂库房需求（平方米）",
        "年产量（吨）",
        "编外",
    ]
    rows: Rows = [
        heading,
        ["甲", "乙", 5, "厂库房", 3, 110101199003078515],
        ["乙", "乙", 5, 12, 3, 4],
    ]

    first, second = read(xlsx(rows)).rows

    assert (first.outcome, set(texts(first))) == (Outcome.WARNED, {"D2", "F2"})
    assert second.outcome is Outcome.ACCEPTED


def test_sections_notes_and_blank_lines_are_no_projects():
    rows: Rows = [
        ["一、工业项目"],
        GOOD,
        [2],
        ["", " "],
        ["（一）食品"],
        [1, "乙项目", "乙公司", 5, "发改局"],
        ["二", "服务业", "", 5],
        [1, "丙项目", "丙公司", 5, "发改局"],
        ["注：以上为协议数。"],
    ]

    reading = read(ledger(*rows))

    assert [row.number for row in reading.rows] == [4, 8, 10]
    assert totals(reading) == [("D9", "5", "5")]


def test_a_title_repeated_across_the_sheet_is_no_project():
    reading = read(
        xlsx([SIMPLE, GOOD, ["续表", "", "", "", ""], ["", "单名", "", "", ""]], merged=["A3:E3"])
    )

    assert [row.number for row in reading.rows] == [2, 4]


def test_projects_numbered_in_chinese_are_projects():
    assert len(read(ledger(["一", "甲项目", "", 5], ["二", "乙项目", "", 6])).rows) == 2
    assert (
        len(read(ledger(["一、", "甲项目", "甲", 5, "局"], ["二、", "乙项目", "乙", 6, "局"])).rows)
        == 2
    )
    assert read(ledger(["一、工业"])).rows == ()


@pytest.mark.parametrize(
    "line",
    [
        ["例", "某某项目", "某某公司", 100, "发改局"],
        ["", "示例项目", "", "", ""],
        ["", "XX产业园", "XX公司", 100, "XX局"],
        ["", "项目名称", "投资方", 12, "责任单位"],
        list(SIMPLE),
    ],
)
def test_a_sample_line_is_told_and_left_out(line):
    first, second = read(ledger(line, GOOD)).rows

    assert (first.outcome, first.problems[0].text) == (Outcome.REFUSED, "示例行")
    assert second.outcome is Outcome.ACCEPTED


def test_the_same_heading_again_is_passed_over_and_another_one_is_refused():
    again = read(ledger(GOOD, SIMPLE, [2, "乙项目", "乙公司", 5, "局"]))
    named_oddly = read(ledger(GOOD, [2, "投资方", "乙公司", 5, "局"]))

    assert [row.outcome for row in again.rows] == ["accepted", "accepted"]
    assert [row.outcome for row in named_oddly.rows] == ["accepted", "accepted"]
    with pytest.raises(Refused, match="第2行和第4行") as refused:
        read(ledger(GOOD, ["序号", "投资方", "项目名称", "签约日期"]))
    assert refused.value.problems[0].where == "A2、A4"


def test_a_merged_name_is_one_project_and_merged_words_hold_for_every_line():
    rows: Rows = [
        [*SIMPLE, "落地时间"],
        [1, "甲", "甲公司", 5, "发改局", "2024-03-01"],
        [2, "", "乙公司", "", "", ""],
        [3, "丙", "丙公司", 6, "", ""],
    ]

    first, second, third = read(xlsx(rows, merged=["B2:B3", "D2:D3", "E2:E4", "F2:F4"])).rows

    assert first.outcome is Outcome.ACCEPTED
    assert (second.outcome, set(texts(second))) == (Outcome.REFUSED, {"B3", "D3", "F3"})
    assert third.values["lead_unit"] == "发改局"
    assert "没有重复取用" in texts(third)["F4"]


def test_blanks_merged_over_several_lines_say_nothing():
    rows: Rows = [SIMPLE, [1, "甲", "甲公司", 5, ""], [2, "乙", "乙公司", 5, ""]]

    assert [row.outcome for row in read(xlsx(rows, merged=["E2:E3"])).rows] == [
        "accepted",
        "accepted",
    ]


def test_the_same_project_twice_in_a_file_is_doubted():
    first, second = read(ledger(GOOD, [2, "☆甲项目 ", "甲公司", 6, "局"])).rows

    assert not first.problems
    assert texts(second) == {"B4": "与第3行的项目名称、投资方相同，请核对是否重复"}


def test_what_is_reported_as_done_cannot_lie_ahead():
    heading: Line = ["项目名称", "投资方", "签约日期", "开工时间", "投产时间"]
    rows: Rows = [heading, ["甲", "乙", "2026-11-21", "2026-11-20", "3月"]]

    (row,) = read(xlsx(rows)).rows

    assert "晚于2026-11-20" in texts(row)["C2"]
    assert set(texts(row)) == {"C2", "E2"}


def test_a_code_destroyed_by_the_spreadsheet_refuses_its_line_alone():
    heading: Line = ["项目名称", "投资方", "项目编码", "联系电话"]
    rows: Rows = [heading, ["甲", "乙", 110101199003078515, 13313311331.0], ["丙", "丁", "A-1", ""]]

    first, second = read(xlsx(rows)).rows

    assert (first.outcome, list(texts(first))) == (Outcome.REFUSED, ["C2"])
    assert first.values["phone"] == "13313311331"
    assert second.outcome is Outcome.ACCEPTED
