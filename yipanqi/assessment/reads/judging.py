"""What a method asks people to judge: its judged items, its rounds, what holders score themselves for."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from yipanqi.assessment.reads.live import Holder, Live, measures_in
from yipanqi.assessment.rules.evaluating import Values, evaluate
from yipanqi.assessment.rules.methods import Item, ItemKind, Method, MethodGroup
from yipanqi.assessment.rules.names import FULL_MARKS
from yipanqi.assessment.rules.nodes import Formula, names_in
from yipanqi.core.numbers import grouped
from yipanqi.core.problems import Refused
from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.reads import judged_words, self_rounds
from yipanqi.facts.judging.rules import PARTS, Asked, Block, Way, told
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Kind
from yipanqi.place.models import Document
from yipanqi.standing.measures.spec import Measure

BEYOND = 99_999 * PARTS
"""What bounds a self-score where the method sets no bound of its own."""


@dataclass(frozen=True)
class Judgeable:
    """A judged item of a method (评定项), and the groups in which it counts."""

    asked: Asked
    groups: tuple[str, ...]


def judgeable(method: Method) -> dict[str, Judgeable]:
    """The judged items of a method, by their names."""
    found = {}
    for name, measure in _of_people(method, "judged"):
        used = [group.group for group in method.groups if name in _used(method, group)]
        lowest, highest = (int(points * PARTS) for points in (measure.lowest, measure.highest))
        groups = tuple(used) or tuple(group.group for group in method.groups)
        found[measure.indicator] = Judgeable(Asked(measure.indicator, lowest, highest), groups)
    return found


def named_rounds(method: Method, way: Way) -> list[str]:
    """How a method calls its ratings or its ballots."""
    return list(dict.fromkeys(m.indicator for _name, m in _of_people(method, way.value)))


def _of_people(method: Method, source: str) -> Iterator[tuple[str, Measure]]:
    for name, measure in measures_in(method).items():
        if measure.measure == source:
            yield name, measure


def _used(method: Method, group: MethodGroup) -> set[str]:
    """Every figure that a group's items look at, also behind computed ones."""
    formulas = {f.name: f.formula for f in method.figures if f.formula}
    found: set[str] = set()
    waiting = [name.name for item in group.items for name in names_in(item.formula.tree)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            formula = formulas.get(name)
            waiting += [part.name for part in names_in(formula.tree)] if formula else []
    return found


def holders_of(scored: Live, group: str) -> tuple[int, ...]:
    """Who is assessed in a group, by key."""
    return tuple(one.pk for one in scored.holders.values() if one.group == group)


def judged_blocks(scored: Live, items: list[str]) -> tuple[Block, ...]:
    """These judged items for the holders of every group in which they count."""
    known = judgeable(scored.method)
    blocks = []
    for group in scored.method.groups:
        asked = tuple(known[item].asked for item in items if group.group in known[item].groups)
        if asked:
            blocks.append(Block(group.group, holders_of(scored, group.group), asked))
    return tuple(blocks)


def self_blocks(scored: Live) -> tuple[Block, ...]:
    """Every item of the method for the holders of its group, bounded as the method bounds it."""
    return tuple(
        Block(group.group, holders_of(scored, group.group), tuple(map(_bounded, group.items)))
        for group in scored.method.groups
        if group.items
    )


def _bounded(item: Item) -> Asked:
    floor = -BEYOND if item.kind is ItemKind.DEDUCTION else 0
    full = {FULL_MARKS: item.full}
    lowest, highest = _points(item.at_least, full, floor), _points(item.at_most, full, BEYOND)
    return Asked(item.item, lowest, max(highest, lowest + 1))


def _points(bound: Formula | None, full: Values, otherwise: int) -> int:
    """A bound in hundredths; one that looks at figures differs by holder and is not asked here."""
    try:
        return otherwise if bound is None else int(evaluate(bound.tree, full) * PARTS)
    except Refused:
        return otherwise


def unopened(scored: Live) -> list[str]:
    """The judged items of the method for which nobody was asked in this period."""
    rounds = Round.objects.as_of(scored.at.seq).filter(
        place=scored.version.place_id,
        way=Way.JUDGED,
        first_on__range=(scored.period.first, scored.period.last),
    )
    asked = {a.item for one in rounds if one.closed is None for b in one.asked for a in b.items}
    return [item for item in judgeable(scored.method) if item not in asked]


@dataclass(frozen=True)
class SelfScore:
    """What a holder gives itself for an item, beside what it was scored, and the difference."""

    item: str
    own: str
    points: str | None
    difference: str
    note: str


@dataclass(frozen=True)
class SelfScores:
    """A holder's self-scores of a period in a round; without lines where it has not written."""

    round: Round
    lines: tuple[SelfScore, ...]
    total: SelfScore | None
    late: bool
    """Whether the day is over on which it was due."""


def self_scores(scored: Live, holder: Holder) -> SelfScores | None:
    """What a holder scored itself in this period, beside its points; never part of the total."""
    period = (scored.period.first, scored.period.last)
    rounds = self_rounds(scored.version.place_id, period, seq=scored.at.seq)
    asked = next((one for one in rounds if holder.pk in one.raters), None)
    if asked is None:
        return None
    words = judged_words([asked], seq=scored.at.seq).get(asked.pk, {})
    row = scored.row(holder.name)
    points = {line.item: line.points for line in row.lines}
    lines = [
        _beside(scored, item, word.points, points.get(item), word.reason)
        for (whose, item), word in words.items()
        if whose == holder.pk
    ]
    own = sum(word.points for (whose, _item), word in words.items() if whose == holder.pk)
    total = _beside(scored, "", own, row.total, "") if lines else None
    return SelfScores(asked, tuple(lines), total, scored.at.day > asked.due_on)


def _beside(scored: Live, item: str, own: int, points: Fraction | None, note: str) -> SelfScore:
    """By how much a holder gives itself more or less than it was scored."""
    difference = "" if points is None else grouped(Fraction(own, PARTS) - points, 2)
    sign = "" if points is None or Fraction(own, PARTS) <= points else "+"
    return SelfScore(item, told(own), scored.sheet.printed(points), sign + difference, note)


def possible_raters(person: Person) -> QuerySet[Unit]:
    """The units that may be asked to judge."""
    units = Unit.objects.visible_to(person).standing().exclude(kind=Kind.PLACE)
    return units.order_by("kind", "sort", "pk")


def citable(person: Person) -> QuerySet[Document]:
    """The documents on which a round may rest, the newest first."""
    return Document.objects.visible_to(person).newest().order_by("-issued_on", "-pk")
