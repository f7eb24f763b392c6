"""Pace (序时进度): how far each holder is with each task, beside the share of the year that is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.core.numbers import shown
from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import TargetKind
from yipanqi.place.rules import Indicator, Settings
from yipanqi.standing.measures.counting import counted
from yipanqi.standing.measures.indicators import measures_of
from yipanqi.standing.measures.once import together
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.rules import Colour, Lamp

ALL = ""
"""The group of all holders."""


class State(StrEnum):
    """How somebody stands with a task."""

    MET = "met"
    AHEAD = "ahead"
    BEHIND = "behind"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Pace:
    """One task and what is done of it, as kept: 分 or whole numbers; shares of two are fractions.

    `done` is unknown where the figure comes from outside; `elapsed` is the share of the year's task that
    should be done by now; `passed_on` is what a place's units were given of its own task.
    """

    indicator: Indicator
    done: Fraction | None
    assigned: int | None
    pledged: int | None
    elapsed: Fraction
    amber_points: int
    passed_on: int | None = None

    @property
    def over(self) -> int:
        """By how much more was passed on than was given (超分)."""
        return max((self.passed_on or 0) - (self.assigned or 0), 0)

    @property
    def short(self) -> int:
        """By how much less was passed on than was given (缺口)."""
        return max((self.assigned or 0) - (self.passed_on or 0), 0)

    @property
    def aim(self) -> int | None:
        """What counts as the task: what was assigned, else what was pledged; nought is no task."""
        return self.assigned or self.pledged or None

    @property
    def share(self) -> Fraction | None:
        """The share of the task that is done."""
        return self._share_of(self.aim)

    @property
    def pledged_share(self) -> Fraction | None:
        """The share of what was pledged that is done."""
        return self._share_of(self.pledged)

    def _share_of(self, whole: int | None) -> Fraction | None:
        return self.done / whole if whole and self.done is not None else None

    @property
    def told(self) -> str:
        """What is done, told in the unit."""
        return _("待统计") if self.done is None else self.indicator.told(self.done)

    @property
    def exact(self) -> str:
        """What is done as it is kept: the figure that the list of its records must reach."""
        return str(self.done)

    @property
    def told_assigned(self) -> str:
        """What was assigned, told in the unit."""
        return "—" if self.assigned is None else self.indicator.told(self.assigned)

    @property
    def told_pledged(self) -> str:
        """What was pledged, told in the unit."""
        return "—" if self.pledged is None else self.indicator.told(self.pledged)

    @property
    def told_missing(self) -> str:
        """What is still to be done, told in the unit."""
        return "—" if self.missing is None else self.indicator.told(self.missing)

    @property
    def told_passed_on(self) -> str:
        """What the units were given, told in the unit."""
        return self.indicator.told(self.passed_on or 0)

    @property
    def told_over(self) -> str:
        """What was passed on too much, told in the unit."""
        return self.indicator.told(self.over)

    @property
    def told_short(self) -> str:
        """What was passed on too little, told in the unit."""
        return self.indicator.told(self.short)

    @property
    def points(self) -> str:
        """The length of the bar: the share that is done in points of a hundred, no longer than the whole."""
        return shown(min((self.share or Fraction(0)) * 100, Fraction(100)), 1)

    @property
    def elapsed_points(self) -> str:
        """Where the year stands on the bar."""
        return shown(self.elapsed * 100, 1)

    @property
    def missing(self) -> Fraction | None:
        """What is still to be done of the task."""
        return (
            max(self.aim - self.done, Fraction(0)) if self.aim and self.done is not None else None
        )

    @property
    def lag(self) -> Fraction | None:
        """How many percentage points this is behind the year; below nought it is ahead."""
        return None if self.share is None else (self.elapsed - self.share) * 100

    @property
    def state(self) -> State:
        """Met, ahead of the year or behind it, or nothing to be done."""
        if self.aim is None:
            return State.NONE
        if self.share is None or self.lag is None:
            return State.UNKNOWN
        if self.share >= 1:
            return State.MET
        return State.BEHIND if self.lag > 0 else State.AHEAD

    @property
    def lamp(self) -> Lamp:
        """What the lamp shows, and its words."""
        points = shown(abs(self.lag or Fraction(0)), 1)
        match self.state:
            case State.MET:
                return Lamp(Colour.GREEN, _("已完成"))
            case State.AHEAD:
                return Lamp(Colour.GREEN, _("超进度 %(points)s 个百分点") % {"points": points})
            case State.BEHIND:
                near = self.lag is not None and self.lag <= self.amber_points
                words = _("欠进度 %(points)s 个百分点") % {"points": points}
                return Lamp(Colour.AMBER if near else Colour.RED, words)
            case State.NONE:
                return Lamp(Colour.NONE, _("没有任务"))
        return Lamp(Colour.NONE, _("等统计数"))


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everybody's pace at one point: by holder and indicator, and for each group together."""

    at: AsOf
    elapsed: Fraction
    indicators: tuple[Indicator, ...]
    holders: Mapping[tuple[int, str], Pace]
    groups: Mapping[tuple[str, str], Pace]

    def of(self, holder_id: int) -> list[Pace]:
        """One holder's tasks, in the order of the indicators."""
        return [self.holders[holder_id, one.code] for one in self.indicators]

    def together(self, group: str = ALL) -> list[Pace]:
        """The tasks of a group; what it did counts each project once."""
        return [self.groups[group, one.code] for one in self.indicators]


