"""The named styles of an official paper: one place in Word to change a look."""

from dataclasses import dataclass

from yipanqi.documents.papers.rules import layout
from yipanqi.documents.papers.rules.layout import LINE, points
from yipanqi.documents.papers.rules.markup import Element, borders, fonts, w


@dataclass(frozen=True, kw_only=True)
class Style:
    """One style; what is not said is as in the text, 3号 仿宋, 22 lines to the page (5.2.2)."""

    id: str
    name: str
    face: str = layout.TEXT_FACE
    size: float = layout.SIZE_3
    bold: bool = False
    color: str = ""
    tracking: int = 0
    align: str = "left"
    line: int = LINE
    before: int = 0
    after: int = 0
    indent: bool = False
    left: int = 0
    right: int = 0
    hanging: int = 0
    rule_below: int | None = None
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False


def heading(level: int, face: str) -> Style:
    """A numbered heading, its face by level (7.3.3), found by Word's navigation."""
    return Style(
        id=f"Heading{level}",
        name=f"heading {level}",
        face=face,
        tracking=layout.TRACKING,
        indent=True,
        outline=level - 1,
        keep_next=True,
    )


IMPRINT_ROOM = points(layout.SIZE_4)
IMPRINT_LINE = points(24)

STYLES = (
    Style(id="Normal", name="Normal", tracking=layout.TRACKING, align="both"),
    Style(id="Text", name="公文正文", tracking=layout.TRACKING, align="both", indent=True),
    heading(1, layout.BLACK_FACE),
    heading(2, layout.KAI_FACE),
    heading(3, layout.TEXT_FACE),
    heading(4, layout.TEXT_FACE),
    Style(
        id="Mark",
        name="发文机关标志",
        face=layout.TITLE_FACE,
        color=layout.RED,
        align="center",
        before=layout.mm(35),
    ),
    Style(id="Number", name="发文字号", align="center", before=2 * LINE, rule_below=7),
    Style(
        id="Title",
        name="Title",
        face=layout.TITLE_FACE,
        size=layout.SIZE_2,
        align="center",
        keep_next=True,
        keep_lines=True,
    ),
    Style(id="Addressees", name="主送机关", tracking=layout.TRACKING, align="both", before=LINE),
    Style(id="AnnexNote", name="附件说明", tracking=layout.TRACKING, keep_next=True),
    Style(
        id="Organ",
        name="发文机关署名",
        tracking=layout.TRACKING,
        align="center",
        before=2 * LINE,
        keep_next=True,
    ),
    Style(id="Date", name="成文日期", tracking=layout.TRACKING, align="center"),
    Style(id="Note", name="附注", tracking=layout.TRACKING, align="both", indent=True),
    Style(id="AnnexMark", name="附件标识", face=layout.BLACK_FACE, keep_next=True),
    Style(
        id="AnnexTitle",
        name="附件标题",
        face=layout.TITLE_FACE,
        size=layout.SIZE_2,
        align="center",
        outline=0,
        keep_next=True,
    ),
    Style(
        id="TableTitle",
        name="表题",
        face=layout.BLACK_FACE,
        align="center",
        before=points(6),
        keep_next=True,
    ),
    Style(
        id="TableUnit",
        name="表格单位",
        size=layout.SIZE_SMALL_4,
        align="right",
        line=points(20),
        keep_next=True,
    ),
    Style(
        id="TableHead",
        name="表头",
        face=layout.BLACK_FACE,
        size=layout.SIZE_SMALL_4,
        align="center",
        line=points(16),
        keep_next=True,
    ),
    Style(id="TableText", name="表格文字", size=layout.SIZE_5, line=points(15)),
    Style(id="TableTotal", name="表格合计", size=layout.SIZE_5, line=points(15), bold=True),
    Style(id="TableNote", name="表注", size=layout.SIZE_5, line=points(18), align="both"),
    Style(id="Gap", name="间隔", size=1, line=points(1)),
    Style(id="Reserve", name="版记位置", size=layout.SIZE_4),
    Style(
        id="Copied",
        name="抄送机关",
        size=layout.SIZE_4,
        line=IMPRINT_LINE,
        left=4 * IMPRINT_ROOM,
        right=IMPRINT_ROOM,
        hanging=3 * IMPRINT_ROOM,
        align="both",
    ),
    Style(id="Printed", name="印发机关", size=layout.SIZE_4, line=IMPRINT_LINE, left=IMPRINT_ROOM),
    Style(
        id="OddPage",
        name="单页码",
        face=layout.SONG_FACE,
        size=layout.SIZE_4,
        align="right",
        right=IMPRINT_ROOM,
        line=400,
    ),
    Style(
        id="EvenPage",
        name="双页码",
        face=layout.SONG_FACE,
        size=layout.SIZE_4,
        left=IMPRINT_ROOM,
        line=400,
    ),
)


def written(style: Style) -> Element:
    """A style as Word reads it."""
    based = () if style.id == "Normal" else (w("basedOn", val="Normal"),)
    return w(
        "style",
        w("name", val=style.name),
        *based,
        w("qFormat"),
        w("pPr", *_paragraph_properties(style)),
        w("rPr", *_run_properties(style)),
        type="paragraph",
        styleId=style.id,
        default="1" if style.id == "Normal" else None,
        customStyle=None if style.name.isascii() else "1",
    )


def _paragraph_properties(style: Style) -> list[Element]:
    switches = [
        w(name)
        for name, on in (("keepNext", style.keep_next), ("keepLines", style.keep_lines))
        if on
    ]
    # No widow control: it would take a line from full pages. No space between Chinese and figures.
    off = [w("widowControl", val=0)]
    rule = (
        []
        if style.rule_below is None
        else [borders("pBdr", {"bottom": (16, style.rule_below)}, layout.RED)]
    )
    spaces = [
        w("autoSpaceDE", val=0),
        w("autoSpaceDN", val=0),
        w("adjustRightInd", val=0),
        w("snapToGrid", val=0),
    ]
    spacing = w(
        "spacing", before=style.before, after=style.after, line=style.line, lineRule="exact"
    )
    outline = [] if style.outline is None else [w("outlineLvl", val=style.outline)]
    align = w("jc", val=style.align)
    return [*switches, *off, *rule, *spaces, spacing, *_indent(style), align, *outline]


def _indent(style: Style) -> list[Element]:
    """Two characters before the first line, by count, so that it follows the type (7.3.3)."""
    if style.indent:
        return [w("ind", firstLineChars=200, firstLine=2 * layout.CHARACTER)]
    if style.left or style.right:
        return [w("ind", left=style.left, right=style.right, hanging=style.hanging or None)]
    return []


def _run_properties(style: Style) -> list[Element]:
    half_points = round(style.size * 2)
    return [
        fonts(style.face),
        *([w("b")] if style.bold else []),
        *([w("color", val=style.color)] if style.color else []),
        w("spacing", val=style.tracking),
        w("kern", val=0),
        w("sz", val=half_points),
        w("szCs", val=half_points),
    ]


def defaults() -> Element:
    """What holds where no style speaks; Latin is not Chinese, or numbers would break mid-way."""
    properties = w(
        "rPr", fonts(layout.TEXT_FACE), w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    )
    return w("docDefaults", w("rPrDefault", properties), w("pPrDefault"))


def table_style() -> Element:
    """The plain table every Word file has."""
    margins = w(
        "tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    )
    properties = w("tblPr", w("tblInd", w=0, type="dxa"), margins)
    return w(
        "style",
        w("name", val="Normal Table"),
        properties,
        type="table",
        default="1",
        styleId="TableNormal",
    )
