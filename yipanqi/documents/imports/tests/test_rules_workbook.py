"""Workbooks become plain cells, apart from this process; what the parser leaves out is put back."""

import io
import json
import resource
import struct
import sys
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from yipanqi.core.problems import Refused
from yipanqi.documents.imports.rules import child, markup, workbook
from yipanqi.documents.imports.rules.child import answer
from yipanqi.documents.imports.rules.guard import Format, guard
from yipanqi.documents.imports.rules.workbook import RawSheet, read_workbook
from yipanqi.documents.imports.tests.ledgers import SIMPLE, edited, ledger, ods, record, xls, xlsx

LEDGER = ledger([1, "甲项目", "甲公司", 500, "某局"])
SHEET = "xl/worksheets/sheet1.xml"


def only(content: bytes) -> RawSheet:
    (sheet,) = sheets(content)
    return sheet


def sheets(content: bytes) -> tuple[RawSheet, ...]:
    """What the child would say, in this process."""
    return workbook.sheets_of(answer(guard(content), content))


def markup_of(rows: str) -> bytes:
    """A ledger whose first sheet consists of this markup."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    body = f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>"
    return edited(LEDGER, {SHEET: body.encode()})


def test_cells_keep_their_types_across_the_processes():
    moment = datetime(2024, 3, 15, 10, 30)  # noqa: DTZ001 - a spreadsheet's moment has no zone
    row = ["文字", 1.5, True, date(2020, 12, 12), moment, time(3, 4), "", "末"]

    (sheet,) = read_workbook(xlsx([row]))

    assert sheet.rows == (("文字", 1.5, True, date(2020, 12, 12), moment, "03:04:00", "", "末"),)
    assert sheet.rows[0][1].__class__ is float


def test_every_sheet_is_read_with_its_merges_and_whether_it_is_hidden():
    content = xlsx(
        [["甲", ""], ["", ""]], merged=["A1:B2"], more={"藏": [["乙"]], "空": []}, hidden=["藏"]
    )

    first, second, third = sheets(content)

    assert (first.name, first.merged, first.hidden) == ("台账", ((0, 0, 1, 1),), False)
    assert (second.name, second.rows, second.hidden) == ("藏", (("乙",),), True)
    assert third.rows == ()


def test_a_formula_without_its_value_is_marked_and_a_computed_blank_is_not():
    computed = '<row r="2"><c r="A2" t="str"><f>IF(1=2,1,"")</f><v></v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
    shared = '<row r="3"><c r="C3"><f t="shared" si="0"/></c><c><f>1</f></c></row>'

    assert only(xlsx([["=1+1", "文"], ["=SUM(A1:A9)"]])).unsaved == {(0, 0), (1, 0)}
    assert only(markup_of(computed + shared)).unsaved == {(2, 2)}


def test_error_values_are_not_taken_for_blanks():
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    last = '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'

    assert only(markup_of(row + last)).rows == ((1.0, "", "#DIV/0!"), ("#REF!", "", ""))


def test_errors_in_the_binary_format_are_not_taken_for_blanks_either():
    computed = struct.pack("<HHH", 1, 1, 0) + b"\x02\x00\x07\x00\x00\x00\xff\xff" + b"\0" * 8
    typed = struct.pack("<HHHBB", 1, 2, 0, 0x2A, 1)
    true = struct.pack("<HHHBB", 1, 3, 0, 1, 0)
    cells = (
        record(0x06, computed)
        + record(0x205, typed)
        + record(0x205, true)
        + record(0x201, b"\0" * 6)
    )

    assert only(xls([["甲"]], cells=cells)).rows[1] == ("", "#DIV/0!", "#N/A", True)


def test_days_counted_from_1904_are_known():
    assert only(xlsx([[date(2024, 3, 15)]], epoch_1904=True)) == RawSheet(
        name="台账", rows=((date(2024, 3, 15),),), epoch_1904=True
    )
    assert only(xls([[44177]], extra=record(0x22, b"\x01\x00"))).epoch_1904
    assert not only(xls([[44177]])).epoch_1904


def test_an_open_document_tells_its_merges_and_errors():
    text = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    empty = '<table:table-cell table:number-columns-repeated="16000"/>'
    wide = text.format(' table:number-columns-spanned="2" table:number-rows-spanned="2"', "标题")
    first = f"<table:table-row>{wide}<table:covered-table-cell/>{empty}</table:table-row>"
    error = text.format(' calcext:value-type="error"', "#DIV/0!")
    second = (
        f"<table:table-row>{text.format('', '甲')}{text.format('', '乙')}{error}</table:table-row>"
    )
    alone = text.format(' calcext:value-type="error"', "#REF!")
    third = f"<table:table-row>{alone}</table:table-row>"
    rest = f'<table:table-row table:number-rows-repeated="1000000">{empty}</table:table-row>'

    sheet = only(ods(first + second + third + rest))

    assert sheet.rows[1][:3] == ("甲", "乙", "#DIV/0!")
    assert sheet.rows[2][0] == "#REF!"
    assert sheet.merged == ((0, 0, 1, 1),)


@pytest.mark.parametrize(
    "content",
    [
        markup_of('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        markup_of('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        xls([[*[""] * 250, 1]]),
        xls([["甲"]], cells=record(0xBD, struct.pack("<HHHIHIH", 0, 254, 0, 0, 0, 0, 255))),
        ods('<table:table-row><table:table-cell table:number-columns-repeated="900"><text:p>1</text:p>'
            "</table:table-cell></table:table-row>"),
        ods('<table:table-row table:number-rows-repeated="90000"><table:table-cell><text:p>1</text:p>'
            "</table:table-cell></table:table-row>"),
        ("甲,乙\n" * 50_001).encode(),
        ("甲," * 201).encode(),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_cell_far_outside_is_refused_before_it_costs_anything(content):
    with pytest.raises(Refused, match="50000行或200列"):
        sheets(content)


def test_styled_blanks_far_outside_do_no_harm():
    assert only(markup_of('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>')).rows == (
        (1.0,),
    )


def test_the_last_line_that_may_be_filled_is_read():
    assert len(only(markup_of('<row r="50000"><c r="A50000"><v>1</v></c></row>')).rows) == 50_000


def test_text_separated_by_commas_or_tabs_is_a_sheet_too():
    assert only("项目名称,投资方\n甲,\n".encode("gb18030")).rows == (
        ("项目名称", "投资方"),
        ("甲", ""),
    )
    assert only("项目名称\t投资方\n".encode("utf-16")).name == "CSV"


@pytest.mark.parametrize(
    ("form", "content", "word"),
    [
        (Format.XLSX, edited(LEDGER, {"xl/workbook.xml": b"<workbook"}), "损坏"),
        (Format.XLSX, edited(LEDGER, {"xl/_rels/workbook.xml.rels": None}), "损坏"),
        (Format.ODS, ods("<unclosed>"), "损坏"),
        (Format.CSV, b'a,"' + b"x" * 140_000, "损坏"),
        (Format.CSV, b"a," + b"x" * 40_000, "32767"),
    ],
)
def test_what_the_parser_cannot_read_is_refused_with_a_sentence(form, content, word):
    assert word in json.loads(answer(form, content))["refused"]


def test_merges_without_number_are_refused():
    spans = "".join(f'<mergeCell ref="A{number}:A{number + 40_000}"/>' for number in range(1, 30))
    content = markup_of(f'<row r="1"/></sheetData><mergeCells>{spans}</mergeCells><sheetData>')

    assert "过多" in json.loads(answer(Format.XLSX, content))["refused"]


def test_an_answer_too_large_to_hand_over_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(child, "MAX_ANSWER", 10)

    assert "过多" in json.loads(answer(Format.XLSX, LEDGER))["refused"]


def test_too_little_memory_is_a_refusal_and_no_crash(monkeypatch: pytest.MonkeyPatch):
    def starve(_data):
        raise MemoryError

    monkeypatch.setitem(child.READERS, Format.XLSX, starve)

    assert "过多" in json.loads(answer(Format.XLSX, LEDGER))["refused"]


def test_the_child_sets_its_limits_before_it_reads(monkeypatch: pytest.MonkeyPatch):
    limits: dict[int, tuple[int, int]] = {}
    output = BytesIO()
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(sys, "argv", ["child", "csv", "7", "900000000"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(BytesIO(b"a,b")))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(output))

    child.main()

    assert limits[resource.RLIMIT_AS] == (900_000_000, 900_000_000)
    assert limits[resource.RLIMIT_CPU] == (7, 7)
    assert json.loads(output.getvalue())["sheets"][0]["rows"] == [["a", "b"]]


def test_what_grows_without_end_in_the_parser_meets_the_limit_of_its_memory():
    row = '<table:table-row table:number-rows-repeated="49000">'
    cell = '<table:table-cell table:number-columns-repeated="190" office:value-type="float" office:value="1">'

    with pytest.raises(Refused, match="内容过多"):
        read_workbook(ods(f"{row}{cell}<text:p>1</text:p></table:table-cell></table:table-row>"))


@pytest.mark.parametrize(
    ("program", "word"),
    [
        ("import time; time.sleep(9)", "用时过长"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "用时过长"),
        ("import os; os.abort()", "损坏"),
    ],
)
def test_a_child_that_hangs_or_dies_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program, word
):
    (tmp_path / "hostile.py").write_text(program)
    monkeypatch.setattr(workbook, "ROOT", tmp_path)
    monkeypatch.setattr(workbook, "CHILD", "hostile")

    with pytest.raises(Refused, match=word):
        read_workbook(LEDGER, timeout=1)


def test_markup_in_rows_of_another_prefix_or_without_end_is_read_in_pieces(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(markup, "BLOCK", 16)
    monkeypatch.setattr(markup, "UNENDING", 64)
    rows = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>' * 2 + "<x/>" * 40

    with ZipFile(BytesIO(markup_of(rows))) as file:
        marks = markup.marks_of_xlsx(file)

    assert marks["台账"].errors == {(0, 0): "#N/A"}


def test_a_sheet_that_the_archive_lacks_has_no_marks():
    with ZipFile(BytesIO(edited(LEDGER, {SHEET: None}))) as file:
        assert markup.marks_of_xlsx(file) == {}


def test_a_file_on_disk_is_read_whatever_its_name_says(tmp_path: Path):
    path = tmp_path / "内资导出数据模板.xlsx"
    path.write_bytes(xls([SIMPLE]) + LEDGER)

    assert read_workbook(path)[0].rows == (SIMPLE,)
