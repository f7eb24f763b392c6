"""Pages by LibreOffice: what happens without it, and what the printed paper looks like."""

import re
import shutil
from collections import Counter

import pypdfium2
import pytest

from yipanqi.core.problems import Refused
from yipanqi.documents.papers.factories import make_paper
from yipanqi.documents.papers.rules import Paragraph, to_docx, to_pdf

MISSING = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is missing")


def printed(test):
    """A test of pages, which only LibreOffice makes, here with stand-in faces."""
    return pytest.mark.libreoffice(MISSING(test))


def program(folder, text):
    office = folder / "soffice"
    office.write_text(f"#!/bin/sh\n{text}\n")
    office.chmod(0o700)
    return f"{folder}:/usr/bin:/bin"


def test_without_libreoffice_the_user_is_told_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Refused, match="没有安装LibreOffice"):
        to_pdf(b"")


def test_a_conversion_that_yields_nothing_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", program(tmp_path, "exit 1"))

    with pytest.raises(Refused, match="未能"):
        to_pdf(b"")


def test_a_conversion_that_takes_too_long_is_stopped_with_all_it_started(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", program(tmp_path, "sleep 30 & sleep 30"))

    with pytest.raises(Refused, match=r"超过0\.2秒"):
        to_pdf(b"", patience=0.2)


class Pages:
    """The pages of a PDF as text and as letters with their places in millimetres."""

    def __init__(self, pdf):
        self.document = pypdfium2.PdfDocument(pdf)

    def __len__(self):
        return len(self.document)

    def text(self, number):
        return re.sub(r"\s", "", self.document[number - 1].get_textpage().get_text_range())

    def letters(self, number):
        """Each letter with left, right, and distance of its top from the top of the page."""
        page = self.document[number - 1]
        height, text = page.get_height(), page.get_textpage()
        for place in range(text.count_chars()):
            left, _, right, top = text.get_charbox(place)
            yield text.get_text_range(place, 1), mm(left), mm(right), mm(height - top)


def mm(points):
    return points * 25.4 / 72


@pytest.fixture(scope="module")
def bulletin():
    return Pages(to_pdf(to_docx(make_paper())))


@pytest.fixture(scope="module")
def full():
    return Pages(to_pdf(to_docx(make_paper(blocks=(Paragraph(text="国" * 1500),), annexes=()))))


@printed
def test_the_first_page_shows_head_title_and_text(bulletin):
    page = bulletin.text(1)

    assert page.startswith("青禾县招商引资工作领导小组办公室文件青招组办〔2026〕12号")
    assert "一、总体进展情况" in page


@printed
def test_the_red_name_stands_35_mm_below_the_top_of_the_type_area(bulletin):
    _, left, _, top = next(bulletin.letters(1))

    assert top == pytest.approx(37 + 35, abs=1.5)
    assert left >= 28


@printed
def test_text_signature_and_annexes_stand_on_the_pages_one_expects(bulletin):
    texts = [bulletin.text(number) for number in range(1, len(bulletin) + 1)]

    assert len(texts) == 7
    assert "2026年11月20日" in texts[3]
    assert texts[4].startswith("附件12026年11月上半月")
    assert "附件2“五未”项目清单" in texts[5]
    assert "抄送：县委、县人大常委会" in texts[6]


@printed
def test_rare_characters_of_names_are_printed(bulletin):
    everything = "".join(bulletin.text(number) for number in range(1, len(bulletin) + 1))

    assert set("喆堃昇璟玥赟翀祎镕犇") <= set(everything)


@printed
def test_the_head_of_a_table_is_repeated_on_its_next_page(bulletin):
    assert "名次单位到位资金" in bulletin.text(2)
    assert bulletin.text(3).startswith("名次单位到位资金")


@printed
def test_page_numbers_stand_outside_on_odd_and_even_pages(bulletin):
    places = {number: page_number(bulletin, number) for number in (1, 2)}

    assert places[1][0] == "—1—"
    assert places[1][2] == pytest.approx(184 - 4.94, abs=0.6)
    assert places[2][0] == "—2—"
    assert places[2][1] == pytest.approx(28 + 4.94, abs=0.6)


def page_number(pages, number):
    found = [letter for letter in pages.letters(number) if letter[3] > 262 and letter[0].strip()]
    words = "".join(letter[0] for letter in found)
    return words, min(letter[1] for letter in found), max(letter[2] for letter in found)


@printed
def test_a_turned_page_has_its_number_where_an_upright_one_has_it(bulletin):
    dashes = [letter for letter in bulletin.letters(6) if letter[0] == "—"]

    assert len(dashes) == 2
    assert all(25 < left < right < 30 for _, left, right, _ in dashes)
    assert all(30 < top < 50 for _, _, _, top in dashes)


@printed
def test_a_full_page_has_22_lines_of_28_characters_within_the_type_area(full):
    letters = [letter for letter in full.letters(2) if letter[0] == "国"]

    lines = Counter(round(top) for _, _, _, top in letters)

    assert list(lines.values()) == [28] * 22
    assert min(left for _, left, _, _ in letters) >= 28
    assert max(right for _, _, right, _ in letters) <= 184.1
    assert min(lines) >= 37
    assert max(lines) <= 262


@printed
def test_the_imprint_ends_on_the_lower_edge_of_the_last_type_area(full):
    printed_line = [letter for letter in full.letters(len(full)) if letter[0] == "印"][-1]

    assert 262 - 9 < printed_line[3] < 262
