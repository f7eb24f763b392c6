"""What is held against itself before a paper is issued: parts and totals, text and tables."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.problems import Problem, Weight
from yipanqi.documents.papers.rules.paper import Column, Figure, Paper, Paragraph, Table

NOTHING = ("", "-", "—", "－", "/", "／")
NUMBER_FORM = re.compile(r"\S+〔\d{4}〕[1-9]\d*号")

DIFFERENT = gettext_lazy("合计为%(total)s，各行之和为%(parts)s")
ROUNDED = gettext_lazy("合计为%(total)s，各行之和为%(parts)s，差额在四舍五入范围内")


def checked(paper: Paper) -> tuple[Problem, ...]:
    """Everything in a paper that contradicts itself or has no proper number, all at once."""
    problems = [*_number_problems(paper)]
    for table in paper.tables:
        problems += _shape_problems(table) or _sum_problems(table)
    for block in paper.all_blocks:
        if isinstance(block, Paragraph):
            problems += _figure_problems(block, paper.tables)
    return tuple(problems)


def amount(cell: str) -> Decimal | None:
    """A printed figure as an exact value, without 1,000 marks and %; None if it is no figure."""
    try:
        value = Decimal(cell.strip().rstrip("%％").replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _number_problems(paper: Paper) -> Iterator[Problem]:
    """发文机关代字、年份、发文顺序号；年份用六角括号，顺序号不加“第”，不编虚位 (7.2.5)."""
    if not NUMBER_FORM.fullmatch(paper.number):
        text = _("“%(number)s”应如“青招组〔2026〕12号”：年份用六角括号，顺序号不编虚位") % {
            "number": paper.number
        }
        yield Problem(text=text, where=_("发文字号"), clause="GB/T 9704—2012 7.2.5")


def _shape_problems(table: Table) -> list[Problem]:
    """Every line has a cell for every column."""
    return [
        Problem(
            text=_("有%(line)s格，表头有%(columns)s栏")
            % {"line": len(line), "columns": len(table.columns)},
            where=_("%(called)s第%(place)s行") % {"called": _called(table), "place": place},
        )
        for place, line in enumerate(table.lines, 1)
        if len(line) != len(table.columns)
    ]


def _sum_problems(table: Table) -> Iterator[Problem]:
    """In each column that promises it, the parts make the total."""
    for place, column in enumerate(table.columns):
        if column.sums and table.total:
            yield from _column_problems(table, column, place)


def _column_problems(table: Table, column: Column, place: int) -> Iterator[Problem]:
    where = _("%(called)s“%(title)s”栏") % {"called": _called(table), "title": column.title}
    cells = [row[place] for row in table.rows if not _is_part_of_another(row)]
    cells = [cell for cell in (*cells, table.total[place]) if cell.strip() not in NOTHING]
    unread = [cell for cell in cells if amount(cell) is None]
    yield from (
        Problem(text=_("“%(cell)s”不是数字，无法核对合计") % {"cell": cell}, where=where)
        for cell in unread
    )
    if not unread:
        yield from _difference(table, place, where)


def _difference(table: Table, place: int, where: str) -> Iterator[Problem]:
    parts = [amount(row[place]) or Decimal(0) for row in table.rows if not _is_part_of_another(row)]
    total = amount(table.total[place]) or Decimal(0)
    gap = abs(sum(parts) - total)
    if gap:
        excused = gap <= _rounding([*parts, total])
        yield Problem(
            text=(ROUNDED if excused else DIFFERENT)
            % {"total": table.total[place], "parts": f"{sum(parts):,}"},
            where=where,
            weight=Weight.WARNS if excused else Weight.BLOCKS,
        )


def _rounding(values: list[Decimal]) -> Decimal:
    """By how much rounded figures may miss their rounded total: half a last place each."""
    places = max(-int(value.as_tuple().exponent) for value in values)
    return Decimal(0) if places <= 0 else Decimal(len(values)).scaleb(-places) / 2


def _is_part_of_another(row: tuple[str, ...]) -> bool:
    """A line that begins with 其中 is contained in the one above and not added again."""
    return any(cell.strip().startswith("其中") for cell in row[:2])


def _figure_problems(paragraph: Paragraph, tables: tuple[Table, ...]) -> Iterator[Problem]:
    """A figure the text declares stands in the text, stands in a table, and is the same there."""
    for figure in paragraph.figures:
        where = _("正文“%(text)s……”") % {"text": paragraph.text[:12]}
        if not _stands_in(paragraph.lead + paragraph.text, figure.shown):
            yield Problem(
                text=_("声明的数字“%(shown)s”没有写在这一段里") % {"shown": figure.shown},
                where=where,
            )
        cells = [found for table in tables for found in _cells(table, figure)]
        if not cells:
            yield Problem(
                text=_("数字“%(shown)s”在表格里没有对应的栏目（%(figure)s）")
                % {"shown": figure.shown, "figure": figure.name},
                where=where,
            )
        for table, cell in cells:
            if not _same(cell, figure.shown):
                yield Problem(
                    text=_("写的是%(shown)s，%(called)s是%(cell)s")
                    % {"shown": figure.shown, "called": _called(table), "cell": cell},
                    where=where,
                )


def _stands_in(text: str, shown: str) -> bool:
    """Whether a text states a figure, and not as a piece of a longer one."""
    before = r"(?<![\d.,])" if shown[:1].isdigit() else ""
    return bool(re.search(rf"{before}{re.escape(shown)}(?![\d%％]|[.,]\d)", text))


def _cells(table: Table, figure: Figure) -> Iterator[tuple[Table, str]]:
    """Where a figure may be looked up: the number of rows, a total, or a named line's cell."""
    if table.name == figure.name and not figure.row:
        yield table, str(sum(not _is_part_of_another(row) for row in table.rows))
    lines = [row for row in table.rows if figure.row in row] if figure.row else [table.total]
    for place, column in enumerate(table.columns):
        if column.name == figure.name:
            yield from ((table, line[place]) for line in lines if place < len(line))


def _same(cell: str, shown: str) -> bool:
    """Equal as figures, or, where one is no figure, as text."""
    one, other = amount(cell), amount(shown)
    return cell.strip() == shown.strip() if one is None or other is None else one == other


def _called(table: Table) -> str:
    return _("表“%(title)s”") % {"title": table.title} if table.title else _("正文表格")
