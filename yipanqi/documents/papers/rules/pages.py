"""Sections, page numbers and the imprint: what stands at fixed places of the pages."""

from math import ceil

from yipanqi.documents.papers.rules import layout
from yipanqi.documents.papers.rules.boxes import Box, box_run
from yipanqi.documents.papers.rules.layout import (
    AREA_HEIGHT,
    AREA_WIDTH,
    BOTTOM,
    INNER,
    OUTER,
    TOP,
    mm,
)
from yipanqi.documents.papers.rules.markup import Element, borders, paragraph, run, section, w
from yipanqi.documents.papers.rules.paper import Paper
from yipanqi.documents.papers.rules.styles import IMPRINT_LINE, IMPRINT_ROOM
from yipanqi.documents.papers.rules.text import ems, long_date, tidy

# From the paper's edge to the page number, whose dashes lie 7 mm below the type area (7.5).
FOOTER = 1428
ODD, EVEN = "OddPage", "EvenPage"
STRIP = 400


def page_of(*, landscape: bool) -> Element:
    """A4 upright, or turned with its head to the left edge of the upright page (8).

    That is the binding edge of an odd page and the cut edge of an even one, so both turn alike.
    """
    if landscape:
        size, margins = (layout.PAPER_HEIGHT, layout.PAPER_WIDTH), (INNER, TOP, OUTER, BOTTOM)
    else:
        size, margins = (layout.PAPER_WIDTH, layout.PAPER_HEIGHT), (TOP, OUTER, BOTTOM, INNER)
    return section(size=size, margins=margins, footer=FOOTER, landscape=landscape)


def room_of(*, landscape: bool) -> int:
    """How wide a table may be."""
    return AREA_HEIGHT if landscape else AREA_WIDTH


def footer(side: str, *, landscape: bool) -> Element:
    """The page number: odd pages right, even left; on a turned page where upright ones have it (7.5, 8)."""
    if not landscape:
        return _page_number(side)
    box = Box(
        id=11 if side == ODD else 12,
        name="页码",
        left=BOTTOM - mm(7 - 0.6) - STRIP // 2,
        top=INNER,
        width=STRIP,
        height=AREA_WIDTH,
        upright=False,
    )
    return paragraph("Gap", box_run(box, [_page_number(side)]))


def _page_number(side: str) -> Element:
    """— 1 — in half-width figures (7.5)."""
    field = w("fldSimple", run("1"), instr=" PAGE ")
    return paragraph(side, run("— "), field, run(" —"))


def imprint(paper: Paper) -> Element:
    """The imprint (版记), its last rule on the lower edge of the last page's type area (7.4).

    The paragraph that carries it is as tall as the imprint, so that no text runs into it.
    """
    lines = _copied_lines(paper)
    height = (lines + 1) * IMPRINT_LINE + layout.LINE
    top = TOP + AREA_HEIGHT - height
    box = Box(id=10, name="版记", left=INNER, top=top, width=AREA_WIDTH, height=height)
    tall = w("spacing", before=0, line=height, lineRule="exact")
    return paragraph("Reserve", box_run(box, list(_imprint_paragraphs(paper))), more=(tall,))


def _copied_to(paper: Paper) -> str:
    return f"抄送：{tidy('，'.join(paper.copied_to)).rstrip('。')}。"


def _copied_lines(paper: Paper) -> int:
    room = (AREA_WIDTH - 5 * IMPRINT_ROOM) / IMPRINT_ROOM - 1
    return ceil((ems(_copied_to(paper)) - 3) / room) if paper.copied_to else 0


def _imprint_paragraphs(paper: Paper) -> list[Element]:
    """抄送、印发机关和印发日期 between rules: 0.35 mm outside, 0.25 mm inside (7.4.1—7.4.3)."""
    copied = (
        [paragraph("Copied", run(_copied_to(paper))), _rule(layout.THIN)] if paper.copied_to else []
    )
    day = long_date(paper.printed_on or paper.dated)
    right = w("tabs", w("tab", val="right", pos=AREA_WIDTH - IMPRINT_ROOM))
    words = (run(paper.printed_by or paper.signed_by), w("r", w("tab")), run(f"{day}印发"))
    return [
        _rule(layout.THICK),
        *copied,
        paragraph("Printed", *words, more=(right,)),
        _rule(layout.THICK),
    ]


def _rule(thickness: int) -> Element:
    return paragraph("Gap", more=(borders("pBdr", {"bottom": (thickness, 0)}),))
