"""Figures that people give: what offices judged, what ratings and ballots came to when counted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.reads import Judged, judged_words
from yipanqi.facts.judging.rules import PARTS, Result, RoundState, Way
from yipanqi.org.models import Unit
from yipanqi.standing.measures.spec import AsOf, Counted, Figures, Measure

WAYS = {"judged": Way.JUDGED, "rating": Way.RATING, "ballot": Way.BALLOT}


@dataclass(frozen=True)
class Given:
    """What a holder was given, in which round, and by whom: a word of an office, or a count."""

    round: Round
    value: Fraction
    word: Judged | None = None
    result: Result | None = None

    @property
    def on(self) -> date:
        """When it was said, or the last day of the period that was counted."""
        return self.word.on if self.word else self.round.last_on

    @property
    def label(self) -> str:
        """Who said what, as far as the round may tell."""
        if self.word is not None:
            told_of = {"unit": self.word.unit, "reason": self.word.reason}
            return _("%(unit)s评定：%(reason)s") % told_of
        assert self.result is not None  # one of both is always there
        told_of = {"round": self.round.name, "sides": self._sides(self.result)}
        return _("“%(round)s”计票结果：%(sides)s") % told_of

    def _sides(self, result: Result) -> str:
        """How many raters of each side, and what its weight is; never what one of them gave."""
        sides = zip(self.round.judges, result.numbers, strict=True)
        if len(result.numbers) == 1:
            return _("%(number)s 份的平均") % {"number": result.numbers[0]}
        return "、".join(
            _("%(side)s %(number)s 份占 %(weight)s%%")
            % {"side": side.name, "number": number, "weight": side.weight}
            for side, number in sides
        )


def count(asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf) -> dict[str, Figures]:
    """What was given, for each measure and holder."""
    found: dict[str, Figures] = {name: {} for name in asked}
    for name, holder, one in given(asked, holders, at):
        found[name][holder] = one.value
    return found


def records(measure: Measure, holder_id: int, at: AsOf) -> list[Counted]:
    """The word or the count behind a holder's figure."""
    said = given({"": measure}, [holder_id], at)
    return [Counted(one.label, one.value, one.on) for *_whom, one in said]


def given(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf
) -> Iterator[tuple[str, int, Given]]:
    """What each holder was given under each measure; where nobody said anything there is nothing.

    Of several rounds in a window the last one counts: as long as it is open, nothing does.
    """
    rounds = [(one, _about(one)) for one in _rounds(asked, holders, at)]
    words = judged_words([one for one, _ in rounds if one.way == Way.JUDGED], seq=at.seq)
    counts = {one.pk: one.results for one, _ in rounds}
    for name, measure in asked.items():
        way, first = WAYS[measure.measure], measure.days(at.day).first
        mine = [(r, a[measure.indicator]) for r, a in rounds if _answers(r, a, measure, way, first)]
        for holder in holders:
            found = next((one for one, whom in mine if holder in whom), None)
            if found is None:
                continue
            word = words.get(found.pk, {}).get((holder, measure.indicator))
            result = counts[found.pk].get(holder)
            if word is not None:
                yield name, holder, Given(found, Fraction(word.points, PARTS), word=word)
            elif result is not None and result.value is not None:
                yield name, holder, Given(found, result.value, result=result)


def _about(one: Round) -> dict[str, set[int]]:
    """By what a figure calls it, an item or the round itself: whom it is about."""
    if one.way != Way.JUDGED:
        return {one.name: set(one.holders)}
    about: dict[str, set[int]] = defaultdict(set)
    for block in one.asked:
        for asked in block.items:
            about[asked.item].update(block.holders)
    return about


def _answers(
    one: Round, about: Mapping[str, set[int]], measure: Measure, way: Way, first: date
) -> bool:
    return one.way == way and one.first_on >= first and measure.indicator in about


def _rounds(asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf) -> list[Round]:
    """The rounds of these holders' place, the latest period first, those given up left out."""
    first = min(measure.days(at.day).first for measure in asked.values())
    rounds = Round.objects.as_of(at.seq).filter(
        place__in=Unit.objects.filter(pk__in=holders).values("parent_id"),
        way__in={WAYS[measure.measure] for measure in asked.values()},
        first_on__range=(first, at.day),
    )
    latest = rounds.order_by("-first_on", "-seq")
    return [one for one in latest if one.closed is not RoundState.CANCELLED]
