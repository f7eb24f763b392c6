"""A staff table beside the ledger: what each row would add, and what it leaves as it is."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from yipanqi.core.problems import Weight
from yipanqi.ledger.models import Entry
from yipanqi.ledger.rules import said as said_in
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Capacity, Kind, Role
from yipanqi.org.rules.roster import Line

ONE_AT_A_TIME = (Role.LIAISON, Role.CHIEF)
"""Whoever comes new with these takes over, whatever the title."""


class Outcome(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    SAME = "same"
    HANDOVER = "handover"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row and what of it is there already; `post` is the one held, or the one to be handed over."""

    line: Line
    outcome: Outcome
    unit: Unit | None = None
    person: Person | None = None
    post: Post | None = None
    new_unit: bool = False
    new_person: bool = False


@dataclass(frozen=True)
class Comparison:
    """All rows, and the posts in their units that the table does not name and that stay."""

    rows: tuple[Row, ...]
    absent: tuple[Post, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """How many rows come to what, and how many units and people are new."""
        told = {one.value: sum(r.outcome is one for r in self.rows) for one in Outcome}
        told["units"] = sum(row.new_unit for row in self.rows)
        told["people"] = sum(row.new_person for row in self.rows)
        told["doubted"] = sum(
            bool(row.line.problems) for row in self.rows if row.outcome is not Outcome.REFUSED
        )
        return told

    @property
    def seal(self) -> str:
        """What a preview told: another table, or another ledger beneath it, has another seal."""
        told = [
            (row.line, row.outcome, row.person and row.person.pk, row.post and row.post.pk)
            for row in self.rows
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Known:
    """What the ledger has of everything that a table names."""

    units: dict[str, list[Unit]]
    people: dict[str, Person]
    here: frozenset[int]
    held: tuple[Post, ...]


def compare(lines: Sequence[Line], place: Unit, *, today: date) -> Comparison:
    """Lay a table beside what is there; four queries, however long it is."""
    known = _known(lines, place)
    named = {(line.account, line.unit, line.role) for line in lines}
    leaving = [
        post
        for post in known.held
        if (post.person.username, post.unit.name, Role(post.role)) not in named
    ]
    rows: list[Row] = []
    told: set[str] = set()
    for line in lines:
        row = _row(line, known, leaving, today)
        if row.outcome is not Outcome.REFUSED:
            row = _first_of(row, told)
        rows.append(row)
    accounts = {line.account for line in lines}
    units = {line.unit for line in lines}
    absent = [
        post for post in leaving if post.unit.name in units and post.person.username not in accounts
    ]
    return Comparison(tuple(rows), tuple(absent))


def _known(lines: Sequence[Line], place: Unit) -> _Known:
    units: dict[str, list[Unit]] = {}
    for unit in Unit.objects.under(place.path):
        units.setdefault(unit.name, []).append(unit)
    accounts = Person.objects.filter(username__in={line.account for line in lines})
    posts = Post.objects.filter(unit__path__startswith=place.path)
    here = posts.values_list("person", flat=True)
    held = posts.held().select_related("person", "unit").order_by("pk")
    return _Known(units, {one.username: one for one in accounts}, frozenset(here), tuple(held))


def _row(line: Line, known: _Known, leaving: list[Post], today: date) -> Row:
    """What one row comes to; a post that it takes over is nobody else's to take over."""
    unit = next((one for one in known.units.get(line.unit, ()) if not one.closed_on), None)
    person = known.people.get(line.account)
    for column, text in (
        *_unit_doubts(line, known.units.get(line.unit, [])),
        *_person_doubts(line, person, known),
    ):
        line = line.doubt(column, text)
    row = Row(line=line, outcome=Outcome.REFUSED, unit=unit, person=person)
    if line.refused:
        return row
    if line.account:
        return _of_person(row, known, leaving, today)
    return replace(row, outcome=Outcome.SAME if unit else Outcome.ADDED)


def _of_person(row: Row, known: _Known, leaving: list[Post], today: date) -> Row:
    line, post = row.line, _held_by(row, known.held)
    if post is not None:
        return replace(row, outcome=Outcome.SAME, post=post, line=_other(line, post))
    if line.from_on and line.from_on > today:
        text = _("任职日期不能晚于今天，到任那天再登记")
        return replace(row, line=line.doubt("任职日期", text))
    former = next((one for one in leaving if _takes_over(line, one)), None)
    if former is not None:
        leaving.remove(former)
        return replace(row, outcome=Outcome.HANDOVER, post=former)
    return replace(row, outcome=Outcome.ADDED, line=_new(row, known))


def _unit_doubts(line: Line, units: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    told = {"unit": line.unit}
    standing = [unit for unit in units if not unit.closed_on]
    if len(standing) > 1:
        yield "单位", _("有两个单位都叫“%(unit)s”，请到“组织”里逐个登记") % told
    elif standing and line.kind and standing[0].kind != line.kind:
        known = {"unit": line.unit, "kind": standing[0].get_kind_display()}
        yield "单位类别", _("“%(unit)s”已经是%(kind)s，类别不能改，请照改或空着") % known
    elif units and not standing:
        yield "单位", _("“%(unit)s”已经撤销，不能再任职；新设的请换一个名称") % told
    elif not units and line.unit and line.kind is None:
        yield "单位类别", _("“%(unit)s”还没有，要新设请写单位类别") % told
    elif not units and line.kind in Kind.groups() | {Kind.PLACE}:
        yield "单位类别", _("这一类不能从花名册新设；组请先到“各类组”里组建")


def _person_doubts(line: Line, person: Person | None, known: _Known) -> Iterator[tuple[str, str]]:
    if person is None:
        return
    told = {"account": line.account, "name": person.name}
    if person.pk not in known.here:
        yield "账号", _("账号“%(account)s”已经有人用了，请换一个") % told
    elif person.name != line.name:
        yield "账号", _("账号“%(account)s”已经是%(name)s的，请换一个") % told
    elif not person.is_active:
        yield "账号", _("%(name)s的账号已停用，请先到“人员”里恢复") % told


def _held_by(row: Row, held: Sequence[Post]) -> Post | None:
    """The post that the row tells of, where that person holds it."""
    if row.person is None or row.unit is None:
        return None
    told = (row.person.pk, row.unit.pk, row.line.role)
    return next((p for p in held if (p.person_id, p.unit_id, p.role) == told), None)


def _takes_over(line: Line, post: Post) -> bool:
    """Whether somebody new comes where another stood, who is not in the table there any more."""
    if (post.unit.name, post.role, post.capacity) != (line.unit, line.role, line.stands_as):
        return False
    return post.title == line.title or line.role in ONE_AT_A_TIME


def _other(line: Line, post: Post) -> Line:
    """The row with what it tells otherwise than the ledger; nothing of that is changed here."""
    text = _("与账上不同（账上：%(known)s），这里不改；要改请打开这个人")
    for column, said, known in (
        ("职务", line.title, post.title),
        ("身份", line.capacity, Capacity(post.capacity)),
        ("任职日期", line.from_on, post.from_on),
        ("电话", line.phone, post.person.phone or "—"),
    ):
        if said and said != known:
            shown = known.label if isinstance(known, Capacity) else known
            line = line.doubt(column, text % {"known": shown}, Weight.WARNS)
    return line


def _new(row: Row, known: _Known) -> Line:
    """The row with what is worth knowing before a post is begun."""
    line = row.line
    if line.from_on is None:
        line = line.doubt("任职日期", _("没有写任职日期，按今天算"), Weight.WARNS)
    other = [post for post in known.held if row.person and post.person_id == row.person.pk]
    if other:
        told = {"post": str(other[0])}
        text = _("已任%(post)s，这次作兼任加上；调离请在那个职务上“交接”")
        line = line.doubt("姓名", text % told, Weight.WARNS)
    return line


def _first_of(row: Row, told: set[str]) -> Row:
    """The row with what it is the first to bring: a unit, a person."""
    if row.outcome is Outcome.HANDOVER:
        return row
    unit, person = f"u{row.line.unit}", f"p{row.line.account}"
    new_unit = row.unit is None and unit not in told
    new_person = bool(row.line.account) and row.person is None and person not in told
    told |= {unit, person}
    return replace(row, new_unit=new_unit, new_person=new_person)


def former_names(seq: int) -> dict[int, str]:
    """The names that units had when the ledger stood at `seq`, of those that were renamed since."""
    later = Entry.objects.of(f"amend:{Unit._meta.label_lower}").filter(seq__gt=seq)
    found = {}
    for subject, payload in later.order_by("-seq").values_list("subject", "payload"):
        before = said_in(payload, "before") or {}
        if "name" in before:
            found[int(subject.rpartition(":")[2])] = before["name"]
    return found
