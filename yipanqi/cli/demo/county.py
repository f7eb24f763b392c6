"""The whole invented county: its staff list, its tasks, its returns, and every story of three years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yipanqi.cli.demo import incidents, townships
from yipanqi.cli.demo.drawing import Bringer, drawn, tell_of_the_active
from yipanqi.cli.demo.stories import Returned, Story, Taking
from yipanqi.cli.founding import TODAY, WORKED, ZONE, Plan, units_of
from yipanqi.facts.projects.rules import PartRole
from yipanqi.place.rules import Settings

SEED = 20261120

MISSING = {"石桥乡": (3, 8), "白沙镇": (6,)}
LATE = {"青山镇": (4,), "石桥乡": (5,), "南岭乡": (9,)}
"""The months of 2026 that they did not return, or returned late."""


@dataclass(frozen=True)
class County:
    """Everything that happens in the demonstration."""

    stories: tuple[Story, ...]
    returns: tuple[Returned, ...]


def drawn_county(plan: Plan, settings: Settings, *, seed: int = SEED) -> County:
    """The same county for the same seed."""
    rng = Random(seed)  # noqa: S311 - invents a county, guards nothing
    return County(tuple(_stories(rng, plan, settings)), tuple(_returns(rng, plan)))


def _stories(rng: Random, plan: Plan, settings: Settings) -> list[Story]:
    worked = list(townships.told())
    tell_of_the_active(rng, worked)
    partners = [name for name in units_of(plan, "township") if name not in WORKED]
    partners += units_of(plan, "department")
    others = list(drawn(rng, list(_bringers(plan)), partners))
    offices = {node.code: node.office for node in (*settings.nodes, settings.funds)}
    kinds = {name: kind for kind in plan["units"] for name in units_of(plan, kind)}
    others += incidents.befall(rng, others, kinds=kinds, offices=offices)
    stories = [*worked, *others]
    for story in stories:
        story.shares = (*story.shares, *_leader(plan, story))
    return sorted(stories, key=lambda story: story.began_on)


def _leader(plan: Plan, story: Story) -> Iterator[Taking]:
    """The seat that answers for the first unit, or the seat that brought the project itself."""
    first = story.introducers[0]
    for seat, paired in plan["pairings"].items():
        if "signed" in story.reached() and (first in paired or first == seat):
            yield Taking(seat, PartRole.LEADER)


def _bringers(plan: Plan) -> Iterator[Bringer]:
    """How much each kind of unit brings in a year."""
    towns, whole = units_of(plan, "township"), 10
    for town in towns:
        if town not in WORKED:
            yield Bringer(town, {2024: 3.4, 2025: 4.4, 2026: 5.4}, whole, (town,))
    for name in units_of(plan, "department"):
        yield Bringer(name, {2024: 1.2, 2025: 1.7, 2026: 3.4}, whole, (*towns, ZONE, ZONE, ZONE))
    for seat, paired in plan["pairings"].items():
        yield Bringer(seat, {2024: 0.8, 2025: 1.0, 2026: 1.6}, whole, (paired[0],))
    for name in units_of(plan, "other_department"):
        yield Bringer(name, {2024: 1.0, 2025: 1.6, 2026: 4.4}, 2, (*towns, ZONE))
    yield Bringer(ZONE, {2024: 5, 2025: 6, 2026: 9}, whole, (ZONE,))


def _returns(rng: Random, plan: Plan) -> Iterator[Returned]:
    """Who confirmed which month of 2026, and when."""
    holders = [name for kind in plan["units"] for name in units_of(plan, kind)]
    for month in range(1, TODAY.month + 1):
        for holder in holders:
            day = _sent_on(rng, holder, date(TODAY.year, month, 1))
            if day is not None and day <= TODAY:
                yield Returned(on=day, unit=holder, month=date(TODAY.year, month, 1))


def _sent_on(rng: Random, holder: str, month: date) -> date | None:
    """The day of a return; this month's is not due yet and half have not sent it."""
    state = rng.random()
    if holder in WORKED:
        late = month.month in LATE.get(holder, ())
        state = 0.99 if month.month in MISSING.get(holder, ()) else 0.9 if late else 0
    if month.month == TODAY.month:
        return month + timedelta(days=rng.randint(11, 25))
    if state > 0.96:
        return None
    days = rng.randint(20, 27) if state > 0.88 else rng.randint(11, 19)
    return month + timedelta(days=days)
