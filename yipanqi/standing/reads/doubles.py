"""Which projects of the place may be the same as one about to be registered."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import REPORTING
from yipanqi.org.models import Person

ALIKE = 85
"""From this similarity on, names of different investors are taken for one project."""

ALIKE_OF_ONE_INVESTOR = 60
"""An investor's own projects are doubted sooner."""

TELLING = 6
"""A shorter name stands within so many others that it tells nothing."""

SHOWN = 5
NOISE = re.compile(r"\W|项目|有限责任公司|股份有限公司|有限公司|集团")


@dataclass(frozen=True)
class Double:
    """A likely double; of one outside the person's sight only code and units are told."""

    project: Project
    visible: bool
    units: str


def key_of(name: str) -> str:
    """A name without what names have in common."""
    return NOISE.sub("", unicodedata.normalize("NFKC", name).lower())


def likeness(name: str, investor: str, other: str, other_investor: str) -> float:
    """How much two projects, by their keys, look like one; nothing where they do not."""
    if not name or not other:
        return 0.0
    score = fuzz.ratio(name, other)
    same = bool(investor and other_investor) and (
        investor in other_investor or other_investor in investor
    )
    within = name in other or other in name
    if within and (same or min(len(name), len(other)) >= TELLING):
        return max(score, float(ALIKE))
    return score if score >= (ALIKE_OF_ONE_INVESTOR if same else ALIKE) else 0.0


def doubles_of(*, name: str, investor: str, place_id: int, person: Person) -> list[Double]:
    """The likeliest doubles in the whole place, the likeliest first."""
    found = sorted(_alike(key_of(name), key_of(investor), place_id), reverse=True)[:SHOWN]
    keys = [pk for _score, pk in found]
    projects = Project.objects.in_bulk(keys)
    visible = set(
        Project.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True)
    )
    units = _units(keys)
    return [Double(projects[pk], pk in visible, units.get(pk, "")) for pk in keys]


def _alike(name: str, investor: str, place_id: int) -> Iterator[tuple[float, int]]:
    registered = Project.objects.filter(place_id=place_id, taken_back=False).order_by()
    for pk, other, other_investor in registered.values_list("pk", "name", "investor").iterator():
        if score := likeness(name, investor, key_of(other), key_of(other_investor)):
            yield score, pk


def _units(keys: list[int]) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    parts = Part.objects.current().filter(project_id__in=keys, role__in=REPORTING)
    rows = parts.order_by("pk").values_list("project_id", "unit__name")
    for project_id, name in rows:
        known = names.setdefault(project_id, [])
        if name not in known:
            known.append(name)
    return {pk: "、".join(known) for pk, known in names.items()}
