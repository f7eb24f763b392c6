"""Five townships whose figures of 2026 are worked out by hand in the method's page; all invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from yipanqi.cli.demo.stories import NODES, Moved, Planned, Story, Taking, begin, reach
from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.facts.projects.rules import PartRole

TABLE = Path(__file__).with_name("townships.yaml")
YUNLING = "云岭食品马铃薯全产业链项目"


YUNLING_NEWS = (
    (date(2026, 7, 16), "青山镇", "勘测定界完成，正在编制用地报批卷", ""),
    (date(2026, 9, 17), "农业农村局", "种薯繁育基地流转土地1600亩，已签合同", ""),
    (
        date(2026, 11, 2),
        "青山镇",
        "县长批示：两周内把卷报上去，招商促进局盯。青山镇已派人驻省厅",
        "用地报批卷缺社保审核意见",
    ),
    (
        date(2026, 11, 18),
        "青山镇",
        "用地报批卷在省厅，缺社保审核意见",
        "社保审核意见由自然资源局协调，尚未出具",
    ),
)


@dataclass(frozen=True)
class Line:
    """One project of a township."""

    unit: str
    name: str
    investor: str
    industry: str
    office: str
    wan: int
    days: str
    money: str = ""
    more: dict[str, Any] = field(default_factory=dict)  # further columns of the register
    partner: str = ""
    own: tuple[int, int] = (1, 1)
    returned: str = ""


def told() -> Iterator[Story]:
    """The five townships' stories."""
    for number, line in enumerate(_lines()):
        story = _opened(line)
        for node, on, wan in sorted(_happened(line), key=lambda what: what[1]):
            amount = wan * FEN_PER_WAN if wan else None
            reach(story, node, on, lag=1 + number % 3, amount=amount, returned=line.returned)
        if line.name == YUNLING:
            _yunling(story)
        yield story


def _lines() -> Iterator[Line]:
    return (Line(**entry) for entry in yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def _opened(line: Line) -> Story:
    shares = [
        Taking(line.unit, PartRole.INTRODUCER, *line.own),
        Taking(line.unit, PartRole.LANDING),
        Taking(line.unit, PartRole.LEAD),
        Taking(line.office, PartRole.LEAD),
    ]
    if line.partner:
        num, den = line.own
        shares.append(Taking(line.partner, PartRole.INTRODUCER, den - num, den))
    columns = {
        "investor": line.investor,
        "industry": line.industry,
        "nature": "新建",
        "origin": "省外",
        "total": line.wan * FEN_PER_WAN,
        **line.more,
    }
    first = date.fromisoformat(line.days.split()[0])
    return begin(name=line.name, shares=shares, on=first, columns=columns)


def _happened(line: Line) -> Iterator[tuple[str, date, int]]:
    """Nodes and money with their days; money in 万元."""
    yield from ((node, day, 0) for node, day in zip(NODES, _days(line.days), strict=False))
    year = line.days[:4]
    for entry in line.money.split():
        day, _, wan = entry.partition(":")
        yield "funds", date.fromisoformat(day if len(day) == 10 else f"{year}-{day}"), int(wan)


def _days(text: str) -> Iterator[date]:
    year = ""
    for word in text.split():
        year = word[:4] if len(word) == 10 else year
        yield date.fromisoformat(word if len(word) == 10 else f"{year}-{word}")


def _yunling(story: Story) -> None:
    """The project that the manual follows: its land was promised for 10 October and is not there."""
    put_off = "用地报批需省级审批，经县政府同意顺延一次"
    planned = date(2026, 10, 10)
    story.steps.append(
        Planned(on=date(2026, 8, 20), node="land", planned_on=planned, reason=put_off)
    )
    for on, unit, text, problem in YUNLING_NEWS:
        story.steps.append(Moved(on=on, unit=unit, text=text, problem=problem))
