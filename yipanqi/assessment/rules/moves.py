"""What would move a holder's score: one more project, money that arrives, any figure by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from yipanqi.assessment.rules.figures import Row
from yipanqi.assessment.rules.methods import Figure, Method, Spec, needs_totals
from yipanqi.assessment.rules.nodes import names_in
from yipanqi.assessment.rules.scoring import score
from yipanqi.assessment.rules.sheets import ScoredRow, Sheet

Changes = Mapping[str, Fraction]

SCALES = {"元": Fraction(1, 10_000), "万元": Fraction(1), "亿元": Fraction(10_000)}
"""What one of a unit is worth in 万元."""

MONEY_STEP = Fraction(1000)
"""Money is tried by so many 万元."""

PLAIN = {"measure", "node", "at_least", "below", "credit", "window", "cohort"}
"""A figure that asks for more than this is not moved by just any project."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """Something that may happen, and by how much which figures change with it."""

    kind: str
    changes: Changes
    node: str = ""
    floor: int = 0


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What a move is worth to a holder."""

    move: Move
    row: ScoredRow
    gain: Fraction
    rise: int


def figures_of(method: Method, group: str) -> frozenset[str]:
    """The figures on which the points of a group rest, those behind computed ones too."""
    own = method.group_named(group)
    asked = [
        formula
        for item in own.items
        for formula in (item.formula, item.at_most, item.at_least)
        if formula is not None
    ]
    asked += [bound for part in own.parts for bound in (part.at_most, part.at_least) if bound]
    found = {name.name for formula in asked for name in names_in(formula.tree)}
    for figure in reversed(method.figures):
        if figure.name in found and figure.formula is not None:
            found |= {name.name for name in names_in(figure.formula.tree)}
    return frozenset(found)


def moves_in(method: Method, names: frozenset[str]) -> list[Move]:
    """What can be tried with the figures of these names: projects first, then money, then the rest."""
    given = [figure for figure in method.figures if figure.name in names and figure.is_measured]
    projects = [*_projects(given), *_funds(given)]
    together = {name for move in projects for name in move.changes}
    rest = [
        Move(kind="figure", changes={figure.name: step_of(figure)})
        for figure in given
        if figure.name not in together and figure.spec.get("measure") != "target"
    ]
    return [*projects, *rest]


def step_of(figure: Figure) -> Fraction:
    """By how much a figure is tried: one, ten million yuan, a percentage point."""
    if figure.unit in SCALES:
        return MONEY_STEP / SCALES[figure.unit]
    return Fraction(1, 100) if figure.unit == "%" else Fraction(1)


def _projects(given: list[Figure]) -> Iterator[Move]:
    """One more project at each node, of each size at which a figure begins to count it."""
    sizes = {
        (str(figure.spec.get("node")), _floor(figure.spec)): None
        for figure in given
        if figure.spec.get("measure") == "projects" and _is_plain(figure.spec)
    }
    for node, floor in sizes:
        changes = {
            figure.name: worth
            for figure in given
            if (worth := _worth(figure, node, floor)) is not None
        }
        yield Move(kind="project", changes=changes, node=node, floor=floor)


def _worth(figure: Figure, node: str, size: int) -> Fraction | None:
    """By how much a project of a size at a node moves a figure, if it does."""
    spec = figure.spec
    counts = spec.get("measure") in {"projects", "investment"} and spec.get("node") == node
    if not counts or not _is_plain(spec) or not _floor(spec) <= size < _below(spec, size):
        return None
    if spec["measure"] == "projects":
        return Fraction(1)
    return size / SCALES.get(figure.unit, Fraction(1)) if size else None


def _funds(given: list[Figure]) -> Iterator[Move]:
    """Ten million more that arrive, for figures that ask nothing of the project's size."""
    counted = [
        figure
        for figure in given
        if figure.spec.get("measure") == "funds"
        and figure.spec.keys() <= {"measure", "credit", "window"}
    ]
    if counted:
        yield Move(kind="funds", changes={figure.name: step_of(figure) for figure in counted})


def _is_plain(spec: Spec) -> bool:
    return spec.keys() <= PLAIN


def _floor(spec: Spec) -> int:
    return int(str(spec.get("at_least", 0)))


def _below(spec: Spec, size: int) -> int:
    return int(str(spec.get("below", size + 1)))


def changed(
    rows: tuple[Row, ...], holder: str, changes: Changes, *, instead: bool = False
) -> tuple[Row, ...]:
    """The same figures, a holder's moved by so much, or put in place of what they were.

    A figure that is missing cannot be moved; it can be told.
    """
    return tuple(
        (replace(row, values={**row.values, **changes}) if instead else _moved(row, changes))
        if row.holder == holder
        else row
        for row in rows
    )


def _moved(row: Row, changes: Changes) -> Row:
    known = {name: value for name, value in row.values.items() if value is not None}
    moved = {name: known[name] + more for name, more in changes.items() if name in known}
    return replace(row, values={**row.values, **moved})


def rows_that_matter(sheet: Sheet, holder: str) -> tuple[Row, ...]:
    """The rows on which a holder's total and place rest: its group's, or all where totals are asked."""
    own = next(row for row in sheet.figures if row.holder == holder)
    group = next(group for group in sheet.method.groups if group.group == own.group)
    if needs_totals(sheet.method, group):
        return sheet.figures
    return tuple(row for row in sheet.figures if row.group == own.group)


def tried(sheet: Sheet, holder: str, moves: list[Move]) -> list[Tried]:
    """What each move is worth, the best first; those that change nothing are left out."""
    rows, was = rows_that_matter(sheet, holder), sheet.row(holder)
    if was.total is None:
        return []
    found = []
    for move in moves:
        row = score(sheet.method, changed(rows, holder, move.changes)).row(holder)
        gain = (row.total or Fraction(0)) - was.total
        rise = (was.place or 0) - (row.place or 0)
        if gain:
            found.append(Tried(move=move, row=row, gain=gain, rise=rise))
    return sorted(found, key=lambda one: -one.gain)


def to_next_place(sheet: Sheet, holder: str) -> Fraction | None:
    """How many points are missing to the holder just above; nothing for the first."""
    group = next(g for g in sheet.groups if any(row.holder == holder for row in g.rows))
    own = sheet.row(holder).total
    if own is None:
        return None
    higher = [row.total for row in group.rows if row.total is not None and row.total > own]
    return min(higher) - own if higher else None
