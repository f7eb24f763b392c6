"""Somebody hands a post over: what is open passes on, and each one's own record stays (O3)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.facts.projects.actions.passing import pass_on_parts
from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import TargetKind, Task
from yipanqi.ledger.actions import Actor, Line, append, hold
from yipanqi.ledger.models import subject_of
from yipanqi.org.actions import appoint, end_post
from yipanqi.org.models import Person, Post
from yipanqi.org.rules import Capacity, Role
from yipanqi.standing.reads.succession import SUCCESSION, Handover, handover_of, is_vacant


@transaction.atomic
def succeed(
    *,
    post: Post,
    successor: Person | None,
    on: date,
    by: Actor | None,
    at: datetime,
    seal: str | None = None,
) -> Post | None:
    """A post passes from one person to another on a day, with all that is open; or falls vacant.

    What fell vacant before waits for whoever takes the post over. With a `seal` only what was shown
    under it passes on.
    """
    hold()
    post = Post.objects.select_related("unit", "person").get(pk=post.pk)
    handover = handover_of(post, year=localdate(at).year)
    refuse_if_blocked(_problems(post, successor, on))
    if seal is not None and seal != handover.seal:
        raise refuse(_("要移交的事项刚刚有变化，请核对后再交接"), where=_("移交清单"))
    leaving = post.person_id if post.to_on is None else None
    if leaving is not None:
        end_post(post, on=on, by=by, at=at, reason=_("交接"))
    new = _appointed(post, successor, on, by=by, at=at) if successor else None
    _write(post, new, handover, on, by=by, at=at)
    pass_on_parts(parts=handover.parts, to=successor, by=by, at=at)
    _pass_on_targets(handover.targets, leaving, successor, by=by, at=at)
    return new


def _problems(post: Post, successor: Person | None, on: date) -> Iterator[Problem]:
    if post.to_on is not None and not is_vacant(post):
        yield Problem(text=_("这个职务已经交接过，请从现任的人办理"), where=_("职务"))
    elif post.to_on is not None and successor is None:
        yield Problem(text=_("这个职务已经空缺，请选接任的人"), where=_("接任的人"))
    elif post.to_on is not None and on < post.to_on:
        text = _("接任日期不能早于离任日期 %(day)s") % {"day": post.to_on}
        yield Problem(text=text, where=_("交接日期"))
    if successor is not None and successor.pk == post.person_id:
        yield Problem(text=_("接任的人就是离任的人，请另选"), where=_("接任的人"))
    if successor is not None and not successor.is_active:
        yield Problem(text=_("接任的人账号已停用，请先恢复"), where=_("接任的人"))


def _appointed(post: Post, successor: Person, on: date, *, by: Actor | None, at: datetime) -> Post:
    return appoint(
        person=successor,
        unit=post.unit,
        title=post.title,
        role=Role(post.role),
        capacity=Capacity(post.capacity),
        main=post.main,
        from_on=on,
        by=by,
        at=at,
    )


def _write(
    post: Post, new: Post | None, handover: Handover, on: date, *, by: Actor | None, at: datetime
) -> None:
    """One entry under the unit says who handed over what, so that a vacancy can be filled later."""
    told = {
        "from_post": post.pk,
        "to_post": new.pk if new else None,
        "on": on.isoformat(),
        "parts": [f"{part.project_id}:{part.role}" for part in handover.parts],
        "targets": [target.pk for target in handover.targets],
    }
    append([Line(SUCCESSION, subject_of(post.unit), told)], by=by, at=at)


def _pass_on_targets(
    targets: Sequence[Target],
    leaving: int | None,
    successor: Person | None,
    *,
    by: Actor | None,
    at: datetime,
) -> None:
    """The successor carries what was asked of the person before; of whom nothing is asked any more."""
    for target in targets:
        task = Task(
            holder_id=target.holder_id,
            indicator=target.indicator,
            amount=target.amount,
            kind=TargetKind(target.kind),
        )
        tasks = [replace(task, person_id=successor.pk)] if successor else []
        if leaving is not None:
            tasks.append(replace(task, person_id=leaving, amount=0))
        ground = Ground(basis=target.basis, clause=target.clause, document=target.document)
        set_tasks(tasks=tasks, year=target.year, ground=ground, reason=_("交接"), by=by, at=at)
