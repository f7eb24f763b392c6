"""Something an address is about, and for whom it is near."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from yipanqi.org.models import Person
from yipanqi.org.rules import Can, Scope


@dataclass(frozen=True)
class Thing:
    """Something an address is about: what fills it, whose it is, which right shows it."""

    where: Mapping[str, object]
    units: frozenset[str]
    place: str
    seen: Can | None
    reach: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def near(
        self, person: Person, scope: Scope | None, units: frozenset[str] | None = None
    ) -> bool:
        """Whether a right of this scope reaches it, or these units of it."""
        if scope is None:
            return False
        if scope is Scope.ALL:
            return self.place in person.place_paths
        mine = tuple(post.unit.path for post in person.held)
        return any(path.startswith(mine) for path in (self.units if units is None else units))
