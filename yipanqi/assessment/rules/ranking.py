"""Places (名次) in a group, decided on exact values."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from yipanqi.assessment.rules.evaluating import Group, Values, evaluate
from yipanqi.assessment.rules.methods import Ties
from yipanqi.assessment.rules.nodes import Formula
from yipanqi.core.problems import Problem, Refused, Weight

Key = tuple[Fraction, ...]
"""A value, and behind it what parts it from its equals."""

Rank = TypeVar("Rank", Fraction, Key)


def places(
    values: Mapping[str, Rank | None], *, ties: Ties, high_first: bool = True
) -> dict[str, int]:
    """The place of each holder that has a value; equal values share it."""
    known = {holder: value for holder, value in values.items() if value is not None}
    ordered = sorted(known.values(), reverse=high_first)
    if ties is Ties.DENSE:
        ordered = list(dict.fromkeys(ordered))
    first: dict[Rank, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {holder: first[value] for holder, value in known.items()}


def by_place(found: Mapping[str, int], holder: str) -> tuple[int, str]:
    """The order in which holders are printed: by place, equals by name, the unplaced last."""
    return (found.get(holder, len(found) + 1), holder)


def parted(
    values: Mapping[str, Fraction | None],
    breakers: Sequence[Formula],
    scopes: Mapping[str, Values],
    problems: list[Problem],
) -> dict[str, Key | None]:
    """Each value with what parts it from its equals; where that is missing they stay equal."""
    keys: dict[str, Key | None] = {
        holder: None if value is None else (value,) for holder, value in values.items()
    }
    group = Group(scopes)
    for level, breaker in enumerate(breakers, start=1):
        for tied in _tied(keys, level):
            found = _values(breaker, tied, scopes, group, problems)
            for holder, value in found.items():
                keys[holder] = (*(keys[holder] or ()), value)
    return keys


def _tied(keys: Mapping[str, Key | None], level: int) -> list[list[str]]:
    """Those that are still equal, together; who could not be parted before is not parted later."""
    equal: dict[Key, list[str]] = {}
    for holder, key in keys.items():
        if key and len(key) == level:
            equal.setdefault(key, []).append(holder)
    return [holders for holders in equal.values() if len(holders) > 1]


def _values(
    breaker: Formula,
    tied: Sequence[str],
    scopes: Mapping[str, Values],
    group: Group,
    problems: list[Problem],
) -> dict[str, Fraction]:
    """What the equals have to show; nothing where one of them has nothing."""
    found = {}
    for holder in tied:
        try:
            found[holder] = evaluate(breaker.tree, scopes[holder], group)
        except Refused as refused:
            problems.extend(
                replace(problem, where=f"{holder} 并列", weight=Weight.WARNS)
                for problem in refused.problems
            )
    return found if len(found) == len(tied) else {}
