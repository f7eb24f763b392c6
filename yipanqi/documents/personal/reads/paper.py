"""A personal file as an official paper."""

from collections.abc import Iterator, Sequence
from datetime import date

from yipanqi.core.numbers import wan
from yipanqi.documents.papers.rules import (
    Block,
    Column,
    Heading,
    Kind,
    Paper,
    Paragraph,
    Table,
    long_date,
)
from yipanqi.documents.personal.reads.dossier import Period
from yipanqi.org.models import Person
from yipanqi.place.rules import Letterhead

ACHIEVED = (
    Column(title="实绩"),
    Column(title="数量", kind=Kind.NUMBER),
    Column(title="金额（万元）", kind=Kind.NUMBER),
)
TASKED = (
    Column(title="截至"),
    Column(title="任务或考核"),
    Column(title="完成或得分"),
    Column(title="完成率", kind=Kind.NUMBER),
)


def dossier_paper(
    subject: Person, periods: Sequence[Period], letterhead: Letterhead, *, on: date
) -> Paper:
    """Everything that the page shows, in print."""
    return Paper(
        organ=letterhead.organ,
        number="",
        title=f"{subject.name}同志招商引资实绩档案",
        addressees=(),
        blocks=tuple(_blocks(periods)),
        signed_by=letterhead.organ,
        dated=on,
        note="各项由账本算出，截至成文日期",
    )


def _blocks(periods: Sequence[Period]) -> Iterator[Block]:
    for period in periods:
        term = period.term
        yield Heading(level=1, text=f"{term.post.unit}{term.post.title}")
        yield Paragraph(text=f"任期：{long_date(term.since)}至{long_date(term.until)}。")
        if period.paired:
            yield Paragraph(text=f"包保：{'、'.join(period.paired)}。")
        rows = tuple(
            (sheet.label, str(sheet.number), "—" if sheet.fen is None else wan(sheet.fen))
            for sheet in period.sheets
            if sheet.number
        )
        if rows:
            yield Table(columns=ACHIEVED, rows=rows)
        told = tuple(
            (long_date(one.on), one.what, one.words, one.share or "—")
            for one in (*period.tasks, *period.scores)
        )
        if told:
            yield Table(columns=TASKED, rows=told)
