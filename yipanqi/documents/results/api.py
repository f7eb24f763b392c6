"""Results for programs: notices with workings, objections and answers, seals with their packages."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from yipanqi.core.clock import now, today
from yipanqi.core.schemas import REFUSALS, Taken, answered, takes, typed_in
from yipanqi.documents.results.forms import AnswerForm, ObjectionForm, SigningForm
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.publishing.actions import answer_objection, object_to, sign_for_result
from yipanqi.publishing.models import Kept, Notice, Objection, Seal
from yipanqi.publishing.reads.course import courses_for
from yipanqi.publishing.reads.objections import MOST, since
from yipanqi.publishing.reads.sealing import signatures
from yipanqi.publishing.rules.course import CourseState
from yipanqi.standing.forms.fields import checked

router = Router(tags=["考核结果"])


class ResultTold(Schema):
    """A result and how far it has come."""

    code: str
    period: str
    method: str
    state: CourseState
    notice_id: int | None
    seal_id: int | None
    version: int | None
    waiting: int


class Results(Schema):
    """Every result of one's place, the newest first."""

    items: list[ResultTold]


@router.get("/results", response={200: Results, **REFUSALS}, summary="考核结果到了哪一步")
@grants(Can.SEE_SCORE)
def results(request: PersonRequest) -> HttpResponse:
    """Every result with its state."""
    items = [
        {
            "code": one.draft.code,
            "period": one.draft.period,
            "method": one.draft.method.title,
            "state": one.state(today()),
            "notice_id": one.notice.pk if one.notice else None,
            "seal_id": one.seal.pk if one.seal else None,
            "version": one.seal.version if one.seal else None,
            "waiting": one.waiting,
        }
        for one in courses_for(request.user)
    ]
    return answered({"items": items})


class Frozen(Schema):
    """A frozen result: its manifest, what went in, the sheet that came out."""

    id: int
    digest: str
    manifest: dict[str, Any]
    inputs: dict[str, Any]
    output: dict[str, Any]


def _told(kept: Kept) -> dict[str, Any]:
    frozen = kept.frozen
    return {
        "id": kept.pk,
        "digest": kept.digest,
        "manifest": frozen.head,
        "inputs": frozen.went_in,
        "output": frozen.said,
    }


def _notice(request: PersonRequest, notice_id: int) -> Notice:
    notice: Notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=notice_id)
    return notice


@router.get(
    "/notices/{int:notice_id}", response={200: Frozen, **REFUSALS}, summary="一次公示的全部明细"
)
@grants(Can.SEE_SCORE)
def notice(request: PersonRequest, notice_id: int) -> HttpResponse:
    """A notice with the workings of every holder, as it was frozen."""
    return answered(_told(_notice(request, notice_id)))


class ObjectionTold(Schema):
    """An objection and what was answered."""

    id: int
    holder_id: int
    holder: str
    item: str
    figure: str
    reason: str
    happened_on: date
    due_on: date
    accepted: bool | None
    answer: str
    followed: int | None


class Objections(Schema):
    """What is objected to in a notice."""

    items: list[ObjectionTold]


@router.get(
    "/notices/{int:notice_id}/objections",
    response={200: Objections, **REFUSALS},
    summary="一次公示的异议",
)
@grants(Can.SEE_SCORE)
def objections(request: PersonRequest, notice_id: int) -> HttpResponse:
    """Every objection to a notice with its answer."""
    found = Objection.objects.filter(notice=_notice(request, notice_id)).order_by("seq")
    items = [_objection(one) for one in found.select_related("holder", "answer")]
    return answered({"items": items})


def _objection(objection: Objection) -> dict[str, Any]:
    plain = ("holder_id", "item", "figure", "reason", "happened_on", "due_on")
    answer = getattr(objection, "answer", None)
    return {
        "id": objection.pk,
        "holder": objection.holder.name,
        **{name: getattr(objection, name) for name in plain},
        "accepted": answer.accepted if answer else None,
        "answer": answer.reason if answer else "",
        "followed": answer.followed if answer else None,
    }


@takes(ObjectionForm)
class ObjectionNew(Taken):
    """The line, or a figure of it, and why it is wrong; files are attached on the page."""


class Written(Schema):
    """What was written stands in the ledger under this number."""

    seq: int


