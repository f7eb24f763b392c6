"""Who has mobilised by the day that was set, who was late, who has not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yipanqi.facts.returns.models import Mobilisation, Mobilised
from yipanqi.facts.returns.rules import State, state_of
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can, Reach

WORST_FIRST = (State.MISSING, State.LATE, State.AWAITED, State.ON_TIME)


@dataclass(frozen=True)
class Standing:
    """One unit against one call."""

    call: Mobilisation
    unit: Unit
    state: State
    answer: Mobilised | None
    days: int
    """Days after the set day on which it was done, or that have passed since it was not."""
    mine: bool


def calls_of(person: Person) -> QuerySet[Mobilisation]:
    """The calls of one's place, newest first."""
    return Mobilisation.objects.visible_to(person).select_related("document").order_by("-seq")


def standing_of(calls: Sequence[Mobilisation], *, person: Person, as_of: date) -> list[Standing]:
    """Every unit that was called, against each call; two queries for all of them."""
    kinds = {kind for call in calls for kind in call.called}
    units = list(
        Unit.objects.visible_to(person).filter(kind__in=kinds).order_by("kind", "sort", "pk")
    )
    said = Mobilised.objects.filter(call__in=calls).last_words()
    answers = {(one.call_id, one.unit_id): one for one in said}
    own = person.reach(Can.REPORT_MOBILISED)
    rows = [
        _standing(call, unit, answers.get((call.pk, unit.pk)), as_of=as_of, own=own)
        for call in calls
        for unit in units
        if unit.kind in call.called
    ]
    return sorted(rows, key=lambda row: WORST_FIRST.index(row.state))


def _standing(
    call: Mobilisation, unit: Unit, answer: Mobilised | None, *, as_of: date, own: Reach
) -> Standing:
    done_on = answer.done_on if answer else None
    state = state_of(sent_on=done_on, due=call.due_on, as_of=as_of)
    days = max(((done_on or as_of) - call.due_on).days, 0)
    return Standing(call, unit, state, answer, days, own.covers(unit.path))


def tally(rows: Sequence[Standing]) -> Counter[State]:
    """How many units stand how."""
    return Counter(row.state for row in rows)


def owed(person: Person, *, as_of: date) -> list[Standing]:
    """What a person's own unit has not answered yet: its reminder."""
    unit_id = person.acting_unit_id
    if unit_id is None or not person.may(Can.REPORT_MOBILISED):
        return []
    rows = standing_of(list(calls_of(person)), person=person, as_of=as_of)
    return [row for row in rows if row.unit.pk == unit_id and row.answer is None]
