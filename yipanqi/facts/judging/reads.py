"""How rounds stand: which sheets count, who has not written, what was judged by a point in the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yipanqi.facts.judging.models import OpenSheet, Round, SecretSheet
from yipanqi.facts.judging.rules import Result, Way, Words, placed, rated
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Person, Unit


@dataclass(frozen=True)
class Judged:
    """The word that counts on an item of a holder: the points in hundredths, why, by whom, when."""

    points: int
    reason: str
    unit: str
    on: date
    before: int
    """How many earlier words it replaced."""


Standing = Mapping[int, Mapping[tuple[int, str], Judged]]
"""For each round, by holder and item, the last word."""


def judged_words(rounds: Iterable[Round], *, seq: int = OPEN) -> Standing:
    """The last word on every item of every holder in these rounds, with one query."""
    found: dict[int, dict[tuple[int, str], Judged]] = defaultdict(dict)
    sheets = OpenSheet.objects.filter(round__in=[one.pk for one in rounds], seq__lte=seq)
    for sheet in sheets.select_related("unit").order_by("seq"):
        standing = found[sheet.round_id]
        for word in sheet.said:
            earlier = standing.get((word.holder, word.item))
            standing[word.holder, word.item] = Judged(
                points=word.points,
                reason=word.reason,
                unit=sheet.unit.name,
                on=sheet.happened_on,
                before=earlier.before + 1 if earlier else 0,
            )
    return found


def secret_sheets(judging: Round) -> dict[int, Words]:
    """The last sheet of each rater of a round, by the rater's key; only the count asks."""
    sheets = SecretSheet.objects.filter(round=judging).last_words()
    return {sheet.rater: sheet.said for sheet in sheets}


def waiting_in(rounds: Sequence[Round]) -> dict[int, tuple[int, ...]]:
    """For each round the raters that still owe their sheet, by key; two queries for all of them."""
    keys = [one.pk for one in rounds]
    wrote: dict[int, set[int]] = defaultdict(set)
    done = OpenSheet.objects.filter(round__in=keys, done=True)
    for round_id, unit_id in done.values_list("round_id", "unit_id"):
        wrote[round_id].add(unit_id)
    sheets = SecretSheet.objects.filter(round__in=keys)
    for round_id, unit_id, person_id in sheets.values_list("round_id", "unit_id", "person_id"):
        wrote[round_id].add(unit_id or person_id or 0)
    return {one.pk: tuple(r for r in one.raters if r not in wrote[one.pk]) for one in rounds}


def counted_from(judging: Round, sheets: Mapping[int, Words]) -> list[Result]:
    """What these sheets come to, for every holder of the round."""
    if judging.way == Way.BALLOT:
        return placed(judging.holders, top=judging.top, step=judging.step, sheets=sheets)
    return rated(judging.holders, judging.judges, sheets)


def names_of_raters(judging: Round, raters: Iterable[int]) -> list[str]:
    """How raters are called: units, or the people of a jury, in the order of their keys."""
    table = Person.objects if judging.way == Way.BALLOT else Unit.objects
    return list(table.filter(pk__in=list(raters)).order_by("pk").values_list("name", flat=True))


def self_rounds(place_id: int, period: tuple[date, date], *, seq: int) -> list[Round]:
    """The rounds of self-scoring of a period, the last one first, those given up left out."""
    rounds = Round.objects.as_of(seq).filter(place=place_id, way=Way.SELF, first_on__range=period)
    return [one for one in rounds.order_by("-seq") if one.closed is None]
