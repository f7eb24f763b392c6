"""Stories drawn from a seed: what the other units of the county brought and how far it went."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yipanqi.cli.demo.stories import (
    JUDGING_DAY,
    NODES,
    Moved,
    Story,
    Taking,
    begin,
    reach,
)
from yipanqi.cli.founding import TODAY, ZONE
from yipanqi.cli.invented import NATURES, ORIGINS, Invented, credit_code, invent, size_in_wan
from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.facts.projects.rules import Currency, Honour, Level, PartRole

HALVES = (1, 2)

GAPS = {
    "talks": (8, 30),
    "appraised": (12, 35),
    "signed": (8, 28),
    "registered": (8, 28),
    "land": (25, 80),
    "started": (15, 50),
    "statistics": (7, 28),
    "completed": (180, 330),
    "produced": (20, 80),
}
"""Days from one node to the next when all goes well."""

DEPTHS = {
    2024: (34, 22, 6, 2, 2, 2, 2, 8, 3, 19),
    2025: (40, 22, 6, 3, 3, 2, 2, 14, 3, 5),
    2026: (26, 13, 4, 3, 3, 3, 3, 25, 6, 10),
}
"""How often a project of a year goes as far as each node, if today does not cut it off."""

RETURNS = (
    "佐证不全：缺盖章页，请补齐后重报",
    "洽谈记录没有投资方签字，请补充",
    "日期与协议文本不一致，请核对",
    "照片看不出施工内容，请附施工许可证",
    "银行回单的付款方不是投资方，请说明或更换",
)
NEWS = (
    "项目团队到县里对接选址，看了两块地",
    "协议文本第二轮修改完成，送司法局审查",
    "环评报告表编制完成，待公示",
    "土地平整完成八成，施工便道已通",
    "主体厂房钢结构吊装过半",
    "首批设备到场，正在安装调试",
    "招工报名一百二十余人，已培训两批",
    "用电增容方案已批复，线路施工中",
    "消防、规划验收资料已备齐",
)
TROUBLES = (
    "",
    "",
    "",
    "征地还剩两户未签",
    "银行授信未批，资金到位放缓",
    "进场道路未通，影响施工",
    "投资方内部决策推迟",
    "用电负荷不足，需新建专线",
)


@dataclass(frozen=True)
class Bringer:
    """A unit that brings projects: how many a year, how far they may go, where they land."""

    unit: str
    yearly: dict[int, float]
    deepest: int
    lands: tuple[str, ...]


def drawn(rng: Random, bringers: list[Bringer], partners: list[str]) -> Iterator[Story]:
    """Everything the bringers bring, year by year."""
    seen: set[str] = set()
    for bringer in bringers:
        for year, mean in bringer.yearly.items():
            whole = int(mean)
            for _ in range(whole + (rng.random() < mean - whole)):
                yield draw(rng, bringer, year, partners, seen)


def draw(rng: Random, bringer: Bringer, year: int, partners: list[str], seen: set[str]) -> Story:
    """One project of a unit and a year."""
    invented = invent(rng, seen)
    depth = min(rng.choices(range(1, 11), weights=DEPTHS[year])[0], bringer.deepest)
    last = date(year, 11, 10) if year == TODAY.year else date(year, 12, 10)
    first = date(year, 1, 8) + timedelta(
        days=int((last - date(year, 1, 8)).days * rng.random() ** 1.4)
    )
    story = begin(
        name=invented.name,
        shares=tuple(_shares(rng, bringer, invented.industry.office, partners)),
        on=first,
        columns=_columns(rng, invented, depth),
    )
    _go(rng, story, first, depth)
    return story


def _shares(rng: Random, bringer: Bringer, office: str, partners: list[str]) -> Iterator[Taking]:
    unit, lands = bringer.unit, rng.choice(bringer.lands)
    others = [name for name in partners if name != unit]
    if rng.random() < 0.12:
        yield Taking(unit, PartRole.INTRODUCER, 3, 5)
        yield Taking(rng.choice(others), PartRole.INTRODUCER, 2, 5)
    else:
        yield Taking(unit, PartRole.INTRODUCER)
    if lands != ZONE and rng.random() < 0.05:
        yield Taking(lands, PartRole.LANDING, *HALVES)
        yield Taking(ZONE, PartRole.LANDING, *HALVES)
    else:
        yield Taking(lands, PartRole.LANDING)
    yield Taking(lands, PartRole.LEAD)
    if office != lands:
        yield Taking(office, PartRole.LEAD)


def _columns(rng: Random, invented: Invented, depth: int) -> dict[str, object]:
    wan = size_in_wan(rng)
    dollars = depth > 1 and rng.random() < 0.04
    unknown = depth <= 2 and rng.random() < 0.18
    company = f"青禾{invented.short}有限公司" if depth > 4 else ""
    return {
        "investor": invented.investor,
        "industry": invented.industry.name,
        "nature": rng.choice(NATURES),
        "origin": "境外" if dollars else rng.choice(ORIGINS),
        "company": company,
        "credit_code": credit_code(rng) if company else "",
        "honour": rng.choices(list(Honour), weights=(90, 2, 4, 4))[0],
        "level": rng.choices(list(Level), weights=(70, 18, 8, 4))[0],
        "currency": Currency.USD if dollars else Currency.CNY,
        "total": None if unknown else (wan // 7 if dollars else wan) * FEN_PER_WAN,
        "fixed": None if unknown or dollars else wan * 7 // 10 * FEN_PER_WAN,
    }


def _go(rng: Random, story: Story, first: date, depth: int) -> None:
    """The nodes one after the other, money in between, news on the way."""
    day, slow = first, rng.random() < 0.15
    for node in NODES[:depth]:
        if node in GAPS:
            days = rng.randint(*GAPS[node])
            day += timedelta(days=days * 2 if slow and rng.random() < 0.5 else days)
        if day > TODAY or not _claimed(rng, story, node, day):
            break
        if node in {"registered", "started", "statistics", "completed"}:
            _funded(rng, story, day + timedelta(days=rng.randint(2, 20)))
    _news(rng, story)


def _claimed(rng: Random, story: Story, node: str, day: date) -> bool:
    """A node, at a second go when it was returned at first."""
    lag, wait = rng.randint(0, 9), rng.randint(2, 9)
    if rng.random() >= 0.06:
        return reach(story, node, day, lag=lag, wait=wait)
    reach(story, node, day, lag=lag, wait=wait, returned=rng.choice(RETURNS))
    waiting = story.verdict_on(list(story.claims())[-1]) is None
    return not waiting and rng.random() < 0.75 and reach(story, node, day, lag=lag, wait=wait)


def _funded(rng: Random, story: Story, day: date) -> None:
    """Money arrives, a tenth or a fifth of the whole; now and then in dollars."""
    total = story.columns["total"]
    if total is None or day > TODAY or rng.random() < 0.3:
        return
    amount = total * rng.randint(6, 22) // 100 // (10 * FEN_PER_WAN) * (10 * FEN_PER_WAN)
    currency = story.columns["currency"]
    reach(
        story, "funds", day, lag=rng.randint(0, 6), amount=amount or FEN_PER_WAN, currency=currency
    )


def _news(rng: Random, story: Story) -> None:
    """What is heard of a project on its way: mostly lately, of some nothing for months."""
    reached = story.reached()
    days = [story.began_on + timedelta(days=rng.randint(20, 200)) for _ in range(rng.randint(0, 1))]
    if "signed" in reached and "produced" not in reached and rng.random() < 0.88:
        days += [TODAY - timedelta(days=rng.randint(1, 50))]
        days += [TODAY - timedelta(days=rng.randint(51, 120)) for _ in range(rng.randint(0, 2))]
    for day in days:
        if story.began_on < day <= TODAY:
            unit = story.introducers[0]
            story.steps.append(
                Moved(on=day, unit=unit, text=rng.choice(NEWS), problem=rng.choice(TROUBLES))
            )


def tell_of_the_active(rng: Random, stories: list[Story]) -> None:
    """The five townships' projects under way are heard of too."""
    for story in stories:
        if "signed" in story.reached() and "produced" not in story.reached():
            day = JUDGING_DAY - timedelta(days=rng.randint(0, 35))
            unit = story.introducers[0]
            story.steps.append(Moved(on=day, unit=unit, text=rng.choice(NEWS)))
