"""Whether everything derived is what the facts say: recomputed, a few hundred projects at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from yipanqi.facts.projects.models import Claim, Pending, Plan, Progress, Project, Withdrawal
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import still
from yipanqi.ledger.rules import OPEN, Finding, said
from yipanqi.standing.models import Deadline, Recognised, Verdict
from yipanqi.standing.reads import Versions, plans_by_project
from yipanqi.standing.reads.activity_proof import presence_findings
from yipanqi.standing.reads.evidence_proof import evidence_findings
from yipanqi.standing.reads.judging_proof import count_findings
from yipanqi.standing.reads.register_proof import register_findings
from yipanqi.standing.reads.tree_proof import offices_by_node, tree_findings
from yipanqi.standing.rules import (
    FALSIFIED,
    IN_FORCE,
    SEVERAL,
    Outcome,
    dues_of,
    first_due,
    stage_of,
)

CHUNK, ROWS = 500, 5_000


@dataclass(frozen=True)
class Event:
    """A verdict or a withdrawal, as far as it decides what counts."""

    seq: int
    project_id: int
    claim_id: int
    node: str
    counted_on: date
    happened_on: date
    outcome: str = "withdrawn"
    amount_fen: int | None = None


@dataclass(frozen=True)
class Counted:
    """One interval of what counts."""

    project_id: int
    claim_id: int
    node: str
    counted_on: date
    amount_fen: int | None
    from_seq: int
    to_seq: int = OPEN


@dataclass(frozen=True)
class Settled:
    """When a project was settled last: by which entry, and by the definitions of which day."""

    seq: int
    on: date


def findings() -> Iterator[Finding]:
    """Every derived row and column that differs from what the facts say, and evidence gone or altered."""
    with still():
        versions, offices = Versions.load(), offices_by_node()
        yield from tree_findings()
        yield from presence_findings()
        yield from count_findings()
        for ids in chunks():
            yield from register_findings(ids, versions, offices)
            yield from _pending_findings(ids, offices)
            yield from _standing_findings(ids, versions)
        yield from evidence_findings()


def chunks() -> Iterator[list[int]]:
    """All projects by their keys, a few hundred at a time."""
    last = 0
    while True:
        rows = Project.objects.filter(pk__gt=last).order_by("pk")
        if not (ids := list(rows.values_list("pk", flat=True)[:CHUNK])):
            return
        yield ids
        last = ids[-1]


def _standing_findings(ids: Sequence[int], versions: Versions) -> Iterator[Finding]:
    """What counts, what is due and what lists show of these projects."""
    events = _events(ids)
    counted = counted_by(events)
    yield from _recognised_findings(ids, counted)
    reached: dict[int, dict[str, date]] = defaultdict(dict)
    for row in counted:
        if row.to_seq == OPEN and row.node not in SEVERAL:
            reached[row.project_id][row.node] = row.counted_on
    yield from _settled_findings(ids, _settled(ids, events), reached, versions)
    yield from _movement_findings(ids)


def _events(ids: Sequence[int]) -> list[Event]:
    about = ("seq", "project_id", "claim_id", "claim__node", "claim__happened_on", "happened_on")
    judged = Verdict.objects.filter(project__in=ids)
    found = [
        Event(*row) for row in judged.values_list(*about, "outcome", "amount_fen").iterator(ROWS)
    ]
    for row in Withdrawal.objects.filter(project__in=ids).values_list(*about).iterator(ROWS):
        found.append(Event(*row))
    return sorted(found, key=lambda event: event.seq)


def counted_by(events: Iterable[Event]) -> set[Counted]:
    """The intervals that follow from verdicts and withdrawals, in the order of the ledger."""
    rows: dict[int, Counted] = {}
    holder: dict[tuple[int, str], int] = {}
    done: set[Counted] = set()
    for event in events:
        if event.outcome == Outcome.ACCEPTED:
            before = holder.get((event.project_id, event.node))
            if before is not None and event.node not in SEVERAL:
                done |= _closed(rows, before, event.seq)
            holder[event.project_id, event.node] = event.claim_id
            rows[event.claim_id] = _opened(event, event.node, event.counted_on)
        elif event.outcome != Outcome.RETURNED:
            done |= _closed(rows, event.claim_id, event.seq)
        if event.outcome == Outcome.FALSIFIED:
            done.add(_opened(event, FALSIFIED, event.happened_on))
    return done | set(rows.values())


def _opened(event: Event, node: str, counted_on: date) -> Counted:
    return Counted(event.project_id, event.claim_id, node, counted_on, event.amount_fen, event.seq)


def _closed(rows: dict[int, Counted], claim_id: int, seq: int) -> set[Counted]:
    """Take an open interval out and end it."""
    row = rows.pop(claim_id, None)
    return {Counted(**{**vars(row), "to_seq": seq})} if row else set()


def _recognised_findings(ids: Sequence[int], expected: set[Counted]) -> Iterator[Finding]:
    names = tuple(Counted.__dataclass_fields__)
    stored = Recognised.objects.filter(project__in=ids).values_list(*names)
    yield from differences("认定区间", {tuple(vars(row).values()) for row in expected}, stored)


def differences(
    what: str, expected: Iterable[tuple[object, ...]], stored: Iterable[tuple[object, ...]]
) -> Iterator[Finding]:
    """What should be there and is not, and what is there and should not; projects come first."""
    have, want = list(stored), set(expected)
    for row in sorted(want.difference(have), key=str):
        yield Finding(f"项目 {row[0]} 的{what}", f"应有而没有：{_told(row)}")
    for row in sorted(set(have) - want, key=str):
        yield Finding(f"项目 {row[0]} 的{what}", f"没有事实依据：{_told(row)}")
    if len(have) != len(set(have)):
        yield Finding(what, "同样的内容有不止一行")


def _told(row: tuple[object, ...]) -> str:
    return " ".join(str(value) for value in row[1:])


def _settled(ids: Sequence[int], events: Iterable[Event]) -> dict[int, Settled]:
    """The last fact, or the last coming into force of definitions, after which each was settled."""
    plans = Plan.objects.filter(project__in=ids).values_list("project_id", "seq", "happened_on")
    enforced, found = _enforced(), dict[int, Settled]()
    for project_id, place_id in Project.objects.filter(pk__in=ids).values_list("pk", "place_id"):
        if place_id in enforced:
            found[project_id] = enforced[place_id]
    for project_id, seq, on in [*((e.project_id, e.seq, e.happened_on) for e in events), *plans]:
        if project_id not in found or found[project_id].seq < seq:
            found[project_id] = Settled(seq, on)
    return found


def _enforced() -> dict[int, Settled]:
    """Since which entry, and from which day, the definitions in force hold in each place."""
    found = {}
    for entry in Entry.objects.of(IN_FORCE).order_by("seq"):
        on = date.fromisoformat(said(entry.payload, "on"))
        found[int(entry.subject.rsplit(":", 1)[1])] = Settled(entry.seq, on)
    return found


def _settled_findings(
    ids: Sequence[int],
    settled: Mapping[int, Settled],
    reached: Mapping[int, Mapping[str, date]],
    versions: Versions,
) -> Iterator[Finding]:
    columns = ("pk", "stage", "stage_on", "signed_on", "due_code", "due_on")
    plans = plans_by_project(ids)
    shown: set[tuple[object, ...]] = set()
    awaited: set[tuple[object, ...]] = set()
    for project_id, place_id in Project.objects.filter(pk__in=ids).values_list("pk", "place_id"):
        last = settled.get(project_id)
        if last is None:
            shown.add((project_id, "", None, None, "", None))
            continue
        settings = versions.by(last.seq).on(place_id, last.on).settings
        known = reached.get(project_id, {})
        dues = dues_of(settings.not_yets, known, plans.get(project_id, {}))
        awaited |= {(project_id, code, due.reached_on, due.due_on) for code, due in dues.items()}
        stage = stage_of(settings.order, known)
        first = first_due(dues, settings.not_yets) or ("", None)
        shown.add((project_id, stage, known.get(stage), known.get("signed"), *first))
    open_rows = Deadline.objects.current().filter(project__in=ids)
    stored = open_rows.values_list("project_id", "code", "reached_on", "due_on")
    yield from differences("期限", awaited, stored)
    listed = Project.objects.filter(pk__in=ids).values_list(*columns)
    yield from differences("阶段和到期日", shown, listed)


def _movement_findings(ids: Sequence[int]) -> Iterator[Finding]:
    """The last day on which something happened is not before any fact."""
    newest: dict[int, date] = {}
    for model in (Claim, Progress):
        rows = model._default_manager.filter(project__in=ids).order_by()
        for project_id, day in rows.values_list("project_id").annotate(Max("happened_on")):
            newest[project_id] = max(day, newest.get(project_id, day))
    listed = Project.objects.filter(pk__in=newest).values_list("pk", "last_fact_on")
    for project_id, shown in listed:
        if shown is None or shown < newest[project_id]:
            told = f"最近一次动态是 {newest[project_id]}，列表上是 {shown}"
            yield Finding(f"项目 {project_id} 的最近动态", told)


def _pending_findings(
    ids: Sequence[int], offices: Mapping[tuple[int, str], frozenset[int]]
) -> Iterator[Finding]:
    """A claim waits exactly while it has neither verdict nor withdrawal, and for its own office."""
    waiting = Claim.objects.filter(project__in=ids, verdicts__isnull=True, withdrawal__isnull=True)
    expected = set(waiting.values_list("project_id", "pk"))
    rows = Pending.objects.filter(project__in=ids)
    stored = list(rows.values_list("project_id", "claim_id"))
    yield from differences("待认定", expected, stored)
    details = rows.values_list(
        "project_id", "claim_id", "claim__node", "project__place_id", "office_id"
    )
    for project_id, claim_id, node, place_id, office_id in details:
        if office_id not in offices.get((place_id, node), frozenset()):
            yield Finding(
                f"项目 {project_id} 的待认定", f"第 {claim_id} 条不该由单位 {office_id} 认定"
            )
