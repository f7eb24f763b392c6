"""What a pledge says, and how a holder stands with it."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from yipanqi.core.files import Evidence
from yipanqi.core.problems import Problem


class PledgeState(StrEnum):
    """How a holder stands with the pledge of a year."""

    OVERDUE = "overdue"
    MISSING = "missing"
    PRINTED = "printed"
    SIGNED = "signed"


@dataclass(frozen=True)
class PledgedTask:
    """One line of a pledge as it is printed: what was assigned, what is promised beyond it."""

    name: str
    unit: str
    assigned: str
    pledged: str


def tasks_text(tasks: Iterable[PledgedTask]) -> str:
    """How a pledge holds its lines: text that the ledger vouches for."""
    listed = [[one.name, one.unit, one.assigned, one.pledged] for one in tasks]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def tasks_in(text: str) -> tuple[PledgedTask, ...]:
    """The lines that a pledge holds."""
    return tuple(PledgedTask(*line) for line in json.loads(text))


def state_of(
    *, printed: bool, signed_on: date | None, due: date | None, as_of: date
) -> PledgeState:
    """Signed, or overdue after the day that was set, or as far as it has come."""
    if signed_on is not None:
        return PledgeState.SIGNED
    if due is not None and as_of > due:
        return PledgeState.OVERDUE
    return PledgeState.PRINTED if printed else PledgeState.MISSING


def round_problems(year: int, due_on: date) -> Iterator[Problem]:
    """A year's pledges are signed within it."""
    if due_on.year != year:
        yield Problem(text=_("期限应在 %(year)s 年之内") % {"year": year}, where=_("签订期限"))


def signing_problems(
    *, signed_on: date, printed_on: date, today: date, serves: bool, files: Collection[Evidence]
) -> Iterator[Problem]:
    """Somebody who serves there signs what was printed, and the signed page is shown."""
    if signed_on > today:
        yield Problem(text=_("还没有签，签了以后再传"), where=_("签订日期"))
    if signed_on < printed_on:
        yield Problem(
            text=_("签订日期早于生成日期（%(on)s），请核对") % {"on": printed_on},
            where=_("签订日期"),
        )
    if not serves:
        yield Problem(text=_("签字人当天不在这个单位任职，请核对"), where=_("签字人"))
    if not files:
        yield Problem(text=_("请附上签了字的扫描件"), where=_("扫描件"))
