"""The Word file, read back as XML."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from yipanqi.documents.papers.factories import make_paper
from yipanqi.documents.papers.rules import Annex, Column, Paragraph, Table, to_docx

HOSTILE = "<w:p>&amp;]]> {{ 7*7 }} {% if x %} =1+1 \x00\x0b\x1f 喆堃\U00020bb7"


def opened(paper):
    return Document(io.BytesIO(to_docx(paper)))


def part(paper, name):
    with zipfile.ZipFile(io.BytesIO(to_docx(paper))) as package:
        return package.read(name).decode()


def said(word, style):
    named = [found for found in word.paragraphs if found._p.pPr.pStyle.val == style]
    return [found.text for found in named]


@pytest.fixture(scope="module")
def bulletin():
    return opened(make_paper())


def attributes(element, path):
    found = element.find(path.replace("w:", f"{{{element.nsmap['w']}}}"))
    return {name.split("}")[1]: value for name, value in found.attrib.items()}


def test_pages_are_a4_with_the_margins_of_the_standard(bulletin):
    upright, turned, _ = bulletin.sections

    assert (upright.page_width, upright.page_height) == (7560310, 10692130)
    sides = (upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin)
    assert [round(side.mm, 1) for side in sides] == [37, 35, 28, 26]
    sides = (turned.right_margin, turned.left_margin, turned.top_margin, turned.bottom_margin)
    assert [round(side.mm, 1) for side in sides] == [37, 35, 28, 26]
    assert turned.page_width == upright.page_height


def test_text_is_set_on_22_lines_of_28_characters(bulletin):
    text = bulletin.styles["公文正文"].element

    assert attributes(text, "w:pPr/w:spacing")["line"] == "579"
    assert attributes(text, "w:pPr/w:spacing")["lineRule"] == "exact"
    assert attributes(text, "w:pPr/w:ind")["firstLineChars"] == "200"
    assert attributes(text, "w:rPr/w:spacing")["val"] == "-5"
    assert attributes(text, "w:rPr/w:sz")["val"] == "32"


@pytest.mark.parametrize(
    ("style", "face"),
    [
        ("Normal", "仿宋_GB2312"),
        ("Heading 1", "黑体"),
        ("Heading 2", "楷体_GB2312"),
        ("Heading 3", "仿宋_GB2312"),
        ("发文机关标志", "方正小标宋简体"),
        ("Title", "方正小标宋简体"),
        ("单页码", "宋体"),
        ("表头", "黑体"),
    ],
)
def test_each_style_names_the_face_of_the_standard_for_chinese_too(bulletin, style, face):
    fonts = attributes(bulletin.styles[style].element, "w:rPr/w:rFonts")

    assert {fonts["eastAsia"], fonts["ascii"], fonts["hAnsi"]} == {face}


def test_headings_are_found_by_the_navigation_of_word(bulletin):
    levels = [bulletin.styles[f"Heading {level}"].element for level in (1, 2, 3, 4)]

    assert [attributes(level, "w:pPr/w:outlineLvl")["val"] for level in levels] == list("0123")
    assert said(bulletin, "Heading1") == [
        "一、总体进展情况",
        "二、排名情况",
        "三、存在问题",
        "四、下步要求",
    ]
    assert said(bulletin, "Heading4") == ["（1）用地指标。"]


def test_the_parts_stand_in_the_order_of_the_standard(bulletin):
    styles = [found._p.pPr.pStyle.val for found in bulletin.paragraphs]

    order = ["Mark", "Number", "Title", "Addressees", "Text", "AnnexNote", "Organ", "Date", "Note"]
    places = [styles.index(style) for style in [*order, "AnnexMark", "AnnexTitle", "Reserve"]]
    assert places == sorted(places)


def test_addressees_and_annexes_are_written_as_the_standard_says(bulletin):
    assert said(bulletin, "Addressees") == [
        "各乡镇党委、人民政府，县经济开发区管委会，县直各有关单位："
    ]
    assert said(bulletin, "AnnexNote") == [
        "附件：1.\t2026年11月上半月各乡镇招商引资主要指标进度表",
        "2.\t“五未”项目清单",
    ]
    assert said(bulletin, "Note") == ["（联系人：沈玥；联系电话：0000—1234567）"]


def test_the_date_ends_four_characters_from_the_right_and_the_organ_is_centred_over_it():
    word = opened(make_paper(signed_by="青禾县政府", dated=date(2026, 1, 2)))

    styles = ("Organ", "Date")
    indents = [
        found.paragraph_format.left_indent.twips
        for found in word.paragraphs
        if found._p.pPr.pStyle.val in styles
    ]
    assert len(set(indents)) == 1
    space = 8845 - indents[0]
    date_width = 6 * 315
    assert space / 2 - date_width / 2 == pytest.approx(4 * 315, abs=40)


def test_page_numbers_are_fields_on_the_right_of_odd_and_the_left_of_even_pages(bulletin):
    for section in bulletin.sections:
        for footer, style in (
            (section.footer, "OddPage"),
            (section.even_page_footer, "EvenPage"),
        ):
            fields = list(footer._element.iter(qn("w:fldSimple")))
            assert {field.get(qn("w:instr")) for field in fields} == {" PAGE "}
            assert f'w:val="{style}"' in footer._element.xml
    assert bulletin.settings.odd_and_even_pages_header_footer


def test_table_heads_repeat_rows_stay_whole_and_figures_stand_right(bulletin):
    board, progress, late = bulletin.tables

    for table in (board, progress, late):
        rows = list(table._tbl.iter(qn("w:tr")))
        heads = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
        assert len(heads) == (2 if table is progress else 1)
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    assert board.cell(1, 2).paragraphs[0].alignment == 2
    assert board.cell(1, 0).paragraphs[0].alignment == 1


def test_columns_of_a_group_stand_under_one_head(bulletin):
    progress = bulletin.tables[1]

    assert [cell.text for cell in progress.rows[0].cells] == [
        "序号",
        "单位",
        *["签约项目（个）"] * 2,
        *["开工项目（个）"] * 2,
        *["到位资金"] * 3,
    ]
    assert progress.cell(1, 8).text == "完成率"
    assert progress.rows[-1].cells[1].paragraphs[0].style.name == "表格合计"


def test_the_imprint_stands_in_a_box_once_for_each_kind_of_reader():
    text = part(make_paper(), "word/document.xml")

    assert text.count("抄送：县委、县人大常委会") == 2
    assert text.count("2026年11月20日印发") == 2
    assert "<mc:Fallback>" in text


def test_without_copies_the_imprint_says_only_who_printed_and_when():
    paper = make_paper(copied_to=(), printed_by="县府办", printed_on=date(2026, 12, 1), note="")

    text = part(paper, "word/document.xml")

    assert "抄送" not in text
    assert "县府办" in text
    assert "2026年12月1日印发" in text


def test_a_wide_table_turns_its_own_page_only():
    wide = Table(columns=(Column(title="甲"),), rows=(("1",),), landscape=True)
    paper = make_paper(blocks=(Paragraph(text="前"), wide, Paragraph(text="后")), annexes=())

    orientations = [section.orientation for section in opened(paper).sections]

    assert orientations == [0, 1, 0]


def test_a_paper_may_lack_addressees_and_an_annex_may_hold_text():
    annex = Annex(title="办法", blocks=(Paragraph(text="第一条"),))

    word = opened(make_paper(addressees=(), annexes=(annex,)))

    assert said(word, "Addressees") == []
    assert said(word, "AnnexNote") == ["附件：办法"]
    assert said(word, "AnnexMark") == ["附件"]
    assert said(word, "Text")[-1] == "第一条"


def test_the_signature_never_stands_on_a_page_without_text():
    word = opened(make_paper(blocks=(Paragraph(text="前"), Paragraph(text="后")), annexes=()))

    texts = [found for found in word.paragraphs if found._p.pPr.pStyle.val == "Text"]

    assert [found.paragraph_format.keep_with_next for found in texts] == [None, True]
    assert len(opened(make_paper(blocks=())).sections) == 3


def test_a_line_with_a_cell_too_few_is_filled_up():
    table = Table(columns=(Column(title="甲"), Column(title="乙")), rows=(("1",),))

    word = opened(make_paper(blocks=(table,), annexes=()))

    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["1", ""]


def test_the_same_paper_gives_the_same_bytes():
    assert to_docx(make_paper()) == to_docx(make_paper())


def test_the_file_says_who_and_when_from_the_paper_and_nothing_of_a_template():
    paper = make_paper()

    with zipfile.ZipFile(io.BytesIO(to_docx(paper))) as package:
        names = set(package.namelist())
        moments = {entry.date_time for entry in package.infolist()}
    properties = opened(paper).core_properties

    assert moments == {(1980, 1, 1, 0, 0, 0)}
    assert not {name for name in names if "thumbnail" in name or "theme" in name}
    assert properties.author == properties.last_modified_by == paper.signed_by
    assert properties.created == properties.modified == datetime(2026, 11, 20, tzinfo=UTC)
    assert properties.title == paper.title


def test_hostile_words_are_printed_as_they_are():
    cell = Table(columns=(Column(title=HOSTILE),), rows=((HOSTILE,), ("长" * 500,)))
    paper = make_paper(
        organ=HOSTILE,
        number=HOSTILE,
        title=HOSTILE,
        addressees=(HOSTILE,),
        blocks=(Paragraph(text=HOSTILE, lead=HOSTILE), cell),
        annexes=(Annex(title=HOSTILE, blocks=()),),
        signed_by=HOSTILE,
        note=HOSTILE,
        copied_to=(HOSTILE,),
        printed_by=HOSTILE,
    )

    word = opened(paper)

    assert word.tables[0].cell(1, 0).text.startswith("<w:p>&amp;]]> {{ 7*7 }} {% if x %} =1+1")
    assert "喆堃\U00020bb7" in word.tables[0].cell(1, 0).text
    assert said(word, "Title")[0].startswith("<w:p>&amp;]]> {{ 7*7 }}")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_words_make_the_file_unreadable(words, others):
    table = Table(columns=(Column(title=words, group=others),), rows=((others,),), unit=words)
    blocks = (Paragraph(text=words, lead=others), table)

    word = opened(make_paper(title=words, signed_by=others, blocks=blocks, annexes=()))

    assert len(word.tables) == 1
