"""An issued or drafted bulletin as an official paper."""

from collections.abc import Iterator
from datetime import date

from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.rules import Content, Late, RankedGroup
from yipanqi.documents.papers.rules import (
    Annex,
    Block,
    Column,
    Figure,
    Heading,
    Kind,
    Paper,
    Paragraph,
    Table,
    long_date,
)
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Letterhead

REMARKS = (
    "各乡镇、各部门要对照进度表和“五未”清单，逐项明确责任人和完成时限，确保完成全年任务。"
    "逾期项目由责任单位每半月报告一次进展，直至销号。"
)
"""What a bulletin asks for where its issuer writes nothing else."""

PROGRESS = (
    Column(title="单位"),
    Column(title="完成（个）", kind=Kind.NUMBER, group="签约项目", name="签约完成", sums=True),
    Column(title="任务（个）", kind=Kind.NUMBER, group="签约项目", name="签约任务", sums=True),
    Column(title="完成率", kind=Kind.NUMBER, group="签约项目"),
    Column(title="超欠进度（百分点）", kind=Kind.NUMBER, group="签约项目"),
    Column(title="完成", kind=Kind.NUMBER, group="到位资金（万元）", name="资金完成", sums=True),
    Column(title="任务", kind=Kind.NUMBER, group="到位资金（万元）", name="资金任务", sums=True),
    Column(title="完成率", kind=Kind.NUMBER, group="到位资金（万元）"),
    Column(title="开工（个）", kind=Kind.NUMBER, name="开工", sums=True),
)


def paper_of(
    content: Content,
    *,
    letterhead: Letterhead,
    number: str,
    title: str,
    remarks: str,
    dated: date,
    checkpoint: str,
) -> Paper:
    """The bulletin laid out as a 文件: text, report card, progress table, nots by name."""
    return Paper(
        organ=letterhead.organ,
        number=number,
        title=title,
        addressees=letterhead.addressees,
        blocks=tuple(_text(content, remarks or REMARKS)),
        annexes=tuple(_annexes(content)),
        signed_by=letterhead.organ,
        dated=dated,
        copied_to=letterhead.copied_to,
        note=f"账本存证：{checkpoint}",
    )


def issued_paper(bulletin: Bulletin) -> Paper:
    """An issued bulletin as the paper that it is for good."""
    return paper_of(
        bulletin.said,
        letterhead=settings_on(bulletin.place_id, bulletin.happened_on).bulletin,
        number=bulletin.document_number,
        title=bulletin.title,
        remarks=bulletin.remarks,
        dated=bulletin.happened_on,
        checkpoint=bulletin.checkpoint,
    )


def _text(content: Content, remarks: str) -> Iterator[Block]:
    as_of = date.fromisoformat(content.as_of)
    yield Paragraph(
        text=f"截至{long_date(as_of)}，时间进度{content.elapsed}。现将全县招商引资工作进展情况通报如下。"
    )
    yield Heading(level=1, text="总体进展")
    yield Paragraph(
        text=f"全县新签约5000万元以上项目{content.signed}个，总投资{content.signed_amount}，"
        f"完成各单位任务{content.signed_task}个的{content.signed_rate}；"
        f"到位资金{content.funds}万元，完成任务{content.funds_task}万元的{content.funds_rate}；"
        f"本年签约项目已开工{content.started}个。各单位进度见附件1。",
        figures=(
            Figure(name="签约任务", shown=content.signed_task),
            Figure(name="资金任务", shown=content.funds_task),
            Figure(name="开工", shown=content.started),
        ),
    )
    yield Heading(level=1, text="考核得分")
    yield Paragraph(text=f"按{content.method}实时计分，各组名次如下，明细见附件2。")
    for group in content.groups:
        yield from _named(group)
    yield Heading(level=1, text="“五未”项目")
    yield from _late(content)
    yield Heading(level=1, text="工作要求")
    yield Paragraph(text=remarks)
    yield Paragraph(text=f"本通报数据取自账本第{content.seq}条，各项数字均可在系统中逐笔核对。")


def _named(group: RankedGroup) -> Iterator[Block]:
    leaders = "、".join(f"{row.unit}（{row.total}分）" for row in group.rows[:3])
    said = "；".join(f"{name}：{'、'.join(units)}" for name, units in group.named)
    yield Paragraph(
        lead=f"{group.group}。", text=f"前三位：{leaders}。" + (f"{said}。" if said else "")
    )


def _late(content: Content) -> Iterator[Block]:
    if not content.late:
        yield Paragraph(text="目前没有逾期项目。")
        return
    kinds = dict.fromkeys(line.not_yet for line in content.late)
    counts = "、".join(f"{kind}{_count(content, kind)}个" for kind in kinds)
    worst = max(content.late, key=lambda line: line.days)
    yield Paragraph(
        text=f"逾期项目{len(content.late)}项次，其中{counts}，名单见附件3。"
        f"逾期最长的是{worst.unit}“{worst.project}”，{worst.not_yet}{worst.days}天"
        + (f"，责任人{worst.person}。" if worst.person else "。"),
        figures=(Figure(name="五未", shown=str(len(content.late))),),
    )


def _count(content: Content, kind: str) -> int:
    return sum(line.not_yet == kind for line in content.late)


def _annexes(content: Content) -> Iterator[Annex]:
    yield Annex(title="招商引资进度表", blocks=(_progress(content),))
    yield Annex(title="考核成绩单", blocks=tuple(_card(group) for group in content.groups))
    if content.late:
        yield Annex(title="“五未”项目清单", blocks=(_late_table(content.late),))


def _progress(content: Content) -> Table:
    rows = tuple(
        (
            line.unit,
            line.signed,
            line.signed_task,
            line.signed_rate,
            line.gap,
            line.funds,
            line.funds_task,
            line.funds_rate,
            line.started,
        )
        for line in content.progress
    )
    return Table(
        columns=PROGRESS, rows=rows, total=_totals(rows, content), name="进度表", landscape=True
    )


def _totals(rows: tuple[tuple[str, ...], ...], content: Content) -> tuple[str, ...]:
    """The place's own figures, which the parts must make."""
    return (
        "合计",
        content.signed,
        content.signed_task,
        content.signed_rate,
        "",
        content.funds,
        content.funds_task,
        content.funds_rate,
        content.started,
    )


def _card(group: RankedGroup) -> Table:
    return Table(
        title=group.group,
        columns=(
            Column(title="名次", kind=Kind.RANK),
            Column(title="单位"),
            Column(title="得分", kind=Kind.NUMBER),
        ),
        rows=tuple((row.place, row.unit, row.total) for row in group.rows),
    )


def _late_table(late: tuple[Late, ...]) -> Table:
    return Table(
        name="五未",
        columns=(
            Column(title="序号", kind=Kind.RANK),
            Column(title="类别"),
            Column(title="项目"),
            Column(title="责任单位"),
            Column(title="责任人"),
            Column(title="应完成日"),
            Column(title="逾期（天）", kind=Kind.NUMBER),
        ),
        rows=tuple(
            (
                str(number),
                line.not_yet,
                line.project,
                line.unit,
                line.person,
                line.due_on,
                str(line.days),
            )
            for number, line in enumerate(late, start=1)
        ),
        landscape=True,
    )
