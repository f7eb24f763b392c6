"""Scores for programs: the sheet, one holder's lines, the records behind a figure."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from ninja import Query, Router, Schema

from yipanqi.assessment.forms import PointForm
from yipanqi.assessment.reads.live import Holder, Live, live, opened
from yipanqi.assessment.reads.told import ToldLine, in_scope, told_lines, told_rewards
from yipanqi.assessment.rules.explaining import said
from yipanqi.assessment.rules.sheets import as_json
from yipanqi.core.clock import today
from yipanqi.core.forms import checked
from yipanqi.core.problems import Refused
from yipanqi.core.schemas import REFUSALS, Taken, answered, refuse_unknown, takes
from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import grants
from yipanqi.org.rules import Can
from yipanqi.standing.measures.counting import Counted

router = Router(tags=["考核与排名"])


@takes(PointForm, texts=True)
class PointAsked(Taken):
    """From where a score is seen."""


class ItemTold(Schema):
    """The points of one item, and why."""

    item: str
    points: str | None
    because: str


class RowTold(Schema):
    """A holder's place and total; `holder_id` leads to its lines. Boards have no ids."""

    holder_id: int | None = None
    holder: str
    place: str | None
    total: str | None
    grade: str = ""
    items: list[ItemTold]


class GroupTold(Schema):
    """A group in the order of its places."""

    group: str
    rows: list[RowTold]


class RewardTold(Schema):
    """What a place on a list is worth, and why."""

    holder: str
    amount: str | None
    unit: str
    because: str


class ListTold(Schema):
    """Who is named on a list, and what each gets for it."""

    holders: list[str]
    rewards: list[RewardTold]
    list: str


class SheetProblem(Schema):
    """What could not be scored."""

    where: str
    text: str


class SheetTold(Schema):
    """The whole sheet, as `yipanqi score --json` prints it, with the point that it is seen from."""

    day: date
    seq: int
    period: str
    code: str
    version: int
    method: str
    groups: list[GroupTold]
    lists: list[ListTold]
    problems: list[SheetProblem]


@router.get("/scores", response={200: SheetTold, **REFUSALS}, summary="成绩单")
@grants(Can.SEE_SCORE)
def scores(request: PersonRequest, asked: Query[PointAsked]) -> HttpResponse:
    """The ranking of every group, or of one, with who is named for what."""
    scored, group = _seen(request)
    sheet = as_json(scored.sheet)
    for each in sheet["groups"]:
        for row in each["rows"]:
            row["holder_id"] = scored.holders[row["holder"]].pk
    if group:
        sheet["groups"] = [each for each in sheet["groups"] if each["group"] == group]
    return answered({**_point(scored), **sheet})


def _seen(request: PersonRequest) -> tuple[Live, str]:
    """The sheet that is asked for; a place without a method has none."""
    refuse_unknown(request.GET, PointAsked)
    typed = checked(PointForm(request.GET))
    point = {"day": typed["day"] or today(), "seq": typed["seq"], "code": typed["method"]}
    scored = live(request.user.place_id, **point)
    if scored is None or typed["group"] not in {"", *(g.group for g in scored.sheet.groups)}:
        raise Http404
    return scored, typed["group"]


def _point(scored: Live) -> dict[str, Any]:
    version = scored.version
    point = {"day": scored.at.day, "seq": scored.at.seq, "period": scored.period.label}
    return {**point, "code": version.code, "version": version.number}


def _holder(scored: Live, holder_id: int) -> Holder:
    """Somebody who is not assessed does not exist here."""
    for holder in scored.holders.values():
        if holder.pk == holder_id:
            return holder
    raise Http404


class FigureTold(Schema):
    """A figure that a line uses."""

    name: str
    label: str
    unit: str
    value: str


class LineTold(Schema):
    """A line of a score: the rule and its sentence, the figures, the points, the reason."""

    item: str
    clause: str
    says: str
    full: str
    formula: str
    figures: list[FigureTold]
    points: str | None
    because: str


class HoldersReward(Schema):
    """What a holder gets from a list, and why."""

    listing: str
    clause: str
    amount: str | None
    unit: str
    because: str


class HolderTold(Schema):
    """One holder's score, line by line."""

    day: date
    seq: int
    period: str
    code: str
    version: int
    holder_id: int
    holder: str
    group: str
    place: int | None
    total: str | None
    grade: str
    grade_because: str
    vetoed: list[str]
    rewards: list[HoldersReward]
    lines: list[LineTold]


@router.get("/scores/{int:holder_id}", response={200: HolderTold, **REFUSALS}, summary="一家的得分")
@grants(Can.SEE_SCORE)
def score(request: PersonRequest, holder_id: int, asked: Query[PointAsked]) -> HttpResponse:
    """One holder's points, each line with its formula, its figures and its reason."""
    scored, _group = _seen(request)
    holder = _holder(scored, holder_id)
    if not scored.has_total(holder):
        raise Http404
    row = scored.row(holder.name)
    content = {
        "holder_id": holder.pk,
        "holder": holder.name,
        "group": holder.group,
        "place": row.place,
        "total": scored.sheet.printed(row.total),
        "grade": row.grade,
        "grade_because": said(row.graded.because) if row.graded else "",
        "vetoed": row.vetoed,
        "rewards": [vars(reward) for reward in told_rewards(scored, holder)],
        "lines": [_line_told(line) for line in told_lines(scored, holder)],
    }
    return answered({**_point(scored), **content})


def _line_told(line: ToldLine) -> dict[str, Any]:
    plain = ("item", "clause", "says", "full", "formula", "points")
    return {
        **{name: getattr(line, name) for name in plain},
        "figures": [vars(figure) for figure in (*line.done, *line.task)],
        "because": said(line.because),
    }


class RecordTold(Schema):
    """A record that a figure counts, and how much of it is the holder's."""

    label: str
    on: date | None
    amount: str
    project_id: int | None


class OpenedTold(Schema):
    """A figure with the records in one's scope, and in numbers those that lie outside."""

    day: date
    seq: int
    period: str
    code: str
    version: int
    holder_id: int
    name: str
    label: str
    unit: str
    total: str | None
    records: list[RecordTold]
    shown_sum: str
    hidden_count: int
    hidden_sum: str
    names: list[str]


@router.get(
    "/scores/{int:holder_id}/figures/{str:name}",
    response={200: OpenedTold, **REFUSALS},
    summary="一个指标数了哪些记录",
)
@grants(Can.SEE_SCORE)
def figure(
    request: PersonRequest, holder_id: int, name: str, asked: Query[PointAsked]
) -> HttpResponse:
    """The records behind a figure; their amounts and the hidden ones add up to it."""
    scored, _group = _seen(request)
    try:
        found = opened(scored, _holder(scored, holder_id), name)
    except Refused as refused:
        raise Http404 from refused
    seen = in_scope(found.records, found.value, Project.objects.visible_to(request.user))
    shown: Any = seen.pop("shown")  # records with their amounts in words
    about = found.figure
    content = {
        "holder_id": holder_id,
        "name": about.name,
        "label": about.label,
        "unit": about.unit,
        "names": found.names,
        "records": [_record_told(record, amount) for record, amount in shown],
    }
    return answered({**_point(scored), **content, **seen})


def _record_told(record: Counted, amount: str) -> dict[str, Any]:
    return {
        "label": record.label,
        "on": record.on,
        "amount": amount,
        "project_id": record.project_id,
    }
