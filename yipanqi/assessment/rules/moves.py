"""What would move a holder's score: one more project, money that arrives, any figure by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from yipanqi.assessment.rules.figures import Row
from yipanqi.assessment.rules.methods import Figure, Method, Spec, needs_totals
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
    figure: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What a move is worth to a holder."""

    move: Move
    row: ScoredRow
    gain: Fraction | None
    rise: int


def moves_in(method: Method, names: frozenset[str]) -> list[Move]:
    """What can be tried with the figures of these names: projects first, then money, then the rest."""
    given = [
        figure
        for figure in method.figures
        if figure.name in names and figure.is_given and not figure.lists_holders
    ]
    projects = [*_projects(given), *_funds(given)]
    together = {name for move in projects for name in move.changes}
    rest = [
        Move(kind="figure", changes={figure.name: step_of(figure)}, figure=figure)
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


def changed(rows: tuple[Row, ...], holder: str, changes: Changes) -> tuple[Row, ...]:
    """The same figures, a holder's moved by so much; what is missing stays missing."""
    return tuple(_moved(row, changes) if row.holder == holder else row for row in rows)


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
    found = []
    for move in moves:
        row = score(sheet.method, changed(rows, holder, move.changes)).row(holder)
        gain = None if None in (row.total, was.total) else (row.total or 0) - (was.total or 0)
        rise = was.place - row.place if was.place and row.place else 0
        if gain or rise:
            found.append(Tried(move=move, row=row, gain=Fraction(gain or 0), rise=rise))
    return sorted(found, key=lambda one: -(one.gain or 0))


def to_next_place(sheet: Sheet, holder: str) -> Fraction | None:
    """How many points are missing to the holder just above; nothing for the first."""
    group = next(g for g in sheet.groups if any(row.holder == holder for row in g.rows))
    own = sheet.row(holder).total
    above = [row.total for row in group.rows if row.total is not None and own is not None]
    higher = [total for total in above if own is not None and total > own]
    return min(higher) - own if higher and own is not None else None
