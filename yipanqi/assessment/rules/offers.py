"""Figures that a place can count, each as a line that can be put into a method."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.place.rules import Settings
from yipanqi.place.rules.meaning import Band, Node, NotYet

SIGNED = "signed"


@dataclass(frozen=True)
class FigureLine:
    """A figure as it stands in a method, and what the button that puts it there says."""

    title: str
    text: str


@dataclass(frozen=True)
class Offer:
    """Something that can be counted, in one or several ways."""

    what: str
    lines: tuple[FigureLine, ...]


def offers(settings: Settings) -> list[Offer]:
    """Everything that the place's words let a method count."""
    bands = sorted(settings.bands, key=lambda band: band.at_least_fen)
    return [
        *(_counted(node, bands) for node in settings.nodes),
        *_followed(settings, bands),
        *_money(settings),
        *_tasks(settings),
        *_discipline(settings),
        *_others(),
    ]


def _line(title: str, name: str, unit: str, spec: str, label: str = "") -> FigureLine:
    said = f"label: {label}, " if label else ""
    return FigureLine(title, f"{name}: {{{said}unit: {unit}, {spec}}}")


def _counted(node: Node, bands: Sequence[Band]) -> Offer:
    """Projects that reached a node, of any size or of a size band and above."""
    name, spec = f"{node.name}数", f"measure: projects, node: {node.code}"
    sizes = (_sized(band, name, spec) for band in bands)
    return Offer(f"{node.name}的项目", (_line("不限大小", name, "个", spec), *sizes))


def _sized(band: Band, name: str, spec: str) -> FigureLine:
    floor = band.at_least_fen // FEN_PER_WAN
    return _line(band.name, f"{name}{band.name}", "个", f"{spec}, at_least: {floor}")


def _followed(settings: Settings, bands: Sequence[Band]) -> Iterator[Offer]:
    """What became of the projects signed this year."""
    if SIGNED not in settings.order:
        return
    signed = settings.name_of(SIGNED)
    for code in settings.order[settings.order.index(SIGNED) + 1 :]:
        name = f"本年{signed}已{settings.name_of(code)}数"
        spec = f"measure: projects, node: {code}, cohort: {SIGNED}"
        sizes = (_sized(band, name, spec) for band in bands)
        what = f"本年{signed}、已{settings.name_of(code)}的项目"
        yield Offer(what, (_line("不限大小", name, "个", spec), *sizes))
    honour = f"measure: projects, node: {SIGNED}, honour: fortune500"
    line = _line(signed, "五百强项目", "个", honour, "世界500强项目")
    yield Offer("世界500强项目", (line,))


def _money(settings: Settings) -> Iterator[Offer]:
    funds = settings.funds.name
    units = ("万元", "亿元")
    yield Offer(funds, tuple(_line(unit, funds, unit, "measure: funds") for unit in units))
    for node in settings.nodes:
        name, spec = f"{node.name}项目投资额", f"measure: investment, node: {node.code}"
        yield Offer(name, tuple(_line(unit, name, unit, spec) for unit in units))


def _tasks(settings: Settings) -> Iterator[Offer]:
    lines = (
        _line(
            indicator.name,
            f"{indicator.name}任务",
            indicator.unit,
            f"measure: target, indicator: {indicator.code}",
        )
        for indicator in settings.indicators
    )
    yield Offer("下达的任务", tuple(lines))


def _discipline(settings: Settings) -> Iterator[Offer]:
    late = _line("迟报", "迟报", "次", "measure: returns, state: late", "月报迟报次数")
    missing = _line("缺报", "缺报", "次", "measure: returns, state: missing", "月报缺报次数")
    yield Offer("月报", (late, missing))
    yield Offer("超过期限的项目", tuple(_overdue(one) for one in settings.not_yets))
    false = _line("弄虚作假", "造假项目", "个", "measure: falsified", "弄虚作假项目")
    yield Offer("查实造假的项目", (false,))


def _overdue(one: NotYet) -> FigureLine:
    return _line(one.name, one.name, "个", f"measure: overdue, deadline: {one.code}")


def _others() -> Iterator[Offer]:
    yield Offer(
        "挂钩单位的得分",
        (
            FigureLine("名单", "配对: {label: 挂钩单位, holders: true}"),
            FigureLine("平均分", "配对均分: {unit: 分, decimals: 2, mean_total_of: 配对}"),
        ),
    )
    yield Offer(
        "由别的指标算出", (FigureLine("比率", '完成率: {is: =完成/任务, unit: "%", decimals: 1}'),)
    )
