"""The few elements of WordprocessingML an official paper needs, as functions."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from yipanqi.documents.papers.rules.text import clean

__all__ = ["Element", "borders", "fonts", "paragraph", "run", "section", "w"]


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """An element of the main namespace; attributes that are `None` are left out."""
    element: Element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def fonts(face: str) -> Element:
    """One face for Chinese and Latin, so that quotation marks keep their Chinese width."""
    return w("rFonts", hint="eastAsia", ascii=face, hAnsi=face, eastAsia=face, cs=face)


def run(text: str, *properties: Element) -> Element:
    """A piece of text: what XML forbids is dropped, the rest is literal."""
    words = w("t")
    words.text = clean(text)
    words.set(qn("xml:space"), "preserve")
    return w("r", w("rPr", *properties), words) if properties else w("r", words)


def paragraph(style: str, *runs: Element, more: tuple[Element, ...] = ()) -> Element:
    """A paragraph of a named style; `more` are properties of its own, in the schema's order."""
    return w("p", w("pPr", w("pStyle", val=style), *more), *runs)


def borders(kind: str, sides: dict[str, tuple[int, int]], color: str = "000000") -> Element:
    """Single lines on some sides: thickness in eighths of a point, distance in points."""
    lines = (
        w(side, val="single", sz=thickness, space=space, color=color)
        for side, (thickness, space) in sides.items()
    )
    return w(kind, *lines)


def section(
    *, size: tuple[int, int], margins: tuple[int, int, int, int], footer: int, landscape: bool
) -> Element:
    """The page of a section: width and height; margins top, right, bottom, left."""
    width, height = size
    sides = dict(zip(("top", "right", "bottom", "left"), margins, strict=True))
    return w(
        "sectPr",
        w("type", val="nextPage"),
        w("pgSz", w=width, h=height, orient="landscape" if landscape else None),
        w("pgMar", **sides, header=footer, footer=footer, gutter=0),
    )
