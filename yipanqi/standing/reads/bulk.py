"""What many projects are, what they would become, and which of them somebody may change."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yipanqi.facts.projects.models import Part, Plan, Project
from yipanqi.facts.projects.rules import Level
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.rules import Settings
from yipanqi.standing.models import BulkChange, Deadline
from yipanqi.standing.rules import What

MOST = 2_000
"""So many projects are changed in one stroke at most."""

Known = str | list[list[int | None]]
"""What a project is, as a bulk change holds it: a word or a day, or its units in one part."""

WORDS = frozenset({What.INDUSTRY, What.LEVEL})
PARTS = frozenset({What.LEAD, What.LANDING, What.LEADER})


@dataclass(frozen=True)
class Ask:
    """What is to be set, at which node, and what each project is to become."""

    what: What
    node: str
    targets: Mapping[int, Known]


@dataclass(frozen=True)
class Line:
    """One project in a bulk change: what it is, what it becomes, or why it stays as it is.

    `since` says that somebody changed it after it was shown.
    """

    project: Project
    now: Known
    then: Known
    before: str
    after: str
    refusal: str = ""
    since: bool = False

    @property
    def shown(self) -> str:
        """A mark of what was shown of it."""
        return mark_of(self.now)


def mark_of(known: Known) -> str:
    """A short mark by which a value is known again."""
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def known_of(
    what: What, node: str, project_ids: Iterable[int], settings: Settings
) -> dict[int, Known]:
    """What each project is now, with one or two queries for all."""
    ids = list(project_ids)
    if what in WORDS:
        return dict(Project.objects.filter(pk__in=ids).values_list("pk", what.value))
    if what in PARTS:
        return _parts(what, ids)
    return _planned(node, ids, settings)


def _parts(what: What, ids: Sequence[int]) -> dict[int, Known]:
    found: dict[int, list[list[int | None]]] = {pk: [] for pk in ids}
    parts = Part.objects.current().filter(project_id__in=ids, role=what.value)
    rows = parts.order_by("unit_id").values_list("project_id", "unit_id", "person_id", "num", "den")
    for project_id, *part in rows:
        found[project_id].append(list(part))
    return dict(found)


def _planned(node: str, ids: Sequence[int], settings: Settings) -> dict[int, Known]:
    """The day planned last for a node, else the day that the place allows for it."""
    codes = [entry.code for entry in settings.not_yets if entry.missing == node]
    found: dict[int, Known] = dict.fromkeys(ids, "")
    due = Deadline.objects.current().filter(project_id__in=ids, code__in=codes)
    for project_id, day in due.order_by("-due_on").values_list("project_id", "due_on"):
        found[project_id] = day.isoformat()
    plans = Plan.objects.filter(project_id__in=ids, node=node).order_by("seq")
    for project_id, day in plans.values_list("project_id", "planned_on"):
        found[project_id] = day.isoformat()
    return found


class Names:
    """How what a bulk change holds is told."""

    def __init__(self, what: What, values: Iterable[Known]) -> None:
        self.what = what
        rows = [part for value in values if isinstance(value, list) for part in value]
        self.units = Unit.objects.in_bulk({row[0] for row in rows if row[0]})
        self.people = Person.objects.in_bulk({row[1] for row in rows if row[1]})

    def __call__(self, value: Known) -> str:
        """A value in words."""
        if isinstance(value, list):
            return "、".join(self._part(*row) for row in value) or _("没有")
        if self.what is What.LEVEL:
            return str(Level(value).label)
        return value or (_("没有") if self.what is What.PLAN else _("未填"))

    def _part(self, unit: int | None, person: int | None, num: int | None, den: int | None) -> str:
        name = str(self.units[unit or 0])
        share = "" if num == den else f" {num}/{den}"
        return f"{name}{share}" + (f"（{self.people[person]}）" if person else "")


def previewed(
    person: Person,
    ask: Ask,
    settings: Settings,
    *,
    shown: Mapping[int, str],
    undoing: Mapping[int, Known] | None = None,
) -> list[Line]:
    """Every project in sight that is asked for: what it would become, or why it stays.

    `shown` holds marks of what the person saw; `undoing` what an undone change had made of each.
    """
    projects = Project.objects.visible_to(person).filter(pk__in=list(ask.targets))
    listed = list(projects.select_related("place").order_by("code"))
    now = known_of(ask.what, ask.node, [one.pk for one in listed], settings)
    tell = Names(ask.what, [*now.values(), *ask.targets.values()])
    refusals = Refusals(person, ask.what, [one.pk for one in listed], tell)
    lines = []
    for one in listed:
        is_now, then = now[one.pk], ask.targets[one.pk]
        refusal = refusals.of(one, is_now, then, undoing)
        since = shown.get(one.pk, mark_of(is_now)) != mark_of(is_now)
        lines.append(Line(one, is_now, then, tell(is_now), tell(then), refusal, since))
    return lines


class Refusals:
    """Why a project stays as it is; nothing where it may be changed."""

    def __init__(self, person: Person, what: What, ids: Sequence[int], tell: Names) -> None:
        reach = person.reach(Can.AMEND_PROJECT)
        mine = Project.objects.reached_by(reach).filter(pk__in=ids)
        self.mine, self.places = set(mine.values_list("pk", flat=True)), reach.places
        self.what, self.tell = what, tell

    def of(self, one: Project, now: Known, then: Known, undoing: Mapping[int, Known] | None) -> str:
        """The first reason that there is."""
        if one.pk not in self.mine:
            return _("不在你能修改的范围")
        if self.what not in WORDS and one.place.path not in self.places:
            return _("参与单位和计划日期由管全县项目的人改")
        if undoing is not None and now != undoing[one.pk]:
            return _("后来又改成了“%(now)s”，不动它") % {"now": self.tell(now)}
        if self.what is What.PLAN and not then:
            return _("原来没有计划日期，计划留着")
        return _("原来就是这样") if now == then else ""


def lines_of(bulk: BulkChange) -> list[tuple[int, Known, Known]]:
    """What a bulk change did: each project, what it was, what it became."""
    return [(pk, before, after) for pk, before, after in json.loads(bulk.lines)]


def undo_of(bulk: BulkChange, person: Person, settings: Settings) -> list[Line]:
    """What undoing would do to each project in sight."""
    lines = lines_of(bulk)
    ask = Ask(What(bulk.what), bulk.node, {pk: before for pk, before, _after in lines})
    made = {pk: after for pk, _before, after in lines}
    return previewed(person, ask, settings, shown={}, undoing=made)


def told_of(bulk: BulkChange, person: Person) -> tuple[list[tuple[Project, str, str]], int]:
    """What it did to each project in sight, in words, and to how many out of sight."""
    lines = lines_of(bulk)
    tell = Names(What(bulk.what), [value for _pk, *values in lines for value in values])
    seen = Project.objects.visible_to(person).in_bulk([pk for pk, *_values in lines])
    told = [(seen[pk], tell(a), tell(b)) for pk, a, b in lines if pk in seen]
    return told, len(lines) - len(told)
