"""Generated periods of every method that we ship: what must hold whatever the figures are."""

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from yipanqi.assessment.rules import Figure, Figures, Method, Row, Sheet, read_method, said, score

METHODS = Path(__file__).resolve().parents[3] / "methods"
ALL = [read_method(page.read_text("utf-8")) for page in sorted(METHODS.glob("*/method.yaml"))]
SCORED = [method for method in ALL if any(group.items for group in method.groups)]
A_GROUP = 5
LIKELY = (0, 0, 1, 1, 2, 3, 5, 8, 40, 80, 100, 120, 350)


def _figure(rng: random.Random, figure: Figure) -> Fraction | None:
    """A figure as it may come: missing, nought, whole, in part, below nought."""
    if rng.random() < 0.03:
        return None
    value = Fraction(rng.choice(LIKELY) + rng.randint(0, 4), rng.choice((1, 1, 1, 2, 3, 7)))
    value = value / 100 if figure.unit == "%" else value
    return -value if rng.random() < 0.02 else value


def _period(rng: random.Random, method: Method) -> Figures:
    names = {
        group.group: group.units or [f"{group.group}第{n}家" for n in range(A_GROUP)]
        for group in method.groups
    }
    first = list(names[method.groups[0].group])
    return tuple(
        Row(
            holder=name,
            group=group,
            values={f.name: _figure(rng, f) for f in method.figures if f.is_given},
            texts={f.name: rng.choice(first) for f in method.figures if f.lists_holders},
        )
        for group, members in names.items()
        for name in members
    )


def _sums_hold(sheet: Sheet) -> None:
    for group in sheet.groups:
        for row in group.rows:
            points = [line.points for line in row.lines]
            assert all(said(line.because) for line in row.lines)
            if row.total is not None:
                assert row.vetoed or None not in points
                assert row.total == sum((p for p in points if p is not None), Fraction(0))
            else:
                assert any(row.holder in problem.where for problem in sheet.problems)
            assert (row.total is None) == (row.place is None)


def _swapped(figures: Figures, one: Row, other: Row) -> Figures:
    """Two holders with each other's figures; whoever named one in a list names the other."""
    names = {one.holder: other.holder, other.holder: one.holder}
    return tuple(
        replace(
            row,
            holder=names.get(row.holder, row.holder),
            texts={name: names.get(text, text) for name, text in row.texts.items()},
        )
        for row in figures
    )


def _swap_holds(method: Method, figures: Figures, rng: random.Random) -> None:
    sheet = score(method, figures)
    _sums_hold(sheet)
    named = {name for group in method.groups for name in group.units} | set(method.merge)
    free = [row for row in figures if row.holder not in named and row.holder not in method.merged]
    group = rng.choice(sorted({row.group for row in free} or {""}))
    members = [row for row in free if row.group == group]
    if len(members) < 2 or not any(group == scored.group for scored in sheet.groups):
        return
    one, other = rng.sample(members, 2)
    after = score(method, _swapped(figures, one, other))
    for mine, its in ((one.holder, other.holder), (other.holder, one.holder)):
        before, now = sheet.row(mine), after.row(its)
        assert (before.total, before.place, before.grade) == (now.total, now.place, now.grade)
        assert [line.points for line in before.lines] == [line.points for line in now.lines]


def _many(count: int, seed: int) -> None:
    rng = random.Random(seed)
    for number in range(count):
        method = SCORED[number % len(SCORED)]
        _swap_holds(method, _period(rng, method), rng)


def test_totals_are_sums_and_swapped_figures_swap_scores():
    _many(150, seed=1)


@pytest.mark.nightly
def test_in_a_thousand_periods_totals_are_sums_and_swapped_figures_swap_scores():
    _many(1000, seed=2)
