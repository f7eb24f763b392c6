"""The figures of all holders at once: one grouped query a source, whole numbers only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from yipanqi.org.models import Pairing, Unit
from yipanqi.org.reads import former_names
from yipanqi.org.rules import place_path
from yipanqi.place.rules import Settings
from yipanqi.standing.measures import (
    contacts,
    elapsed,
    judging,
    once,
    projects,
    returns,
    targets,
    told,
)
from yipanqi.standing.measures.spec import AsOf, Counted, Figures, Measure

__all__ = ["Counted", "Figures", "counted", "paired", "records"]

ONCE = ("projects", "investment", "funds", "overdue", "falsified")
"""Measures of what happened to projects, of which a place counts each once."""


class Source(Protocol):
    """Where figures come from."""

    def count(
        self, asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, /
    ) -> dict[str, Figures]: ...
    def records(self, measure: Measure, holder_id: int, at: AsOf, /) -> list[Counted]: ...


class Defined(Protocol):
    """Where figures come from that depend on a place's definitions."""

    def count(
        self, asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, by: Settings, /
    ) -> dict[str, Figures]: ...
    def records(
        self, measure: Measure, holder_id: int, at: AsOf, by: Settings, /
    ) -> list[Counted]: ...


PLAIN: Mapping[str, Source] = {
    "recognised": projects,
    "deadline": projects,
    "contacts": contacts,
    "external": told,
    "judging": judging,
}
DEFINED: Mapping[str, Defined] = {"target": targets, "elapsed": elapsed, "returns": returns}


def counted(
    measures: Mapping[str, Measure], holders: Sequence[int], at: AsOf, *, settings: Settings
) -> dict[str, Figures]:
    """Each measure for each holder. Nothing counted is nought; what was never told is absent."""
    own = {name: measure for name, measure in measures.items() if not measure.of}
    shared = {name: measure for name, measure in measures.items() if measure.of}
    found = _by_source(own, holders, at, settings)
    if shared and holders:
        whole = of_place(shared, place_of(holders[0]), at, settings)
        found |= {name: _everybodys(whole.get(name), holders) for name in shared}
    return {name: found.get(name, {}) for name in measures}


def _everybodys(value: Fraction | None, holders: Sequence[int]) -> Figures:
    return {} if value is None else dict.fromkeys(holders, value)


def place_of(holder_id: int) -> int:
    """The place to which a holder belongs."""
    path = Unit.objects.filter(pk=holder_id).values_list("path", flat=True).get()
    return int(place_path(path).strip("/"))


def of_place(
    measures: Mapping[str, Measure], place_id: int, at: AsOf, settings: Settings
) -> dict[str, Fraction | None]:
    """Each measure for a whole place: its projects once each, its own tasks, what is told of it."""
    apart = {
        name: m for name, m in measures.items() if m.measure in ("target", "elapsed", "external")
    }
    own = _by_source(apart, [place_id], at, settings)
    projects_of = {name: m for name, m in measures.items() if m.measure in ONCE}
    found: dict[str, Fraction | None] = {name: own[name].get(place_id) for name in apart}
    return found | once.whole(projects_of, place_id, at)


def _by_source(
    measures: Mapping[str, Measure], holders: Sequence[int], at: AsOf, settings: Settings
) -> dict[str, Figures]:
    found: dict[str, Figures] = {}
    by_source: dict[str, dict[str, Measure]] = defaultdict(dict)
    for name, measure in measures.items():
        by_source[_source(measure)][name] = measure
    for source, asked in by_source.items():
        if source in DEFINED:
            found |= DEFINED[source].count(asked, holders, at, settings)
        else:
            found |= PLAIN[source].count(asked, holders, at)
    return found


def _source(measure: Measure) -> str:
    if measure.measure in judging.WAYS:
        return "judging"
    if measure.measure in ONCE:
        return "deadline" if measure.measure == "overdue" else "recognised"
    return measure.measure


def paired(holders: Sequence[int], at: AsOf, *, among: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The units that each seat answers for, by name: those that are assessed, a chain is not."""
    found: dict[int, list[str]] = defaultdict(list)
    former = former_names(at.seq)
    pairings = Pairing.objects.as_of(at.seq).filter(seat_id__in=holders, unit_id__in=among)
    rows = pairings.order_by("pk")
    for seat, unit, name in rows.values_list("seat_id", "unit_id", "unit__name"):
        found[seat].append(former.get(unit, name))
    return {seat: tuple(names) for seat, names in found.items()}


def records(measure: Measure, holder_id: int, at: AsOf, *, settings: Settings) -> list[Counted]:
    """Every record behind a holder's figure; their amounts add up to the figure."""
    source = _source(measure)
    if measure.of:
        holder_id = place_of(holder_id)
        if measure.measure in ONCE:
            return once.each_whole(measure, holder_id, at)
    if source in DEFINED:
        return DEFINED[source].records(measure, holder_id, at, settings)
    return PLAIN[source].records(measure, holder_id, at)
