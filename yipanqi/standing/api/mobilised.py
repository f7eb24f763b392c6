"""Calls to mobilise and their answers, for programs."""

from datetime import date

from django.http import HttpResponse
from ninja import Form, Router, Schema, UploadedFile
from ninja.params.functions import File

from yipanqi.core.clock import now, today
from yipanqi.core.files import keep_evidence
from yipanqi.core.schemas import REFUSALS, Taken, answered, refuse_unknown, takes, typed_in
from yipanqi.facts.returns.actions import answer_call
from yipanqi.facts.returns.models import Mobilisation
from yipanqi.facts.returns.rules import State
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.rules import Can
from yipanqi.standing.access import call_to_answer
from yipanqi.standing.forms.mobilised import AnswerForm
from yipanqi.standing.reads.mobilised import Standing, calls_of, standing_of, tally

router = Router(tags=["动员部署"])


@takes(AnswerForm, without={"key"}, texts=True)
class AnswerNew(Taken):
    """The meeting a unit held and the measures it issued, the files beside it under `evidence`."""


class UnitTold(Schema):
    """How one unit stands against a call."""

    unit_id: int
    unit: str
    state: State
    days: int
    held_on: date | None
    issued_on: date | None
    present: int | None


class CallTold(Schema):
    """A call to mobilise, how many stand how, and who."""

    id: int
    subject: str
    due_on: date
    cited: str
    counts: dict[State, int]
    units: list[UnitTold]


class Calls(Schema):
    """Every call of the place, newest first."""

    items: list[CallTold]


class Answered(Schema):
    """The answer stands in the ledger under this number."""

    seq: int


FILES = File([], description="印发的措施，可以有多个")


@router.get("/mobilised", response={200: Calls, **REFUSALS}, summary="动员部署情况")
@grants(Can.SEE_TARGET)
def mobilised(request: PersonRequest) -> HttpResponse:
    """Who has mobilised by the set day, who was late, who has not."""
    calls = list(calls_of(request.user))
    rows = standing_of(calls, person=request.user, as_of=today())
    return answered({"items": [_told(call, rows) for call in calls]})


def _told(call: Mobilisation, rows: list[Standing]) -> dict[str, object]:
    own = [row for row in rows if row.call.pk == call.pk]
    return {
        "id": call.pk,
        "subject": call.subject,
        "due_on": call.due_on,
        "cited": call.cited,
        "counts": dict(tally(own)),
        "units": [_unit(row) for row in own],
    }


def _unit(row: Standing) -> dict[str, object]:
    answer = row.answer
    return {
        "unit_id": row.unit.pk,
        "unit": row.unit.name,
        "state": row.state,
        "days": row.days,
        "held_on": answer.happened_on if answer else None,
        "issued_on": answer.issued_on if answer else None,
        "present": answer.present if answer else None,
    }


@router.post(
    "/mobilised/{int:call_id}/{int:unit_id}",
    response={201: Answered, **REFUSALS},
    summary="报部署情况",
)
@grants(Can.REPORT_MOBILISED)
def answer(
    request: PersonRequest,
    call_id: int,
    unit_id: int,
    sent: Form[AnswerNew],
    evidence: list[UploadedFile] = FILES,
    key: str = KEY,
) -> HttpResponse:
    """Report the meeting and the measures of a unit, as multipart/form-data."""
    call, unit = call_to_answer(request.user, call_id, unit_id)
    refuse_unknown(request.POST, AnswerNew)
    form = AnswerForm(request.POST, request.FILES)
    held = form.held(tuple(keep_evidence(file) for file in evidence))

    def do() -> dict[str, object]:
        return {"seq": answer_call(call=call, unit=unit, held=held, by=request.user, at=now()).pk}

    asked = {**typed_in(sent), "files": [file.digest for file in held.files]}
    return answered(once_for(request, key, asked, do), status=201)
