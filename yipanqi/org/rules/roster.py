"""A staff table (花名册) as it is copied out of a spreadsheet: one row a person, one column a matter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem
from yipanqi.org.rules import Kind, Role

COLUMNS = ("单位", "类别", "姓名", "账号", "职务", "角色")
KINDS = {str(kind.label): kind for kind in Kind if kind not in Kind.groups() | {Kind.PLACE}}
ROLES = {str(role.label): role for role in Role}


@dataclass(frozen=True)
class Line:
    """One row: a unit, and a person in it where one is named."""

    number: int
    unit: str
    kind: Kind
    name: str
    account: str
    title: str
    role: Role | None


def read_roster(text: str) -> tuple[list[Line], list[Problem]]:
    """The rows of a pasted table, and everything that is wrong with it by row and column."""
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, cells in _rows(text):
        found = list(_row_problems(number, cells))
        problems += found
        if not found:
            lines.append(_line(number, cells))
    if not lines and not problems:
        problems.append(Problem(text=_("表里没有一行，请从电子表格里复制粘贴"), where=_("花名册")))
    return lines, [*problems, *_doubled(lines)]


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The cells of each row under the names of their columns; the row of names itself is left out."""
    names: Sequence[str] = COLUMNS
    for number, row in enumerate(text.splitlines(), start=1):
        cells = [
            cell.strip() for cell in row.replace("，", ",").split("\t" if "\t" in row else ",")
        ]
        if cells[:1] == ["单位"]:
            names = cells
        elif any(cells):
            yield number, dict(zip(names, cells, strict=False))


def _row_problems(number: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    where = _("第 %(number)s 行") % {"number": number}
    person = [name for name in COLUMNS[2:] if cells.get(name)]
    for name in (*COLUMNS[:2], *(COLUMNS[2:] if person else ())):
        if not cells.get(name):
            yield Problem(text=_("缺少“%(column)s”") % {"column": name}, where=where)
    for name, known in (("类别", KINDS), ("角色", ROLES)):
        if (said := cells.get(name)) and said not in known:
            text = _("没有“%(said)s”这种%(column)s，可用：%(known)s") % {
                "said": said,
                "column": name,
                "known": "、".join(known),
            }
            yield Problem(text=text, where=where)


def _line(number: int, cells: Mapping[str, str]) -> Line:
    return Line(
        number=number,
        unit=cells["单位"],
        kind=KINDS[cells["类别"]],
        name=cells.get("姓名", ""),
        account=cells.get("账号", ""),
        title=cells.get("职务", ""),
        role=ROLES.get(cells.get("角色", "")),
    )


def _doubled(lines: Sequence[Line]) -> Iterator[Problem]:
    """One account is one person; a unit is of one kind."""
    people: dict[str, Line] = {}
    units: dict[str, Line] = {}
    for line in lines:
        where = _("第 %(number)s 行") % {"number": line.number}
        first = people.setdefault(line.account, line) if line.account else line
        if first.name != line.name:
            text = _("账号“%(account)s”在第 %(number)s 行是%(name)s的") % {
                "account": line.account,
                "number": first.number,
                "name": first.name,
            }
            yield Problem(text=text, where=where)
        if units.setdefault(line.unit, line).kind is not line.kind:
            text = _("“%(unit)s”前面写的是另一类单位") % {"unit": line.unit}
            yield Problem(text=text, where=where)
