"""What lies on the desks: the next steps of a project, claims that wait, the story of one claim."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _noop

from yipanqi.core.lists import Column, Look
from yipanqi.core.problems import Problem
from yipanqi.facts.projects.models import Claim, Part, Pending, Project, Withdrawal
from yipanqi.facts.projects.rules import PartRole
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Node, Settings
from yipanqi.standing.models import Recognised, Verdict
from yipanqi.standing.reads import Versions, reached_by_project
from yipanqi.standing.rules import FALSIFIED, Outcome, missing


@dataclass(frozen=True)
class Step:
    """A node of one project: reached, waiting, or what is still missing for it."""

    node: Node
    reached_on: date | None
    waits: bool
    missing: tuple[Problem, ...]


def steps_of(project: Project, settings: Settings) -> list[Step]:
    """Every node a project may be claimed at, in order, the fund line last."""
    reached = reached_by_project([project.pk]).get(project.pk, {})
    rows = Pending.objects.filter(project=project).values_list("claim__node", flat=True)
    waiting = set(rows)
    return [
        Step(
            node,
            reached.get(node.code),
            node.code in waiting,
            tuple(missing(settings.requirements, node.code, reached, settings)),
        )
        for node in (*settings.nodes, settings.funds)
    ]


def reporting_units(project: Project, person: Person) -> list[tuple[int, str]]:
    """The units for which a person may report on a project; the own one where there is none.

    That one has no part, so the report will be refused with its reason.
    """
    reach = person.reach(Can.CLAIM)
    parts = Part.objects.current().reporting().filter(project=project).select_related("unit")
    units = {part.unit_id: part.unit for part in parts.order_by("pk")}
    mine = [(pk, unit.name) for pk, unit in units.items() if reach.covers(unit.path)]
    mine.sort(key=lambda one: one[0] != person.acting_unit_id)
    own = person.acting_unit
    return mine or ([(own.pk, own.name)] if own else [])


def units_of(place: Unit) -> list[Unit]:
    """Every unit of a place that can take part in a project, as lists show them."""
    units = Unit.objects.under(place.path).standing().exclude(kind=Kind.PLACE)
    return list(units.order_by("kind", "sort", "pk"))


def people_of(place: Unit, on: date) -> list[tuple[int, int, str]]:
    """Who serves in which unit on a day: person, unit, and both by name."""
    posts = Post.objects.held_on(on).filter(
        unit__path__startswith=place.path, person__is_active=True
    )
    rows = posts.order_by("unit__sort", "unit_id", "pk")
    listed = rows.values_list("person_id", "unit_id", "person__name", "unit__name")
    return [(person, unit, f"{name}（{where}）") for person, unit, name, where in listed]


@dataclass(frozen=True)
class Waiting:
    """A claim on an office's desk."""

    pending: Pending
    since: date
    days: int
    name: str
    missing: tuple[Problem, ...]


WAITING = (
    Column("name", _noop("项目"), value=lambda one: one.pending.project.name),
    Column("code", _noop("项目编码"), value=lambda one: one.pending.project.code),
    Column("node", _noop("环节"), value=lambda one: one.name),
    Column("unit", _noop("申报单位"), value=lambda one: one.pending.claim.unit.name),
    Column(
        *("happened", _noop("发生日期")),
        look=Look.DAY,
        value=lambda one: one.pending.claim.happened_on,
    ),
    Column("amount", _noop("金额"), look=Look.MONEY, value=lambda one: one.pending.claim.amount),
    Column("currency", _noop("币种"), value=lambda one: one.pending.claim.currency),
    Column("office", _noop("认定单位"), value=lambda one: one.pending.office.name),
    Column("days", _noop("已等天数"), look=Look.NUMBER, value=lambda one: one.days),
    Column(
        *("missing", _noop("还缺")),
        look=Look.LONG,
        value=lambda one: tuple(str(problem.text) for problem in one.missing),
    ),
)
"""The columns of what waits, for its sheet."""


def waiting(rows: Sequence[Pending], *, as_of: date) -> list[Waiting]:
    """How long claims wait and what stands between them and a yes."""
    entries = Entry.objects.in_bulk([row.pk for row in rows])
    versions = Versions.load()
    reached = reached_by_project({row.project_id for row in rows})
    return [_waiting(row, entries[row.pk], versions, reached, as_of) for row in rows]


