"""Issued bulletins for programs: what they say, their files, who has signed for them."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from yipanqi.core.clock import now, today
from yipanqi.core.schemas import REFUSALS, Taken, answered, takes, typed_in
from yipanqi.dispatch.actions import sign_for
from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.reads.receipts import distribution
from yipanqi.dispatch.rules import as_data
from yipanqi.documents.papers.actions import KINDS, made
from yipanqi.documents.papers.forms import ReceiptForm
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.standing.forms.fields import checked

router = Router(tags=["通报"])

PLAIN = (
    *("title", "year", "number", "period", "document_number", "happened_on", "checkpoint"),
    "remarks",
)


class BulletinTold(Schema):
    """A bulletin under its number, with the ledger that it was drawn from."""

    id: int
    title: str
    year: int
    number: int
    period: str
    document_number: str
    happened_on: date
    checkpoint: str
    remarks: str


class Bulletins(Schema):
    """What has been issued, newest first."""

    items: list[BulletinTold]


class BulletinWhole(BulletinTold):
    """A bulletin with all that it says, frozen when it was issued."""

    content: dict[str, Any]


@router.get("/bulletins", response={200: Bulletins, **REFUSALS}, summary="已印发的通报")
@grants(Can.SEE_BULLETIN)
def bulletins(request: PersonRequest) -> HttpResponse:
    """What has been issued in one's own place."""
    issued = Bulletin.objects.visible_to(request.user).order_by("-seq").defer("content")
    return answered({"items": [_told(bulletin) for bulletin in issued]})


@router.get(
    "/bulletins/{int:bulletin_id}", response={200: BulletinWhole, **REFUSALS}, summary="一期通报"
)
@grants(Can.SEE_BULLETIN)
def bulletin(request: PersonRequest, bulletin_id: int) -> HttpResponse:
    """One bulletin: progress, report card, who is named."""
    found = _issued(request, bulletin_id)
    return answered({**_told(found), "content": as_data(found.said)})


def _issued(request: PersonRequest, bulletin_id: int) -> Bulletin:
    return get_object_or_404(Bulletin.objects.visible_to(request.user), pk=bulletin_id)


def _told(bulletin: Bulletin) -> dict[str, Any]:
    return {"id": bulletin.pk, **{name: getattr(bulletin, name) for name in PLAIN}}


@router.get("/bulletins/{int:bulletin_id}/files/{kind}", summary="一期通报的文件")
@grants(Can.SEE_BULLETIN)
def bulletin_file(request: PersonRequest, bulletin_id: int, kind: str) -> HttpResponse:
    """The bulletin as docx, xlsx or pdf."""
    if kind not in KINDS:
        raise Http404
    file = made(_issued(request, bulletin_id), kind)
    return HttpResponse(file.content, content_type=file.content_type)


class SignatureTold(Schema):
    """A unit on the distribution list: who signed and when, or by how many days it is late."""

    unit_id: int
    unit: str
    person: str
    at: datetime | None
    overdue: int


class Signatures(Schema):
    """The distribution list, those that have not signed first."""

    items: list[SignatureTold]


@takes(ReceiptForm)
class ReceiptNew(Taken):
    """The unit that signs."""


class Signed(Schema):
    """The receipt as it stands in the ledger."""

    seq: int


@router.get(
    "/bulletins/{int:bulletin_id}/receipts",
    response={200: Signatures, **REFUSALS},
    summary="谁签收了、谁没有",
)
@grants(Can.SEE_BULLETIN)
def receipts(request: PersonRequest, bulletin_id: int) -> HttpResponse:
    """Who has signed for a bulletin and who has not."""
    listed = distribution(_issued(request, bulletin_id), as_of=today())
    return answered({"items": [vars(one) for one in listed]})


@router.post(
    "/bulletins/{int:bulletin_id}/receipts",
    response={201: Signed, **REFUSALS},
    summary="签收一期通报",
)
@grants(Can.RECEIVE_BULLETIN)
def receipt_new(
    request: PersonRequest, bulletin_id: int, sent: ReceiptNew, key: str = KEY
) -> HttpResponse:
    """Sign for a bulletin in the name of one's unit."""
    found, asked = _issued(request, bulletin_id), typed_in(sent)
    typed = checked(ReceiptForm(asked))
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=typed["unit"])
    if not request.user.reach(Can.RECEIVE_BULLETIN).covers(unit.path):
        raise PermissionDenied

    def do() -> dict[str, object]:
        return {"seq": sign_for(bulletin=found, unit=unit, by=request.user, at=now()).pk}

    return answered(once_for(request, key, asked, do), status=201)
