"""Whether parts and spans of projects are what the ledger says of the register."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.timezone import localdate

from yipanqi.core.problems import Refused
from yipanqi.facts.projects.models import Claim, Part, Project, ProjectSpan
from yipanqi.facts.projects.rules import PartRole
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import is_simulated
from yipanqi.ledger.rules import OPEN, Finding, said
from yipanqi.standing.reads import Versions

OPENED, AMENDED, PARTED = "open:projects.project", "amend:projects.project", "parts"
SPANNED = (
    *("place_id", "total", "currency", "origin"),
    *("industry", "nature", "honour", "level", "taken_back"),
)
MONEY = ("total", "currency")

Row = tuple[object, ...]
Offices = Mapping[tuple[int, str], frozenset[int]]


@dataclass(frozen=True)
class Written:
    """What an entry says of a project."""

    seq: int
    kind: str
    told: Any  # the list of parts, or the columns that were set
    recorded_at: datetime


@dataclass(frozen=True)
class State:
    """What a project was from an entry on, and when its money was last converted."""

    seq: int
    values: Mapping[str, Any]
    priced: Written


def register_findings(
    ids: Sequence[int], versions: Versions, offices: Offices
) -> Iterator[Finding]:
    """Parts, spans and amounts of these projects that are not what was written."""
    written = _written(ids)
    parts, spans = _parts(ids), _spans(ids)
    claims = _claims(ids)
    totals = dict(Project.objects.filter(pk__in=ids).values_list("pk", "total_fen"))
    simulated = is_simulated()
    for project_id in ids:
        entries = written[project_id]
        for wrong in (
            *_part_faults(parts[project_id], entries, claims[project_id], offices),
            *_span_faults(spans[project_id], entries, versions, simulated=simulated),
            *_total_faults(totals[project_id], spans[project_id]),
        ):
            yield Finding(f"项目 {project_id}", wrong)


def _written(ids: Sequence[int]) -> dict[int, list[Written]]:
    found: dict[int, list[Written]] = defaultdict(list)
    subjects = [f"{Project._meta.label_lower}:{pk}" for pk in ids]
    entries = Entry.objects.filter(subject__in=subjects, kind__in=[OPENED, AMENDED, PARTED])
    rows = entries.order_by("seq").values_list("subject", "seq", "kind", "payload", "recorded_at")
    for subject, seq, kind, payload, recorded_at in rows:
        told = said(payload, "parts" if kind == PARTED else "after")
        found[int(subject.rsplit(":", 1)[1])].append(Written(seq, kind, told or (), recorded_at))
    return found


def _parts(ids: Sequence[int]) -> dict[int, set[Row]]:
    found: dict[int, set[Row]] = defaultdict(set)
    names = ("role", "unit_id", "person_id", "num", "den", "from_seq", "to_seq")
    for project_id, *row in Part.objects.filter(project__in=ids).values_list("project_id", *names):
        found[project_id].add(tuple(row))
    return found


def _spans(ids: Sequence[int]) -> dict[int, list[ProjectSpan]]:
    found: dict[int, list[ProjectSpan]] = defaultdict(list)
    for span in ProjectSpan.objects.filter(project__in=ids).order_by("from_seq"):
        found[span.project_id].append(span)
    return found


def _claims(ids: Sequence[int]) -> dict[int, list[tuple[int, tuple[int, str]]]]:
    """The claims of each project, with the place and the node they are about."""
    found: dict[int, list[tuple[int, tuple[int, str]]]] = defaultdict(list)
    rows = Claim.objects.filter(project__in=ids).order_by("seq")
    for project_id, place_id, seq, node in rows.values_list(
        "project_id", "project__place_id", "seq", "node"
    ):
        found[project_id].append((seq, (place_id, node)))
    return found


def _part_faults(
    stored: set[Row],
    entries: Sequence[Written],
    claims: Sequence[tuple[int, tuple[int, str]]],
    offices: Offices,
) -> Iterator[str]:
    """Parts follow from the lists that were written; offices join with the claims laid before them."""
    lists = [entry for entry in entries if entry.kind == PARTED]
    ends = [*(entry.seq for entry in lists[1:]), OPEN]
    expected = {
        (*_part(text), entry.seq, end)
        for entry, end in zip(lists, ends, strict=False)
        for text in entry.told
    }
    joined = stored - expected
    for _ in expected - stored:
        yield "参与单位与账上写下的不同"
    for seq, key in claims:
        end = next((entry.seq for entry in lists if entry.seq > seq), OPEN)
        mine = [(PartRole.VERIFIER, unit, None, 1, 1, seq, end) for unit in offices.get(key, ())]
        joined.difference_update(mine)
    for _ in joined:
        yield "有一行参与单位没有依据"


def _part(text: str) -> Row:
    """A unit's part as the ledger writes it: role:unit:person:num/den."""
    role, unit, person, share = text.split(":")
    num, den = share.split("/")
    return (role, int(unit), int(person) if person else None, int(num), int(den))


