"""What printed bulletins got right and wrong, recomputed row by row; and a contest whose measures change."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.shelf import METHODS, Cell, cells
from yipanqi.assessment.rules import (
    Figures,
    Method,
    Sheet,
    read_figures_table,
    read_method,
    read_table,
    score,
)


def method_of(folder: str) -> Method:
    return read_method((METHODS / folder / "method.yaml").read_text(encoding="utf-8"))


def figures_of(folder: str) -> Figures:
    content = (METHODS / folder / "figures.csv").read_bytes()
    return read_figures_table(read_table(content, name="figures.csv"), method_of(folder))


def named(sheet: Sheet) -> dict[str, set[str]]:
    """Who stands on each list, over all groups."""
    found: dict[str, set[str]] = {}
    for listed in sheet.lists:
        found.setdefault(listed.name, set()).update(listed.holders)
    return found


KINDS = {
    "bulletin-rates": {"一致": 63, "截断": 4, "不符": 9},
    "bulletin-time-progress": {"一致": 18, "按原数一致": 2, "截断": 2, "不是匀速": 2},
    "bulletin-parts": {"一致": 8, "尾差": 1, "对不上": 5},
}


@pytest.mark.parametrize("folder", KINDS)
def test_each_row_of_a_bulletin_is_of_one_kind(folder):
    found = named(score(method_of(folder), figures_of(folder)))
    rows = [row.holder for row in figures_of(folder) if row.group != "均值"]

    assert {kind: len(holders) for kind, holders in found.items()} == KINDS[folder]
    assert sorted(holder for holders in found.values() for holder in holders) == sorted(rows)


@pytest.mark.parametrize("folder", ["bulletin-rates", "bulletin-time-progress"])
def test_a_printed_value_differs_from_ours_exactly_where_the_row_says_so(folder):
    found = named(score(method_of(folder), figures_of(folder)))
    right = found["一致"] | found.get("按原数一致", set())

    def errs(cell: Cell) -> bool:
        return bool(cell.stated) and cell.stated != cell.right

    wrong = {cell.holder for cell in cells(folder) if errs(cell)}
    assert wrong == {row.holder for row in figures_of(folder)} - right


def test_two_bulletins_of_nine_state_totals_that_are_not_their_parts():
    found = named(score(method_of("bulletin-parts"), figures_of("bulletin-parts")))

    assert {holder.split()[0] for holder in found["对不上"]} == {"雅安市", "世界制造业大会"}


@pytest.mark.parametrize(
    ("quarter", "boards"),
    [(1, {"开工"}), (2, {"开工", "列统"}), (3, {"列统", "竣工"}), (4, set())],
)
def test_the_contest_looks_at_other_measures_each_quarter(quarter, boards):
    rows = tuple(
        replace(row, values={**row.values, "季度": Fraction(quarter)})
        for row in figures_of("contest-2023")
    )

    sheet = score(method_of("contest-2023"), rows)

    changing = {board.board: len(board.rows) for board in sheet.boards[:3] if board.rows}
    assert changing == dict.fromkeys(boards, 5)
