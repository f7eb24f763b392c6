"""Boards, and who is named on a list."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from yipanqi.assessment.rules.evaluating import Group, Value, value_or_problems
from yipanqi.assessment.rules.explaining import Show, brief, explain
from yipanqi.assessment.rules.figures import Row
from yipanqi.assessment.rules.methods import Board, Listing, Method, concerns
from yipanqi.assessment.rules.nodes import Formula
from yipanqi.assessment.rules.ranking import by_place, places
from yipanqi.assessment.rules.reading_figures import TOTAL
from yipanqi.assessment.rules.sheets import BoardRow, Listed, ScoredBoard, ScoredGroup
from yipanqi.assessment.rules.working import Worked
from yipanqi.core.problems import Problem, Weight


def shower(method: Method) -> Show:
    """How figures are shown in explanations: by their unit and decimals."""
    figures = {figure.name: figure for figure in method.figures}

    def show(name: str, value: Fraction) -> str:
        return figures[name].show(value) if name in figures else brief(value)

    return show


def boards_of(
    method: Method, values: Worked, assessed: Sequence[Row], problems: list[Problem]
) -> list[ScoredBoard]:
    """Each board for each group that it concerns."""
    found = []
    for board in method.boards:
        for group in method.groups:
            if concerns(board.groups, group.group):
                holders = sorted(row.holder for row in assessed if row.group == group.group)
                worked = {holder: values[holder] for holder in holders}
                found.append(_board(method, board, group.group, worked, problems))
    return found


def _board(
    method: Method, board: Board, group: str, worked: Worked, problems: list[Problem]
) -> ScoredBoard:
    members = Group(worked)
    values: dict[str, Fraction | None] = {}
    for holder, figures in worked.items():
        value, reasons = value_or_problems(board.formula.tree, figures, members)
        values[holder] = value
        where = f"{group} {holder} {board.board}"
        problems.extend(Problem(where=where, text=reason.text) for reason in reasons)
    found = places(values, ties=method.ties, high_first=board.high_first)
    rows = tuple(
        BoardRow(
            holder=holder,
            value=values[holder],
            because=explain(board.formula.tree, worked[holder], members, shower(method)),
            place=found.get(holder),
        )
        for holder in sorted(worked, key=lambda holder: by_place(found, holder))
    )
    return ScoredBoard(
        board=board.board, group=group, rows=rows, decimals=board.decimals, unit=board.unit
    )


def listed(
    method: Method, groups: Sequence[ScoredGroup], values: Worked, problems: list[Problem]
) -> list[Listed]:
    """Each list for each group that it concerns; who is among the first and the last is a doubt."""
    found = [
        _listed(method, listing, group, values, problems)
        for listing in method.lists
        for group in groups
        if concerns(listing.groups, group.group)
    ]
    problems.extend(_on_both_ends(method, found))
    return found


def _on_both_ends(method: Method, found: Sequence[Listed]) -> Iterator[Problem]:
    """In a small group the first three and the last three may be the same holders."""
    firsts = {listing.name for listing in method.lists if listing.first}
    lasts = {listing.name for listing in method.lists if listing.last}
    for one in (each for each in found if each.name in firsts):
        for other in (each for each in found if each.name in lasts and each.group == one.group):
            for holder in one.holders:
                if holder in other.holders:
                    text = f"同时列入“{one.name}”和“{other.name}”，因为本组单位少。请按办法定夺。"
                    where = f"{one.group} {holder}"
                    yield Problem(where=where, text=text, weight=Weight.WARNS)


def _listed(
    method: Method, listing: Listing, group: ScoredGroup, values: Worked, problems: list[Problem]
) -> Listed:
    scopes: dict[str, dict[str, Value]] = {
        row.holder: {**values[row.holder], TOTAL: row.total} for row in group.rows
    }
    members = Group(scopes)

    def met(formula: Formula | None, holder: str, *, otherwise: bool) -> bool:
        if formula is None:
            return otherwise
        value, reasons = value_or_problems(formula.tree, scopes[holder], members)
        where = f"{group.group} {holder} {listing.name}"
        problems.extend(Problem(where=where, text=reason.text) for reason in reasons)
        return bool(value) if value is not None else False

    holders = [
        holder
        for holder in _candidates(method, listing, group)
        if met(listing.when, holder, otherwise=True)
        and not met(listing.unless, holder, otherwise=False)
    ]
    return Listed(
        name=listing.name, group=group.group, holders=tuple(holders), outcome=listing.outcome
    )


def _candidates(method: Method, listing: Listing, group: ScoredGroup) -> list[str]:
    """By place; the last ones from the bottom up. Equals at the edge are all in."""
    totals: Mapping[str, Fraction | None] = {row.holder: row.total for row in group.rows}
    if listing.first is None and listing.last is None:
        return [row.holder for row in group.rows]
    found = places(totals, ties=method.ties, high_first=listing.last is None)
    most = listing.first or listing.last or 0
    within = [holder for holder, place in found.items() if place <= most]
    return sorted(within, key=lambda holder: by_place(found, holder))
