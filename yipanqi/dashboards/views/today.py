"""Today, and all that is due: how the year stands, what waits for me, what is late."""

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from yipanqi.core.lists import PER_PAGE, Counted
from yipanqi.dashboards.reads.due import Dues, dues
from yipanqi.dashboards.reads.keeping import keeping
from yipanqi.dashboards.reads.morning import morning
from yipanqi.dashboards.reads.now import Sight, now
from yipanqi.dashboards.rules import Due
from yipanqi.facts.projects.models import Project, ProjectQuerySet
from yipanqi.org.access import PersonRequest, signed_in
from yipanqi.org.rules import Can
from yipanqi.place.rules import Settings
from yipanqi.standing.shell import here
from yipanqi.standing.views.sent import number_in

FIRST = 7
"""So many matters stand on the first page; the others are one touch away."""


@require_GET
@signed_in
def today(request: PersonRequest) -> HttpResponse:
    """Where everybody begins, each with what is theirs."""
    frame, person = here(request), request.user
    context: dict[str, object] = {}
    if person.may(Can.APPOINT):
        context["keeping"] = keeping(person, as_of=frame.today)
    if frame.settings:
        mine = Project.objects.visible_to(person)
        context |= _standing(request, frame.settings, mine)
        found = dues(person, mine, frame.settings, as_of=frame.today, first=FIRST)
        context["dues"] = None if "keeping" in context and not found.total else found
    return render(request, "dashboards/today.html", context)


def _standing(
    request: PersonRequest, settings: Settings, mine: ProjectQuerySet
) -> dict[str, object]:
    """What is late, where projects stand, who is first and last."""
    frame, person, found = here(request), request.user, dict[str, object]()
    if person.may(Can.SEE_PROJECT):
        reach = person.reach(Can.SEE_PROJECT)
        sight = Sight(frame.head, frame.today, reach, get_language() or "", settings, mine)
        found |= {"nots": now(sight).nots, "stages": now(sight).stages}
    if person.may(Can.SEE_TARGET):
        found |= _of_this_morning(request)
    return found


def _of_this_morning(request: PersonRequest) -> dict[str, object]:
    """How far the year's tasks are, and who is first and last: as of the end of yesterday."""
    person = request.user
    early = morning(person, today=here(request).today)
    if early is None:
        return {}
    unit_id, point = person.acting_unit_id, f"day={early.day.isoformat()}&seq={early.seq}"
    own = early.of(unit_id) if unit_id and not person.reach(Can.SEE_PROJECT).places else []
    found: dict[str, object] = {"early": early, "point": point}
    found["cards"] = own or early.together()
    found["door"] = f"holder={unit_id}" if own else ""
    if early.ranks and person.may(Can.SEE_SCORE):
        group = early.ranks.group(request.GET.get("group", ""), unit_id)
        found |= {"ranks": early.ranks, "group": group, "ranked": group.shown(unit_id)}
    return found


@require_GET
@signed_in
def todo(request: PersonRequest) -> HttpResponse:
    """Everything that is due from me, page by page."""
    frame = here(request)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    number = max(number_in(request, "page") or 1, 1)
    found = _page_of(request, frame.settings, number)
    if found.total and not found.rows:  # beyond the last page stands the last page
        number = -(-found.total // PER_PAGE)
        found = _page_of(request, frame.settings, number)
    pages = Counted(Project.objects.none(), length=found.total)
    page: Page[Due] = Page(found.rows, number, pages)
    return render(request, "dashboards/todo.html", {"dues": found, "page": page})


def _page_of(request: PersonRequest, settings: Settings, number: int) -> Dues:
    start = (number - 1) * PER_PAGE
    day = here(request).today
    mine = Project.objects.visible_to(request.user)
    return dues(request.user, mine, settings, as_of=day, first=PER_PAGE, start=start)
