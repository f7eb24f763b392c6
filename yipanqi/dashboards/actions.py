"""What can happen at the very beginning: a place takes a whole preset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from yipanqi.assessment.actions import adopt_method
from yipanqi.dashboards.reads.presets import Preset, plan_lines
from yipanqi.facts.targets.actions import Ground, issue_plan
from yipanqi.facts.targets.rules import PlanLine, tasks_of
from yipanqi.org.actions import load_units
from yipanqi.org.actions.founding import First, found_place
from yipanqi.org.models import Person, Unit
from yipanqi.standing.actions import adopt_definitions
from yipanqi.standing.reads.tasks import carriers_of


@dataclass(frozen=True)
class Taken:
    """A place as it begins, and the lines of the plan that wait for people who serve nowhere yet."""

    place: Unit
    waiting: tuple[PlanLine, ...] = ()


@transaction.atomic
def found_from(
    preset: Preset,
    *,
    place: str,
    bureau: str,
    administrator: First,
    chief: First,
    at: datetime,
    units: Sequence[str] = (),
) -> Taken:
    """Open the books of a real place with all that a preset holds, in the place's own words."""
    root = found_place(place=place, bureau=bureau, administrator=administrator, chief=chief, at=at)
    mine = preset.renamed(place=place, bureau=bureau, units=units)
    by = Person.objects.get(username=chief.account)
    load_units(dated(mine.org, at), place=root, by=by, at=at)
    return take_preset(mine, place=root, by=by, at=at)


def dated(plan: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A staff list whose groups are founded on the day on which it is taken, where it names none."""
    groups = {
        kind: [{"founded": localdate(at), **group} for group in listed]
        for kind, listed in (plan.get("groups") or {}).items()
    }
    return {**plan, "groups": groups}


@transaction.atomic
def take_preset(preset: Preset, *, place: Unit, by: Person, at: datetime) -> Taken:
    """Put a preset's definitions, its year's plan and its methods in force, all or none of it."""
    version = adopt_definitions(place=place, text=preset.settings_text, by=by, at=at)
    carriers = carriers_of(by, localdate(at))
    lines = plan_lines(preset, place, version.settings)
    waiting = tuple(line for line in lines if line.persons and not tasks_of([line], carriers))
    issue_plan(
        place=place,
        year=localdate(at).year,
        lines=[line for line in lines if line not in waiting],
        carriers=carriers,
        ground=Ground(basis=preset.basis),
        by=by,
        at=at,
    )
    for text in preset.method_texts:
        adopt_method(place=place, text=text, by=by, at=at)
    return Taken(place, waiting)
