"""A half-month bulletin of a county that does not exist (青禾县): one valid paper."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from yipanqi.core.numbers import grouped, percent
from yipanqi.documents.papers.rules import (
    Annex,
    Column,
    Figure,
    Heading,
    Kind,
    Paper,
    Paragraph,
    Table,
    long_date,
)


class Township(NamedTuple):
    """What a township was to do and has done; funds in 万元."""

    name: str
    signed: int
    signed_task: int
    started: int
    started_task: int
    arrived: int
    arrived_task: int


class Late(NamedTuple):
    """A project that has not reached a node in time, and whose it is."""

    project: str
    township: str
    missing: str
    due: date
    leader: str
    person: str
    reason: str

    @property
    def days(self) -> str:
        return str((COUNTED_ON - self.due).days)


COUNTED_ON = date(2026, 11, 15)

TOWNSHIPS = (
    Township("青山镇", 4, 4, 3, 3, 12600, 12000),
    Township("禾丰镇", 5, 4, 3, 3, 13450, 12000),
    Township("白石镇", 3, 4, 2, 3, 9860, 12000),
    Township("柳林镇", 4, 4, 3, 3, 11200, 12000),
    Township("石桥镇", 2, 3, 1, 2, 6420, 9000),
    Township("云溪镇", 3, 3, 2, 2, 8915, 9000),
    Township("大营镇", 3, 3, 2, 2, 8030, 9000),
    Township("河口镇", 2, 3, 2, 2, 7240, 9000),
    Township("双塘镇", 3, 3, 2, 2, 9300, 9000),
    Township("东湾乡", 2, 2, 1, 1, 4180, 5000),
    Township("西岭乡", 1, 2, 0, 1, 1960, 5000),
    Township("马鞍乡", 1, 2, 1, 1, 3540, 5000),
    Township("竹园乡", 2, 2, 1, 1, 4720, 5000),
    Township("龙潭乡", 1, 2, 0, 1, 2310, 5000),
    Township("红星乡", 1, 2, 1, 1, 3875, 5000),
)
WHOLE = Township("合计", *map(sum, zip(*(town[1:] for town in TOWNSHIPS), strict=True)))

MUSHROOM = "年产3000吨香菇酱深加工项目"
MOULD = "青禾德胜（香港）国际精密模具及自动化装备研发生产一体化产业基地项目"
SIGNED, REGISTERED, BUILDING = "签约未注册", "注册未开工", "开工未入统"
LATE = (
    Late(MUSHROOM, "西岭乡", SIGNED, date(2026, 9, 30), "周喆", "陈堃", "投资方股东调整，章程未定"),
    Late(
        "紧固件智造项目", "白石镇", REGISTERED, date(2026, 10, 15), "李卫东", "王昇", "用地指标未批"
    ),
    Late(
        "竹木家居产业园项目", "龙潭乡", REGISTERED, date(2026, 10, 31), "赵璟", "孙玥", "施工图未审"
    ),
    Late("汽车线束项目", "石桥镇", BUILDING, date(2026, 9, 20), "吴建国", "郑赟", "缺施工合同"),
    Late("冷链物流项目", "河口镇", BUILDING, date(2026, 11, 5), "何翀", "冯秀兰", "形象进度不足"),
    Late(
        "中药饮片项目", "马鞍乡", "竣工未投产", date(2026, 10, 10), "林祎", "蒋大为", "许可待核查"
    ),
    Late(MOULD, "青山镇", "投产未达效", date(2026, 8, 31), "欧阳镕", "司马犇", "产能利用率仅四成"),
)


def make_paper(**changes: object) -> Paper:
    """The bulletin for the first half of November; any part may be changed."""
    paper = Paper(
        organ="青禾县招商引资工作领导小组办公室",
        number="青招组办〔2026〕12号",
        title="关于2026年11月上半月全县招商引资工作进展情况的通报",
        addressees=("各乡镇党委、人民政府", "县经济开发区管委会", "县直各有关单位"),
        blocks=(*_progress(), *_boards(), *_shortcomings(), *_demands()),
        annexes=(_annex_of_progress(), _annex_of_late()),
        signed_by="青禾县招商引资工作领导小组办公室",
        dated=date(2026, 11, 20),
        note="联系人：沈玥；联系电话：0000—1234567",
        copied_to=(
            "县委、县人大常委会、县政府、县政协办公室",
            "县纪委监委",
            "县委组织部",
            "县人民法院",
            "县人民检察院",
        ),
    )
    return replace(paper, **changes)  # type: ignore[arg-type]  # the test says which part it changes


def _progress() -> tuple[Heading | Paragraph, ...]:
    arrived = grouped(Fraction(WHOLE.arrived))
    rate = percent(Fraction(WHOLE.arrived, WHOLE.arrived_task))
    return (
        Paragraph(
            text="根据《青禾县招商引资工作考核办法》和县委、县政府工作安排，现将2026年11月上半月"
            "全县招商引资工作进展情况通报如下。本通报数据截至2026年11月15日，以认定结果为准。"
        ),
        Heading(level=1, text="总体进展情况"),
        Paragraph(
            text=f"截至11月15日，15个乡镇新签约项目{WHOLE.signed}个，开工{WHOLE.started}个，"
            f"到位资金{arrived}万元，完成全年任务的{rate}，比时间进度（87.4%）快0.1个百分点。",
            figures=(
                Figure(name="signed", shown=str(WHOLE.signed)),
                Figure(name="started", shown=str(WHOLE.started)),
                Figure(name="arrived", shown=arrived),
                Figure(name="rate", shown=rate),
            ),
        ),
        Heading(level=2, text="项目签约"),
        Paragraph(
            text="禾丰镇签约项目5个，超额完成全年任务；西岭乡、马鞍乡、龙潭乡、红星乡签约项目均为1个，"
            "完成任务的一半。",
            figures=(Figure(name="signed", shown="5", row="禾丰镇"),),
        ),
        Heading(level=2, text="项目开工"),
        Paragraph(text="西岭乡、龙潭乡今年以来没有新开工项目，尚未实现“破零”。"),
    )


def _boards() -> tuple[Heading | Paragraph | Table, ...]:
    scored = sorted(TOWNSHIPS, key=lambda town: Fraction(-town.arrived, town.arrived_task))
    columns = (
        Column(title="名次", kind=Kind.RANK),
        Column(title="单位"),
        Column(title="到位资金", kind=Kind.NUMBER, name="board"),
        Column(title="完成率", kind=Kind.NUMBER),
        Column(title="与上期相比", kind=Kind.RANK),
    )
    board = Table(
        title="各乡镇到位资金完成率排名",
        unit="万元",
        columns=columns,
        rows=tuple(_board_row(place, town) for place, town in enumerate(scored, 1)),
        notes=("注：完成率＝到位资金÷全年任务，四舍五入保留一位小数；按未舍入的数值排名。",),
    )
    return (
        Heading(level=1, text="排名情况"),
        Paragraph(text="各乡镇到位资金完成率由高到低排名如下。"),
        board,
    )


def _board_row(place: int, town: Township) -> tuple[str, ...]:
    rate = percent(Fraction(town.arrived, town.arrived_task))
    return str(place), town.name, grouped(Fraction(town.arrived)), rate, _move(place)


def _move(place: int) -> str:
    return {1: "上升2位", 2: "下降1位", 5: "上升1位", 15: "下降3位"}.get(place, "持平")


def _shortcomings() -> tuple[Heading | Paragraph, ...]:
    named = (
        Paragraph(
            lead=f"{late.township}{late.project}：",
            text=f"{late.missing}，逾期{late.days}天，包联领导{late.leader}，"
            f"责任人{late.person}。原因：{late.reason}。",
            figures=(Figure(name="days", shown=late.days, row=late.project),),
        )
        for late in LATE
    )
    return (
        Heading(level=1, text="存在问题"),
        Paragraph(
            text=f"全县共有“五未”项目{len(LATE)}个，点名如下：",
            figures=(Figure(name="late", shown=str(len(LATE))),),
        ),
        *named,
    )


def _demands() -> tuple[Heading | Paragraph, ...]:
    return (
        Heading(level=1, text="下步要求"),
        Heading(level=2, text="倒排工期，集中攻坚"),
        Paragraph(
            text="各责任单位要对照附件2所列项目逐一制定整改措施，于2026年11月27日前报县招商引资工作领导小组办公室。"
        ),
        Heading(level=3, text="未开工项目。"),
        Paragraph(text="由包联领导牵头，自然资源、住建等部门配合，一周内召开一次现场协调会。"),
        Heading(level=4, text="用地指标。"),
        Paragraph(text="县自然资源局于11月25日前提出解决办法。"),
        Heading(level=2, text="严格督办，逾期追责"),
        Paragraph(text="连续两期排名末位的单位，由主要负责人在下次调度会上作表态发言。"),
    )


def _annex_of_progress() -> Annex:
    number = Kind.NUMBER
    columns = (
        Column(title="序号", kind=Kind.RANK),
        Column(title="单位"),
        Column(title="任务", kind=number, group="签约项目（个）", sums=True),
        Column(title="完成", kind=number, group="签约项目（个）", sums=True, name="signed"),
        Column(title="任务", kind=number, group="开工项目（个）", sums=True),
        Column(title="完成", kind=number, group="开工项目（个）", sums=True, name="started"),
        Column(title="任务", kind=number, group="到位资金", sums=True),
        Column(title="完成", kind=number, group="到位资金", sums=True, name="arrived"),
        Column(title="完成率", kind=number, group="到位资金", name="rate"),
    )
    rows = tuple(_progress_row(str(place), town) for place, town in enumerate(TOWNSHIPS, 1))
    table = Table(unit="万元", columns=columns, rows=rows, total=_progress_row("", WHOLE))
    return Annex(title="2026年11月上半月各乡镇招商引资主要指标进度表", blocks=(table,))


def _progress_row(place: str, town: Township) -> tuple[str, ...]:
    counts = (town.signed_task, town.signed, town.started_task, town.started)
    funds = (grouped(Fraction(amount)) for amount in (town.arrived_task, town.arrived))
    rate = percent(Fraction(town.arrived, town.arrived_task))
    return place, town.name, *map(str, counts), *funds, rate


def _annex_of_late() -> Annex:
    columns = (
        Column(title="序号", kind=Kind.RANK),
        Column(title="项目名称"),
        Column(title="责任单位"),
        Column(title="未到节点"),
        Column(title="应完成时间"),
        Column(title="逾期天数", kind=Kind.NUMBER, name="days"),
        Column(title="包联领导"),
        Column(title="责任人"),
        Column(title="主要问题"),
    )
    rows = tuple(_late_row(str(place), late) for place, late in enumerate(LATE, 1))
    return Annex(
        title="“五未”项目清单",
        blocks=(Table(columns=columns, rows=rows, landscape=True, name="late"),),
    )


def _late_row(place: str, late: Late) -> tuple[str, ...]:
    due = long_date(late.due)
    named = (late.project, late.township, late.missing, due, late.days)
    return place, *named, late.leader, late.person, late.reason
