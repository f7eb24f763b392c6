"""The tables of a paper in Excel: real numbers that look as they are printed, ready for A4."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from yipanqi.documents.papers.factories import make_paper
from yipanqi.documents.papers.rules import Annex, Column, Kind, Table, to_xlsx
from yipanqi.documents.papers.rules.excel import Cell, cell_of

NUMBER = Column(title="完成", kind=Kind.NUMBER)
TEXT = Column(title="单位")


@pytest.mark.parametrize(
    ("printed", "column", "cell"),
    [
        ("8,640", NUMBER, Cell(8640, "#,##0")),
        ("8,640.5", NUMBER, Cell(8640.5, "#,##0.0")),
        ("1200", NUMBER, Cell(1200, "#,##0")),
        ("-3", NUMBER, Cell(-3, "#,##0")),
        ("88.8%", NUMBER, Cell(0.888, "#,##0.0%")),
        ("超3.2", NUMBER, Cell(3.2, '"超"#,##0.0;"欠"#,##0.0;"超"#,##0.0')),
        ("欠3.2", NUMBER, Cell(-3.2, '"超"#,##0.0;"欠"#,##0.0;"超"#,##0.0')),
        ("—", NUMBER, Cell("—")),
        ("", NUMBER, Cell("")),
        ("3", TEXT, Cell("3")),
        ("2026-05-09", TEXT, Cell(date(2026, 5, 9), "yyyy-mm-dd")),
    ],
)
def test_a_printed_cell_becomes_the_number_that_it_is(printed, column, cell):
    assert cell_of(printed, column) == cell


def test_each_annex_is_a_page_with_its_number_and_title_landscape_on_a4():
    paper = make_paper()

    book = openpyxl.load_workbook(BytesIO(to_xlsx(paper)))

    assert book.sheetnames == [annex.title[:31] for annex in paper.annexes]
    for page, mark, annex in zip(book, paper.annex_marks, paper.annexes, strict=True):
        assert (page["A1"].value, page["A2"].value) == (mark, annex.title)
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0


def test_the_parts_of_a_table_add_up_in_excel_as_they_do_in_print():
    paper = make_paper()
    table = next(table for table in paper.tables if table.total)
    place = next(i for i, column in enumerate(table.columns) if column.sums)

    page = openpyxl.load_workbook(BytesIO(to_xlsx(paper)))[table.title[:31]]

    values = [row[place] for row in page.iter_rows(values_only=True)]
    numbers = [value for value in values if isinstance(value, int | float)]
    assert sum(numbers[:-1]) == numbers[-1]


def test_a_narrow_table_keeps_its_notes_and_an_annex_of_words_has_no_page():
    narrow = Table(columns=(TEXT,), rows=(("青山镇",),), title="名单", notes=("按笔画排序",))
    annexes = (Annex(title="名单", blocks=(narrow,)), Annex(title="说明", blocks=()))

    book = openpyxl.load_workbook(BytesIO(to_xlsx(replace(make_paper(), annexes=annexes))))

    assert book.sheetnames == ["名单"]
    assert "按笔画排序" in [cell.value for cell in book["名单"]["A"]]


def test_the_same_paper_gives_the_same_bytes_and_says_when_it_was_dated():
    paper = make_paper()

    assert to_xlsx(paper) == to_xlsx(paper)
    created = openpyxl.load_workbook(BytesIO(to_xlsx(paper))).properties.created
    assert created == datetime.combine(paper.dated, datetime.min.time())
