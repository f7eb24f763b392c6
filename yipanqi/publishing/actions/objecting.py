"""A holder objects to a line of its workings; the office answers."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.files import Evidence, evidence_text
from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.ledger.actions import hold, record
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person, Unit
from yipanqi.publishing.models import Answer, Notice, Objection
from yipanqi.publishing.reads.course import course_of
from yipanqi.publishing.reads.objections import changed_by, since
from yipanqi.publishing.rules.calendar import last_day
from yipanqi.publishing.rules.course import answer_problems, objection_problems
from yipanqi.publishing.rules.workings import workings

ANSWER_DAYS = 5
"""Working days within which an objection is answered."""


@transaction.atomic
def object_to(
    *,
    notice: Notice,
    holder: Unit,
    item: str,
    figure: str,
    reason: str,
    files: Collection[Evidence] = (),
    by: Person,
    at: datetime,
) -> Objection:
    """A holder points at a line, or a figure of it, and says why it is wrong (异议)."""
    hold()
    today, course = localdate(at), course_of(notice)
    used = {
        line.item: [one.name for one in line.used] for line in workings(notice.frozen, holder.pk)
    }
    problems = list(
        objection_problems(
            used, today=today, until=notice.until, item=item, figure=figure, reason=reason
        )
    )
    if course.notice is None or course.notice.pk != notice.pk or course.sealed:
        problems.append(Problem(text=_("这次公示已经结束，请看最新的一次"), where=_("异议")))
    standing = Objection.objects.filter(notice=notice, holder=holder, item=item, figure=figure)
    if standing.waiting().exists():
        text = _("这一处已经提过异议，正在等答复")
        problems.append(Problem(text=text, where=_("计分项")))
    refuse_if_blocked(problems)
    objection = Objection(
        notice=notice,
        holder=holder,
        item=item,
        figure=figure,
        reason=reason.strip(),
        evidence=evidence_text(files),
        due_on=last_day(today, ANSWER_DAYS),
        happened_on=today,
    )
    return record(objection, by=by, at=at)


@transaction.atomic
def answer_objection(
    *,
    objection: Objection,
    accepted: bool,
    reason: str,
    followed: int | None = None,
    by: Person,
    at: datetime,
) -> Answer:
    """Accept an objection, naming the entry that changed the figure, or reject it; both say why (答复).

    No score is edited: an accepted objection moves the cutoff behind what was recorded because of it.
    """
    hold()
    if Answer.objects.filter(objection=objection).exists():
        raise refuse(_("这条异议刚刚已有人答复，请刷新后查看"), where=_("答复"))
    own = Entry.objects.filter(pk=objection.pk, actor_id=by.pk).exists()
    refuse_if_blocked(answer_problems(accepted=accepted, reason=reason, followed=followed, own=own))
    if followed is not None:
        _refuse_unless_changed(objection, followed)
    answer = Answer(
        objection=objection,
        accepted=accepted,
        reason=reason.strip(),
        followed=followed,
        happened_on=localdate(at),
    )
    return record(answer, by=by, at=at)


def _refuse_unless_changed(objection: Objection, seq: int) -> None:
    """The entry must be about the holder, later than the notice, and change what was objected to."""
    if not since(objection.notice, objection.holder).filter(pk=seq).exists():
        text = _("账本第 %(seq)s 条不是公示以后与%(holder)s有关的账")
        raise refuse(text % {"seq": seq, "holder": objection.holder}, where=_("账目"))
    if not changed_by(objection, seq):
        text = _(
            "账本第 %(seq)s 条没有改变“%(item)s”的得分和指标数；请先办理更正，再选由此产生的那一条"
        )
        raise refuse(text % {"seq": seq, "item": objection.item}, where=_("账目"))
