"""Sheets that people take away: a workbook or a text of values, written row by row.

A workbook is written as it grows, whatever its length: no cell is kept in memory, and a text is
never a formula, for a cell holds it as text in its line.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from yipanqi.core.lists import Column, Look, in_words
from yipanqi.core.numbers import FEN_PER_WAN, letters_of

UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""With these a text begins that a program for tables might take for a formula."""

EPOCH = date(1899, 12, 30)
LONGEST = 32_767
"""So many characters does a cell hold."""

NEVER = (1980, 1, 1, 0, 0, 0)
WIDTHS = {
    Look.LONG: 48,
    Look.LAMP: 22,
    Look.TEXT: 20,
    Look.MONEY: 16,
    Look.DAY: 12,
    Look.NUMBER: 10,
    Look.LATE: 10,
}


@dataclass(frozen=True)
class Sheet:
    """What is written: a line that says what this is, the columns, and the rows one after another."""

    title: str
    says: str
    columns: Sequence[Column]
    rows: Iterable[Any]

    @property
    def heads(self) -> list[str]:
        """The heads of the columns; an amount says its unit."""
        return [_headed(column) for column in self.columns]


def _headed(column: Column) -> str:
    label = _(column.label)
    return _("%(label)s（万元）") % {"label": label} if column.look is Look.MONEY else label


def in_wan(fen: int) -> str:
    """An amount in 万元 as a number, every digit of it and no sign apart from the point: 36000.5."""
    whole, rest = divmod(abs(fen), FEN_PER_WAN)
    text = f"{whole}.{rest:06d}".rstrip("0").rstrip(".") if rest else str(whole)
    return f"-{text}" if fen < 0 else text


def write_csv(out: IO[bytes], sheet: Sheet) -> int:
    """Write a sheet as text that tables open in the right alphabet; answers how many rows it has."""
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow([harmless(sheet.says)])
    lines.writerow([harmless(head) for head in sheet.heads])
    values = [(column.value, column.look) for column in sheet.columns]
    number = 0
    for number, row in enumerate(sheet.rows, start=1):  # noqa: B007 - how many there were
        lines.writerow([_plain(value(row), look) for value, look in values])
    text.flush()
    text.detach()
    return number


def harmless(text: str) -> str:
    """A text that no program takes for a formula, without signs that no file can hold."""
    text = UNWRITABLE.sub("", text)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _plain(value: Any, look: Look) -> str:
    if value is None:
        return ""
    if look is Look.MONEY:
        return in_wan(value)
    return str(value) if isinstance(value, int | date) else harmless(in_words(value))


def write_xlsx(out: IO[bytes], sheet: Sheet) -> int:
    """Write a sheet as a workbook of one page; answers how many rows it has."""
    with ZipFile(out, "w", compresslevel=1) as book:
        for name, content in PARTS.items():
            book.writestr(_part(name), HEAD + content.format(title=escape(sheet.title)))
        with book.open(_part("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as page:
            number = 0
            for number, lines in _page(sheet):  # noqa: B007 - how many there were
                page.write(lines.encode())
    return number


def _part(name: str) -> ZipInfo:
    """A part of the workbook, without a day: the same rows make the same file."""
    part = ZipInfo(name, NEVER)
    part.compress_type = ZIP_DEFLATED
    return part


def _page(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The page in pieces, each with the number of rows so far."""
    yield 0, _opening(sheet)
    letters = [letters_of(place) for place in range(len(sheet.columns))]
    cells = [
        (column.value, _CELLS.get(column.look, _text), letter)
        for column, letter in zip(sheet.columns, letters, strict=True)
    ]
    number, pile = 0, list[str]()
    for number, row in enumerate(sheet.rows, start=1):
        at = str(number + 2)
        pile.append(
            f'<row r="{at}">{"".join([cell(value(row), letter + at) for value, cell, letter in cells])}</row>'
        )
        if len(pile) == 500:
            yield number, "".join(pile)
            pile.clear()
    last = f"{letters[-1]}{number + 2}"
    yield number, f'{"".join(pile)}</sheetData><autoFilter ref="A2:{last}"/></worksheet>'


def _opening(sheet: Sheet) -> str:
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{WIDTHS[column.look]}" customWidth="1"/>'
        for at, column in enumerate(sheet.columns, start=1)
    )
    heads = "".join(
        _text(head, f"{letters_of(at)}2", style=1) for at, head in enumerate(sheet.heads)
    )
    pane = '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}'
        f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
        f'<row r="1">{_text(sheet.says, "A1")}</row><row r="2">{heads}</row>'
    )


def _text(value: Any, at: str, style: int = 0) -> str:
    if not (text := in_words(value)):
        return ""
    written = escape(UNWRITABLE.sub("", text[:LONGEST]))
    look = f' s="{style}"' if style else ""
    return f'<c r="{at}"{look} t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def _number(value: Any, at: str) -> str:
    return "" if value is None else f'<c r="{at}"><v>{value}</v></c>'


def _money(value: Any, at: str) -> str:
    return "" if value is None else f'<c r="{at}" s="3"><v>{in_wan(value)}</v></c>'


def _day(value: Any, at: str) -> str:
    return "" if value is None else f'<c r="{at}" s="2"><v>{(value - EPOCH).days}</v></c>'


_CELLS: dict[Look, Callable[[Any, str], str]] = {
    Look.NUMBER: _number,
    Look.LATE: _number,
    Look.MONEY: _money,
    Look.DAY: _day,
}

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPEN = "http://schemas.openxmlformats.org"
MAIN = f"{OPEN}/spreadsheetml/2006/main"
RELATED = f"{OPEN}/officeDocument/2006/relationships"
PACKAGE = f"{OPEN}/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{RELATIONS}"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
    '<sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATED}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="#,##0.00"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
"""All of a workbook that is not its page; `title` names the page."""
