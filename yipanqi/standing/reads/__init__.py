"""What is asked across facts, definitions and verdicts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.facts.projects.models import Plan
from yipanqi.place.models import SettingsVersion
from yipanqi.place.rules import FUNDS
from yipanqi.standing.models import Recognised
from yipanqi.standing.rules import FALSIFIED


@dataclass(frozen=True)
class Versions:
    """All versions of definitions, to judge many facts without asking again."""

    by_place: dict[int, list[SettingsVersion]]

    @classmethod
    def load(cls) -> "Versions":
        """Every version there is; there are few."""
        found: dict[int, list[SettingsVersion]] = defaultdict(list)
        for version in SettingsVersion.objects.order_by("happened_on", "seq"):
            found[version.place_id].append(version)
        return cls(found)

    def on(self, place_id: int, day: date) -> SettingsVersion:
        """The version valid on a day; refuses where there is none."""
        found = self.begun(place_id, day)
        if found is None:
            raise refuse(
                _("%(day)s 还没有生效的口径，请先补上当时的口径") % {"day": day}, where=_("口径")
            )
        return found

    def begun(self, place_id: int, day: date) -> SettingsVersion | None:
        """The version valid on a day, if there is one."""
        begun = [v for v in self.by_place.get(place_id, ()) if v.happened_on <= day]
        return begun[-1] if begun else None

    def by(self, seq: int) -> "Versions":
        """The versions that were written before an entry of the ledger."""
        return Versions(
            {place: [v for v in known if v.seq < seq] for place, known in self.by_place.items()}
        )

    def latest(self, place_id: int) -> SettingsVersion:
        """The newest version of a place."""
        return self.by_place[place_id][-1]


def reached_by_project(project_ids: Iterable[int]) -> dict[int, dict[str, date]]:
    """Which nodes are recognised now for each project, with the day that counts."""
    reached: dict[int, dict[str, date]] = defaultdict(dict)
    rows = Recognised.objects.current().filter(project_id__in=project_ids)
    rows = rows.exclude(node__in=[FUNDS, FALSIFIED])
    for project_id, node, counted_on in rows.values_list("project_id", "node", "counted_on"):
        reached[project_id][node] = counted_on
    return reached


def plans_by_project(project_ids: Iterable[int]) -> dict[int, dict[str, date]]:
    """The last word on each planned day."""
    plans: dict[int, dict[str, date]] = defaultdict(dict)
    rows = Plan.objects.filter(project_id__in=project_ids).order_by("seq")
    for project_id, node, planned_on in rows.values_list("project_id", "node", "planned_on"):
        plans[project_id][node] = planned_on
    return plans
