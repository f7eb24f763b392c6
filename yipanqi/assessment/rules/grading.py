"""Which grade (等次) each holder gets."""

from collections.abc import Mapping, Sequence

from yipanqi.assessment.rules.evaluating import Group, Values, value_or_problems
from yipanqi.assessment.rules.explaining import explain
from yipanqi.assessment.rules.methods import Grade, Method, MethodGroup, concerns, shower
from yipanqi.assessment.rules.sheets import Graded
from yipanqi.core.problems import Problem


def graded(
    method: Method, group: MethodGroup, scopes: Mapping[str, Values], problems: list[Problem]
) -> dict[str, Graded]:
    """The first grade whose condition holds; none where that cannot be said."""
    grades = [grade for grade in method.grades if concerns(grade.groups, group.group)]
    members = Group(scopes)
    found = {}
    for holder in scopes if group.items else ():
        own = _first(method, grades, scopes[holder], members)
        if isinstance(own, Graded):
            found[holder] = own
        else:
            where = f"{group.group} {holder} 等次"
            problems.extend(Problem(where=where, text=reason.text) for reason in own)
    return found


def _first(
    method: Method, grades: Sequence[Grade], scope: Values, members: Group
) -> Graded | tuple[Problem, ...]:
    for grade in grades:
        holds, reasons = value_or_problems(grade.when.tree, scope, members)
        if holds is None:
            return reasons
        if holds:
            because = explain(grade.when.tree, scope, members, shower(method))
            return Graded(grade=grade.grade, says=grade.says, clause=grade.clause, because=because)
    return ()
