"""Text boxes that stand at a fixed place of the page whatever the text does."""

from dataclasses import dataclass

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from yipanqi.documents.papers.rules.layout import EMU_PER_TWIP, TWIPS_PER_POINT
from yipanqi.documents.papers.rules.markup import Element, w

# Only whole numbers and our own words are put into this text; people's words come in as elements.
TEMPLATE = """
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
  xmlns:v="urn:schemas-microsoft-com:vml">
 <mc:Choice Requires="wps"><w:drawing>
  <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{id}"
    behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
   <wp:simplePos x="0" y="0"/>
   <wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
   <wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>
   <wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
   <wp:docPr id="{id}" name="{name}"/><wp:cNvGraphicFramePr/>
   <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
    <wps:wsp><wps:cNvSpPr txBox="1"/>
     <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>
      <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
     <wps:txbx><w:txbxContent/></wps:txbx>
     <wps:bodyPr vert="{vert}" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"
      anchor="{anchor}"><a:noAutofit/></wps:bodyPr>
    </wps:wsp></a:graphicData></a:graphic>
  </wp:anchor></w:drawing></mc:Choice>
 <mc:Fallback><w:pict>
  <v:rect id="box{id}" stroked="f" filled="f" style="position:absolute;{css}">
   <v:textbox inset="0,0,0,0" style="{flow}"><w:txbxContent/></v:textbox></v:rect></w:pict>
 </mc:Fallback>
</mc:AlternateContent>
"""


@dataclass(frozen=True, kw_only=True)
class Box:
    """A box without lines, measured in twips from the upper left corner of the page."""

    id: int
    name: str
    left: int
    top: int
    width: int
    height: int
    upright: bool = True


def box_run(box: Box, paragraphs: list[Element]) -> Element:
    """The run that carries a box: a shape for Word 2010 and WPS, a picture for older readers."""
    root = parse_xml(TEMPLATE.format(**_measures(box)))
    shape, picture = root.iter(qn("w:txbxContent"))
    shape.extend(paragraphs)
    picture.extend(_copies(paragraphs))
    return w("r", root)


def _copies(paragraphs: list[Element]) -> list[Element]:
    return [parse_xml(paragraph.xml) for paragraph in paragraphs]


def _measures(box: Box) -> dict[str, object]:
    left, top, width, height = (
        round(side / TWIPS_PER_POINT, 2) for side in (box.left, box.top, box.width, box.height)
    )
    place = f"margin-left:{left}pt;margin-top:{top}pt;width:{width}pt;height:{height}pt"
    page = "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    return {
        "id": box.id,
        "name": box.name,
        "x": box.left * EMU_PER_TWIP,
        "y": box.top * EMU_PER_TWIP,
        "cx": box.width * EMU_PER_TWIP,
        "cy": box.height * EMU_PER_TWIP,
        "vert": "horz" if box.upright else "vert",
        "anchor": "b" if box.upright else "ctr",
        "flow": "" if box.upright else "layout-flow:vertical",
        "css": f"{place};{page};v-text-anchor:{'bottom' if box.upright else 'middle'}",
    }
