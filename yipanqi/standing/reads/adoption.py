"""What new definitions would change: for which projects, and what they leave as it is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse
from yipanqi.facts.projects.models import Pending, Project, ProjectQuerySet
from yipanqi.ledger.models import Entry
from yipanqi.ledger.rules import said
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Kind
from yipanqi.place.models import SettingsVersion
from yipanqi.place.rules import (
    FUNDS,
    Heading,
    Settings,
    adoption_problems,
    compared,
    doubts_about,
    parsed,
)
from yipanqi.standing.models import Recognised, Verdict
from yipanqi.standing.reads import Versions, plans_by_project, reached_by_project
from yipanqi.standing.reads.listing import lamp_on
from yipanqi.standing.rules import (
    FALSIFIED,
    IN_FORCE,
    Colour,
    Lamp,
    dues_of,
    first_due,
    lamp_of,
    stage_of,
)

CHUNK, SHOWN = 2_000, 200


@dataclass(frozen=True)
class Turned:
    """A project whose lamp says something else by the new definitions."""

    project: Project
    before: Lamp
    after: Lamp


@dataclass(frozen=True)
class Turning:
    """The projects that turn to one colour, the first of them by name."""

    colour: Colour
    count: int
    rows: tuple[Turned, ...]


@dataclass(frozen=True)
class LampCount:
    """How many lamps of a colour there are before and after."""

    colour: Colour
    before: int
    after: int


@dataclass(frozen=True)
class Consequences:
    """What follows from new definitions, as the facts stand today."""

    lamps: tuple[LampCount, ...]
    turnings: tuple[Turning, ...]
    reworded: int
    judged: int
    pending: int
    owing_before: int
    owing_after: int


def in_force() -> dict[int, int]:
    """By which version each place's projects were settled last; the first one where none has followed."""
    found: dict[int, int] = {}
    for place_id, seq in SettingsVersion.objects.order_by("seq").values_list("place_id", "seq"):
        found.setdefault(place_id, seq)
    for entry in Entry.objects.of(IN_FORCE).order_by("seq"):
        found[int(entry.subject.rsplit(":", 1)[1])] = said(entry.payload, "version")
    return found


def recognised_by_node(place_id: int) -> dict[str, int]:
    """How many recognitions stand under each node of a place now."""
    rows = Recognised.objects.current().filter(project__place=place_id).order_by()
    rows = rows.exclude(node__in=[FUNDS, FALSIFIED])
    return dict(Counter(rows.values_list("node", flat=True)))


def consequences(
    projects: ProjectQuerySet, current: Settings, new: Settings, *, place: Unit, today: date
) -> Consequences:
    """What would change for these projects if the new definitions held today."""
    before, after = Counter[Colour](), Counter[Colour]()
    turned: dict[Colour, list[Turned]] = {colour: [] for colour in Colour}
    reworded = 0
    for one in _turned(projects, current, new, today):
        before[one.before.colour] += 1
        after[one.after.colour] += 1
        if one.before.colour is not one.after.colour:
            turned[one.after.colour].append(one)
        elif one.before != one.after:
            reworded += 1
    return Consequences(
        lamps=tuple(LampCount(colour, before[colour], after[colour]) for colour in SHOWN_FIRST),
        turnings=tuple(
            Turning(colour, len(turned[colour]), tuple(turned[colour][:SHOWN]))
            for colour in SHOWN_FIRST
            if turned[colour]
        ),
        reworded=reworded,
        judged=Verdict.objects.filter(project__place=place).count(),
        pending=Pending.objects.filter(
            project__place=place, claim__happened_on__gte=new.valid_from
        ).count(),
        owing_before=_owing(place, current),
        owing_after=_owing(place, new),
    )


SHOWN_FIRST = (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.NONE)


def _turned(
    projects: ProjectQuerySet, current: Settings, new: Settings, today: date
) -> Iterator[Turned]:
    """Every project with its lamp before and after."""
    rows = list(projects.order_by("due_on", "pk"))
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        keys = [project.pk for project in part]
        reached, plans = reached_by_project(keys), plans_by_project(keys)
        for project in part:
            known, planned = reached.get(project.pk, {}), plans.get(project.pk, {})
            after = _lamp(project, new, known, planned, today)
            yield Turned(project, lamp_on(project, current, today), after)


def _lamp(
    project: Project,
    settings: Settings,
    known: Mapping[str, date],
    planned: Mapping[str, date],
    today: date,
) -> Lamp:
    """What a project's lamp would show by other definitions."""
    dues = dues_of(settings.not_yets, known, planned)
    code, due_on = first_due(dues, settings.not_yets) or ("", None)
    return lamp_of(
        settings=settings,
        due_code=code,
        due_on=due_on,
        signed_on=known.get("signed"),
        last_fact_on=project.last_fact_on,
        finished=stage_of(settings.order, known) == settings.order[-1],
        as_of=today,
    )


def _owing(place: Unit, settings: Settings) -> int:
    """How many units owe a monthly return."""
    units = Unit.objects.under(place.path).exclude(kind=Kind.PLACE)
    kinds: Sequence[str] = settings.return_kinds
    return (units.filter(kind__in=kinds) if kinds else units).count()


@dataclass(frozen=True)
class Preview:
    """What somebody sees before a page of definitions is adopted; nothing has been written."""

    settings: Settings
    replaced: SettingsVersion | None
    changes: list[Heading]
    consequences: Consequences | None
    problems: tuple[Problem, ...]
    back_dated: bool
    coming: bool


def previewed(text: str, projects: ProjectQuerySet, *, place: Unit, today: date) -> Preview:
    """What a page would change; refuses one that cannot be meant."""
    new = parsed(text)
    if new.place != place.name:
        told = _("这是%(other)s的口径，不是%(place)s的") % {"other": new.place, "place": place.name}
        raise refuse(told, where="place")
    versions = Versions.load()
    replaced, current = (versions.begun(place.pk, day) for day in (new.valid_from, today))
    settings = current.settings if current else None
    units = frozenset(Unit.objects.under(place.path).values_list("name", flat=True))
    problems = (
        *adoption_problems(new, current=settings, today=today, back_dated=True),
        *doubts_about(new, units=units, in_use=recognised_by_node(place.pk)),
    )
    follows = consequences(projects, settings, new, place=place, today=today) if settings else None
    return Preview(
        settings=new,
        replaced=replaced,
        changes=compared(replaced.settings, new) if replaced else [],
        consequences=follows,
        problems=problems,
        back_dated=settings is not None and new.valid_from < today,
        coming=new.valid_from > today,
    )


@dataclass(frozen=True)
class Listed:
    """A version as the list shows it: until when it holds, who adopted it and when."""

    version: SettingsVersion
    until: date | None
    coming: bool
    current: bool
    entered: datetime
    by: str


def listed_versions(versions: Sequence[SettingsVersion], today: date) -> list[Listed]:
    """All versions, the latest to begin first, with two queries for all of them.

    A version that another replaced on its own day never held alone; its end is its beginning.
    """
    entries = Entry.objects.in_bulk([version.seq for version in versions])
    people = Person.objects.in_bulk({entry.actor_id for entry in entries.values()} - {None})
    rows, following = [], None
    begun = next((one for one in versions if one.happened_on <= today), None)
    for version in versions:
        entry = entries[version.seq]
        who = people.get(entry.actor_id or 0)
        rows.append(
            Listed(
                version,
                following,
                version.happened_on > today,
                version is begun,
                entry.recorded_at,
                str(who or _("系统")),
            )
        )
        following = version.happened_on
    return rows
