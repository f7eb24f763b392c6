"""Where the projects in somebody's sight stand now; looked up once for each state of the ledger."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from yipanqi.dashboards.reads.funnel import Stage, funnel
from yipanqi.facts.projects.models import ProjectQuerySet
from yipanqi.org.rules import Reach
from yipanqi.place.rules import Settings
from yipanqi.standing.reads.nots import Tally, tallies


@dataclass(frozen=True)
class Now:
    """What is late, and what stands where under which lamp."""

    nots: tuple[Tally, ...]
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Sight:
    """What an answer depends on: the ledger, the day, how far somebody sees, in which language.

    The last two only say how to ask; they follow from the others.
    """

    head: str
    day: date
    reach: Reach
    language: str
    settings: Settings = field(compare=False)
    projects: ProjectQuerySet = field(compare=False)


@lru_cache(maxsize=256)
def now(sight: Sight) -> Now:
    """The nots and the funnel; nothing of it changes while the ledger's last entry is the same."""
    return Now(
        tuple(tallies(sight.projects, sight.settings, as_of=sight.day)),
        tuple(funnel(sight.projects, sight.settings, as_of=sight.day)),
    )
