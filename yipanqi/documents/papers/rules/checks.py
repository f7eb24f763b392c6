"""What is held against itself before a paper is issued: parts and totals, text and tables."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from yipanqi.core.problems import Problem, Weight
from yipanqi.documents.papers.rules.paper import Column, Figure, Paper, Paragraph, Table

NOTHING = ("", "-", "—", "－", "/", "／")
NUMBER_FORM = re.compile(r"\S+〔\d{4}〕[1-9]\d*号")


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
        text = f"“{paper.number}”应如“青招组〔2026〕12号”：年份用六角括号，顺序号不编虚位"
        yield Problem(text=text, where="发文字号", clause="GB/T 9704—2012 7.2.5")


def _shape_problems(table: Table) -> list[Problem]:
    """Every line has a cell for every column."""
    return [
        Problem(
            text=f"有{len(line)}格，表头有{len(table.columns)}栏",
            where=f"{_called(table)}第{place}行",
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
    where = f"{_called(table)}“{column.title}”栏"
    cells = [row[place] for row in table.rows if not _is_part_of_another(row)]
    cells = [cell for cell in (*cells, table.total[place]) if cell.strip() not in NOTHING]
    unread = [cell for cell in cells if amount(cell) is None]
    yield from (Problem(text=f"“{cell}”不是数字，无法核对合计", where=where) for cell in unread)
    if not unread:
        yield from _difference(table, place, where)


def _difference(table: Table, place: int, where: str) -> Iterator[Problem]:
    parts = [amount(row[place]) or Decimal(0) for row in table.rows if not _is_part_of_another(row)]
    total = amount(table.total[place]) or Decimal(0)
    gap = abs(sum(parts) - total)
    if gap:
        excused = gap <= _rounding([*parts, total])
        yield Problem(
            text=f"合计为{table.total[place]}，各行之和为{sum(parts):,}"
            + ("，差额在四舍五入范围内" if excused else ""),
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
        where = f"正文“{paragraph.text[:12]}……”"
        if not _stands_in(paragraph.lead + paragraph.text, figure.shown):
            yield Problem(text=f"声明的数字“{figure.shown}”没有写在这一段里", where=where)
        cells = [found for table in tables for found in _cells(table, figure)]
        if not cells:
            yield Problem(
                text=f"数字“{figure.shown}”在表格里没有对应的栏目（{figure.name}）", where=where
            )
        for table, cell in cells:
            if not _same(cell, figure.shown):
                yield Problem(text=f"写的是{figure.shown}，{_called(table)}是{cell}", where=where)


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
    return f"表“{table.title}”" if table.title else "正文表格"
