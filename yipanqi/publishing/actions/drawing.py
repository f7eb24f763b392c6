"""A result is drawn up and put up for objection."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.rules.periods import Period
from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.ledger.reads import now_seq
from yipanqi.org.models import Unit
from yipanqi.publishing.models import Draft, Notice, Step
from yipanqi.publishing.reads.course import course_of
from yipanqi.publishing.reads.drawing import day_of, drawn
from yipanqi.publishing.rules.calendar import last_day
from yipanqi.publishing.rules.course import notice_problems
from yipanqi.publishing.rules.frozen import Frozen


@transaction.atomic
def draw_up(*, place: Unit, code: str, period: str, by: Actor | None, at: datetime) -> Draft:
    """Draw up the result of a method for a period as the ledger stands now (起草)."""
    stretch, today = Period.read(period), localdate(at)
    hold()
    cutoff = now_seq()
    method = MethodVersion.objects.in_force(place.pk, seq=cutoff, code=code)
    if method is None:
        raise refuse(_("没有这个办法，请先采用办法"), where=_("办法"))
    if today < stretch.first:
        raise refuse(_("考核期 %(first)s 才开始") % {"first": stretch.first}, where=_("考核期"))
    draft = Draft(
        place=place,
        method=method,
        code=method.code,
        period=stretch.label,
        day=day_of(stretch, today),
        cutoff=cutoff,
        happened_on=today,
    )
    return record(draft, by=by, at=at)


@transaction.atomic
def open_notice(*, draft: Draft, days: int, by: Actor | None, at: datetime) -> Notice:
    """Put a draft up for objection for so many working days, frozen with its workings (公示)."""
    hold()
    today, course = localdate(at), course_of(draft)
    problems = list(
        notice_problems(
            today=today,
            last=draft.stretch.last,
            days=days,
            sealed=course.sealed,
            waiting=course.waiting,
        )
    )
    if course.draft.pk != draft.pk or draft.day != draft.stretch.last:
        text = _("这份底稿已经过时，请重新起草后再公示")
        problems.append(Problem(text=text, where=_("底稿")))
    now, number = drawn(draft), len(course.notices) + 1
    refuse_if_blocked([*problems, *now.problems])
    notice = Notice(
        **same(draft),
        **kept(now.frozen.headed(kind="notice", number=number)),
        number=number,
        until=last_day(today, days),
        happened_on=today,
    )
    return record(notice, by=by, at=at)


def same(step: Step) -> dict[str, Any]:
    """What the next step of the same result says like this one."""
    names = ("place_id", "method_id", "code", "period", "day", "cutoff")
    return {name: getattr(step, name) for name in names}


def kept(frozen: Frozen) -> dict[str, str]:
    """What a step keeps of a frozen result."""
    return {
        "inputs": frozen.inputs,
        "output": frozen.output,
        "manifest": frozen.manifest,
        "digest": frozen.digest,
        "holders": f",{','.join(map(str, frozen.holders))},",
    }
