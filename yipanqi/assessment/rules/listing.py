"""Boards, and who is named on a list, with what they get for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yipanqi.assessment.rules.evaluating import Group, Values, value_or_problems
from yipanqi.assessment.rules.explaining import Piece, brief, explain
from yipanqi.assessment.rules.figures import Row
from yipanqi.assessment.rules.methods import Board, Listing, Method, concerns, shower
from yipanqi.assessment.rules.names import PLACE, TOTAL, item_in
from yipanqi.assessment.rules.nodes import Formula, Name, names_in
from yipanqi.assessment.rules.ranking import Step, by_place, parted, places
from yipanqi.assessment.rules.sheets import BoardRow, Listed, Reward, ScoredBoard
from yipanqi.assessment.rules.working import Worked
from yipanqi.core.problems import Problem, Refused, Weight

TOGETHER = "各组"
TOTAL_FORMULA = Formula(f"={TOTAL}", Name(TOTAL))


@dataclass(frozen=True)
class Ring:
    """Those who are ranked against each other: a group, or several together."""

    label: str
    groups: tuple[str, ...]
    scopes: Mapping[str, Values]


def rings_of(
    method: Method, ruled: Board | Listing, assessed: Sequence[Row], scopes: Worked
) -> list[Ring]:
    """Each group that a board or list concerns, or all of them as one."""
    formulas = [TOTAL_FORMULA] if isinstance(ruled, Listing) and ranks_by_total(ruled) else []
    formulas += [each for each in vars(ruled).values() if isinstance(each, Formula)]
    wanted = any(_scored_first(formula) for formula in formulas)
    names = [
        group.group
        for group in method.groups
        if concerns(ruled.groups, group.group) and (group.items or not wanted)
    ]
    of_group = {name: sorted(row.holder for row in assessed if row.group == name) for name in names}
    if ruled.together:
        everybody = sorted(holder for holders in of_group.values() for holder in holders)
        return [Ring(TOGETHER, tuple(names), {h: scopes[h] for h in everybody})]
    return [Ring(name, (name,), {h: scopes[h] for h in of_group[name]}) for name in names]


def ranks_by_total(listing: Listing) -> bool:
    """Whether the places on a list are those of the total."""
    return listing.by is None and bool(listing.first or listing.last)


def _scored_first(formula: Formula) -> bool:
    return any(name.name == TOTAL or item_in(name.name) for name in names_in(formula.tree))


def boards_of(
    method: Method, assessed: Sequence[Row], scopes: Worked, problems: list[Problem]
) -> list[ScoredBoard]:
    """Each board for each group that it concerns."""
    return [
        _board(method, board, ring, problems)
        for board in method.boards
        for ring in rings_of(method, board, assessed, scopes)
    ]


def _board(method: Method, board: Board, ring: Ring, problems: list[Problem]) -> ScoredBoard:
    asked = _Asked(ring, board.board, problems)
    standing = [holder for holder in ring.scopes if asked.met(board.when, holder, otherwise=True)]
    values = {holder: asked.value(board.formula, holder) for holder in standing}
    found = places(values, ties=method.ties, high_first=board.high_first)
    rows = tuple(
        BoardRow(
            holder=holder,
            value=values[holder],
            because=explain(board.formula.tree, ring.scopes[holder], asked.group, shower(method)),
            place=found.get(holder),
        )
        for holder in sorted(standing, key=lambda holder: by_place(found, holder))
    )
    return ScoredBoard(
        board=board.board,
        group=ring.label,
        groups=ring.groups,
        rows=rows,
        others=tuple(holder for holder in ring.scopes if holder not in standing),
        decimals=board.decimals,
        unit=board.unit,
    )


class _Asked:
    """Formulas asked of the members of a ring; what cannot be said is noted once."""

    def __init__(self, ring: Ring, name: str, problems: list[Problem]) -> None:
        self.where = f"{ring.label} {{}} {name}"
        self.scopes, self.group, self.problems = ring.scopes, Group(ring.scopes), problems

    def value(self, formula: Formula, holder: str) -> Fraction | None:
        value, reasons = value_or_problems(formula.tree, self.scopes[holder], self.group)
        where = self.where.format(holder)
        self.problems.extend(Problem(where=where, text=reason.text) for reason in reasons)
        return value

    def met(self, formula: Formula | None, holder: str, *, otherwise: bool) -> bool:
        return otherwise if formula is None else bool(self.value(formula, holder))


def listed(
    method: Method, assessed: Sequence[Row], scopes: Worked, problems: list[Problem]
) -> list[Listed]:
    """Each list for each group that it concerns; who is among the first and the last is a doubt."""
    found = [
        _listed(method, listing, ring, problems)
        for listing in method.lists
        for ring in rings_of(method, listing, assessed, scopes)
        if ring.scopes
    ]
    problems.extend(_on_both_ends(method, found))
    return found


def _on_both_ends(method: Method, found: Sequence[Listed]) -> Iterator[Problem]:
    """In a small group the first three and the last three of one ranking may be the same holders."""
    ranked_by = {each.name: each.by and each.by.tree for each in method.lists}
    firsts = {listing.name for listing in method.lists if listing.first}
    lasts = {listing.name for listing in method.lists if listing.last}
    for one in (each for each in found if each.name in firsts):
        others = (each for each in found if each.name in lasts and each.groups == one.groups)
        for other in (each for each in others if ranked_by[each.name] == ranked_by[one.name]):
            for holder in one.holders:
                if holder in other.holders:
                    text = f"同时列入“{one.name}”和“{other.name}”，因为本组单位少。请按办法定夺。"
                    where = f"{one.group} {holder}"
                    yield Problem(where=where, text=text, weight=Weight.WARNS)


def _listed(method: Method, listing: Listing, ring: Ring, problems: list[Problem]) -> Listed:
    found = list_places(method, listing, ranked_steps(method, listing, ring.scopes))
    if listing.by:
        asked = _Asked(ring, listing.name, problems)
        for holder in ring.scopes:
            asked.value(listing.by, holder)
    ring = Ring(ring.label, ring.groups, _with_places(method, ring.scopes, found))
    asked = _Asked(ring, listing.name, problems)
    ordered = sorted(ring.scopes, key=lambda holder: by_place(found, holder))
    holders = [
        holder
        for holder in ordered
        if _within(listing, holder, found, asked)
        and asked.met(listing.when, holder, otherwise=True)
        and not asked.met(listing.unless, holder, otherwise=False)
    ]
    rewards = [_reward(method, listing, holder, asked) for holder in holders if listing.amount]
    return Listed(
        name=listing.name,
        group=ring.label,
        groups=ring.groups,
        holders=tuple(holders),
        outcome=listing.outcome,
        rewards=tuple(rewards),
    )


def ranked_steps(method: Method, listing: Listing, scopes: Mapping[str, Values]) -> list[Step]:
    """What the places on a list are decided by: its own formula, or the total and what parts it."""
    if listing.by is None:
        return parted(totals_in(scopes), method.tie_break, scopes, [])
    members, by = Group(scopes), listing.by.tree
    values = {holder: value_or_problems(by, own, members)[0] for holder, own in scopes.items()}
    return parted(values, (), scopes, [])


def list_places(method: Method, listing: Listing, steps: Sequence[Step]) -> dict[str, int]:
    """The places on a list, counted from below where it names the last."""
    return places(steps[-1].order, ties=method.ties, high_first=listing.last is None)


def totals_in(scopes: Mapping[str, Values]) -> dict[str, Fraction | None]:
    """The totals of holders; none where one cannot be said."""
    totals = {holder: scope.get(TOTAL) for holder, scope in scopes.items()}
    return {h: total if isinstance(total, Fraction) else None for h, total in totals.items()}


def _with_places(
    method: Method, scopes: Mapping[str, Values], found: Mapping[str, int]
) -> dict[str, Values]:
    """The members with their place on the list, unless a figure is called so."""
    if any(figure.name == PLACE for figure in method.figures):
        return {**scopes}
    unplaced = Refused([Problem(text="没有名次，因为排名用的数算不出。")])
    return {
        holder: {**scope, PLACE: Fraction(found[holder]) if holder in found else unplaced}
        for holder, scope in scopes.items()
    }


def _within(listing: Listing, holder: str, found: Mapping[str, int], asked: _Asked) -> bool:
    """Equals at the edge are all in."""
    most = listing.first or listing.last
    if most is None:
        return True
    if holder not in found:
        return False
    value = asked.value(most, holder)
    return value is not None and found[holder] <= value


def _reward(method: Method, listing: Listing, holder: str, asked: _Asked) -> Reward:
    """What a place on a list is worth, and why."""
    assert listing.amount
    amount = asked.value(listing.amount, holder)
    because = explain(listing.amount.tree, asked.scopes[holder], asked.group, shower(method))
    told = "，算不出" if amount is None else f" = {brief(amount)} {listing.unit}"
    return Reward(
        listing=listing.name,
        holder=holder,
        amount=amount,
        unit=listing.unit,
        because=(*because, Piece(told)),
        clause=listing.clause,
    )
