"""What is true of targets, whoever sets them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yipanqi.core.problems import Problem
from yipanqi.org.rules import Kind


class TargetKind(TextChoices):
    """Whose word a target is (任务来源): given from above, or promised beyond that."""

    ASSIGNED = "assigned", gettext_lazy("下达任务")
    PLEDGED = "pledged", gettext_lazy("自加压力")


class Key(NamedTuple):
    """What a word on a task is about: whose, of which indicator, given or pledged, at which layer."""

    holder_id: int
    person_id: int | None
    indicator: str
    kind: TargetKind
    issuer: str = ""
    tier: str = ""


CARRIERS = frozenset(
    {
        *(Kind.SEAT, Kind.TOWNSHIP, Kind.DEPARTMENT, Kind.OTHER_DEPARTMENT, Kind.ZONE),
        *(Kind.COMMITTEE, Kind.TEAM, Kind.BRANCH, Kind.COUNTY),
    }
)
"""The kinds of unit of which each carries a task (人人头上有任务)."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One target to be set: whose, of which indicator, how much; of one person where it is theirs.

    The place's own tasks have no issuer and no tier; others (省下达 · 力争) are measured beside them.
    """

    holder_id: int
    indicator: str
    amount: int
    kind: TargetKind = TargetKind.ASSIGNED
    person_id: int | None = None
    issuer: str = ""
    tier: str = ""

    @property
    def key(self) -> Key:
        """What this is the word on; a newer one on the same replaces it."""
        about = (self.holder_id, self.person_id, self.indicator, self.kind)
        return Key(*about, self.issuer, self.tier)


def task_problems(tasks: Iterable[Task]) -> Iterator[Problem]:
    """A task is not below nothing, and said once."""
    seen: set[Key] = set()
    for task in tasks:
        if task.amount < 0:
            yield Problem(text=_("任务数不能小于 0"), where=task.indicator)
        if task.key in seen:
            text = _("同一单位、同一指标写了两次，请只留一个")
            yield Problem(text=text, where=task.indicator)
        seen.add(task.key)


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One sentence of a year's plan: each of these has so much of this to do (3×15+N).

    `kind` names all units of a kind, or those from one rank to another; `unit_id` one unit. With
    `persons` it is each person who serves there.
    """

    indicator: str
    amount: int
    kind: str = ""
    unit_id: int | None = None
    first: int | None = None
    last: int | None = None
    persons: bool = False

    def means(self, one: "Carrier") -> bool:
        """Whether this line gives that unit a task."""
        if self.unit_id is not None:
            return one.unit_id == self.unit_id
        within = (self.first or 1) <= one.rank <= (self.last or one.rank)
        return one.kind == self.kind and within


@dataclass(frozen=True)
class Carrier:
    """A unit that may carry a task: its rank among those of its kind, and who serves in it."""

    unit_id: int
    kind: str
    rank: int
    people: tuple[int, ...] = ()


def lines_text(lines: Iterable[PlanLine]) -> str:
    """How a plan holds its lines: text that the ledger vouches for."""
    said = [{key: value for key, value in asdict(line).items() if value} for line in lines]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def lines_in(text: str) -> tuple[PlanLine, ...]:
    """The lines that a plan holds."""
    return tuple(PlanLine(**{"amount": 0, **line}) for line in json.loads(text or "[]"))


def tasks_of(lines: Iterable[PlanLine], carriers: Sequence[Carrier]) -> list[Task]:
    """What a plan gives to whom; where two lines speak of the same, the later one holds."""
    given: dict[Key, Task] = {}
    for line in lines:
        for one in carriers:
            if line.means(one):
                for person_id in one.people if line.persons else (None,):
                    task = Task(
                        holder_id=one.unit_id,
                        indicator=line.indicator,
                        amount=line.amount,
                        person_id=person_id,
                    )
                    given[task.key] = task
    return list(given.values())


def line_problems(lines: Sequence[PlanLine], carriers: Sequence[Carrier]) -> Iterator[Problem]:
    """A plan gives somebody something, line by line."""
    if not lines:
        yield Problem(text=_("请至少写一行：给谁、什么指标、多少"), where=_("年度计划"))
    for number, line in enumerate(lines, start=1):
        where = _("第 %(number)s 行") % {"number": number}
        if line.first and line.last and line.first > line.last:
            yield Problem(text=_("名次要从前写到后"), where=where)
        elif not tasks_of([line], carriers):
            yield Problem(text=_("没有符合这一行的单位或人员，请核对类别和名次"), where=where)


@dataclass(frozen=True)
class Change:
    """A task as it would be, beside what was said before; nothing where it is new."""

    task: Task
    before: int | None

    @property
    def is_new(self) -> bool:
        """Whether nothing was said of this yet."""
        return self.before is None

    @property
    def is_change(self) -> bool:
        """Whether something was said, and something else."""
        return self.before is not None and self.before != self.task.amount


def changes(tasks: Iterable[Task], standing: Mapping[Key, int]) -> list[Change]:
    """Each task beside the word that holds now."""
    return [Change(task, standing.get(task.key)) for task in tasks]


def adjusting_problems(found: Sequence[Change], reason: str) -> Iterator[Problem]:
    """Whoever changes tasks that were given says why, and changes something."""
    if not any(one.is_new or one.is_change for one in found):
        yield Problem(text=_("任务数没有变"), where=_("任务数"))
    elif any(one.is_change for one in found) and not reason.strip():
        yield Problem(text=_("调整已下达的任务要写明理由"), where=_("理由"))


def pledge_problems(amount: int, assigned: int | None) -> Iterator[Problem]:
    """What is pledged is not below what was given (自加压力)."""
    if assigned is not None and amount < assigned:
        yield Problem(text=_("自报数不能低于下达的任务"), where=_("自报数"))
