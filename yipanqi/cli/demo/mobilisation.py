"""The county's mobilisation of 2026: a call at the end of April, a day, who kept it and who did not."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile

from yipanqi.cli.demo.documents import CALL
from yipanqi.cli.demo.stories import Done
from yipanqi.cli.evidence import pdf
from yipanqi.cli.founding import CLERK, Plan, Stage, units_of
from yipanqi.core.files import keep_evidence
from yipanqi.facts.returns.actions import Held, answer_call, call_to_mobilise
from yipanqi.facts.returns.models import Mobilisation
from yipanqi.org.models import Person
from yipanqi.org.rules import Kind
from yipanqi.place.models import Document

SUBJECT = "招商引资“百日攻坚”动员部署"
CALLED_ON, DUE_ON = date(2026, 4, 28), date(2026, 5, 20)
KINDS = (Kind.TOWNSHIP, Kind.DEPARTMENT, Kind.ZONE, Kind.COMMITTEE)
DAY_AFTER = "商务局"
LATER = {"石桥乡": 9}
NEVER = ("平安乡", "水利局")


def told(plan: Plan) -> Iterator[Done]:
    """The call, and each unit's answer a day or two after its meeting."""
    yield Done(on=CALLED_ON, hand=CLERK, do=_call)
    kinds = [kind for kind in KINDS if kind in plan["units"]]
    for number, name in enumerate(name for kind in kinds for name in units_of(plan, kind)):
        if name in NEVER:
            continue
        held = DUE_ON - timedelta(days=1 + number * 5 % 13)
        held += timedelta(days=_behind(name, held))
        yield Done(
            on=held + timedelta(days=1 + number % 2),
            hand=name,
            do=partial(_answer, name=name, held_on=held, present=28 + number * 7 % 61),
        )


def _behind(name: str, held: date) -> int:
    """So many days later than planned, that it is late by the days said above."""
    late = 1 if name == DAY_AFTER else LATER.get(name, 0)
    return (DUE_ON - held).days + late if late else 0


def _call(stage: Stage, by: Person, at: datetime) -> None:
    document = Document.objects.filter(place=stage.place, title=CALL).first()
    call_to_mobilise(
        place=stage.place,
        subject=SUBJECT,
        due_on=DUE_ON,
        kinds=KINDS,
        document=document,
        clause="第三条",
        by=by,
        at=at,
    )


def _answer(
    stage: Stage, by: Person, at: datetime, *, name: str, held_on: date, present: int
) -> None:
    call = Mobilisation.objects.get(place=stage.place, subject=SUBJECT)
    content = pdf(f"Qinghe demo measures {present}")
    measures = keep_evidence(ContentFile(content, name=f"{name}招商引资攻坚措施.pdf"))
    held = Held(held_on=held_on, issued_on=held_on, present=present, files=(measures,))
    answer_call(call=call, unit=stage.units[name], held=held, by=by, at=at)
