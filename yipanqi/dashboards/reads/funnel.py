"""From the first word to production: how many projects stand where, and under which lamp."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from yipanqi.core.lists import NOTHING
from yipanqi.facts.projects.models import ProjectQuerySet
from yipanqi.place.rules import Settings
from yipanqi.standing.reads.listing import lamp_condition
from yipanqi.standing.rules import Colour

COLOURS = (Colour.GREEN, Colour.AMBER, Colour.RED, Colour.NONE)


@dataclass(frozen=True)
class Stage:
    """The projects that stand at one node: how many in all, and how many under each lamp."""

    code: str
    name: str
    number: int
    lamps: tuple[tuple[str, int], ...]


def funnel(projects: ProjectQuerySet, settings: Settings, *, as_of: date) -> list[Stage]:
    """Every node in its order with its projects, one query; before them those without a node, if any."""
    counts = {
        f"lamp_{colour}": Count("pk", filter=lamp_condition(colour, settings, as_of))
        for colour in COLOURS
    }
    rows = projects.order_by().values("stage").annotate(number=Count("pk"), **counts)
    found: dict[str, Mapping[str, Any]] = {row["stage"]: row for row in rows}
    order = [code for code in ("", *settings.order) if code or code in found]
    return [_stage(code, found.get(code, {}), settings) for code in order]


def _stage(code: str, row: Mapping[str, Any], settings: Settings) -> Stage:
    name = settings.name_of(code) if code else _("尚无环节")
    lamps = tuple((str(colour), row.get(f"lamp_{colour}", 0)) for colour in COLOURS)
    return Stage(code or NOTHING, name, row.get("number", 0), lamps)
