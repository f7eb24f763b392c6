"""Places (名次) in a group, decided on exact values."""

from collections.abc import Mapping
from fractions import Fraction

from yipanqi.assessment.rules.methods import Ties


def places(
    values: Mapping[str, Fraction | None], *, ties: Ties, high_first: bool = True
) -> dict[str, int]:
    """The place of each holder that has a value; equal values share it."""
    known = {holder: value for holder, value in values.items() if value is not None}
    ordered = sorted(known.values(), reverse=high_first)
    if ties is Ties.DENSE:
        ordered = list(dict.fromkeys(ordered))
    first: dict[Fraction, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {holder: first[value] for holder, value in known.items()}


def by_place(found: Mapping[str, int], holder: str) -> tuple[int, str]:
    """The order in which holders are printed: by place, equals by name, the unplaced last."""
    return (found.get(holder, len(found) + 1), holder)
