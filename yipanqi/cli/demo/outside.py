"""What the sources tell of neighbouring cities and of the mountain counties; ours is counted."""

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from functools import partial

from yipanqi.cli.demo.stories import Done
from yipanqi.cli.founding import CLERK, Stage
from yipanqi.facts.outside.actions import enter_figures
from yipanqi.facts.outside.rules import Period, Told
from yipanqi.org.models import Person

CITIES, COUNTIES = "周边城市", "山区县"
SOURCES = {CITIES: "全省招商引资月度快报", COUNTIES: "山区县高质量发展监测月报"}
FUNDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    CITIES: (("江州市", "141.6", "118.4"), ("云溪市", "83.5", "79.2"), ("白石市", "77.9", "81.3")),
    COUNTIES: (
        *(("石泉县", "41.2", "33.6"), ("平山县", "28.7", "26.1"), ("西岭县", "19.4", "17.5")),
        *(("南川县", "33.9", "29.8"), ("雾岭县", "12.6", "14.2")),
    ),
}
"""Funds in 亿元 by the end of October, this year's and last year's."""

SIGNED = (("石泉县", "92"), ("平山县", "71"), ("西岭县", "48"), ("南川县", "85"), ("雾岭县", "30"))
FIXED = (("青禾县", "12.4"), ("石泉县", "15.1"), ("平山县", "9.8"), ("西岭县", "11.6"))
"""Growth of fixed investment in per cent: only told, ours too."""


def told() -> Iterator[Done]:
    """The clerk enters last year's and this year's when the sources are out."""
    for year in (2025, 2026):
        yield Done(on=date(year, 11, 13), hand=CLERK, do=partial(_enter, year=year))


def _enter(stage: Stage, by: Person, at: datetime, *, year: int) -> None:
    ours = {one.code: one for one in stage.settings.indicators if one.counts}
    enter_figures(place=stage.place, told=list(_figures(year)), ours=ours, by=by, at=at)


def _figures(year: int) -> Iterator[Told]:
    for peers, rows in FUNDS.items():
        for name, now, before in rows:
            value = now if year == 2026 else before
            yield _figure(name, peers, "funds", year, value, "亿元", SOURCES[peers])
    if year == 2026:
        for name, value in SIGNED:
            yield _figure(name, COUNTIES, "signed", year, value, "个", SOURCES[COUNTIES])
        for name, value in FIXED:
            yield _figure(name, COUNTIES, "固定资产投资增速", year, value, "%", "省统计局月报")


def _figure(
    holder: str, peers: str, indicator: str, year: int, value: str, unit: str, source: str
) -> Told:
    return Told(
        holder=holder,
        peers=peers,
        indicator=indicator,
        period=Period(year, 10),
        value=Fraction(value),
        unit=unit,
        source=source,
        said_on=date(year, 11, 12),
    )
