"""The third quarter is sealed and published; October is up, one objection answered, one waiting."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from yipanqi.assessment.rules.methods import ANNUAL
from yipanqi.cli.demo.stories import Done
from yipanqi.cli.founding import CLERK, Stage
from yipanqi.org.models import Person
from yipanqi.org.rules import Role
from yipanqi.publishing.actions import (
    answer_objection,
    draw_up,
    object_to,
    open_notice,
    publish_result,
    seal_result,
    sign_for_result,
)
from yipanqi.publishing.models import Notice, Objection, Seal
from yipanqi.publishing.rules.workings import workings

QUARTER, MONTH = "2026Q3", "2026-10"
EVERY_SIXTH = 6
"""So many holders leave one that has not signed yet."""

REASON = "本单位有一个项目已经认定，明细里没有数到，请核对。"
REJECTED = "该项目认定在账本截止以后，按补报记入以后的考核期，本期不变。"


def told() -> Iterator[Done]:
    """From the draft of the quarter to the objection that waits."""
    yield Done(on=date(2026, 10, 12), hand=CLERK, do=partial(_notice, period=QUARTER))
    yield Done(on=date(2026, 10, 14), hand="石桥乡", do=partial(_object, period=QUARTER))
    yield Done(on=date(2026, 10, 16), hand=CLERK, do=_reject)
    yield Done(on=date(2026, 10, 20), hand=CLERK, do=_seal)
    yield Done(on=date(2026, 10, 21), hand=CLERK, do=_sign)
    yield Done(on=date(2026, 10, 22), hand=CLERK, do=_publish)
    yield Done(on=date(2026, 11, 17), hand=CLERK, do=partial(_notice, period=MONTH))
    yield Done(on=date(2026, 11, 18), hand="石桥乡", do=partial(_object, period=MONTH))
    yield Done(on=date(2026, 11, 19), hand=CLERK, do=_reject)
    yield Done(on=date(2026, 11, 19), hand="青山镇", do=partial(_object, period=MONTH))


def _chief(stage: Stage) -> Person:
    path = stage.place.path
    return Person.objects.get(posts__role=Role.CHIEF, posts__unit__path__startswith=path)


def _notice(stage: Stage, by: Person, at: datetime, *, period: str) -> None:
    chief = _chief(stage)
    draft = draw_up(place=stage.place, code=ANNUAL, period=period, by=chief, at=at)
    open_notice(draft=draft, days=5, by=chief, at=at)


def _object(stage: Stage, by: Person, at: datetime, *, period: str) -> None:
    """The unit points at the first figure of its first line."""
    notice = Notice.objects.get(place=stage.place, period=period)
    unit = by.acting_unit
    assert unit is not None
    line = workings(notice.frozen, unit.pk)[0]
    object_to(
        notice=notice,
        holder=unit,
        item=line.item,
        figure=line.used[0].name,
        reason=REASON,
        by=by,
        at=at,
    )


def _reject(stage: Stage, by: Person, at: datetime) -> None:
    for objection in Objection.objects.filter(notice__place=stage.place).waiting():
        answer_objection(objection=objection, accepted=False, reason=REJECTED, by=by, at=at)


def _seal(stage: Stage, by: Person, at: datetime) -> None:
    notice = Notice.objects.select_related("place").get(place=stage.place, period=QUARTER)
    seal_result(notice=notice, by=_chief(stage), at=at)


def _sign(stage: Stage, by: Person, at: datetime) -> None:
    """Every holder that has a liaison, but every sixth."""
    seal = Seal.objects.get(place=stage.place)
    signing = [name for name in seal.frozen.holders.values() if name in stage.people]
    for number, name in enumerate(signing):
        if number % EVERY_SIXTH:
            sign_for_result(seal=seal, unit=stage.units[name], by=stage.people[name], at=at)


def _publish(stage: Stage, by: Person, at: datetime) -> None:
    seal = Seal.objects.select_related("place").get(place=stage.place)
    publish_result(seal=seal, remarks="", by=_chief(stage), at=at)
