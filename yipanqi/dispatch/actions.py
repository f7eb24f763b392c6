"""What can happen to a bulletin: it is issued, once, under its number."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.reads import draft, next_number
from yipanqi.dispatch.rules import as_data, half_month
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.ledger.rules import canonical
from yipanqi.org.models import Unit


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
        raise refuse(f"现在只能印发{words}的通报", where="半月")
    issued = Bulletin.objects.filter(place=place, year=today.year)
    if issued.filter(period=key).exists():
        raise refuse(f"{words}的通报已经印发，不能再发一次", where="半月")
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
