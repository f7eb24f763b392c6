"""What can happen to targets: they are set, and set anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yipanqi.core.problems import refuse_if_blocked
from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import Task, task_problems
from yipanqi.ledger.actions import Actor, record_many
from yipanqi.org.models import Unit


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
    return set_tasks(tasks=tasks, year=year, basis=basis, by=by, at=at)


@transaction.atomic
def set_tasks(
    *,
    tasks: Sequence[Task],
    year: int,
    basis: str,
    clause: str = "",
    reason: str = "",
    by: Actor | None,
    at: datetime,
) -> list[Target]:
    """Set tasks of units and of persons, given or pledged, for a year, all or none."""
    refuse_if_blocked(task_problems(tasks))
    facts = [
        Target(
            holder_id=task.holder_id,
            person_id=task.person_id,
            kind=task.kind,
            indicator=task.indicator,
            year=year,
            amount=task.amount,
            basis=basis,
            clause=clause,
            reason=reason,
            happened_on=localdate(at),
        )
        for task in tasks
    ]
    record_many(facts, by=by, at=at)
    return facts
