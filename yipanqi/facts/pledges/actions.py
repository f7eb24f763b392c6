"""What can happen to pledges: they are called for, printed, signed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.files import Evidence, evidence_text
from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.facts.pledges.models import Pledge, PledgeRound, Signing
from yipanqi.facts.pledges.rules import PledgedTask, round_problems, signing_problems, tasks_text
from yipanqi.ledger.actions import Actor, hold, record, record_many
from yipanqi.org.models import Person, Post, Unit
from yipanqi.place.models import Document


@transaction.atomic
def call_for_pledges(
    *,
    place: Unit,
    year: int,
    due_on: date,
    by: Actor | None,
    at: datetime,
    document: Document | None = None,
    clause: str = "",
) -> PledgeRound:
    """Set the day by which a year's pledges are to be signed (P2)."""
    refuse_if_blocked(round_problems(year, due_on))
    called = PledgeRound(
        place=place,
        year=year,
        due_on=due_on,
        document=document,
        clause=clause,
        happened_on=localdate(at),
    )
    return record(called, by=by, at=at)


@transaction.atomic
def print_pledges(
    *,
    place: Unit,
    year: int,
    word: str,
    tasks: Mapping[Unit, Sequence[PledgedTask]],
    by: Actor | None,
    at: datetime,
) -> list[Pledge]:
    """Freeze what these holders promise, each under the next number, ready to be printed and signed."""
    if empty := [str(holder) for holder, lines in tasks.items() if not lines]:
        raise refuse(_("还没有任务，先下达任务再立军令状"), where="、".join(empty))
    hold()
    begun = Pledge.objects.filter(place=place, year=year).count()
    facts = [
        Pledge(
            place=place,
            holder=holder,
            year=year,
            number=f"{word}〔{year}〕{begun + place_in_line}号",
            text=tasks_text(lines),
            happened_on=localdate(at),
        )
        for place_in_line, (holder, lines) in enumerate(tasks.items(), start=1)
    ]
    record_many(facts, by=by, at=at)
    return facts


@transaction.atomic
def sign_pledge(
    *,
    pledge: Pledge,
    signer: Person,
    signed_on: date,
    files: Collection[Evidence],
    by: Actor | None,
    at: datetime,
) -> Signing:
    """Lay down the signed page of a pledge; another one corrects it."""
    hold()
    newest = Pledge.objects.filter(holder=pledge.holder_id, year=pledge.year).order_by("-seq")[0]
    if newest != pledge:
        raise refuse(_("这份军令状已重新生成，请签新的一份"), where=pledge.number)
    serves = Post.objects.held_on(signed_on).filter(unit=pledge.holder_id, person=signer).exists()
    refuse_if_blocked(
        signing_problems(
            signed_on=signed_on,
            printed_on=pledge.happened_on,
            today=localdate(at),
            serves=serves,
            files=files,
        )
    )
    signing = Signing(
        holder_id=pledge.holder_id,
        pledge=pledge,
        signer=signer,
        evidence=evidence_text(files),
        happened_on=signed_on,
    )
    return record(signing, by=by, at=at)