def _states(entries: Sequence[Written]) -> Iterator[State]:
    values: dict[str, Any] = {}
    priced: Written | None = None
    for entry in entries:
        if entry.kind != PARTED:
            values = {**values, **dict(entry.told)}
            if priced is None or set(MONEY) & set(entry.told):
                priced = entry
            yield State(entry.seq, values, priced)


def _span_faults(
    spans: Sequence[ProjectSpan],
    entries: Sequence[Written],
    versions: Versions,
    *,
    simulated: bool,
) -> Iterator[str]:
    """Spans follow one another without a gap and say what the project was at each entry."""
    states = list(_states(entries))
    starts = {state.seq for state in states}
    if [s.from_seq for s in spans[:1]] != [s.seq for s in states[:1]]:
        yield "属性区间不从入库开始"
    ends = [(a.to_seq, b.from_seq) for a, b in pairwise(spans)]
    if any(end != start for end, start in ends) or any(s.to_seq != OPEN for s in spans[-1:]):
        yield "属性区间不相接"
    if any(span.from_seq not in starts for span in spans):
        yield "有一个属性区间没有依据"
    for state in states:
        span = next((s for s in spans if s.from_seq <= state.seq < s.to_seq), None)
        if span is not None and any(getattr(span, n) != state.values.get(n) for n in SPANNED):
            yield f"第 {state.seq} 条之后的属性区间与账上写下的不同"
        if span is not None and not _is_price(span.total_fen, state, versions, simulated=simulated):
            yield f"第 {state.seq} 条之后的总投资折算与账上写下的不同"


def _is_price(fen: int | None, state: State, versions: Versions, *, simulated: bool) -> bool:
    """Whether an amount is the project's investment at the rate of the day it was written.

    The program's day may be one before the ledger's, and in a simulated ledger any day earlier.
    """
    amount, currency = state.values.get("total"), str(state.values.get("currency"))
    if amount is None or currency == "CNY":
        return bool(fen == amount)
    place, known = int(state.values.get("place_id") or 0), versions.by(state.priced.seq)
    day = localdate(state.priced.recorded_at)
    days = {day, day - timedelta(days=1)}
    if simulated:
        listed = known.by_place.get(place, [])
        days |= {rate.valid_from for version in listed for rate in version.settings.rates}
    return any(_priced(amount, currency, place, known, day) == fen for day in days)


def _priced(amount: int, currency: str, place: int, versions: Versions, day: date) -> int | None:
    try:
        return versions.on(place, day).settings.in_yuan(amount, currency, day)
    except Refused:
        return None


def _total_faults(total_fen: int | None, spans: Sequence[ProjectSpan]) -> Iterator[str]:
    if any(span.total_fen != total_fen for span in spans[-1:]):
        yield "列表上的总投资与属性区间不同"
