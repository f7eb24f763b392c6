"""What can happen to a bulletin: it is issued, once, under its number; units sign for it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.dispatch.models import Bulletin, Receipt
from yipanqi.dispatch.reads.drafting import draft, next_number
from yipanqi.dispatch.rules import as_data, half_month, recipients, told_half
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.ledger.rules import canonical
from yipanqi.org.models import Person, Unit


@transaction.atomic
def issue_bulletin(
    *, place: Unit, remarks: str, by: Actor | None, at: datetime, period: str = ""
) -> Bulletin:
    """Freeze the half month's bulletin under the next number of the year (印发).

    Refuses while it contradicts itself, and when this half month has one already.
    """
    hold()
    today = localdate(at)
    key, words = half_month(today)
    if period and period != key:
        raise refuse(_("现在只能印发%(half)s的通报") % {"half": told_half(today)}, where=_("半月"))
    issued = Bulletin.objects.filter(place=place, year=today.year)
    if issued.filter(period=key).exists():
        raise refuse(
            _("%(half)s的通报已经印发，不能再发一次") % {"half": told_half(today)}, where=_("半月")
        )
    now = draft(place, as_of=today)
    refuse_if_blocked(now.problems)
    number, printed = next_number(place, on=today)
    bulletin = Bulletin(
        place=place,
        year=today.year,
        number=number,
        period=key,
        title=f"关于{words}招商引资工作进展情况的通报",
        document_number=printed,
        remarks=remarks,
        content=canonical(as_data(now.content)),
        checkpoint=str(now.checkpoint),
        happened_on=today,
    )
    return record(bulletin, by=by, at=at)


@transaction.atomic
def sign_for(*, bulletin: Bulletin, unit: Unit, by: Person, at: datetime) -> Receipt:
    """A unit signs for a bulletin (签收), once; refuses a unit that it was not sent to."""
    hold()
    if unit.pk not in recipients(bulletin.said):
        raise refuse(_("%(unit)s不在这期通报的发送单位里") % {"unit": unit}, where=_("签收"))
    earlier = Receipt.objects.filter(bulletin=bulletin, unit=unit).select_related("person").first()
    if earlier is not None:
        text = _("%(unit)s已由%(person)s在 %(day)s 签收，不必再签")
        told = {"unit": unit, "person": earlier.person, "day": earlier.happened_on}
        raise refuse(text % told, where=_("签收"))
    receipt = Receipt(bulletin=bulletin, unit=unit, person=by, happened_on=localdate(at))
    return record(receipt, by=by, at=at)
