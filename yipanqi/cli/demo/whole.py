"""An invented place made from a preset: its people, its tasks, and the records that lie beside it."""

from datetime import date

from django.db import transaction

from yipanqi.cli.demo.records import Tables
from yipanqi.cli.demo.staffing import staffed
from yipanqi.cli.evidence import keep_samples
from yipanqi.cli.founding import (
    CLERK,
    DESK,
    OPENED,
    TODAY,
    Stage,
    moment,
    open_accounts,
    refuse_unless_empty,
)
from yipanqi.dashboards.actions import dated, take_preset
from yipanqi.dashboards.reads.presets import Preset
from yipanqi.org.actions import load_org
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Role
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import parsed


@transaction.atomic
def load_preset(preset: Preset) -> Unit:
    """Load a preset with its records, all or nothing, into an empty simulated ledger."""
    refuse_unless_empty(preset.place)
    opened, begun = moment(OPENED, 0), moment(date(TODAY.year, 1, 3), 0)
    definitions = parsed(preset.settings_text)
    offices = frozenset(node.office for node in (*definitions.nodes, definitions.funds))
    plan = staffed(preset.org, bureau=preset.bureau, offices=offices, since=OPENED)
    place = load_org(dated(plan, opened), by=None, at=opened)
    people = _hands(place)
    take_preset(preset, place=place, by=people[str(Role.CHIEF)], at=begun)
    settings = settings_on(place.pk, TODAY)
    units = {unit.name: unit for unit in Unit.objects.under(place.path)}
    stage = Stage(place, units, people, settings, keep_samples(settings))
    Tables(preset.folder / "records", stage, moment(TODAY, 0)).write()
    open_accounts()
    return place


def _hands(place: Unit) -> dict[str, Person]:
    """Who writes for the place, and at each office's desk."""
    found: dict[str, Person] = {}
    for post in Post.objects.filter(unit__path__startswith=place.path).select_related(
        "person", "unit"
    ):
        if post.role == Role.VERIFIER:
            found[f"{post.unit.name}{DESK}"] = post.person
        if post.role == Role.CLERK:
            found[CLERK] = post.person
        if post.role == Role.CHIEF:
            found[str(Role.CHIEF)] = post.person
    return found
