"""The score of everybody, of one holder, and what each figure counts."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yipanqi.assessment.forms import GoneForm, PointForm
from yipanqi.assessment.reads.boards import groups_of, told_boards
from yipanqi.assessment.reads.entering import words_on
from yipanqi.assessment.reads.judging import self_scores
from yipanqi.assessment.reads.live import Holder, Live, live, opened
from yipanqi.assessment.reads.told import (
    group_rows,
    in_scope,
    reward_sums,
    told_lines,
    told_rewards,
)
from yipanqi.assessment.rules.methods import concerns
from yipanqi.assessment.rules.sheets import ScoredGroup
from yipanqi.assessment.rules.workbook import to_workbook
from yipanqi.core.clock import today
from yipanqi.core.problems import Refused
from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.rules import Can

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _seen(request: PersonRequest) -> tuple[Live | None, dict[str, object]]:
    """The sheet that the address asks for, and what every score page shows around it."""
    form = PointForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    day = asked.get("day") or today()
    code = asked.get("method", "")
    scored = live(request.user.place_id, day=day, seq=asked.get("seq"), code=code)
    if scored is None and code:
        raise Http404
    point = {"day": asked.get("day"), "seq": asked.get("seq")}
    return scored, {"live": scored, "day": day, "point": point, "group": asked.get("group")}


def assessed(request: PersonRequest, holder_id: int) -> tuple[Live, Holder, dict[str, object]]:
    """The same, for one holder; somebody who is not assessed does not exist here."""
    scored, context = _seen(request)
    for holder in scored.holders.values() if scored else ():
        if scored and holder.pk == holder_id:
            return scored, holder, context | {"holder": holder}
    raise Http404


@require_GET
@needs(Can.SEE_SCORE)
def scores(request: PersonRequest) -> HttpResponse:
    """The ranking of every group, with who is named for what."""
    scored, context = _seen(request)
    if scored is None:
        return render(request, "assessment/no_method.html", context)
    groups = groups_of(scored) or [ScoredGroup(group=scored.method.groups[0].group, rows=())]
    chosen = next((g for g in groups if g.group == context["group"]), groups[0])
    ruled = scored.method.group_named(chosen.group)
    context |= {
        "groups": groups,
        "has_told": any(figure.is_told for figure in scored.method.figures),
        "boards": told_boards(scored, chosen.group),
        "chosen": chosen,
        "items": [item.item for item in ruled.items],
        "parts": [part.part for part in ruled.parts],
        "graded": any(concerns(grade.groups, chosen.group) for grade in scored.method.grades),
        "rows": group_rows(scored, chosen),
        "named": [listed for listed in scored.sheet.lists if chosen.group in listed.groups],
        "rewards": reward_sums(
            scored, [h.name for h in scored.holders.values() if h.group == chosen.group]
        ),
    }
    return render(request, "assessment/scores.html", context)


@require_GET
@needs(Can.SEE_SCORE)
def score(request: PersonRequest, holder_id: int) -> HttpResponse:
    """One holder's points, each line with its formula, its figures and its reason."""
    scored, holder, context = assessed(request, holder_id)
    if not scored.has_total(holder):
        raise Http404
    group = scored.group_of(holder.name)
    row = scored.row(holder.name)
    context |= {
        "row": row,
        "methods": [one for one, pks in scored.versions.items() if holder.pk in pks],
        "total": scored.sheet.printed(row.total),
        "size": len(group.rows),
        "full": scored.method.full_of(holder.group),
        "lines": told_lines(scored, holder),
        "rewards": told_rewards(scored, holder),
        "added": scored.added_to(holder),
        "own": self_scores(scored, holder),
        "problems": [p for p in scored.sheet.problems if holder.name in p.where],
    }
    return render(request, "assessment/score.html", context)


@require_GET
@needs(Can.SEE_SCORE)
def figure(request: PersonRequest, holder_id: int, name: str) -> HttpResponse:
    """The records behind a figure: those in one's scope, and in one line how many are not."""
    scored, holder, context = assessed(request, holder_id)
    try:
        found = opened(scored, holder, name)
    except Refused as refused:
        raise Http404 from refused
    visible = Project.objects.visible_to(request.user)
    context |= {"opened": found, **in_scope(found.records, found.value, visible)}
    if found.figure.is_told:
        place = request.user.reach(Can.TELL_FIGURE).places
        context |= {"words": words_on(scored, holder, str(found.figure.asked["indicator"]))}
        context |= {"may_tell": bool(place), "gone": GoneForm()}
    return render(request, "assessment/figure.html", context)


@require_GET
@needs(Can.SEE_SCORE)
def score_sheet(request: PersonRequest) -> HttpResponse:
    """The whole sheet as a workbook whose points are live formulas."""
    scored, _ = _seen(request)
    if scored is None:
        raise Http404
    response = HttpResponse(to_workbook(scored.sheet), content_type=XLSX)
    name = f"scores-{scored.at.day.isoformat()}-{scored.at.seq}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
