"""A monthly return is confirmed, once; units are called to mobilise, and answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.files import Evidence, evidence_text
from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.facts.returns.models import Mobilisation, Mobilised, Return
from yipanqi.facts.returns.rules import answer_problems, call_problems, month_problems
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.org.models import Unit
from yipanqi.org.rules import Kind
from yipanqi.place.models import Document


@transaction.atomic
def submit_return(
    *, holder: Unit, month: date, by: Actor | None, at: datetime, summary: str = ""
) -> Return:
    """Confirm a holder's month (上报月报); whether it is in time the ledger's clock decides."""
    refuse_if_blocked(month_problems(month, today=localdate(at)))
    hold()
    if Return.objects.filter(holder=holder, month=month).exists():
        told = {"unit": holder, "year": month.year, "month": month.month}
        text = _("%(unit)s %(year)s 年 %(month)s 月的月报已经上报，不必重报")
        raise refuse(text % told, where=_("月份"))
    fact = Return(holder=holder, month=month, summary=summary, happened_on=localdate(at))
    return record(fact, by=by, at=at)


@transaction.atomic
def call_to_mobilise(
    *,
    place: Unit,
    subject: str,
    due_on: date,
    kinds: Sequence[Kind],
    by: Actor | None,
    at: datetime,
    document: Document | None = None,
    clause: str = "",
) -> Mobilisation:
    """Call the units of these kinds to hold a meeting and issue measures by a day (P4)."""
    refuse_if_blocked(call_problems(kinds))
    call = Mobilisation(
        place=place,
        subject=subject,
        due_on=due_on,
        kinds=",".join(kinds),
        document=document,
        clause=clause,
        happened_on=localdate(at),
    )
    return record(call, by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a unit says that it did."""

    held_on: date
    issued_on: date
    present: int
    files: tuple[Evidence, ...]
    remarks: str = ""


@transaction.atomic
def answer_call(
    *, call: Mobilisation, unit: Unit, held: Held, by: Actor | None, at: datetime
) -> Mobilised:
    """Answer a call with the meeting and the measures; another answer corrects the one before."""
    problems = answer_problems(
        kind=Kind(unit.kind),
        called=call.called,
        held_on=held.held_on,
        issued_on=held.issued_on,
        files=held.files,
        today=localdate(at),
    )
    refuse_if_blocked(problems)
    answer = Mobilised(
        call=call,
        unit=unit,
        happened_on=held.held_on,
        issued_on=held.issued_on,
        present=held.present,
        evidence=evidence_text(held.files),
        remarks=held.remarks,
    )
    return record(answer, by=by, at=at)
