"""What a paper knows of itself before it is laid out."""

import pytest

from yipanqi.documents.papers.factories import make_paper
from yipanqi.documents.papers.rules import Annex, Column, Heading, Kind, Paragraph, Table
from yipanqi.documents.papers.rules.columns import laid_out
from yipanqi.documents.papers.rules.layout import mark_type, signature_left
from yipanqi.documents.papers.rules.paper import numbered
from yipanqi.documents.papers.rules.titles import title_lines


def make_heading(level):
    return Heading(level=level, text="")


def test_a_heading_starts_the_levels_below_it_anew():
    blocks = [make_heading(level) for level in (1, 2, 2, 3, 4, 3, 1, 2, 3)]

    numbers = [number for _, number in numbered((Paragraph(text="开头"), *blocks))]

    expected = ["", "一、", "（一）", "（二）", "1.", "（1）", "2.", "二、", "（一）", "1."]
    assert numbers == expected


def test_the_red_name_ends_in_the_word_for_paper_once():
    assert make_paper(organ="青禾县人民政府").mark == "青禾县人民政府文件"
    assert make_paper(organ="青禾县人民政府文件").mark == "青禾县人民政府文件"


def test_several_annexes_are_numbered_and_a_single_one_is_not():
    annex = Annex(title="清单", blocks=())

    several, single = make_paper(annexes=(annex, annex)), make_paper(annexes=(annex,))

    assert several.listed_annexes == (("1.", "清单"), ("2.", "清单"))
    assert several.annex_marks == ("附件1", "附件2")
    assert single.listed_annexes == (("", "清单"),)
    assert single.annex_marks == ("附件",)


def test_a_table_is_known_by_its_annex_if_it_has_no_title():
    titles = [table.title for table in make_paper().tables]

    assert titles[1:] == ["2026年11月上半月各乡镇招商引资主要指标进度表", "“五未”项目清单"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于表彰的通报", ("关于表彰的通报",)),
        ("全县通报\n 第一期 ", ("全县通报", "第一期")),
        (
            "关于2026年11月上半月全县招商引资工作进展情况的通报",
            ("关于2026年11月上半月全县", "招商引资工作进展情况的通报"),
        ),
        (
            "关于印发《青禾县2026年度招商引资和重大项目建设工作考核办法（试行）》并通报2025年度考核结果的通知",
            (
                "关于印发《青禾县2026年度招商引资和",
                "重大项目建设工作考核办法（试行）》",
                "并通报2025年度考核结果的通知",
            ),
        ),
        ("国" * 45, ("国" * 45,)),
        ("县" * 300, ("县" * 300,)),
    ],
)
def test_a_title_is_broken_between_phrases(title, lines):
    assert title_lines(title, room=20.1) == lines


def test_a_title_is_no_hourglass():
    title = "".join("甲" * (length - 1) + "的" for length in (14, 13, 5, 9))

    lengths = [len(line) for line in title_lines(title, room=20.1)]

    assert lengths == [14, 18, 9]


def test_a_long_red_name_is_set_narrower_before_it_is_set_smaller():
    short, middling, long = (mark_type("国" * length) for length in (6, 14, 30))

    assert (short.size, short.scale) == (52, 100)
    assert middling.size > long.size
    assert middling.scale < 70
    assert long.scale >= 60


def test_an_organ_too_long_for_its_place_pushes_the_date_to_the_left():
    date = "2026年11月20日"

    short, long, endless = (signature_left("国" * length, date) for length in (6, 20, 40))

    assert short > long > endless == 0


def test_long_texts_give_way_and_figures_do_not():
    row = ("1", "长" * 60, "1,234,567.89", "长" * 60)
    kinds = (Kind.RANK, Kind.TEXT, Kind.NUMBER, Kind.TEXT)
    columns = tuple(Column(title=f"栏{place}", kind=kind) for place, kind in enumerate(kinds))

    _, text, number, other = laid_out(Table(columns=columns, rows=(row,)), room=7000)

    assert number.width > 12 / 2 * 210
    assert text.width == pytest.approx(other.width, abs=2)
    assert [text.align, number.align] == ["left", "right"]


def test_a_table_with_more_columns_than_fit_is_squeezed_evenly():
    columns = tuple(Column(title="数", kind=Kind.NUMBER) for _ in range(40))

    laid = laid_out(Table(columns=columns, rows=()), room=8845)

    assert sum(column.width for column in laid) == 8845
    assert max(column.width for column in laid) - min(column.width for column in laid) <= 40
