"""A county whose third quarter can be drawn up, put up for objection and sealed."""

from datetime import UTC, date, datetime
from pathlib import Path

from yipanqi.assessment.actions import adopt_method
from yipanqi.facts.targets.actions import set_targets
from yipanqi.publishing.actions import draw_up, open_notice, seal_result
from yipanqi.publishing.models import Draft, Notice, Seal
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise

METHOD = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")
CODE, PERIOD = "annual", "2026Q3"
NOTICED = NOON
"""Friday 20 November 2026."""

IN_TIME = datetime(2026, 11, 25, 4, tzinfo=UTC)
OVER = datetime(2026, 11, 28, 4, tzinfo=UTC)
"""The day after five working days."""

MAY_9 = date(2026, 5, 9)


def ready_county(name: str = "青禾县", prefix: str = "") -> County:
    """A county with its method, its targets and one project that counts for 青山镇."""
    county = make_county(name, prefix=prefix)
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    units = [unit for unit in county.units.values() if unit.kind != "place"]
    targets = [(u, "signed", 3) for u in units] + [(u, "funds", 10**10) for u in units]
    set_targets(targets=targets, year=2026, basis="2026年目标任务", by=county.chief, at=NOON)
    recognise(make_project(county), "signed", on=MAY_9)
    return county


def drawn_up(county: County, period: str = PERIOD, at: datetime = NOON) -> Draft:
    """The result of a period as it stands."""
    return draw_up(place=county.place, code=CODE, period=period, by=county.chief, at=at)


def noticed(county: County, period: str = PERIOD, at: datetime = NOON) -> Notice:
    """The same, put up for objection for five working days."""
    return open_notice(draft=drawn_up(county, period, at), days=5, by=county.chief, at=at)


def sealed(
    county: County, period: str = PERIOD, *, noticed_at: datetime = NOON, at: datetime = OVER
) -> Seal:
    """The same, sealed when it was over."""
    notice = noticed(county, period, noticed_at)
    return seal_result(notice=notice, by=county.chief, at=at)
