"""A method applied to figures: `score` takes values and gives a sheet, and does nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from yipanqi.assessment.rules.checking import problems_of_checks
from yipanqi.assessment.rules.evaluating import Group, Value, Values, value_or_problems
from yipanqi.assessment.rules.explaining import FULL_MARKS, Piece, brief, explain
from yipanqi.assessment.rules.figures import Figures, Row, problems_of_rows
from yipanqi.assessment.rules.listing import boards_of, listed, shower
from yipanqi.assessment.rules.methods import (
    Item,
    Method,
    MethodGroup,
    Veto,
    concerns,
    needs_totals,
)
from yipanqi.assessment.rules.ranking import by_place, places
from yipanqi.assessment.rules.sheets import Line, ScoredGroup, ScoredRow, Sheet
from yipanqi.assessment.rules.working import Worked, worked_out
from yipanqi.core.problems import Problem, Refused


@dataclass
class _Scored:
    """What has been found so far."""

    groups: dict[str, ScoredGroup]
    values: Worked
    problems: list[Problem]

    @property
    def totals(self) -> dict[str, Fraction | None]:
        return {row.holder: row.total for group in self.groups.values() for row in group.rows}


def score(method: Method, figures: Figures) -> Sheet:
    """The sheet of a method over figures; refused where a row has no group or stands twice."""
    if problems := problems_of_rows(figures, method):
        raise Refused(problems)
    assessed = [row for row in figures if row.holder not in method.stated_totals]
    scored = _Scored({}, {}, [])
    for group in sorted(method.groups, key=lambda group: needs_totals(method, group)):
        _score_group(method, group, [row for row in assessed if row.group == group.group], scored)
    groups = [
        scored.groups[group.group]
        for group in method.groups
        if group.items and scored.groups[group.group].rows
    ]
    boards = boards_of(method, scored.values, assessed, scored.problems)
    lists = listed(method, groups, scored.values, scored.problems)
    scored.problems.extend(problems_of_checks(method, figures, scored.values))
    return Sheet(
        method=method,
        groups=tuple(groups),
        boards=tuple(boards),
        lists=tuple(lists),
        problems=tuple(scored.problems),
        figures=figures,
        values=scored.values,
    )


def _score_group(method: Method, group: MethodGroup, rows: Sequence[Row], scored: _Scored) -> None:
    ordered = sorted(rows, key=lambda row: row.holder)
    worked = worked_out(method, ordered, scored.totals, {})
    scored.values.update(worked)
    lines: dict[str, list[Line]] = {row.holder: [] for row in ordered}
    for item in group.items:
        for holder, (line, problems) in _lines(method, item, worked).items():
            lines[holder].append(line)
            scored.problems.extend(_placed(problems, group.group, holder, item.item))
    results = [
        _row(method, group.group, holder, lines[holder], worked, scored.problems)
        for holder in lines
    ]
    found = places({row.holder: row.total for row in results}, ties=method.ties)
    results.sort(key=lambda row: by_place(found, row.holder))
    scored.groups[group.group] = ScoredGroup(
        group=group.group,
        rows=tuple(replace(row, place=found.get(row.holder)) for row in results),
    )


def _placed(problems: Sequence[Problem], *where: str) -> list[Problem]:
    return [Problem(where=" ".join(where), text=problem.text) for problem in problems]


def _lines(
    method: Method, item: Item, worked: Worked
) -> dict[str, tuple[Line, tuple[Problem, ...]]]:
    scopes: dict[str, dict[str, Value]] = {
        holder: {**values, FULL_MARKS: item.full} for holder, values in worked.items()
    }
    group = Group(scopes)
    return {holder: _line(method, item, scope, group) for holder, scope in scopes.items()}


def _line(
    method: Method, item: Item, scope: Values, group: Group
) -> tuple[Line, tuple[Problem, ...]]:
    tree = item.formula.tree
    value, problems = value_or_problems(tree, scope, group)
    because = explain(tree, scope, group, shower(method))
    if value is None:
        told = "；".join(problem.text for problem in problems)
        because = (*because, Piece(f"，算不出：{told}"))
        return Line(item=item.item, points=None, because=because, clause=item.clause), problems
    points = capped(item, value)
    result = f" = {method.printed(value)}{_cap_told(method, item, value, points)}"
    because = (*because, Piece(result))
    return Line(item=item.item, points=points, because=because, clause=item.clause), ()


def capped(item: Item, value: Fraction) -> Fraction:
    """The points of an item within its bounds."""
    if item.at_most is not None:
        value = min(value, item.at_most)
    return value if item.at_least is None else max(value, item.at_least)


def _cap_told(method: Method, item: Item, value: Fraction, points: Fraction) -> str:
    if points == value:
        return ""
    bound = f"不高于 {brief(points)}" if points < value else f"不低于 {brief(points)}"
    return f"，{bound}，得 {method.printed(points)}"


def _row(
    method: Method,
    group: str,
    holder: str,
    lines: Sequence[Line],
    worked: Worked,
    problems: list[Problem],
) -> ScoredRow:
    hits: list[Veto] = []
    unsaid = any(line.points is None for line in lines)
    members = Group(worked)
    for veto in (veto for veto in method.vetoes if concerns(veto.groups, group)):
        value, reasons = value_or_problems(veto.formula.tree, worked[holder], members)
        problems.extend(_placed(reasons, group, holder, veto.veto))
        unsaid = unsaid or value is None
        if value:
            hits.append(veto)
    earned = sum((line.points for line in lines if line.points is not None), Fraction(0))
    vetoes = [_veto_line(veto, earned if veto is hits[0] else Fraction(0)) for veto in hits]
    total = Fraction(0) if hits else None if unsaid else earned
    return ScoredRow(
        holder=holder,
        total=total,
        lines=(*lines, *vetoes),
        vetoed=tuple(veto.veto for veto in hits),
    )


def _veto_line(veto: Veto, earned: Fraction) -> Line:
    """What a veto takes away, so that a total stays the sum of its lines."""
    because = (Piece(f"{veto.says}总分记 0 分。"),)
    return Line(item=veto.veto, points=-earned, because=because, clause=veto.clause)
