"""Tasks: everybody's, one holder's, the records behind a figure, who has none."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.core.sheets import Sheet
from yipanqi.facts.targets.models import Target
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import says, taken_away
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.rules import Settings
from yipanqi.standing.access import holder_in_sight
from yipanqi.standing.forms.fields import asked_in
from yipanqi.standing.forms.targets import TargetFilter, YearForm
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.reads.holding import Part, gaps, holding_of
from yipanqi.standing.reads.pace import days_to_quarters_end
from yipanqi.standing.reads.sheets import target_columns
from yipanqi.standing.reads.tasks import (
    Overview,
    holders_of,
    members_of,
    opened,
    overview,
    point_on,
)
from yipanqi.standing.shell import here
from yipanqi.standing.views.sent import number_in

MEMBERS = "members"
NARROWING = ("indicator", "group", "state")


def point(request: PersonRequest) -> tuple[Settings, AsOf]:
    """The definitions and the point that a page of tasks is looked at from; 404 before there were any."""
    frame = here(request)
    if frame.settings is None or frame.place_id is None:
        raise Http404
    day = YearForm(request.GET).at(frame.today)
    settings, at = point_on(frame.place_id, day, frame.today)
    return settings, replace(at, seq=min(number_in(request, "seq") or at.seq, at.seq))


@needs(Can.SEE_TARGET)
def targets(request: PersonRequest) -> HttpResponse | FileResponse:
    """Everybody's tasks in a year, by kind of unit, as of a day."""
    if here(request).settings is None:
        return render(request, "standing/unsettled.html")
    settings, at = point(request)
    units = holders_of(request.user, at.day.year)
    kinds = [(kind, Kind(kind).label) for kind in dict.fromkeys(unit.kind for unit in units)]
    form = TargetFilter(request.GET, indicators=settings.indicators, kinds=kinds)
    asked = form.asked()
    context: dict[str, Any] = {"form": form, "at": at, "asked": asked}
    found = overview(units, settings, at, asked, place_id=request.user.place_id)
    file, problems = taken_away(request, Listed.TARGETS, _sheet(request, form, found, at))
    if file:
        return file
    context |= {"found": found, "problems": problems}
    context["chosen"] = settings.indicator(asked.indicator)
    context["query"] = _query(request)
    context["days_left"] = days_to_quarters_end(at.day)
    return render(request, "standing/targets.html", context, status=422 if problems else 200)


def _sheet(request: PersonRequest, form: TargetFilter, found: Overview, at: AsOf) -> Sheet:
    """The holders that are shown, with every indicator in which any of them has a task."""
    used = {one.code for group in found.groups for one in group.indicators}
    asked = [_("%(year)d 年") % {"year": at.day.year}]
    return Sheet(
        title=_("任务"),
        says=says(request, [*asked, *asked_in(form, NARROWING)], at.day.isoformat()),
        columns=target_columns(one for one in found.board.indicators if one.code in used),
        rows=[row for group in found.groups for row in group.rows],
    )


def _query(request: PersonRequest) -> str:
    """Day and year of the page, for the doors on it."""
    kept = request.GET.copy()
    for name in set(kept) - {"day", "year", "seq"}:
        del kept[name]
    return kept.urlencode()


@require_GET
@needs(Can.SEE_TARGET)
def holder_targets(request: PersonRequest, unit_id: int) -> HttpResponse:
    """One holder: own and pledged, its people, its members, every word on its tasks."""
    unit = holder_in_sight(request.user, unit_id)
    settings, at = point(request)
    person = request.user
    below = holders_of(person, at.day.year) if unit.parent_id is None else ()
    held = holding_of(unit, settings, at, below=below)
    context: dict[str, Any] = {"held": held, "at": at, "unit": unit}
    context["history"] = [_word(word, settings) for word in held.history]
    context["split"] = [_split(part) for part in held.parts]
    context["may_set"] = person.reach(Can.SET_TARGET).covers(unit.path)
    context["may_split"] = person.reach(Can.SPLIT_TARGET).covers(unit.path)
    context["may_pledge"] = person.reach(Can.PLEDGE).covers(unit.path)
    context["query"] = _query(request)
    return render(request, "standing/holder_targets.html", context)


def _word(word: Target, settings: Settings) -> tuple[Target, str, str]:
    """A word on a task with the name of its indicator and the amount in its unit."""
    one = settings.indicator(word.indicator)
    if one is None:
        return word, word.indicator, str(word.amount)
    return word, one.name, f"{one.told(word.amount)}{one.unit}"


def _split(part: Part) -> tuple[Part, str, str, str]:
    """What of a task went to people, over and short, told in the unit."""
    told = part.pace.indicator.told
    return part, told(part.given), told(part.over), told(part.short)


@require_GET
@needs(Can.SEE_TARGET)
def target_records(request: PersonRequest) -> HttpResponse:
    """The records behind a figure of a holder or of several together."""
    settings, at = point(request)
    indicator = settings.indicator(request.GET.get("indicator", ""))
    if indicator is None or not indicator.counts:
        raise Http404
    chosen = number_in(request, "holder")
    unit = holder_in_sight(request.user, chosen) if chosen else None
    alone = unit is not None and unit.parent_id is not None and MEMBERS not in request.GET
    holders = _counted_for(request, unit, at)
    found = opened(request.user, indicator, holders, at, alone=alone)
    rows = [(record, indicator.told(record.amount)) for record in found.shown]
    context: dict[str, Any] = {"found": found, "at": at, "unit": unit, "alone": alone, "rows": rows}
    context["group"] = _kind(request)
    context["query"] = _query(request)
    return render(request, "standing/target_records.html", context)


def _counted_for(request: PersonRequest, unit: Unit | None, at: AsOf) -> Sequence[int]:
    """Whose figure is opened: a holder's, its members', a kind's, everybody's."""
    if unit is not None and unit.parent_id is not None:
        return members_of([unit.pk], at.seq)[unit.pk] if MEMBERS in request.GET else [unit.pk]
    kind = _kind(request)
    units = holders_of(request.user, at.day.year)
    return [one.pk for one in units if kind is None or one.kind == kind]


def _kind(request: PersonRequest) -> Kind | None:
    asked = request.GET.get("group", "")
    if asked and asked not in Kind.values:
        raise Http404
    return Kind(asked) if asked else None


@require_GET
@needs(Can.SEE_TARGET)
def target_gaps(request: PersonRequest) -> HttpResponse:
    """Who has no task: whole units, and in the others the people without any."""
    settings, at = point(request)
    found = gaps(holders_of(request.user, at.day.year), settings, at)
    context = {"gaps": found, "at": at, "people": sum(len(gap.people) for gap in found)}
    context["units"] = sum(not gap.has_task for gap in found)
    return render(request, "standing/target_gaps.html", context)
