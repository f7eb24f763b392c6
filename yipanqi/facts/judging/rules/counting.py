"""What sheets come to: weighted means of ratings, points of places averaged over jurors."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from yipanqi.facts.judging.rules.shapes import PARTS, WHOLE, Result, Side, Words

Sheets = Mapping[int, Words]
"""What each rater says, by key; the last word of each."""


def rated(holders: Sequence[int], sides: Sequence[Side], sheets: Sheets) -> list[Result]:
    """Each holder's rating: the plain mean of every side, weighted; none where a side said nothing."""
    means = [_means(side, sheets) for side in sides]
    results = []
    for holder in holders:
        found = [mean.get(holder) for mean in means]
        told = [each for each in found if each is not None]
        value = sum(
            (
                mean * Fraction(side.weight, WHOLE)
                for (mean, _), side in zip(told, sides, strict=False)
            ),
            Fraction(0),
        )
        numbers = tuple(each[1] if each else 0 for each in found)
        results.append(Result(holder, value if len(told) == len(sides) else None, numbers))
    return results


def _means(side: Side, sheets: Sheets) -> dict[int, tuple[Fraction, int]]:
    """For each holder the mean of what this side gives, each rater's points summed, and of how many."""
    sums: dict[int, list[int]] = defaultdict(list)
    for rater in side.raters:
        given: dict[int, int] = defaultdict(int)
        for word in sheets.get(rater, ()):
            given[word.holder] += word.points
        for holder, points in given.items():
            sums[holder].append(points)
    return {
        holder: (Fraction(sum(each), PARTS * len(each)), len(each)) for holder, each in sums.items()
    }


def placed(holders: Sequence[int], *, top: int, step: int, sheets: Sheets) -> list[Result]:
    """Each holder's points of its places, averaged over the jurors; the sum is the table's own."""
    points: dict[int, int] = dict.fromkeys(holders, 0)
    for words in sheets.values():
        for word in words:
            points[word.holder] += points_of(word.points, top=top, step=step)
    jurors = len(sheets)
    return [
        Result(holder, Fraction(total, PARTS * jurors) if jurors else None, (jurors,))
        for holder, total in points.items()
    ]


def points_of(place: int, *, top: int, step: int) -> int:
    """What a place is worth, in hundredths."""
    return top - step * (place - 1)
