"""A method applied to figures: `score` takes values and gives a sheet, and does nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from yipanqi.assessment.rules.checking import problems_of_checks
from yipanqi.assessment.rules.evaluating import Group, Missing, Value, value_or_problems
from yipanqi.assessment.rules.figures import Figures, Row, problems_of_rows
from yipanqi.assessment.rules.grading import graded
from yipanqi.assessment.rules.lines import line_of, part_of, veto_line
from yipanqi.assessment.rules.listing import boards_of, listed
from yipanqi.assessment.rules.merging import merged
from yipanqi.assessment.rules.methods import (
    Item,
    Method,
    MethodGroup,
    Part,
    Veto,
    concerns,
    needs_totals,
)
from yipanqi.assessment.rules.names import FULL_MARKS, PLACE, TOTAL, points_of
from yipanqi.assessment.rules.ranking import by_place, parted, places
from yipanqi.assessment.rules.sheets import Line, ScoredGroup, ScoredRow, Sheet
from yipanqi.assessment.rules.working import Worked, worked_out
from yipanqi.core.problems import Problem, Refused


@dataclass
class _Scored:
    """What has been found so far; `scopes` are the values with all that was scored."""

    groups: dict[str, ScoredGroup] = field(default_factory=dict)
    values: Worked = field(default_factory=dict)
    scopes: Worked = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def totals(self) -> dict[str, Fraction | None]:
        return {row.holder: row.total for group in self.groups.values() for row in group.rows}


def score(method: Method, figures: Figures) -> Sheet:
    """The sheet of a method over figures; refused where a row has no group or stands twice."""
    scored, given = _Scored(), figures
    figures = merged(method, given, scored.problems)
    if problems := problems_of_rows(figures, method):
        raise Refused(problems)
    assessed = [row for row in figures if row.holder not in method.stated_totals]
    for group in sorted(method.groups, key=lambda group: needs_totals(method, group)):
        _score_group(method, group, [row for row in assessed if row.group == group.group], scored)
    groups = [
        scored.groups[group.group]
        for group in method.groups
        if group.items and scored.groups[group.group].rows
    ]
    scored.problems.extend(_absent(method, assessed))
    boards = boards_of(method, assessed, scored.scopes, scored.problems)
    lists = listed(method, assessed, scored.scopes, scored.problems)
    scored.problems.extend(problems_of_checks(method, figures, scored.values))
    return Sheet(
        method=method,
        groups=tuple(groups),
        boards=tuple(boards),
        lists=tuple(lists),
        problems=tuple(scored.problems),
        figures=figures,
        values=scored.values,
        scopes=scored.scopes,
        given=given,
    )


def _absent(method: Method, assessed: Sequence[Row]) -> list[Problem]:
    """Units that a group names and that have no row."""
    there = {row.holder for row in assessed}
    return [
        Problem(where=group.group, text=f"办法点名的“{unit}”不在表里。请补上，或改正名称。")
        for group in method.groups
        for unit in group.units
        if unit not in there
    ]


def _score_group(method: Method, group: MethodGroup, rows: Sequence[Row], scored: _Scored) -> None:
    ordered = sorted(rows, key=lambda row: row.holder)
    worked = worked_out(method, ordered, scored.totals, scored.values, among={})
    scored.values.update(worked)
    asked = _Asked(method, group, {holder: {**values} for holder, values in worked.items()})
    for item in group.items:
        asked.add(item)
    asked.add_vetoes()
    scored.problems.extend(asked.problems)
    scored.groups[group.group] = _ranked(method, group, asked, scored)
    scored.scopes.update(asked.scopes)


@dataclass
class _Asked:
    """A group being scored item by item; what was scored can be asked by what follows."""

    method: Method
    group: MethodGroup
    scopes: Worked
    lines: dict[str, list[Line]] = field(default_factory=dict)
    part_lines: dict[str, list[Line]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    vetoed: dict[str, list[Veto]] = field(default_factory=dict)

    def add(self, item: Item) -> None:
        """Score an item for everybody, and the part that is complete with it."""
        scopes = {holder: {**own, FULL_MARKS: item.full} for holder, own in self.scopes.items()}
        members = Group(scopes)
        for holder, scope in scopes.items():
            line, points = line_of(self.method, item, scope, members)
            self.lines.setdefault(holder, []).append(line)
            self._note(points, holder, item.item)
            self.scopes[holder][points_of(item.item)] = points
        for part in self.group.parts:
            if item is [each for each in self.group.items if each.part == part.part][-1]:
                self._add_part(part)

    def _add_part(self, part: Part) -> None:
        items = [item.item for item in self.group.items if item.part == part.part]
        members = Group({holder: {**own} for holder, own in self.scopes.items()})
        for holder, scope in members.members.items():
            values = [scope[points_of(item)] for item in items]
            line, points = part_of(self.method, part, values, scope, members)
            if line:
                self.part_lines.setdefault(holder, []).append(line)
                self._note(points, holder, part.part)
            self.scopes[holder][points_of(part.part)] = points

    def _note(self, points: Value, *where: str) -> None:
        if isinstance(points, Refused):
            self.problems.extend(_placed(points.problems, self.group.group, *where))

    def add_vetoes(self) -> None:
        """See whom a veto hits, and take away what they have earned."""
        members = Group(self.scopes)
        vetoes = [veto for veto in self.method.vetoes if concerns(veto.groups, self.group.group)]
        for holder, scope in self.scopes.items():
            lines = self.lines.setdefault(holder, [])
            lines.extend(self.part_lines.get(holder, ()))
            unsaid = any(line.points is None for line in lines)
            hits = self.vetoed[holder] = []
            for veto in vetoes:
                value, reasons = value_or_problems(veto.formula.tree, scope, members)
                where = (self.group.group, holder, veto.veto)
                self.problems.extend(_placed(reasons, *where))
                unsaid = unsaid or value is None
                if value:
                    hits.append(veto)
            self._take_away(holder, unsaid=unsaid)

    def _take_away(self, holder: str, *, unsaid: bool) -> None:
        lines, hits = self.lines[holder], self.vetoed[holder]
        earned = sum((line.points for line in lines if line.points is not None), Fraction(0))
        lines.extend(veto_line(veto, earned if veto is hits[0] else Fraction(0)) for veto in hits)
        self.scopes[holder][TOTAL] = Fraction(0) if hits else _UNSAID if unsaid else earned


_UNSAID = Missing([Problem(text="总分算不出，因为有计分项算不出。请先看那一项的问题。")])


def _ranked(method: Method, group: MethodGroup, asked: _Asked, scored: _Scored) -> ScoredGroup:
    """The rows in the order of their places, each with its grade."""
    scopes = asked.scopes
    totals = {holder: _number(scope[TOTAL]) for holder, scope in scopes.items()}
    breakers = method.tie_break if group.items else ()
    steps = parted(totals, breakers, scopes, scored.problems)
    found = places(steps[-1].order, ties=method.ties)
    for holder, scope in scopes.items():
        if PLACE not in scored.values[holder]:
            scope[PLACE] = Fraction(found[holder]) if holder in found else _UNSAID
    grades = graded(method, group, scopes, scored.problems)
    rows = tuple(
        ScoredRow(
            holder=holder,
            total=totals[holder],
            lines=tuple(asked.lines[holder]),
            place=found.get(holder),
            vetoed=tuple(veto.veto for veto in asked.vetoed[holder]),
            graded=grades.get(holder),
            parted=tuple(step.values[holder] for step in steps[1:]),
        )
        for holder in sorted(scopes, key=lambda holder: by_place(found, holder))
    )
    return ScoredGroup(group=group.group, rows=rows)


def _number(value: Value) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _placed(problems: Sequence[Problem], *where: str) -> list[Problem]:
    return [Problem(where=" ".join(where), text=problem.text) for problem in problems]
