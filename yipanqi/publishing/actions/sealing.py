"""A result is sealed, signed for by its holders, published."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.org.models import Person, Unit
from yipanqi.place.reads import settings_on
from yipanqi.publishing.actions.drawing import kept, same
from yipanqi.publishing.models import Notice, Publication, Seal, SealReceipt
from yipanqi.publishing.reads.course import course_of
from yipanqi.publishing.reads.sealing import to_seal
from yipanqi.publishing.rules.course import sealing_problems
from yipanqi.publishing.rules.digests import leaf_of

WORD = "考"
"""What follows the office's own word in the number of a published result."""


@transaction.atomic
def seal_result(*, notice: Notice, by: Actor | None, at: datetime) -> Seal:
    """Seal what was put up for objection, once that is over and all is answered (封账).

    Where an objection was accepted the cutoff stands behind the entry that followed; else the very
    figures of the notice are sealed.
    """
    hold()
    course = course_of(notice)
    problems = sealing_problems(
        today=localdate(at),
        until=notice.until,
        waiting=course.waiting,
        sealed=Seal.objects.filter(notice=notice).exists(),
        newest=course.notice is not None and course.notice.pk == notice.pk,
    )
    refuse_if_blocked(problems)
    coming = to_seal(notice)
    refuse_if_blocked(coming.problems)
    frozen = coming.frozen.headed(
        kind="seal",
        number=len(course.seals) + 1,
        notice=notice.seq,
        notice_digest=notice.digest,
        previous=course.seal.digest if course.seal else None,
    )
    seal = Seal(
        **{**same(notice), "cutoff": coming.cutoff, "method_id": coming.method_id},
        **kept(frozen),
        notice=notice,
        version=len(course.seals) + 1,
        happened_on=localdate(at),
    )
    return record(seal, by=by, at=at)


@transaction.atomic
def sign_for_result(*, seal: Seal, unit: Unit, by: Person, at: datetime) -> SealReceipt:
    """A holder signs for its own lines of a sealed result, once (签收)."""
    hold()
    frozen = seal.frozen
    if unit.pk not in frozen.holders:
        raise refuse(_("%(unit)s不在这份结果里") % {"unit": unit}, where=_("签收"))
    earlier = SealReceipt.objects.filter(seal=seal, unit=unit).select_related("person").first()
    if earlier is not None:
        text = _("%(unit)s已由%(person)s在 %(day)s 签收，不必再签")
        told = {"unit": unit, "person": earlier.person, "day": earlier.happened_on}
        raise refuse(text % told, where=_("签收"))
    receipt = SealReceipt(
        seal=seal,
        unit=unit,
        person=by,
        leaf=leaf_of(frozen.block(unit.pk)),
        happened_on=localdate(at),
    )
    return record(receipt, by=by, at=at)


@transaction.atomic
def publish_result(*, seal: Seal, remarks: str, by: Actor | None, at: datetime) -> Publication:
    """Publish a sealed result under the next document number of the year (公布)."""
    hold()
    today, course = localdate(at), course_of(seal)
    if course.seal is None or course.seal.pk != seal.pk or course.agreed:
        raise refuse(_("这一版已由后一版代替，或正在重新核算，不能公布"), where=_("公布"))
    if course.publication is not None:
        raise refuse(_("这份结果已经公布"), where=_("公布"))
    number = Publication.objects.filter(place=seal.place_id, year=today.year).count() + 1
    word = settings_on(seal.place_id, today).bulletin.word
    publication = Publication(
        seal=seal,
        place_id=seal.place_id,
        year=today.year,
        number=number,
        document_number=f"{word}{WORD}〔{today.year}〕{number}号",
        remarks=remarks.strip(),
        happened_on=today,
    )
    return record(publication, by=by, at=at)
