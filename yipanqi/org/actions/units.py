"""What can happen to a unit: it is opened, renamed, moved, closed, given a function."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.ledger.actions import Actor, Line, amend, append, hold
from yipanqi.ledger.models import subject_of
from yipanqi.org.models import Duty, Membership, Pairing, Post, Unit, UnitSpan
from yipanqi.org.rules import Function, Kind


@transaction.atomic
def open_unit(
    *, name: str, kind: Kind, parent: Unit | None, by: Actor | None, at: datetime, sort: int = 0
) -> Unit:
    """Take a unit into the tree; from here on it can carry tasks."""
    refuse_if_blocked(_name_problems(name, parent))
    unit = Unit(name=name, kind=kind, parent=parent, path=f"new:{name}", sort=sort)
    unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    line = Line("open:org.unit", subject_of(unit), {"after": unit.vouched()})
    seq = append([line], by=by, at=at)[-1].seq
    UnitSpan.objects.create(unit=unit, parent=parent, kind=kind, path=unit.path, from_seq=seq)
    return unit


def _name_problems(name: str, parent: Unit | None, but: int = 0) -> Iterator[Problem]:
    if Unit.objects.filter(parent=parent, name=name).exclude(pk=but).exists():
        told = _("%(parent)s已经有“%(name)s”这个单位，请换一个名称")
        yield Problem(text=told % {"parent": parent or "", "name": name}, where=_("名称"))


@transaction.atomic
def amend_unit(
    unit: Unit,
    changes: Mapping[str, Any],  # columns with what they become
    *,
    version: int,
    by: Actor | None,
    at: datetime,
    reason: str = "",
) -> Unit:
    """Rename, sort or move a unit within its place; all below it moves along."""
    hold()
    parent = changes.get("parent", unit.parent)
    refuse_if_blocked(_amend_problems(unit, parent, changes.get("name", unit.name)))
    seq = amend(unit, changes, version=version, by=by, at=at, reason=reason).seq
    if parent != unit.parent:
        _move(unit, f"{parent.path}{unit.pk}/", seq)
    unit.refresh_from_db()
    return unit


def _amend_problems(unit: Unit, parent: Unit | None, name: str) -> Iterator[Problem]:
    yield from _name_problems(name, parent, unit.pk)
    if unit.closed_on:
        yield Problem(text=_("%s已经撤销，不能再改") % unit, where=_("单位"))
    if parent == unit.parent:
        return
    if parent is None or unit.parent is None or parent.place_id != unit.place_id:
        yield Problem(text=_("单位只能在本地方内调整隶属关系"), where=_("上级单位"))
    elif parent.closed_on:
        yield Problem(text=_("%s已经撤销，不能作上级单位") % parent, where=_("上级单位"))
    elif parent.path.startswith(unit.path):
        yield Problem(text=_("上级单位不能是这个单位自己或它的下级"), where=_("上级单位"))


def _move(unit: Unit, path: str, seq: int) -> None:
    """Give a unit and all below it their new paths, and each a span from here on."""
    old = Unit.objects.get(pk=unit.pk).path
    below = Unit.objects.under(old)
    keys = list(below.values_list("pk", flat=True))
    below.update(path=Concat(Value(path), Substr(F("path"), len(old) + 1)))
    moved = UnitSpan.objects.current().filter(unit__in=keys)
    standing = list(moved.values_list("unit_id", flat=True))
    moved.update(to_seq=seq)
    UnitSpan.objects.bulk_create(
        UnitSpan(unit=one, parent_id=one.parent_id, kind=one.kind, path=one.path, from_seq=seq)
        for one in Unit.objects.filter(pk__in=standing)
    )


@transaction.atomic
def close_unit(
    unit: Unit, *, on: date, version: int, by: Actor | None, at: datetime, reason: str
) -> Unit:
    """Close a unit that nobody holds a post in any more; what it did stays under its name."""
    hold()
    refuse_if_blocked(_close_problems(unit, on, localdate(at)))
    _loosen(unit, by=by, at=at)
    seq = amend(unit, {"closed_on": on}, version=version, by=by, at=at, reason=reason).seq
    UnitSpan.objects.current().filter(unit=unit).update(to_seq=seq)
    unit.refresh_from_db()
    return unit


def _close_problems(unit: Unit, on: date, today: date) -> Iterator[Problem]:
    if unit.closed_on:
        yield Problem(text=_("%s已经撤销") % unit, where=_("单位"))
    if unit.parent is None:
        yield Problem(text=_("地方本身不能撤销"), where=_("单位"))
    if on > today:
        yield Problem(text=_("撤销日期不能晚于今天"), where=_("撤销日期"))
    if below := list(unit.children.filter(closed_on__isnull=True)[:3]):
        told = _("下级单位还在：%s。先把它们移走或撤销")
        yield Problem(text=told % "、".join(map(str, below)), where=_("单位"))
    if held := list(Post.objects.held().filter(unit=unit).select_related("person")[:3]):
        told = _("还有人任职：%s。先免去或交接他们的职务")
        yield Problem(
            text=told % "、".join(f"{p.person}（{p.title}）" for p in held), where=_("单位")
        )


def _loosen(unit: Unit, *, by: Actor | None, at: datetime) -> None:
    """End every tie of a unit: memberships on both sides, functions, pairings."""
    ties = (
        ("leave", Membership.objects.current().filter(group=unit)),
        ("leave", Membership.objects.current().filter(unit=unit)),
        ("relieve", Duty.objects.current().filter(unit=unit)),
        ("unpair", Pairing.objects.current().filter(unit=unit)),
        ("unpair", Pairing.objects.current().filter(seat=unit)),
    )
    for kind, rows in ties:
        for row in rows:
            end_tie(kind, row, by=by, at=at)


def end_tie(
    kind: str, row: Membership | Duty | Pairing, *, by: Actor | None, at: datetime, reason: str = ""
) -> None:
    """End an interval that still holds, by an entry that names the one with which it began."""
    told = Line(kind, subject_of(row.about), {"began": row.from_seq, "reason": reason})
    seq = append([told], by=by, at=at)[-1].seq
    if not type(row).objects.current().filter(pk=row.pk).update(to_seq=seq):
        raise refuse(_("这一项刚刚已经结束"), where=_("保存"))


@transaction.atomic
def charge(unit: Unit, function: Function, *, by: Actor | None, at: datetime) -> Duty:
    """Give a unit a function for the whole place from now on."""
    hold()
    if Duty.objects.current().filter(unit=unit, function=function).exists():
        told = _("%(unit)s已经负责%(function)s")
        raise refuse(told % {"unit": unit, "function": function.label}, where=_("职能"))
    told_line = Line("charge", subject_of(unit), {"unit_id": unit.pk, "function": function})
    seq = append([told_line], by=by, at=at)[-1].seq
    return Duty.objects.create(unit=unit, function=function, from_seq=seq)


@transaction.atomic
def relieve(duty: Duty, *, by: Actor | None, at: datetime, reason: str = "") -> None:
    """Take a function from a unit; that it had it stays known."""
    hold()
    end_tie("relieve", duty, by=by, at=at, reason=reason)