@router.post(
    "/notices/{int:notice_id}/holders/{int:holder_id}/objections",
    response={201: Written, **REFUSALS},
    summary="提异议",
)
@grants(Can.OBJECT)
def objection_new(
    request: PersonRequest, notice_id: int, holder_id: int, sent: ObjectionNew, key: str = KEY
) -> HttpResponse:
    """Object to a line of one's own unit's workings."""
    found, asked = _notice(request, notice_id), typed_in(sent)
    holder = get_object_or_404(Unit.objects.visible_to(request.user), pk=holder_id)
    if holder_id not in found.holding:
        raise Http404
    if not request.user.reach(Can.OBJECT).covers(holder.path):
        raise PermissionDenied
    typed = checked(ObjectionForm(asked))
    said = {name: typed[name] for name in ("item", "figure", "reason")}

    def do() -> dict[str, object]:
        made = object_to(notice=found, holder=holder, by=request.user, at=now(), **said)
        return {"seq": made.pk}

    return answered(once_for(request, key, asked, do), status=201)


@takes(AnswerForm(entries=[]))
class AnswerNew(Taken):
    """Accepted or not, why, and the entry that followed where it is accepted."""


@router.post(
    "/objections/{int:objection_id}/answer",
    response={201: Written, **REFUSALS},
    summary="答复异议",
)
@grants(Can.ANSWER_OBJECTION)
def answer_new(
    request: PersonRequest, objection_id: int, sent: AnswerNew, key: str = KEY
) -> HttpResponse:
    """Answer an objection."""
    seen = Objection.objects.visible_to(request.user).select_related("notice", "holder")
    found, asked = get_object_or_404(seen, pk=objection_id), typed_in(sent)
    entries = since(found.notice, found.holder).values_list("seq", flat=True)[:MOST]
    typed = checked(AnswerForm(asked, entries=[(seq, "") for seq in entries]))

    def do() -> dict[str, object]:
        return {"seq": answer_objection(objection=found, by=request.user, at=now(), **typed).pk}

    return answered(once_for(request, key, asked, do), status=201)


def _seal(request: PersonRequest, seal_id: int) -> Seal:
    seal: Seal = get_object_or_404(Seal.objects.visible_to(request.user), pk=seal_id)
    return seal


@router.get("/seals/{int:seal_id}", response={200: Frozen, **REFUSALS}, summary="一版封账")
@grants(Can.SEE_SCORE)
def seal(request: PersonRequest, seal_id: int) -> HttpResponse:
    """A sealed result with everything that is frozen in it."""
    return answered(_told(_seal(request, seal_id)))


class ReceiptTold(Schema):
    """A holder of a seal: who signed, for which digest, or by how many days it is late."""

    unit_id: int
    unit: str
    leaf: str
    person: str
    overdue: int


class Receipts(Schema):
    """Who has signed for a seal and who has not."""

    items: list[ReceiptTold]


@router.get(
    "/seals/{int:seal_id}/receipts", response={200: Receipts, **REFUSALS}, summary="谁签收了结果"
)
@grants(Can.SEE_SCORE)
def seal_receipts(request: PersonRequest, seal_id: int) -> HttpResponse:
    """Who has signed for a seal and who has not."""
    listed = signatures(_seal(request, seal_id), as_of=today())
    names = ReceiptTold.model_fields
    return answered({"items": [{n: getattr(one, n) for n in names} for one in listed]})


@takes(SigningForm)
class ReceiptNew(Taken):
    """The holder that signs."""


@router.post(
    "/seals/{int:seal_id}/receipts", response={201: Written, **REFUSALS}, summary="签收结果"
)
@grants(Can.RECEIVE_RESULT)
def seal_receipt_new(
    request: PersonRequest, seal_id: int, sent: ReceiptNew, key: str = KEY
) -> HttpResponse:
    """Sign for one's own lines of a sealed result."""
    found, asked = _seal(request, seal_id), typed_in(sent)
    typed = checked(SigningForm(asked))
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=typed["unit"])
    if not request.user.reach(Can.RECEIVE_RESULT).covers(unit.path):
        raise PermissionDenied

    def do() -> dict[str, object]:
        return {"seq": sign_for_result(seal=found, unit=unit, by=request.user, at=now()).pk}

    return answered(once_for(request, key, asked, do), status=201)
