"""An official paper as a Word file."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.section import _Footer

from yipanqi.documents.papers.rules import layout
from yipanqi.documents.papers.rules.layout import CHARACTER, LINE
from yipanqi.documents.papers.rules.markup import Element, paragraph, run, w
from yipanqi.documents.papers.rules.package import bare, packed
from yipanqi.documents.papers.rules.pages import EVEN, ODD, footer, imprint, page_of, room_of
from yipanqi.documents.papers.rules.paper import (
    Annex,
    Block,
    Heading,
    Paper,
    Table,
    numbered,
)
from yipanqi.documents.papers.rules.tables import table_elements
from yipanqi.documents.papers.rules.text import long_date, tidy
from yipanqi.documents.papers.rules.titles import title_lines

Piece = tuple[bool, Element]


def to_docx(paper: Paper) -> bytes:
    """The paper laid out by GB/T 9704—2012; the same paper gives the same bytes."""
    word = bare(paper)
    _fill(word, list(_pieces(paper)))
    _number_pages(word)
    return packed(word)


def _pieces(paper: Paper) -> Iterator[Piece]:
    """Everything in the order of reading, each with the way its page lies."""
    yield from _lying(_head(paper), landscape=False)
    yield from _held(list(_text(paper.blocks)))
    yield from _lying(_close(paper), landscape=False)
    for mark, annex in zip(paper.annex_marks, paper.annexes, strict=True):
        yield from _lying(_annex(mark, annex), landscape=annex.landscape)
    yield False, imprint(paper)


def _held(text: list[Piece]) -> list[Piece]:
    """The end of the text goes with the signature: no page shows a seal and no text (7.3.5.5).

    A text of one paragraph is left to break, or page one might show none of it (7.3.3).
    """
    for _, end in text[1:][-1:]:
        end.pPr.insert(1, w("keepNext"))
    return text


def _lying(elements: Iterator[Element], *, landscape: bool) -> Iterator[Piece]:
    return ((landscape, element) for element in elements)


def _text(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    """The text; a wide table in it turns its own page only (8)."""
    for block, number in numbered(blocks):
        landscape = isinstance(block, Table) and block.landscape
        elements = _set_block(block, number, room=room_of(landscape=landscape))
        yield from _lying(elements, landscape=landscape)


def _head(paper: Paper) -> Iterator[Element]:
    """版头、标题、主送机关 (7.2.4, 7.2.5, 7.2.7, 7.3.1, 7.3.2)."""
    yield _mark(tidy(paper.mark))
    yield paragraph("Number", run(paper.number))
    yield _title("Title", title_lines(paper.title, room=layout.TITLE_ROOM), before=2 * LINE)
    if paper.addressees:
        yield paragraph("Addressees", run(f"{tidy('，'.join(paper.addressees)).rstrip('：')}："))


def _mark(mark: str) -> Element:
    kind = layout.mark_type(mark)
    spacing = w("spacing", before=layout.mm(35), line=layout.points(kind.size * 1.1))
    size = (w("sz", val=2 * kind.size), w("szCs", val=2 * kind.size))
    return paragraph("Mark", run(mark, w("w", val=kind.scale), *size), more=(spacing,))


def _title(style: str, lines: tuple[str, ...], *, before: int) -> Element:
    """One paragraph, so that navigation shows one title, with a line break between phrases."""
    runs = [part for line in lines for part in (w("r", w("br")), run(tidy(line)))][1:]
    return paragraph(style, *runs, more=(w("spacing", before=before),))


def _set_block(block: Block, number: str, *, room: int) -> Iterator[Element]:
    if isinstance(block, Table):
        yield from table_elements(block, room=room)
    elif isinstance(block, Heading):
        yield paragraph(f"Heading{block.level}", run(number + tidy(block.text)))
    else:
        lead = (run(tidy(block.lead), w("b")),) if block.lead else ()
        yield paragraph("Text", *lead, run(tidy(block.text)))


def _close(paper: Paper) -> Iterator[Element]:
    """附件说明、署名、成文日期、附注 (7.3.4—7.3.6)."""
    yield from _annex_notes(paper)
    date = long_date(paper.dated)
    left = layout.signature_left(paper.signed_by, date)
    for style, words in (("Organ", tidy(paper.signed_by)), ("Date", date)):
        yield paragraph(style, run(words), more=(w("ind", left=left),))
    if paper.note:
        yield paragraph("Note", run(f"（{tidy(paper.note).strip('（）')}）"))


def _annex_notes(paper: Paper) -> Iterator[Element]:
    """附件：1. …, wrapped lines under the name's first character, no mark at the end (7.3.4)."""
    listed = paper.listed_annexes
    number_room = max((len(number) for number, _ in listed), default=0) / 2
    left = round((2 + 3 + number_room) * CHARACTER) + 12
    for number, title in listed:
        first = number in ("", "1.")
        indent = w("ind", left=left, hanging=left - (2 if first else 5) * CHARACTER)
        spacing = w("spacing", before=LINE if first else 0)
        tab = (w("r", w("tab")),) if number else ()
        words = run(f"{'附件：' if first else ''}{number}")
        yield paragraph("AnnexNote", words, *tab, run(tidy(title)), more=(spacing, indent))


def _annex(mark: str, annex: Annex) -> Iterator[Element]:
    """A new page: 附件1 flush left on the first line, the title on the third (7.3.7)."""
    room = room_of(landscape=annex.landscape)
    lines = title_lines(annex.title, room=room / layout.points(layout.SIZE_2))
    yield paragraph("AnnexMark", run(mark), more=(w("pageBreakBefore"),))
    yield _title("AnnexTitle", lines, before=LINE)
    yield paragraph("Gap", more=(w("spacing", before=LINE // 2),))
    for block, number in numbered(annex.blocks):
        yield from _set_block(block, number, room=room)


def _fill(word: WordFile, pieces: list[Piece]) -> None:
    """The pieces into the body; where the page is turned, a section ends."""
    body = word.element.body
    body.clear()
    last = pieces[-1][1]
    for landscape, run_of_pieces in groupby(pieces, key=itemgetter(0)):
        elements = [element for _, element in run_of_pieces]
        page = page_of(landscape=landscape)
        body.extend(elements)
        ends = page if elements[-1] is last else w("p", w("pPr", w("pStyle", val="Gap"), page))
        body.append(ends)


def _number_pages(word: WordFile) -> None:
    """Each section its own page numbers, odd and even apart (7.5)."""
    for part in word.sections:
        landscape = part.orientation is WD_ORIENT.LANDSCAPE
        _put(part.footer, footer(ODD, landscape=landscape))
        _put(part.even_page_footer, footer(EVEN, landscape=landscape))


def _put(place: _Footer, content: Element) -> None:
    place.is_linked_to_previous = False
    element = place._element
    for old in element.findall(qn("w:p")):
        element.remove(old)
    element.append(content)
