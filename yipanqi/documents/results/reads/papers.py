"""A notice and a published result as official papers, in Chinese, whoever asks for them."""

from collections.abc import Iterator
from datetime import date

from yipanqi.documents.papers.rules import (
    Annex,
    Block,
    Column,
    Heading,
    Kind,
    Paper,
    Paragraph,
    Table,
    long_date,
)
from yipanqi.documents.results.reads.groups import Group, told_groups
from yipanqi.place.reads import settings_on
from yipanqi.publishing.models import Kept, Notice, Seal
from yipanqi.publishing.rules.frozen import Frozen
from yipanqi.publishing.rules.output import Told
from yipanqi.publishing.rules.words import called
from yipanqi.publishing.rules.workings import workings

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

LINES = (
    Column(title="计分项"),
    Column(title="指标数"),
    Column(title="计算过程"),
    Column(title="得分", kind=Kind.NUMBER),
)


def notice_paper(notice: Notice) -> Paper:
    """What is put up for objection: the ranking, and every holder's workings line by line."""
    frozen, head = notice.frozen, notice.frozen.head
    return _paper(
        notice,
        number="",
        title=f"关于{called(notice.stretch)}{_subject(head)}结果的公示",
        blocks=tuple(_noticed(notice, head)),
        annexes=(
            Annex(title="考核结果", blocks=tuple(_tables(frozen))),
            Annex(title="计分明细", blocks=tuple(_workings(frozen))),
        ),
        dated=notice.happened_on,
    )


def _subject(head: Told) -> str:
    """What was assessed, from the method's title: 招商引资考核."""
    return str(head["title"]).removeprefix(str(head["place"])).removesuffix("办法")


def _paper(
    step: Kept,
    *,
    number: str,
    title: str,
    blocks: tuple[Block, ...],
    annexes: tuple[Annex, ...],
    dated: date,
) -> Paper:
    letterhead = settings_on(step.place_id, dated).bulletin
    return Paper(
        organ=letterhead.organ,
        number=number,
        title=title,
        addressees=letterhead.addressees,
        blocks=blocks,
        annexes=annexes,
        signed_by=letterhead.organ,
        dated=dated,
        note=f"取自账本第{step.cutoff}条，摘要：{step.digest}",
    )


def _noticed(notice: Notice, head: Told) -> Iterator[Block]:
    yield Paragraph(
        text=f"根据《{head['title']}》第{head['method_version']}版，按截至"
        f"{long_date(notice.day)}的数据计分，现将{called(notice.stretch)}考核结果和计分明细予以公示。"
    )
    yield Heading(level=1, text="公示时间")
    yield Paragraph(text=f"{long_date(notice.happened_on)}至{long_date(notice.until)}。")
    yield Heading(level=1, text="异议的提出")
    yield Paragraph(
        text="各单位对计分明细有异议的，请在公示期内由联络员或主要负责人在系统中指明计分项和指标，"
        "说明理由，附佐证材料。逾期不再受理。"
    )
    yield Heading(level=1, text="考核结果")
    yield from _named(notice.frozen)


def _named(frozen: Frozen) -> Iterator[Block]:
    for group in told_groups(frozen):
        first = "、".join(f"{row['holder']}（{row['printed']}分）" for row, _ in group.rows[:3])
        lists = "；".join(f"{one['list']}：{_who(one)}" for one in group.lists)
        text = f"前三位：{first}。" + (f"{lists}。" if lists else "")
        yield Paragraph(lead=f"{group.name}。", text=text)


def _who(listed: Told) -> str:
    """Everybody on a list, each with what it gets."""
    gets = {
        one["unit"]: f"（{one['printed']}{one['in']}）"
        for one in listed["rewards"]
        if one["printed"] is not None
    }
    return "、".join(f"{one['holder']}{gets.get(one['unit'], '')}" for one in listed["holders"])


def _tables(frozen: Frozen) -> Iterator[Block]:
    for group in told_groups(frozen):
        yield _ranking(group)
    for board in frozen.said["boards"]:
        yield Table(
            title=f"{board['group']}·{board['board']}",
            columns=(
                Column(title="名次", kind=Kind.RANK),
                Column(title="单位"),
                Column(title="数值", kind=Kind.NUMBER),
            ),
            rows=tuple(
                (_text(row["place"]), row["holder"], _text(row["printed"])) for row in board["rows"]
            ),
        )


def _ranking(group: Group) -> Table:
    return Table(
        title=group.name,
        columns=(
            Column(title="名次", kind=Kind.RANK),
            Column(title="单位"),
            *(Column(title=item, kind=Kind.NUMBER) for item in group.items),
            Column(title="总分", kind=Kind.NUMBER),
        ),
        rows=tuple(
            (_text(row["place"]), row["holder"], *points, _text(row["printed"]))
            for row, points in group.rows
        ),
        landscape=True,
    )


def _workings(frozen: Frozen) -> Iterator[Block]:
    for unit, name in frozen.holders.items():
        if lines := workings(frozen, unit):
            rows = tuple(
                (
                    f"{line.item}（{line.clause}）" if line.clause else line.item,
                    "；".join(f"{one.label}{one.value}{one.unit}" for one in line.used) or "—",
                    line.because,
                    line.points,
                )
                for line in lines
            )
            yield Table(title=name, columns=LINES, rows=rows, landscape=True)


def _text(value: object) -> str:
    return "—" if value is None else str(value)


def seal_paper(seal: Seal) -> Paper:
    """A sealed result for the public: places, totals and lists, with names of units only."""
    frozen, head = seal.frozen, seal.frozen.head
    publication = getattr(seal, "publication", None)
    return _paper(
        seal,
        number=publication.document_number if publication else "",
        title=f"关于公布{called(seal.stretch)}{_subject(head)}结果的通知",
        blocks=tuple(_sealed(seal, head, publication.remarks if publication else "")),
        annexes=(Annex(title="考核结果", blocks=tuple(_tables(frozen))),),
        dated=publication.happened_on if publication else seal.happened_on,
    )


def _sealed(seal: Seal, head: Told, remarks: str) -> Iterator[Block]:
    yield Paragraph(
        text=f"根据《{head['title']}》第{head['method_version']}版，{called(seal.stretch)}考核结果"
        f"已于{long_date(seal.notice.happened_on)}至{long_date(seal.notice.until)}公示，"
        f"异议均已答复，{long_date(seal.happened_on)}封账，现予公布。"
    )
    yield Heading(level=1, text="考核结果")
    yield from _named(seal.frozen)
    if remarks:
        yield Heading(level=1, text="说明")
        yield Paragraph(text=remarks)
    yield Paragraph(text=f"本结果为第{seal.version}版，各单位可凭回执核对本单位计分明细。")
