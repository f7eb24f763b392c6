"""What a plan would give, before it is issued; and plans that were issued."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yipanqi.facts.targets.reads import standing_on
from yipanqi.facts.targets.rules import Change, Task, changes
from yipanqi.org.models import Person, Unit
from yipanqi.place.rules import Indicator, Settings


@dataclass(frozen=True)
class Line:
    """One task that would be given: to whom, of what, how much, and how much it was."""

    who: str
    indicator: Indicator
    change: Change

    @property
    def told(self) -> str:
        """How much it would be, in the unit."""
        return self.indicator.told(self.change.task.amount)

    @property
    def before(self) -> str:
        """How much it was, in the unit."""
        return "—" if self.change.before is None else self.indicator.told(self.change.before)


@dataclass(frozen=True)
class Sum:
    """What a plan gives of one indicator: to how many, and how much together."""

    indicator: Indicator
    number: int
    total: str


@dataclass(frozen=True)
class Preview:
    """Everything a plan would do."""

    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]

    @property
    def created(self) -> list[Line]:
        """Tasks that nobody had yet."""
        return [line for line in self.lines if line.change.is_new]

    @property
    def changed(self) -> list[Line]:
        """Tasks that were other."""
        return [line for line in self.lines if line.change.is_change]

    @property
    def unchanged(self) -> int:
        """How many tasks stand as they would be."""
        return len(self.lines) - len(self.created) - len(self.changed)


def preview(
    tasks: Sequence[Task], year: int, settings: Settings, units: Mapping[int, Unit]
) -> Preview:
    """What these tasks would change, with their sums; nothing is written."""
    said = standing_on(year, [task.indicator for task in tasks])
    keys = {task.person_id for task in tasks if task.person_id is not None}
    people = Person.objects.in_bulk(keys) if keys else {}
    found = [
        Line(_who(one.task, units, people), one_of(settings, one.task.indicator), one)
        for one in changes(tasks, said)
    ]
    return Preview(tuple(found), tuple(_sums(tasks, settings)))


def one_of(settings: Settings, code: str) -> Indicator:
    """An indicator, also one that the place has dropped since."""
    return settings.indicator(code) or Indicator(code=code, name=code, unit="个")


def _who(task: Task, units: Mapping[int, Unit], people: Mapping[int, Person]) -> str:
    unit = units[task.holder_id].name
    return unit if task.person_id is None else f"{unit} {people[task.person_id].name}"


def _sums(tasks: Iterable[Task], settings: Settings) -> Iterable[Sum]:
    by_code: dict[str, list[int]] = defaultdict(list)
    for task in tasks:
        by_code[task.indicator].append(task.amount)
    for code, amounts in by_code.items():
        one = one_of(settings, code)
        yield Sum(one, len(amounts), one.told(sum(amounts)))
