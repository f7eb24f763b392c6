"""What a demonstration tells: projects, and what happens to each of them on which day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from yipanqi.cli.founding import TODAY, Stage
from yipanqi.facts.projects.rules import PartRole
from yipanqi.org.models import Person
from yipanqi.standing.rules import Outcome

JUDGING_DAY = date(2026, 11, 18)
BY_THEMSELVES = date(2026, 1, 1)
"""From here on units report themselves; before, the office typed for all of them."""

NODES = (
    "lead",
    "talks",
    "appraised",
    "signed",
    "registered",
    "land",
    "started",
    "statistics",
    "completed",
    "produced",
)


@dataclass(frozen=True)
class Taking:
    """A unit takes part, by its name."""

    unit: str
    role: PartRole
    num: int = 1
    den: int = 1


@dataclass(frozen=True, eq=False, kw_only=True)
class Step:
    """Something written on a day; `order` puts the things of one day after each other."""

    on: date
    order: ClassVar[int] = 0


@dataclass(frozen=True, eq=False, kw_only=True)
class Registered(Step):
    """The project enters the register."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Claimed(Step):
    """A unit claims a node or money."""

    node: str
    happened_on: date
    unit: str
    amount: int | None = None
    currency: str = "CNY"
    note: str = ""
    order: ClassVar[int] = 1


@dataclass(frozen=True, eq=False, kw_only=True)
class Judged(Step):
    """The office decides a claim."""

    claim: Claimed
    outcome: Outcome = Outcome.ACCEPTED
    reason: str = ""
    order: ClassVar[int] = 2


@dataclass(frozen=True, eq=False, kw_only=True)
class Falsified(Step):
    """What was accepted turns out to be false."""

    claim: Claimed
    reason: str
    order: ClassVar[int] = 10


@dataclass(frozen=True, eq=False, kw_only=True)
class Withdrawn(Step):
    """The unit takes a claim back."""

    claim: Claimed
    reason: str
    order: ClassVar[int] = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class Planned(Step):
    """A node gets a day of its own."""

    node: str
    planned_on: date
    reason: str
    order: ClassVar[int] = 4


@dataclass(frozen=True, eq=False, kw_only=True)
class Amended(Step):
    """What is registered changes."""

    changes: dict[str, Any]  # columns of the register
    reason: str
    order: ClassVar[int] = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class Reshared(Step):
    """The credit is shared anew."""

    shares: tuple[Taking, ...]
    order: ClassVar[int] = 6


@dataclass(frozen=True, eq=False, kw_only=True)
class TakenBack(Step):
    """The project leaves the register, where it never should have been."""

    reason: str
    order: ClassVar[int] = 7


@dataclass(frozen=True, eq=False, kw_only=True)
class Moved(Step):
    """A unit reports what has moved and what is in the way."""

    unit: str
    text: str
    problem: str = ""
    order: ClassVar[int] = 8


@dataclass(frozen=True, eq=False, kw_only=True)
class Returned(Step):
    """A holder confirms its month; no project is concerned."""

    unit: str
    month: date
    order: ClassVar[int] = 9


@dataclass(frozen=True, eq=False, kw_only=True)
class Done(Step):
    """Something about no project: whose hand does it, and what it does."""

    hand: str
    do: Callable[[Stage, Person, datetime], object]
    order: ClassVar[int] = 11


@dataclass(eq=False, kw_only=True)
class Story:
    """One project: what the register says of it, who takes part, and what happens."""

    name: str
    shares: tuple[Taking, ...]
    began_on: date
    columns: dict[str, Any]  # of the register
    steps: list[Step] = field(default_factory=list)

    @property
    def introducers(self) -> tuple[str, ...]:
        """Who brought it, the greatest share first."""
        brought = [t for t in self.shares if t.role is PartRole.INTRODUCER]
        return tuple(t.unit for t in sorted(brought, key=lambda t: -t.num / t.den))

    def claims(self) -> Iterator[Claimed]:
        """What was claimed, in order."""
        return (step for step in self.steps if isinstance(step, Claimed))

    def verdict_on(self, claim: Claimed) -> Judged | None:
        """What was decided of a claim, first."""
        judged = (step for step in self.steps if isinstance(step, Judged))
        return next((step for step in judged if step.claim is claim), None)

    def accepted(self) -> list[Claimed]:
        """The claims that count, unless they were withdrawn later."""
        judged = [step for step in self.steps if isinstance(step, Judged)]
        return [step.claim for step in judged if step.outcome is Outcome.ACCEPTED]

    def reached(self) -> dict[str, date]:
        """The nodes that count, by day."""
        return {claim.node: claim.happened_on for claim in self.accepted()}

    def last_on(self) -> date:
        """The day of the last thing that happened."""
        return max((step.on for step in self.steps), default=self.began_on)


def written_on(day: date) -> date:
    """The day on which something reported then is written: every second Friday."""
    return upcoming(day, anchor=TODAY, every=14)


def judged_on(day: date) -> date:
    """The day on which the offices decide: every second week, before 2026 every fourth."""
    return upcoming(day, anchor=JUDGING_DAY, every=14 if day >= BY_THEMSELVES else 28)


def upcoming(day: date, *, anchor: date, every: int) -> date:
    """The first day from `day` on that lies a multiple of `every` days from the anchor."""
    return day + timedelta(days=(anchor - day).days % every)


def begin(
    *,
    name: str,
    shares: Sequence[Taking],
    on: date,
    columns: dict[str, Any],  # of the register
) -> Story:
    """A project that enters the register when its lead is written down."""
    story = Story(name=name, shares=tuple(shares), began_on=written_on(on), columns=columns)
    story.steps.append(Registered(on=story.began_on))
    return story


def reach(
    story: Story,
    node: str,
    on: date,
    *,
    lag: int = 2,
    wait: int = 4,
    amount: int | None = None,
    currency: str = "CNY",
    returned: str = "",
    note: str = "",
) -> bool:
    """A node is claimed `lag` days after it happened and decided `wait` days later.

    Whatever would be written after today is left out; answers whether the claim counts by today.
    """
    before = max((s.on for s in story.steps if isinstance(s, Claimed | Judged)), default=on)
    claim = Claimed(
        on=written_on(max(on + timedelta(days=lag), _not_before(story, node))),
        node=node,
        happened_on=on,
        unit=story.introducers[0],
        amount=amount,
        currency=currency,
        note=note,
    )
    if claim.on > TODAY:
        return False
    story.steps.append(claim)
    day = judged_on(max(claim.on + timedelta(days=wait), before))
    if day > TODAY:
        return False
    outcome = Outcome.RETURNED if returned else Outcome.ACCEPTED
    story.steps.append(Judged(on=day, claim=claim, outcome=outcome, reason=returned))
    return not returned


def _not_before(story: Story, node: str) -> date:
    """Up to the signing units do not wait for verdicts, except when something came back."""
    judged = [step for step in story.steps if isinstance(step, Judged)]
    patient = node not in NODES[:4] or any(step.outcome is Outcome.RETURNED for step in judged)
    waited = [step.on for step in judged] if patient else []
    return max([story.began_on, *waited, *(claim.on for claim in story.claims())])
