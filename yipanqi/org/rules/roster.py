"""A staff table (花名册) as offices keep it: one row a person, its columns found by their names."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from yipanqi.core.numbers import letters_of
from yipanqi.core.problems import Problem, Weight
from yipanqi.org.rules import Capacity, Kind, Role

COLUMNS = ("单位", "单位类别", "姓名", "账号", "职务", "角色", "身份", "任职日期", "电话")
OF_A_PERSON = ("姓名", "账号", "职务", "角色")
ALSO = {
    "单位": ("单位名称", "所在单位", "工作单位"),
    "单位类别": ("类别", "单位类型"),
    "账号": ("帐号", "登录账号", "用户名"),
    "职务": ("职位", "岗位"),
    "任职日期": ("任职时间", "任职自", "到任日期"),
    "电话": ("手机", "手机号", "手机号码", "联系电话", "联系方式"),
}
NAMED = {name: name for name in COLUMNS} | {
    other: name for name, others in ALSO.items() for other in others
}
KINDS = {str(kind.label): kind for kind in Kind}
ROLES = {str(role.label): role for role in Role}
CAPACITIES = {str(capacity.label): capacity for capacity in Capacity}
WORDS: dict[str, Mapping[str, object]] = {"单位类别": KINDS, "角色": ROLES, "身份": CAPACITIES}
OFFERED: dict[str, tuple[str, ...]] = {
    "单位类别": tuple(w for w, k in KINDS.items() if k not in Kind.groups() | {Kind.PLACE}),
    "角色": tuple(ROLES),
    "身份": tuple(CAPACITIES),
}
"""The words of a table for what it can bring anew."""

LONGEST = {"单位": 60, "姓名": 40, "账号": 40, "职务": 40, "电话": 30}
ACCOUNT = re.compile(r"[A-Za-z0-9._-]{2,40}")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")
HEADS = (Role.LEADER, Role.CHIEF)
TITLES = 20
"""So many rows may stand above the row of names."""

MOST = 3000


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row: a unit, and a person in it where one is named; what is wrong with it, by cell."""

    number: int
    unit: str
    kind: Kind | None = None
    name: str = ""
    account: str = ""
    title: str = ""
    role: Role | None = None
    capacity: Capacity | None = None
    from_on: date | None = None
    phone: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it cannot be taken in as it stands."""
        return any(problem.weight is Weight.BLOCKS for problem in self.problems)

    @property
    def stands_as(self) -> Capacity:
        """The capacity that it says, or the usual one."""
        return self.capacity or (Capacity.HEAD if self.role in HEADS else Capacity.MEMBER)

    def cell(self, column: str) -> str:
        """The address of a column in this row; of the row where it has no such column."""
        return dict(self.cells).get(column) or _("第 %(number)s 行") % {"number": self.number}

    def doubt(self, column: str, text: str, weight: Weight = Weight.BLOCKS) -> "Line":
        """The same row with something to say about one of its cells."""
        problem = Problem(text=text, where=self.cell(column), weight=weight)
        return replace(self, problems=(*self.problems, problem))


def read_roster(text: str) -> tuple[list[Line], list[Problem]]:
    """The rows of a table as pasted or uploaded, and why the table as a whole cannot be read."""
    rows = [_cells(row) for row in text.replace("\r\n", "\n").split("\n")]
    where = _("花名册")
    if (header := _header(rows)) is None:
        told = _("没有找到表头：要有一行列名，至少有“单位”和“姓名”（只设单位的，“单位类别”）")
        return [], [Problem(text=told, where=where)]
    at, columns = header
    below = [(number, row) for number, row in enumerate(rows, start=1) if number > at and any(row)]
    if not below:
        return [], [Problem(text=_("表头以下没有一行，请从电子表格里复制粘贴"), where=where)]
    if len(below) > MOST:
        told = _("有 %(number)s 行，一次最多 %(most)s 行，请分几次")
        return [], [Problem(text=told % {"number": len(below), "most": MOST}, where=where)]
    return _compared([_line(number, row, columns) for number, row in below]), []


def _cells(row: str) -> list[str]:
    parts = row.split("\t") if "\t" in row else row.replace("，", ",").split(",")
    return [part.strip() for part in parts]


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """The number of the row of names, and where each known column stands."""
    for number, row in enumerate(rows[:TITLES], start=1):
        found: dict[str, int] = {}
        for place, cell in enumerate(row):
            if name := NAMED.get(_plain(cell)):
                found.setdefault(name, place)
        if "单位" in found and {"姓名", "单位类别"} & set(found):
            return number, found
    return None


def _plain(heading: str) -> str:
    return re.sub(r"[\s*＊]|[(（].*[)）]", "", unicodedata.normalize("NFKC", heading))


def _line(number: int, row: Sequence[str], columns: Mapping[str, int]) -> Line:
    said = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
    day = DAY.fullmatch(said.get("任职日期", ""))
    line = Line(
        number=number,
        unit=said["单位"],
        kind=KINDS.get(said.get("单位类别", "")),
        name=said.get("姓名", ""),
        account=said.get("账号", ""),
        title=said.get("职务", ""),
        role=ROLES.get(said.get("角色", "")),
        capacity=CAPACITIES.get(said.get("身份", "")),
        from_on=_day(*map(int, day.groups())) if day else None,
        phone=said.get("电话", ""),
        cells=tuple((name, f"{letters_of(at)}{number}") for name, at in columns.items()),
    )
    for column, text in _doubts(said, line.from_on):
        line = line.doubt(column, text)
    return line


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _doubts(said: Mapping[str, str], day: date | None) -> Iterator[tuple[str, str]]:
    """What is wrong with a row by itself: the column, and what to do about it."""
    yield from _gaps(said)
    for name, known in WORDS.items():
        if (word := said.get(name)) and word not in known:
            told = {"said": word, "column": name, "known": "、".join(known)}
            yield name, _("没有“%(said)s”这种%(column)s，可用：%(known)s") % told
    if (account := said.get("账号")) and ACCOUNT.fullmatch(account) is None:
        yield "账号", _("账号用字母、数字和 . _ -，2 到 40 位")
    if (written := said.get("任职日期")) and day is None:
        told = {"said": written}
        yield "任职日期", _("“%(said)s”不是一天，请按“2026-03-15”的样子写") % told


def _gaps(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is missing, and what is too long to be kept."""
    person = any(said.get(name) for name in OF_A_PERSON)
    for name in ("单位", *(OF_A_PERSON if person else ())):
        if not said.get(name):
            yield name, _("缺少“%(column)s”，请补上") % {"column": name}
    for name, longest in LONGEST.items():
        if len(said.get(name, "")) > longest:
            told = {"column": name, "longest": str(longest)}
            yield name, _("“%(column)s”最多 %(longest)s 个字，请写短") % told


