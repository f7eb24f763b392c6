"""What can happen to targets: they are set, and set anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yipanqi.core.problems import Problem, refuse_if_blocked
from yipanqi.facts.targets.models import Target
from yipanqi.ledger.actions import Actor, record_many
from yipanqi.org.models import Unit


@transaction.atomic
def set_targets(
    *,
    targets: Sequence[tuple[Unit, str, int]],
    year: int,
    basis: str,
    by: Actor | None,
    at: datetime,
) -> list[Target]:
    """Give holders their tasks for a year; the newest word counts, the older ones stay on record."""
    below = [(holder, indicator) for holder, indicator, amount in targets if amount < 0]
    refuse_if_blocked(
        Problem(text="任务数不能小于 0", where=f"{holder} {indicator}")
        for holder, indicator in below
    )
    facts = [
        Target(
            holder=holder,
            indicator=indicator,
            year=year,
            amount=amount,
            basis=basis,
            happened_on=localdate(at),
        )
        for holder, indicator, amount in targets
    ]
    record_many(facts, by=by, at=at)
    return facts
