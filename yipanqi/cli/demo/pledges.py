"""The pledges of 2026: called for in February, signed by most, by some late, by some not at all."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile

from yipanqi.cli.demo.stories import Done
from yipanqi.cli.evidence import pdf
from yipanqi.cli.founding import CLERK, Stage
from yipanqi.core.files import keep_evidence
from yipanqi.documents.personal.reads.pledges import rows_of, signers_of
from yipanqi.facts.pledges.actions import call_for_pledges, print_pledges, sign_pledge
from yipanqi.facts.pledges.models import Pledge
from yipanqi.org.models import Person
from yipanqi.place.models import Document

RULES = "青禾县招商引资军令状实施办法"
CALLED_ON, PRINTED_ON, DUE_ON = date(2026, 2, 9), date(2026, 2, 11), date(2026, 2, 28)
NEVER = ("平安乡", "审计局", "供销合作社")
LATE = {"石桥乡": date(2026, 3, 6), "科学技术局": date(2026, 3, 3)}
DAYS = tuple(DUE_ON - timedelta(days=days) for days in (1, 2, 4, 5, 8, 9))


def told() -> Iterator[Done]:
    """The call, the printing, and the days on which the clerk laid down what was signed."""
    yield Done(on=CALLED_ON, hand=CLERK, do=_call)
    yield Done(on=PRINTED_ON, hand=CLERK, do=_print)
    for number, day in enumerate(DAYS):
        yield Done(on=day, hand=CLERK, do=partial(_sign_in_time, turn=number))
    for name, day in LATE.items():
        yield Done(on=day, hand=CLERK, do=partial(_sign_late, name=name))


def _call(stage: Stage, by: Person, at: datetime) -> None:
    document = Document.objects.filter(place=stage.place, title=RULES).first()
    call_for_pledges(
        place=stage.place,
        year=DUE_ON.year,
        due_on=DUE_ON,
        document=document,
        clause="第四条",
        by=by,
        at=at,
    )


def _print(stage: Stage, by: Person, at: datetime) -> None:
    rows = rows_of(by, DUE_ON.year, settings=stage.settings, called=None, as_of=PRINTED_ON)
    print_pledges(
        place=stage.place,
        year=DUE_ON.year,
        word=f"{stage.settings.bulletin.word}状",
        tasks={row.unit: row.tasks for row in rows if row.tasks},
        by=by,
        at=at,
    )


def _sign_in_time(stage: Stage, by: Person, at: datetime, *, turn: int) -> None:
    """Every sixth of those who sign in time."""
    pledges = Pledge.objects.filter(place=stage.place).select_related("holder").order_by("seq")
    willing = [one for one in pledges if str(one.holder) not in (*NEVER, *LATE)]
    for pledge in willing[turn :: len(DAYS)]:
        _sign(pledge, DAYS[turn], by, at)


def _sign_late(stage: Stage, by: Person, at: datetime, *, name: str) -> None:
    pledge = Pledge.objects.select_related("holder").get(holder=stage.units[name])
    _sign(pledge, LATE[name], by, at)


def _sign(pledge: Pledge, day: date, by: Person, at: datetime) -> None:
    """Whoever leads the holder signs; a holder in which nobody serves yet has nobody to sign."""
    people = signers_of(pledge.holder, day)
    if people:
        content = pdf(f"Qinghe demo pledge {pledge.seq}")
        page = keep_evidence(ContentFile(content, name=f"{pledge.holder}军令状（签字）.pdf"))
        sign_pledge(pledge=pledge, signer=people[0], signed_on=day, files=(page,), by=by, at=at)
