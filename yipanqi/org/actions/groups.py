"""What can happen to a group: it is founded, joined, left, given milestones, dissolved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.ledger.actions import Actor, Line, amend, append, hold, open_records, record
from yipanqi.ledger.models import subject_of
from yipanqi.ledger.rules import Payload
from yipanqi.org.actions.people import end_post
from yipanqi.org.actions.units import close_unit, end_tie, open_unit
from yipanqi.org.models import Charter, Membership, Milestone, MilestoneDone, Post, Unit
from yipanqi.org.rules import Capacity, Kind

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is said of a group when it is founded or its charter is changed."""

    purpose: str
    founded_on: date
    basis: str = ""
    office: Unit | None = None
    industries: Iterable[str] = ()
    enterprises: Iterable[str] = ()

    def columns(self) -> dict[str, Any]:
        """What a charter holds of these terms."""
        columns = dict(vars(self))
        covers, led_by = ("、".join(columns.pop(name)) for name in ("industries", "enterprises"))
        return columns | {"covers": covers, "led_by": led_by}


@transaction.atomic
def found_group(
    *,
    name: str,
    kind: Kind,
    parent: Unit,
    terms: Terms,
    by: Actor | None,
    at: datetime,
    sort: int = 0,
) -> Unit:
    """Found a group under a place or a unit, with what it is for and on what that rests."""
    refuse_if_blocked(_terms_problems(kind, terms, localdate(at)))
    group = open_unit(name=name, kind=kind, parent=parent, by=by, at=at, sort=sort)
    open_records([Charter(unit=group, **terms.columns())], by=by, at=at)
    return group


def _terms_problems(kind: Kind, terms: Terms, today: date) -> Iterator[Problem]:
    if kind not in Kind.groups():
        yield Problem(text=_("“%s”不是一种组，请在单位里新设") % kind.label, where=_("类别"))
    if terms.founded_on > today:
        yield Problem(text=_("成立日期不能晚于今天"), where=_("成立日期"))


@transaction.atomic
def amend_charter(
    charter: Charter,
    terms: Terms,
    *,
    version: int,
    by: Actor | None,
    at: datetime,
    reason: str = "",
) -> Charter:
    """Change what a group is for, or on what document it rests."""
    refuse_if_blocked(_terms_problems(Kind(charter.unit.kind), terms, localdate(at)))
    amend(charter, terms.columns(), version=version, by=by, at=at, reason=reason)
    charter.refresh_from_db()
    return charter


@transaction.atomic
def dissolve_group(
    group: Unit, *, on: date, version: int, by: Actor | None, at: datetime, reason: str
) -> Unit:
    """Dissolve a group: everybody's posts in it end with it, its record stays."""
    hold()
    held = Post.objects.held().filter(unit=group)
    for post in held:
        last = max(on, post.from_on + DAY)
        end_post(post, on=last, by=by, at=at, reason=reason)
    return close_unit(group, on=on, version=version, by=by, at=at, reason=reason)


@transaction.atomic
def join(
    *,
    group: Unit,
    unit: Unit,
    by: Actor | None,
    at: datetime,
    capacity: Capacity = Capacity.MEMBER,
) -> Membership:
    """A unit belongs to a group from now on."""
    hold()
    refuse_if_blocked(_join_problems(group, unit))
    told: Payload = {"group_id": group.pk, "unit_id": unit.pk, "capacity": capacity}
    seq = append([Line("join", subject_of(group), told)], by=by, at=at)[-1].seq
    return Membership.objects.create(group=group, unit=unit, capacity=capacity, from_seq=seq)


def _join_problems(group: Unit, unit: Unit) -> Iterator[Problem]:
    if not group.is_group:
        yield Problem(text=_("%s不是一个组，没有成员单位") % group, where=_("组"))
    if group == unit or group.place_id != unit.place_id:
        yield Problem(text=_("成员单位要是本地方的另一个单位"), where=_("成员单位"))
    for one in (group, unit):
        if one.closed_on:
            yield Problem(text=_("%s已经撤销") % one, where=_("成员单位"))
    if Membership.objects.current().filter(group=group, unit=unit).exists():
        told = _("%(unit)s已经是%(group)s的成员单位")
        yield Problem(text=told % {"unit": unit, "group": group}, where=_("成员单位"))


@transaction.atomic
def leave(membership: Membership, *, by: Actor | None, at: datetime, reason: str = "") -> None:
    """A unit leaves a group; that it belonged to it stays known."""
    hold()
    end_tie("leave", membership, by=by, at=at, reason=reason)


@transaction.atomic
def set_milestone(
    *,
    group: Unit,
    what: str,
    due_on: date,
    by: Actor | None,
    at: datetime,
    replaces: Milestone | None = None,
    reason: str = "",
) -> Milestone:
    """Set what a group has to have done by a day, or set it anew with a reason."""
    hold()
    refuse_if_blocked(_milestone_problems(group, replaces, reason))
    return record(
        Milestone(
            group=group,
            what=what,
            due_on=due_on,
            happened_on=localdate(at),
            replaces=replaces,
            reason=reason,
        ),
        by=by,
        at=at,
    )


def _milestone_problems(group: Unit, replaces: Milestone | None, reason: str) -> Iterator[Problem]:
    if not group.is_group or group.closed_on:
        yield Problem(text=_("只给还在的组定节点任务"), where=_("组"))
    if replaces is None:
        return
    yield from _settled_problems(replaces)
    if not reason:
        yield Problem(text=_("调整节点任务要写明理由"), where=_("理由"))


def _settled_problems(milestone: Milestone) -> Iterator[Problem]:
    if MilestoneDone.objects.filter(milestone=milestone).exists():
        yield Problem(text=_("“%s”已经完成") % milestone.what, where=_("节点任务"))
    if Milestone.objects.filter(replaces=milestone).exists():
        yield Problem(text=_("“%s”已经另定，请看新的一条") % milestone.what, where=_("节点任务"))


@transaction.atomic
def finish_milestone(
    milestone: Milestone, *, on: date, note: str, by: Actor | None, at: datetime
) -> MilestoneDone:
    """A group has done what it had to; how, is told."""
    hold()
    refuse_if_blocked(_settled_problems(milestone))
    if on > localdate(at):
        raise refuse(_("完成日期不能晚于今天"), where=_("完成日期"))
    done = MilestoneDone(milestone=milestone, group=milestone.group, note=note, happened_on=on)
    return record(done, by=by, at=at)
