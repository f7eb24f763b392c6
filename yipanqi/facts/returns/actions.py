"""What can happen to a monthly return: it is confirmed, once."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.facts.returns.models import Return
from yipanqi.facts.returns.rules import month_problems
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.org.models import Unit


@transaction.atomic
def submit_return(
    *, holder: Unit, month: date, by: Actor | None, at: datetime, summary: str = ""
) -> Return:
    """Confirm a holder's month (上报月报); whether it is in time the ledger's clock decides."""
    refuse_if_blocked(month_problems(month, today=localdate(at)))
    hold()
    if Return.objects.filter(holder=holder, month=month).exists():
        raise refuse(f"{holder}{month:%Y年%-m月}的月报已经上报，不必重报", where="月份")
    fact = Return(holder=holder, month=month, summary=summary, happened_on=localdate(at))
    return record(fact, by=by, at=at)