def _compared(lines: Sequence[Line]) -> list[Line]:
    """The rows side by side: an account is one person, a unit of one kind, a post held once."""
    kinds: dict[str, Kind] = {}
    for line in lines:
        if line.kind:
            kinds.setdefault(line.unit, line.kind)
    people: dict[str, Line] = {}
    posts: dict[tuple[str, str, Role | None], Line] = {}
    return [_beside(line, kinds, people, posts) for line in lines]


def _beside(
    line: Line,
    kinds: Mapping[str, Kind],
    people: dict[str, Line],
    posts: dict[tuple[str, str, Role | None], Line],
) -> Line:
    kind = kinds.get(line.unit)
    if line.kind and line.kind is not kind:
        told = {"unit": line.unit}
        line = line.doubt("单位类别", _("“%(unit)s”前面写的是另一类单位，请改成一类") % told)
    line = replace(line, kind=kind)
    if not line.account:
        return line
    first = people.setdefault(line.account, line)
    if first.name != line.name:
        told = {"account": line.account, "number": str(first.number), "name": first.name}
        text = _("账号“%(account)s”在第 %(number)s 行是%(name)s的，请换一个")
        return line.doubt("账号", text % told)
    same = posts.setdefault((line.account, line.unit, line.role), line)
    if same is not line:
        text = _("与第 %(number)s 行是同一个任职，请删去一行") % {"number": same.number}
        return line.doubt("账号", text)
    return line