def _waiting(
    row: Pending,
    entry: Entry,
    versions: Versions,
    reached: dict[int, dict[str, date]],
    as_of: date,
) -> Waiting:
    claim, since = row.claim, localdate(entry.recorded_at)
    settings = versions.on(row.project.place_id, as_of).settings
    needed = missing(settings.requirements, claim.node, reached.get(row.project_id, {}), settings)
    days = max((as_of - since).days, 0)
    return Waiting(row, since, days, settings.name_of(claim.node), tuple(needed))


@dataclass(frozen=True)
class Happening:
    """Something that was said of a claim: when, by whom, for which unit."""

    at: datetime
    words: str
    reason: str
    who: str
    unit: str


@dataclass(frozen=True)
class Story:
    """One claim and all that became of it."""

    claim: Claim
    node: Node
    office: Unit | None
    state: str
    words: str
    happenings: tuple[Happening, ...]

    @property
    def decided(self) -> bool:
        """Whether it counts now."""
        return self.state == Outcome.ACCEPTED


WITHDRAWN, WAITS, REPLACED = "withdrawn", "waits", "replaced"
WORDS = {
    WAITS: _("待认定"),
    WITHDRAWN: _("已撤回"),
    REPLACED: _("已被后来的认定取代"),
    Outcome.ACCEPTED: _("已认定"),
    Outcome.RETURNED: _("已退回"),
    Outcome.FALSIFIED: _("查实造假"),
}


def story_of(claim: Claim, *, as_of: date) -> Story:
    """What was claimed, by whom, what the office said, and how it stands now."""
    settings = settings_on(claim.project.place_id, as_of)
    node = settings.node(claim.node) or Node(code=claim.node, name=claim.node, office="")
    verdicts = list(Verdict.objects.filter(claim=claim).order_by("seq"))
    withdrawal = Withdrawal.objects.filter(claim=claim).first()
    said = [(claim.pk, str(_("申报")), claim.note)]
    said += [(v.pk, str(Outcome(v.outcome).label), v.reason) for v in verdicts]
    said += [(withdrawal.pk, str(_("撤回")), withdrawal.reason)] if withdrawal else []
    state = _state(claim, verdicts, withdrawal)
    place = claim.project.place
    office = Unit.objects.under(place.path).filter(name=node.office).first()
    return Story(claim, node, office, state, str(WORDS[state]), tuple(_happenings(said)))


def _state(claim: Claim, verdicts: Sequence[Verdict], withdrawal: Withdrawal | None) -> str:
    if withdrawal:
        return WITHDRAWN
    if not verdicts:
        return WAITS
    last = verdicts[-1].outcome
    counts = Recognised.objects.current().filter(claim=claim).exclude(node=FALSIFIED)
    return REPLACED if last == Outcome.ACCEPTED and not counts.exists() else last


def _happenings(said: Iterable[tuple[int, str, str]]) -> Iterable[Happening]:
    listed = list(said)
    entries = Entry.objects.in_bulk([seq for seq, _words, _reason in listed])
    people = Person.objects.in_bulk([e.actor_id for e in entries.values() if e.actor_id])
    units = Unit.objects.in_bulk([e.unit_id for e in entries.values() if e.unit_id])
    for seq, words, reason in listed:
        entry = entries[seq]
        who, unit = people.get(entry.actor_id or 0), units.get(entry.unit_id or 0)
        yield Happening(entry.recorded_at, words, reason, str(who or _("系统")), str(unit or ""))


def lead_people(project_ids: Iterable[int]) -> dict[int, Part]:
    """The part of each project that answers for it first: the lead, else who hosts or introduces."""
    order = {PartRole.LEAD: 0, PartRole.LANDING: 1, PartRole.INTRODUCER: 2}
    parts = Part.objects.current().reporting().filter(project_id__in=project_ids)
    ranked = sorted(
        parts.select_related("unit", "person"),
        key=lambda part: (order[PartRole(part.role)], part.person_id is None, part.pk),
    )
    leads: dict[int, Part] = {}
    for part in ranked:
        leads.setdefault(part.project_id, part)
    return leads