Said = Mapping[tuple[int, str, str], int]


def days_to_quarters_end(day: date) -> int:
    """How many days are left of the quarter after this one."""
    month = day.month + 2 - (day.month - 1) % 3
    return (date(day.year + month // 12, month % 12 + 1, 1) - day).days - 1


def board_of(
    holders: Sequence[int],
    settings: Settings,
    at: AsOf,
    *,
    groups: Mapping[str, Sequence[int]] | None = None,
    place_id: int = 0,
) -> Board:
    """How far these holders are on a day of its year; three queries, however many they are.

    `groups` names holders whose figures are also wanted together; all of them are a group too. Where
    their place was itself given a task, that is the task of all of them.
    """
    wanted = {ALL: holders, **(groups or {})}
    everybody = sorted({holder for members in wanted.values() for holder in members})
    measures = measures_of(settings.indicators)
    done = counted(measures, everybody, at, settings=settings)
    jointly = together(measures, wanted, at)
    said = _said([*everybody, place_id], settings, at)
    words = _Words(said, settings, settings.elapsed(at.day))
    return Board(
        at=at,
        elapsed=words.elapsed,
        indicators=settings.indicators,
        holders={
            (holder, one.code): words.pace(one, done.get(one.code, {}).get(holder), [holder])
            for holder in everybody
            for one in settings.indicators
        },
        groups={
            (group, one.code): words.jointly(
                one, jointly.get(one.code, {}).get(group), members, 0 if group else place_id
            )
            for group, members in wanted.items()
            for one in settings.indicators
        },
    )


def _said(holders: Sequence[int], settings: Settings, at: AsOf) -> Said:
    """The last word on every task of these units, by holder, indicator and kind."""
    codes = [one.code for one in settings.indicators]
    standing = Target.objects.standing(indicators=codes, year=at.day.year, seq=at.seq)
    rows = standing.filter(holder_id__in=holders, person=None)
    return {
        (holder, code, kind): amount
        for holder, code, kind, amount in rows.values_list(
            "holder_id", "indicator", "kind", "amount"
        )
    }


@dataclass(frozen=True)
class _Words:
    """Who was given and who pledged what, to be set beside what they did."""

    said: Said
    settings: Settings
    elapsed: Fraction

    def pace(self, one: Indicator, done: Fraction | None, members: Sequence[int]) -> Pace:
        """The pace of these members together; who pledged nothing stands by what was assigned."""
        assigned = self._each(one, members, TargetKind.ASSIGNED)
        pledged = self._each(one, members, TargetKind.PLEDGED)
        return Pace(
            indicator=one,
            done=done,
            assigned=sum(assigned.values()) if assigned else None,
            pledged=sum((assigned | pledged).values()) if pledged else None,
            elapsed=self.elapsed,
            amber_points=self.settings.amber_points,
        )

    def jointly(
        self, one: Indicator, done: Fraction | None, members: Sequence[int], place_id: int
    ) -> Pace:
        """The same of a group; a place that was given a task itself is measured by that."""
        own = self.pace(one, done, [place_id])
        together = self.pace(one, done, members)
        if own.aim is None:
            return together
        return replace(own, passed_on=together.assigned or 0)

    def _each(self, one: Indicator, members: Sequence[int], kind: TargetKind) -> dict[int, int]:
        said = {member: self.said.get((member, one.code, kind)) for member in members}
        return {member: amount for member, amount in said.items() if amount is not None}
