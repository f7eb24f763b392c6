"""Where a project stands: its stage, its lamp, what is late, what is missing for the next step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yipanqi.core.problems import Problem
from yipanqi.place.rules import FUNDS, NotYet, Requirement, Settings


class Outcome(TextChoices):
    """What the verifying office says of a claim (认定结论)."""

    ACCEPTED = "accepted", _("认定")
    RETURNED = "returned", _("退回")
    FALSIFIED = "falsified", _("查实造假")


class What(TextChoices):
    """What a bulk change sets on many projects (批改内容)."""

    INDUSTRY = "industry", _("产业")
    LEVEL = "level", _("重点级别")
    LEAD = "lead", _("责任单位")
    LANDING = "landing", _("落地单位")
    LEADER = "leader", _("包保领导")
    PLAN = "plan", _("计划日期")


FALSIFIED = "falsified"
"""Under this node stands what was found to be false."""

IN_FORCE = "in_force"
"""The kind of entry that says by which definitions a place's projects are settled from there on."""

SEVERAL = frozenset({FUNDS, FALSIFIED})
"""What may be recognised more than once of a project."""


class Colour(StrEnum):
    """A lamp's colour; its shape and its words say the same."""

    GREEN = "g"
    AMBER = "y"
    RED = "r"
    NONE = "n"


@dataclass(frozen=True)
class Lamp:
    """What a project's lamp shows, and the words that always go with it."""

    colour: Colour
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Due:
    """By when the missing node of one of the nots is due, counted from when the other was reached."""

    reached_on: date
    due_on: date


def stage_of(order: Sequence[str], reached: Iterable[str]) -> str:
    """A project stands at the furthest node that is recognised; nowhere before the first one."""
    known = set(reached)
    return next((node for node in reversed(order) if node in known), "")


def dues_of(
    not_yets: Iterable[NotYet], reached: Mapping[str, date], plans: Mapping[str, date]
) -> dict[str, Due]:
    """Every node that is awaited, with the day allowed for it by the place, or by its own plan."""
    return {
        entry.code: Due(
            reached[entry.reached],
            plans.get(entry.missing, reached[entry.reached] + timedelta(days=entry.days)),
        )
        for entry in not_yets
        if entry.reached in reached and entry.missing not in reached
    }


def first_due(dues: Mapping[str, Due], not_yets: Iterable[NotYet]) -> tuple[str, date] | None:
    """The listed due day that comes first."""
    listed = [(dues[n.code].due_on, n.code) for n in not_yets if n.listed and n.code in dues]
    if not listed:
        return None
    day, code = min(listed)
    return code, day


def days_overdue(due_on: date, *, as_of: date) -> int:
    """How many days a due day is past."""
    return max((as_of - due_on).days, 0)


def lamp_of(
    *,
    settings: Settings,
    due_code: str,
    due_on: date | None,
    signed_on: date | None,
    last_fact_on: date | None,
    finished: bool,
    as_of: date,
) -> Lamp:
    """Red when a day is past or nothing has moved since signing, amber when it is near, else green."""
    if due_on is not None:
        missing = next((n.missing for n in settings.not_yets if n.code == due_code), due_code)
        name = settings.name_of(missing)
        if late := days_overdue(due_on, as_of=as_of):
            return Lamp(
                Colour.RED, gettext("%(name)s逾期 %(late)s 天") % {"name": name, "late": late}
            )
    stalled = _stalled_days(settings, signed_on, last_fact_on, as_of)
    if stalled and not finished:
        return Lamp(Colour.RED, gettext("%(stalled)s 天没有进展") % {"stalled": stalled})
    if due_on is not None:
        left = (due_on - as_of).days
        if left <= settings.amber_days:
            return Lamp(
                Colour.AMBER,
                gettext("%(name)s还剩 %(left)s 天") % {"name": name, "left": left}
                if left
                else gettext("%(name)s今天到期") % {"name": name},
            )
        return Lamp(
            Colour.GREEN,
            gettext("%(name)s按期，%(day)s 到期") % {"name": name, "day": due_on.isoformat()},
        )
    if finished:
        return Lamp(Colour.GREEN, gettext("已投产"))
    return Lamp(Colour.NONE, gettext("尚未签约") if signed_on is None else gettext("没有待办期限"))


def _stalled_days(
    settings: Settings, signed_on: date | None, last_fact_on: date | None, as_of: date
) -> int:
    """Days without any fact after signing, once they are more than the place allows (A8)."""
    if signed_on is None or last_fact_on is None:
        return 0
    idle = (as_of - last_fact_on).days
    return idle if idle > settings.stalled_days else 0


def missing(
    requirements: Iterable[Requirement], node: str, present: Iterable[str], settings: Settings
) -> Iterator[Problem]:
    """Everything that still stands between a project and a node, all at once."""
    have = set(present)
    for requirement in requirements:
        if requirement.before == node and requirement.needs not in have:
            yield Problem(
                text=gettext("缺“%(node)s”的认定：%(says)s")
                % {"node": settings.name_of(requirement.needs), "says": requirement.says},
                clause=requirement.clause,
                weight=requirement.weight,
                where=settings.name_of(node),
            )


def verdict_problems(outcome: str, reason: str) -> Iterator[Problem]:
    """Whoever returns a claim, or calls it false, says why."""
    if outcome != Outcome.ACCEPTED and not reason.strip():
        yield Problem(
            text=gettext("退回或查实造假必须写明理由，申报单位会看到"), where=gettext("理由")
        )


def next_node(order: Sequence[str], stage: str) -> str | None:
    """The node that comes after a stage."""
    after = order[order.index(stage) + 1 :] if stage in order else order
    return after[0] if after else None
