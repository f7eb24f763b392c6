"""What is invented is the same each time, is right where rules ask, and is messy where it should be."""

from io import BytesIO

import openpyxl
import pypdfium2

from yipanqi.cli.demo.county import County, drawn_county
from yipanqi.cli.demo.samples import ROWS, write_ledger
from yipanqi.cli.evidence import pdf, png
from yipanqi.cli.founding import DEFINITIONS, plan_of
from yipanqi.facts.projects.rules import is_credit_code
from yipanqi.place.rules import parsed


def drawn() -> County:
    definitions = parsed(DEFINITIONS.read_text(encoding="utf-8"))
    return drawn_county(plan_of(), definitions)


def told(county: County) -> list[object]:
    """Everything a county tells, in words that can be compared."""
    return [
        (story.name, story.shares, story.columns, [(type(s).__name__, s.on) for s in story.steps])
        for story in county.stories
    ]


def test_the_same_seed_tells_the_same_county():
    assert told(drawn()) == told(drawn())


def test_companies_have_codes_that_are_right_and_belong_to_nobody():
    codes = [story.columns.get("credit_code", "") for story in drawn().stories]
    given = [code for code in codes if code]

    assert len(given) > 50
    assert all(is_credit_code(code) and code[2:8] == "999999" for code in given)


def test_the_ledger_to_be_imported_is_as_messy_as_real_ones(tmp_path):
    sheet = openpyxl.load_workbook(write_ledger(tmp_path, seed=1)).active
    names = [str(row[1].value).strip() for row in sheet.iter_rows(min_row=6, max_row=35)]

    assert len(names) == ROWS
    assert sheet["A3"].coordinate in {str(r).split(":")[0] for r in sheet.merged_cells.ranges}
    assert sheet["A5"].value == "示例"
    assert sheet["B36"].value == "29个"
    assert any("云岭食品马铃薯" in name for name in names)
    assert {type(row[13].value).__name__ for row in sheet.iter_rows(min_row=6)} >= {"str", "int"}


def test_the_tiny_files_are_what_they_are_named():
    page = pypdfium2.PdfDocument(pdf("Qinghe demo evidence 1"))

    assert "Qinghe demo evidence" in page[0].get_textpage().get_text_range()
    assert BytesIO(png(3)).read(8) == b"\x89PNG\r\n\x1a\n"
    page.close()
