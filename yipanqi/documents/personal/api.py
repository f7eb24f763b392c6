"""Personal files for programs."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from yipanqi.core.clock import now, today
from yipanqi.core.problems import refuse
from yipanqi.core.schemas import REFUSALS, Taken, answered, takes, typed_in
from yipanqi.documents.personal.actions import open_dossier
from yipanqi.documents.personal.forms import PurposeForm
from yipanqi.documents.personal.reads.access import is_open, people_for
from yipanqi.documents.personal.reads.dossier import Period, periods_of
from yipanqi.documents.personal.reads.pledges import round_of, rows_of
from yipanqi.facts.pledges.rules import PledgeState
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.models import Person
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.standing.forms.fields import checked

router = Router(tags=["军令状与实绩档案"])


@takes(PurposeForm)
class Opening(Taken):
    """Why another's personal file is opened."""


class Opened(Schema):
    """The opening stands in the ledger under this number."""

    seq: int


class PledgeTold(Schema):
    """How one holder stands with the pledge of a year."""

    unit_id: int
    unit: str
    state: PledgeState
    days: int
    number: str
    signed_on: date | None


class Pledges(Schema):
    """Everybody who carries a task in a year."""

    year: int
    due_on: date | None
    items: list[PledgeTold]


class AchievedTold(Schema):
    """One kind of achievement in a term; amounts in 分."""

    code: str
    label: str
    number: int
    fen: int | None


class PeriodTold(Schema):
    """A post with its term and what was achieved in it."""

    unit: str
    title: str
    since: date
    until: date
    achieved: list[AchievedTold]


class Dossier(Schema):
    """A personal file, the newest term first."""

    periods: list[PeriodTold]


@router.get("/pledges/{int:year}", response={200: Pledges, **REFUSALS}, summary="军令状签订情况")
@grants(Can.SEE_TARGET)
def pledges(request: PersonRequest, year: int) -> HttpResponse:
    """Who has signed by the day that was set, and who has not."""
    place_id = request.user.place_id
    called, settings = round_of(place_id, year), settings_on(place_id, today())
    rows = rows_of(request.user, year, settings=settings, called=called, as_of=today())
    items = [
        {
            "unit_id": row.unit.pk,
            "unit": row.unit.name,
            "state": row.state,
            "days": row.days,
            "number": row.pledge.number if row.pledge else "",
            "signed_on": row.signing.happened_on if row.signing else None,
        }
        for row in rows
    ]
    return answered({"year": year, "due_on": called.due_on if called else None, "items": items})


@router.get("/dossiers/{int:person_id}", response={200: Dossier, **REFUSALS}, summary="实绩档案")
@grants(Can.SEE_TARGET)
def dossier(request: PersonRequest, person_id: int) -> HttpResponse:
    """One's own file, or another's that was opened today."""
    subject = _subject(request, person_id)
    if not is_open(request.user, subject, on=today()):
        raise refuse("先写明事由调阅，当天内可以查看", where="purpose")
    settings = settings_on(request.user.place_id, today())
    periods = periods_of(subject, settings, as_of=today())
    return answered({"periods": [_told(one) for one in periods]})


def _subject(request: PersonRequest, person_id: int) -> Person:
    if person_id == request.user.pk:
        return request.user
    return get_object_or_404(people_for(request.user), pk=person_id)


def _told(period: Period) -> dict[str, object]:
    term = period.term
    return {
        "unit": term.post.unit.name,
        "title": term.post.title,
        "since": term.since,
        "until": term.until,
        "achieved": [
            {"code": one.code, "label": one.label, "number": one.number, "fen": one.fen}
            for one in period.sheets
        ],
    }


@router.post(
    "/dossiers/{int:person_id}/openings", response={201: Opened, **REFUSALS}, summary="调阅实绩档案"
)
@grants(Can.SEE_DOSSIER)
def opening(request: PersonRequest, person_id: int, sent: Opening, key: str = KEY) -> HttpResponse:
    """Open another's file for today; who, whose and why stands in the ledger."""
    subject, data = _subject(request, person_id), typed_in(sent)
    purpose = checked(PurposeForm(data))["purpose"]

    def do() -> dict[str, object]:
        entry = open_dossier(subject=subject, purpose=purpose, by=request.user, at=now())
        return {"seq": entry.pk}

    return answered(once_for(request, key, data, do), status=201)
