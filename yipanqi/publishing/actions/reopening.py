"""A sealed result is to be worked out anew: one person asks, a second one agrees or does not."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yipanqi.core.problems import refuse_if_blocked
from yipanqi.ledger.actions import hold, record
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person
from yipanqi.publishing.models import Decision, Reopening, Seal
from yipanqi.publishing.reads.course import course_of
from yipanqi.publishing.rules.course import decision_problems, reopening_problems


@transaction.atomic
def ask_reopening(*, seal: Seal, reason: str, by: Person, at: datetime) -> Reopening:
    """Ask that a sealed result be worked out anew (申请重新核算); the seal stays as it is."""
    hold()
    course = course_of(seal)
    refuse_if_blocked(
        reopening_problems(
            newest=course.seal is not None and course.seal.pk == seal.pk,
            waiting=course.asked or course.agreed,
            reason=reason,
        )
    )
    reopening = Reopening(seal=seal, reason=reason.strip(), happened_on=localdate(at))
    return record(reopening, by=by, at=at)


@transaction.atomic
def decide_reopening(
    *, reopening: Reopening, agreed: bool, reason: str, by: Person, at: datetime
) -> Decision:
    """A second person agrees or does not (批复): where agreed, a version beside the sealed one follows."""
    hold()
    refuse_if_blocked(
        decision_problems(
            own=Entry.objects.filter(pk=reopening.pk, actor_id=by.pk).exists(),
            decided=Decision.objects.filter(reopening=reopening).exists(),
            reason=reason,
        )
    )
    decision = Decision(
        reopening=reopening, agreed=agreed, reason=reason.strip(), happened_on=localdate(at)
    )
    return record(decision, by=by, at=at)
