"""Tasks of the invented county beside its yearly plan: from above, pledged, split to people, adjusted."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial

from yipanqi.cli.demo.stories import Done
from yipanqi.cli.founding import CLERK, TODAY, ZONE, Stage
from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.facts.targets.actions import (
    Ground,
    adjust_tasks,
    pledge_task,
    set_tasks,
    split_task,
)
from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import Task
from yipanqi.org.models import Person

YEAR = TODAY.year
ABOVE = {"signed": 90, "signed_500m": 12, "funds": 280_000 * FEN_PER_WAN}
"""What the city gave the county."""

PLEDGED = {"青山镇": 12_000, "柳河镇": 13_000, ZONE: 73_000}
"""万元 that arrive by their own word."""

SPLIT = {"青山镇": 4, "柳河镇": 2, ZONE: 6}
"""What their people were given of the signings: one too many, one too few, exactly."""

LARGE = [
    (date(YEAR, 1, 8), 2, ""),
    (date(YEAR, 7, 3), 3, "上半年已签两个，经领导小组会议研究加压"),
]
"""Signings of half a billion that the zone was given, and given anew with a reason."""


def told() -> Iterator[Done]:
    """Every step, whatever its day."""
    yield Done(on=date(YEAR, 1, 5), hand=CLERK, do=_from_above)
    for on, amount, reason in LARGE:
        yield Done(on=on, hand=CLERK, do=partial(_adjust, amount=amount, reason=reason))
    for unit, wan in PLEDGED.items():
        yield Done(on=date(YEAR, 2, 10), hand=unit, do=partial(_pledge, unit=unit, wan=wan))
    for unit, amount in SPLIT.items():
        yield Done(on=date(YEAR, 2, 25), hand=unit, do=partial(_split, unit=unit, amount=amount))


def _from_above(stage: Stage, by: Person, at: datetime) -> list[Target]:
    tasks = [
        Task(holder_id=stage.place.pk, indicator=code, amount=amount)
        for code, amount in ABOVE.items()
    ]
    ground = Ground(basis="市办发〔2026〕5号", clause="附件1")
    return set_tasks(tasks=tasks, year=YEAR, ground=ground, by=by, at=at)


def _adjust(stage: Stage, by: Person, at: datetime, *, amount: int, reason: str) -> list[Target]:
    task = Task(holder_id=stage.units[ZONE].pk, indicator="signed_500m", amount=amount)
    ground = Ground(basis="青办发〔2026〕3号")
    return adjust_tasks(tasks=[task], year=YEAR, ground=ground, reason=reason, by=by, at=at)


def _pledge(stage: Stage, by: Person, at: datetime, *, unit: str, wan: int) -> list[Target]:
    amount = wan * FEN_PER_WAN
    task = Task(holder_id=stage.units[unit].pk, indicator="funds", amount=amount)
    return pledge_task(task=task, year=YEAR, ground=Ground(basis="青招组〔2026〕3号"), by=by, at=at)


def _split(stage: Stage, by: Person, at: datetime, *, unit: str, amount: int) -> list[Target]:
    given: Mapping[int, int] = {by.pk: amount}
    return split_task(
        holder=stage.units[unit],
        indicator="signed",
        year=YEAR,
        amounts=given,
        ground=Ground(basis="青办发〔2026〕3号"),
        by=by,
        at=at,
    )
