"""What can happen to targets: a year's plan is issued, tasks are set, adjusted, split and pledged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.facts.targets.models import Target, YearPlan
from yipanqi.facts.targets.reads import standing_on
from yipanqi.facts.targets.rules import (
    Carrier,
    PlanLine,
    TargetKind,
    Task,
    adjusting_problems,
    changes,
    line_problems,
    lines_text,
    pledge_problems,
    task_problems,
    tasks_of,
)
from yipanqi.ledger.actions import Actor, hold, record, record_many
from yipanqi.org.models import Post, Unit
from yipanqi.place.models import Document


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What targets rest on: a document and its clause, or words where none is filed."""

    basis: str = ""
    clause: str = ""
    document: Document | None = None


def set_targets(
    *,
    targets: Sequence[tuple[Unit, str, int]],
    year: int,
    basis: str,
    by: Actor | None,
    at: datetime,
) -> list[Target]:
    """Give units their tasks for a year; the newest word counts, the older ones stay on record."""
    tasks = [
        Task(holder_id=holder.pk, indicator=indicator, amount=amount)
        for holder, indicator, amount in targets
    ]
    return set_tasks(tasks=tasks, year=year, ground=Ground(basis=basis), by=by, at=at)


@transaction.atomic
def set_tasks(
    *,
    tasks: Sequence[Task],
    year: int,
    ground: Ground,
    reason: str = "",
    plan: YearPlan | None = None,
    by: Actor | None,
    at: datetime,
) -> list[Target]:
    """Set tasks of units and of persons, given or pledged, for a year, all or none."""
    refuse_if_blocked(task_problems(tasks))
    facts = [
        Target(
            **vars(task),
            **vars(ground),
            year=year,
            reason=reason,
            plan=plan,
            happened_on=localdate(at),
        )
        for task in tasks
    ]
    record_many(facts, by=by, at=at)
    return facts


@transaction.atomic
def issue_plan(
    *,
    place: Unit,
    year: int,
    lines: Sequence[PlanLine],
    carriers: Sequence[Carrier],
    ground: Ground,
    by: Actor | None,
    at: datetime,
) -> YearPlan:
    """Give everybody the tasks of a year's plan at once (A2); what stands already is not said again."""
    hold()
    refuse_if_blocked(line_problems(lines, carriers))
    said = standing_on(year, [line.indicator for line in lines])
    found = [one for one in changes(tasks_of(lines, carriers), said) if one.is_new or one.is_change]
    if not found:
        raise refuse(_("每一项任务都已这样下达，没有可下达的"), where=_("年度计划"))
    plan = YearPlan(
        place=place,
        year=year,
        lines=lines_text(lines),
        happened_on=localdate(at),
        **vars(ground),
    )
    record(plan, by=by, at=at)
    tasks = [one.task for one in found]
    set_tasks(tasks=tasks, year=year, ground=ground, plan=plan, by=by, at=at)
    return plan


@transaction.atomic
def adjust_tasks(
    *,
    tasks: Sequence[Task],
    year: int,
    ground: Ground,
    reason: str,
    by: Actor | None,
    at: datetime,
) -> list[Target]:
    """Set tasks anew, for a reason where they were given before; what they were stays on record."""
    hold()
    refuse_if_blocked(task_problems(tasks))
    found = changes(tasks, standing_on(year, [task.indicator for task in tasks]))
    refuse_if_blocked(adjusting_problems(found, reason))
    new = [one.task for one in found if one.is_new or one.is_change]
    return set_tasks(tasks=new, year=year, ground=ground, reason=reason, by=by, at=at)


@transaction.atomic
def split_task(
    *,
    holder: Unit,
    indicator: str,
    year: int,
    amounts: Mapping[int, int],
    ground: Ground,
    by: Actor | None,
    at: datetime,
) -> list[Target]:
    """Give the people of a unit their parts of its task (D1); parts that stand are not said again.

    More or less than the whole is allowed and shown: a unit may ask more of its people.
    """
    hold()
    refuse_if_blocked(_strangers(holder, amounts, localdate(at)))
    said = standing_on(year, [indicator])
    tasks = [
        Task(holder_id=holder.pk, indicator=indicator, amount=amount, person_id=person)
        for person, amount in amounts.items()
    ]
    found = [one.task for one in changes(tasks, said) if one.before != one.task.amount]
    if not found:
        raise refuse(_("各人的任务没有变"), where=_("分解"))
    return set_tasks(tasks=found, year=year, ground=ground, by=by, at=at)


def _strangers(holder: Unit, people: Iterable[int], day: date) -> Iterable[Problem]:
    serving = Post.objects.held_on(day).filter(unit=holder).values_list("person_id", flat=True)
    if set(people) - set(serving):
        yield Problem(text=_("只能分给在本单位任职的人"), where=_("分解"))


@transaction.atomic
def pledge_task(
    *,
    task: Task,
    year: int,
    ground: Ground,
    by: Actor | None,
    at: datetime,
) -> list[Target]:
    """Promise more than was given (E5); the given task stays beside it, and both are measured."""
    hold()
    pledged = replace(task, kind=TargetKind.PLEDGED)
    said = standing_on(year, [task.indicator])
    refuse_if_blocked(pledge_problems(task.amount, said.get(task.key)))
    if said.get(pledged.key) == task.amount:
        raise refuse(_("自报数没有变"), where=_("自报数"))
    return set_tasks(tasks=[pledged], year=year, ground=ground, by=by, at=at)
