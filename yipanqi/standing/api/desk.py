"""What lies on the desks and what is late, for programs; and what to keep of the ledger outside."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yipanqi.core.clock import today
from yipanqi.core.forms import checked
from yipanqi.core.lists import PER_PAGE
from yipanqi.core.schemas import REFUSALS, Taken, answered, refuse_unknown, takes
from yipanqi.facts.projects.models import Pending, Project
from yipanqi.ledger import reads as ledger
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import grants
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Settings
from yipanqi.standing.forms.program import NotsQuery, PageQuery
from yipanqi.standing.reads import nots as reads
from yipanqi.standing.reads.desk import Waiting, waiting

router = Router(tags=["待认定与五未"])


@takes(PageQuery, texts=True)
class PageAsked(Taken):
    """Which page."""


@takes(NotsQuery, texts=True)
class NotsAsked(Taken):
    """Which of the nots, of which unit."""


class WaitingTold(Schema):
    """A claim that waits, for how many days, and what is missing before it may be accepted."""

    claim: int
    project_id: int
    project: str
    code: str
    unit: str
    office: str
    node: str
    name: str
    happened_on: date
    amount: int | None
    currency: str
    since: date
    days: int
    missing: list[str]


class WaitingPage(Schema):
    """Claims on the desk of one's own office, the oldest first."""

    count: int
    page: int
    items: list[WaitingTold]


@router.get("/pending", response={200: WaitingPage, **REFUSALS}, summary="待认定")
@grants(Can.VERIFY)
def pending(request: PersonRequest, asked: Query[PageAsked]) -> HttpResponse:
    """The claims that wait for one's own office."""
    refuse_unknown(request.GET, PageAsked)
    page = checked(PageQuery(request.GET))["page"] or 1
    mine = Pending.objects.visible_to(request.user)
    rows = mine.select_related("claim__unit", "project", "office").order_by("pk")
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    items = [_waiting_told(one) for one in waiting(list(shown), as_of=today())]
    return answered({"count": mine.count(), "page": page, "items": items})


def _waiting_told(one: Waiting) -> dict[str, Any]:
    claim, project = one.pending.claim, one.pending.project
    return {
        "claim": claim.pk,
        "project_id": project.pk,
        "project": project.name,
        "code": project.code,
        "unit": claim.unit.name,
        "office": one.pending.office.name,
        "node": claim.node,
        "name": one.name,
        "happened_on": claim.happened_on,
        "amount": claim.amount,
        "currency": claim.currency,
        "since": one.since,
        "days": one.days,
        "missing": [str(problem) for problem in one.missing],
    }


class TallyTold(Schema):
    """One of the nots: how many projects it names, and how many days the longest is over."""

    code: str
    name: str
    clause: str
    says: str
    listed: bool
    count: int
    longest: int


class LateTold(Schema):
    """A project that is named, and who answers for it."""

    project_id: int
    project: str
    project_code: str
    from_on: date
    due_on: date
    days: int
    unit: str
    person: str
    office: str


class Nots(Schema):
    """The tallies of all nots, and one page of the projects that one of them names."""

    tallies: list[TallyTold]
    code: str
    page: int
    items: list[LateTold]


@router.get("/nots", response={200: Nots, **REFUSALS}, summary="五未")
@grants(Can.SEE_PROJECT)
def nots(request: PersonRequest, asked: Query[NotsAsked]) -> HttpResponse:
    """Projects past a day by which a node was due, by kind, with who answers for each."""
    refuse_unknown(request.GET, NotsAsked)
    day, typed = today(), checked(NotsQuery(request.GET))
    settings = settings_on(request.user.place_id, day)
    if unit_id := typed["unit"]:
        get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    projects = reads.projects_of(request.user, unit_id)
    tallies = reads.tallies(projects, settings, as_of=day)
    code, page = typed["code"] or tallies[0].code, typed["page"] or 1
    if code not in {tally.code for tally in tallies}:
        raise Http404
    late = _late(projects, code, page, settings, day)
    content = {"code": code, "page": page, "items": [_late_told(one) for one in late]}
    return answered({"tallies": [vars(tally) for tally in tallies], **content})


def _late(
    projects: QuerySet[Project], code: str, page: int, settings: Settings, day: date
) -> list[reads.Late]:
    part = slice((page - 1) * PER_PAGE, page * PER_PAGE)
    if code == reads.STALLED:
        idle = reads.stalled_rows(projects, settings, as_of=day)[part]
        return reads.stalled_shown(list(idle), settings, as_of=day)
    late = reads.late_rows(projects, code, as_of=day)[part]
    return reads.late_shown(list(late), settings, as_of=day)


def _late_told(one: reads.Late) -> dict[str, Any]:
    named = ("from_on", "due_on", "days", "unit", "person", "office")
    return {
        "project_id": one.project.pk,
        "project": one.project.name,
        "project_code": one.project.code,
        **{name: getattr(one, name) for name in named},
    }


class CheckpointTold(Schema):
    """Size and head hash of the ledger; `text` is what `yipanqi verify --against` takes."""

    size: int
    hash: str
    text: str
    simulated: bool


@router.get("/checkpoint", response={200: CheckpointTold, **REFUSALS}, summary="账本存证")
@grants(Can.SEE_LEDGER)
def checkpoint(request: PersonRequest) -> HttpResponse:
    """What to keep outside, where whoever keeps the ledger cannot reach."""
    kept = ledger.checkpoint()
    content = {"size": kept.size, "hash": kept.hash, "text": str(kept)}
    return answered({**content, "simulated": ledger.is_simulated()})
