"""Issued bulletins for programs."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from yipanqi.core.schemas import REFUSALS, answered
from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.rules import as_data
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import grants
from yipanqi.org.rules import Can

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
    found = get_object_or_404(Bulletin.objects.visible_to(request.user), pk=bulletin_id)
    return answered({**_told(found), "content": as_data(found.said)})


def _told(bulletin: Bulletin) -> dict[str, Any]:
    return {"id": bulletin.pk, **{name: getattr(bulletin, name) for name in PLAIN}}
