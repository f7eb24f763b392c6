"""A round of judging opened by a program, from what the method asks."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from yipanqi.assessment.forms.rounds import ROUND_FORMS, RoundForm
from yipanqi.assessment.reads.judging import citable, possible_raters
from yipanqi.assessment.reads.live import live
from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.schemas import REFUSALS, Taken, answered
from yipanqi.facts.judging.actions import open_round
from yipanqi.facts.judging.rules import Way
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can

router = Router(tags=["评分"])


class ItemAsked(Taken):
    """Something that a rating gives points for."""

    item: str
    highest: str


class SideAsked(Taken):
    """A kind of units that rate, and their weight in per cent."""

    kind: str
    weight: int | None = None


class RoundNew(Taken):
    """A round as its page asks it; `office` and `items` of a judged one, the rest of ratings and ballots."""

    way: Way = Way.JUDGED
    name: str = ""
    period: str = ""
    opens_on: str = ""
    due_on: str = ""
    method: str = ""
    document: int | None = None
    clause: str = ""
    office: int | None = None
    items: list[str] = []
    group: str = ""
    asked: list[ItemAsked] = []
    sides: list[SideAsked] = []
    names_shown: bool = False
    top: str = "100"
    step: str = "2"
    jurors: list[str] = []


class Opened(Schema):
    """The round stands in the ledger under this number."""

    round_id: int


@router.post("/rounds/new", response={201: Opened, **REFUSALS}, summary="开评")
@grants(Can.OPEN_ROUND)
def round_new(request: PersonRequest, sent: RoundNew, key: str = KEY) -> HttpResponse:
    """Open a round: who is judged and for what comes from the method, who judges is told."""
    form = _form(request, sent)
    typed, new = checked(form), form.new()
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    document = citable(request.user).filter(pk=typed["document"]).first()
    ground = {"document": document, "clause": typed["clause"]}

    def do() -> dict[str, object]:
        made = open_round(place=place, new=new, by=request.user, at=now(), **ground)
        return {"round_id": made.pk}

    return answered(once_for(request, key, sent.model_dump(mode="json"), do), status=201)


def _form(request: PersonRequest, sent: RoundNew) -> RoundForm:
    """The form of the page, filled with what a program sent."""
    scored = live(request.user.place_id, day=today(), code=sent.method)
    if scored is None:
        raise Http404
    data: dict[str, Any] = sent.model_dump(exclude={"asked", "sides", "way", "method"})
    data["jurors"] = "\n".join(sent.jurors)
    for row, asked in enumerate(sent.asked, start=1):
        data |= {f"item_{row}": asked.item, f"highest_{row}": asked.highest}
    for row, side in enumerate(sent.sides, start=1):
        data |= {f"who_{row}": side.kind, f"weight_{row}": side.weight}
    return ROUND_FORMS[sent.way](
        data,
        scored=scored,
        units=list(possible_raters(request.user)),
        documents=[(one.pk, str(one)) for one in citable(request.user)],
    )
