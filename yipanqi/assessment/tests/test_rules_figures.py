"""Tables of figures, and the command that scores them."""

import argparse
import io
import json
import zipfile
from contextlib import suppress
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yipanqi.assessment.rules import Method, read_figures_table, read_method, read_table, tables
from yipanqi.assessment.rules.figures import read_number
from yipanqi.cli import score as command
from yipanqi.core.problems import Refused

METHODS = Path(__file__).parents[3] / "methods"
METHOD = """
method: 办法
full: 10
figures:
  签约（个）: {unit: 个}
  率: {unit: "%"}
  同伴: {holders: true}
  翻倍: {is: "=[签约（个）]*2"}
groups:
  - {group: 乡镇组, items: [{item: 一, says: 规定, full: 10, points: =率}]}
"""


def method(text: str = METHOD) -> Method:
    return read_method(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,500", "12500"),
        ("-1,234,567.5", "-1234567.5"),
        ("８６．６％", "0.866"),
        ("1,5", None),
        ("约3", None),
        ("3个", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert read_number(text) == (None if number is None else Fraction(number))


def test_a_table_becomes_rows():
    table = [
        ["单位", "签约(个)", "率", "同伴", ""],
        ["", ""],
        ["甲镇", "1,200", " ", "乙、丙"],
        ["乙镇", "0"],
    ]

    first, second = read_figures_table(table, method())

    assert (first.holder, first.group) == ("甲镇", "乡镇组")
    assert first.values == {"签约(个)": 1200, "率": None}
    assert first.texts == {"同伴": "乙、丙"}
    assert second.values["签约(个)"] == 0


@pytest.mark.parametrize(
    ("table", "where", "text"),
    [
        ([], "", "表是空的"),
        ([["单位", "签约(个)", "率", "同伴", "税收"]], "第 1 行第 5 列", "办法里没有指标“税收”"),
        ([["单位", "签约", "率", "同伴"]], "第 1 行第 2 列", "是不是 “签约(个)”"),
        ([["单位", "签约(个)", "率"]], "第 1 行", "缺列“同伴”"),
        ([["单位", "签约(个)", "率", "同伴", "率"]], "第 1 行第 5 列", "列“率”有两个"),
        (
            [["单位", "签约(个)", "率", "同伴"], ["甲", "三个"]],
            "第 2 行“签约(个)”列",
            "（单位：个）",
        ),
        ([["单位", "签约(个)", "率", "同伴"], ["", "3"]], "第 2 行第 1 列", "没有单位名称"),
        (
            [["单位", "签约(个)", "率", "同伴"], ["甲", "", "", "", "9"]],
            "第 2 行",
            "比表头多出几格",
        ),
        ([["单位", "签约(个)", "率", "同伴"], ["甲", "1"], ["甲", "2"]], "甲", "“甲”出现两次"),
        ([["单位", "组", "签约(个)", "率", "同伴"], ["甲", "园区"]], "甲", "没有分组“园区”"),
    ],
)
def test_a_wrong_cell_is_named_with_a_remedy(table, where, text):
    with pytest.raises(Refused) as refused:
        read_figures_table(table, method())

    told = [(problem.where, problem.text) for problem in refused.value.problems]
    assert any(place == where and text in sentence for place, sentence in told), told


def test_a_bad_number_without_a_unit_is_told_without_one():
    plain = method(METHOD.replace("{unit: 个}", "{}"))
    with pytest.raises(Refused, match="请只写数，没有数就留空"):
        read_figures_table([["单位", "签约(个)", "率", "同伴"], ["甲", "三"]], plain)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_csv_is_read_in_any_usual_encoding(encoding, separator):
    content = f'单位{separator}率\r\n"甲镇"{separator}90%\r\n'.encode(encoding)

    assert read_table(content, name="表.csv") == [["单位", "率"], ["甲镇", "90%"]]


def excel(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_an_excel_file_is_read_without_the_noise_of_binary_fractions():
    content = excel(
        ("单位", "率"),
        ("甲镇", 0.1 + 0.2),
        ("乙镇", 12500),
        ("丙镇", None),
        ("丁", date(2026, 1, 2)),
    )

    table = read_table(content, name="表.xlsx")

    assert [row[1] for row in table] == ["率", "0.3", "12500", "", "2026-01-02"]


def unpacking_to(size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/a.xml", b"0" * size)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"PK\x03\x04 no zip", "Excel 文件打不开"),
        (unpacking_to(10), "Excel 文件打不开"),
        (unpacking_to(2_000), "解开后过大"),
        (b"\xd0\xcf\x11\xe0 no book", "Excel 文件打不开"),
        (b"\xff\xff\xff", "文字编码认不出来"),
        (b'a,"b\n', "csv 读不通"),
        (b"1\n" * 30, "表超过 20 行"),
        (b"x" * 5_000, "文件超过"),
    ],
)
def test_a_file_that_is_no_table_is_refused(monkeypatch, content, text):
    monkeypatch.setattr(tables, "MOST_BYTES", 4_000)
    monkeypatch.setattr(tables, "MOST_UNPACKED", 1_000)
    monkeypatch.setattr(tables, "MOST_ROWS", 20)

    with pytest.raises(Refused, match=text):
        read_table(content, name="表")


@given(st.binary(max_size=80))
@settings(deadline=None, max_examples=100)
def test_any_bytes_are_a_table_or_are_refused(content):
    with suppress(Refused):
        read_figures_table(read_table(content, name="表"), method())


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    args = parser.parse_args(["score", *arguments])
    return int(args.run(args))


COUNTY = (str(METHODS / "county-a/method.yaml"), "--figures", str(METHODS / "county-a/figures.csv"))


def test_the_command_prints_the_sheet_as_json(capsys):
    assert run(*COUNTY, "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"method", "groups", "lists", "problems"}
    assert told["groups"][0]["rows"][0]["total"] == "99.00"
    assert told["groups"][0]["rows"][0]["place"] == "1"


def test_the_command_prints_tables(capsys):
    assert run(*COUNTY) == 0

    assert "柳河镇" in capsys.readouterr().out


def test_the_command_writes_a_workbook(tmp_path, capsys):
    assert run(*COUNTY, "--xlsx", str(tmp_path / "out.xlsx")) == 0

    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames[:2] == ["指标", "乡镇组"]
    assert str(book["乡镇组"]["B7"].value).startswith("=B$5*MIN(")


@pytest.mark.parametrize(
    ("method_file", "figures_file", "out", "text"),
    [
        ("none.yaml", "figures.csv", "out.xlsx", "打不开"),
        ("latin.yaml", "figures.csv", "out.xlsx", "不是 UTF-8 文本"),
        ("method.yaml", "wrong.csv", "out.xlsx", "办法里没有指标"),
        ("method.yaml", "figures.csv", "none/out.xlsx", "写不进去"),
    ],
)
def test_the_command_refuses_with_a_sentence_and_a_code(
    tmp_path, capsys, method_file, figures_file, out, text
):
    (tmp_path / "method.yaml").write_text(METHOD, encoding="utf-8")
    (tmp_path / "latin.yaml").write_bytes(b"method: \xe9")
    (tmp_path / "figures.csv").write_text("单位,签约(个),率,同伴\n甲,1,1,\n", encoding="utf-8")
    (tmp_path / "wrong.csv").write_text("单位,税\n甲,1\n", encoding="utf-8")

    code = run(
        str(tmp_path / method_file),
        "--figures",
        str(tmp_path / figures_file),
        "--xlsx",
        str(tmp_path / out),
    )

    assert code != 0
    assert text in capsys.readouterr().err
