"""The list of projects in its shapes, and the page of one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from yipanqi.core.lists import Sorting, Table, address, page_of
from yipanqi.core.problems import Refused
from yipanqi.core.sheets import Sheet
from yipanqi.facts.projects.models import Project, ProjectQuerySet
from yipanqi.lists.reads import tabs_of
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import exported, says
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can, Kind, Reach
from yipanqi.place.rules import Settings
from yipanqi.standing.forms.filter import ALWAYS, NARROWING, ListFilter
from yipanqi.standing.reads.columns import NEWEST, USUAL, Row, columns_of, rows_of
from yipanqi.standing.reads.contacts import of_project
from yipanqi.standing.reads.grouping import DIMENSIONS, Group, Grouping
from yipanqi.standing.reads.listing import Totals, chosen, first_of_each, industries, totals_of
from yipanqi.standing.reads.page import Sheet as Page
from yipanqi.standing.reads.page import sheet_of
from yipanqi.standing.shell import Here, here

CARDS = 20
"""So many cards stand in a column of the board; the rest is behind its door."""

FUNDED = "name,lamp,stage,total,funds,landing,lead"
"""The columns of a list that is opened by the money that arrived."""

Shown = dict[str, Any]  # what a template takes


@needs(Can.SEE_PROJECT)
def projects(request: PersonRequest) -> HttpResponse | FileResponse:
    """The projects asked for: as rows, on a board, in groups, or as a file to take away."""
    frame, mine = here(request), Project.objects.visible_to(request.user)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    tabs = tabs_of(request.user, Listed.PROJECTS, request.GET)
    if tabs.first and request.method == "GET" and not request.GET:
        return HttpResponseRedirect(tabs.first)
    form = filter_of(request, frame.settings, mine, request.GET)
    listing = Listing(form, mine, frame.settings, frame, request.GET)
    shown: Shown = {"form": form, "tabs": tabs}
    if request.method == "POST":
        try:
            return listing.exported(request)
        except Refused as refused:
            shown["refused"] = refused.problems
    shown |= listing.shown()
    partly = request.htmx and not request.htmx.history_restore_request
    page = "standing/_rows.html" if partly else "standing/projects.html"
    status = 422 if "refused" in shown else 200
    return render(request, page, {**shown, "problems": form.problems()}, status=status)


def filter_of(
    request: PersonRequest, settings: Settings, mine: ProjectQuerySet, asked: QueryDict
) -> ListFilter:
    """What an address asks of the register, with everything that can be asked."""
    return ListFilter(
        asked,
        settings=settings,
        units=list(_units(request).values_list("pk", "name", "kind")),
        industries=industries(mine),
    )


def units_to_choose(request: PersonRequest) -> list[tuple[int, str]]:
    """The units of one's place, as a list to choose from."""
    return list(_units(request).values_list("pk", "name"))


def _units(request: PersonRequest) -> QuerySet[Unit]:
    units = Unit.objects.visible_to(request.user).exclude(kind=Kind.PLACE)
    return units.order_by("kind", "sort", "pk")


class Listing:
    """The projects that a filter finds, and their shapes."""

    def __init__(
        self,
        form: ListFilter,
        mine: ProjectQuerySet,
        settings: Settings,
        frame: Here,
        asked: QueryDict,
    ) -> None:
        self.form, self.settings, self.frame, self.asked = form, settings, frame, asked
        self.wanted = form.wanted()
        self.found = chosen(mine, self.wanted, settings, frame.today)
        self.grouping = Grouping(self.wanted, settings, frame.today)
        typed = form.cleaned_data
        columns = columns_of(settings)
        self.table = Table.of(columns, typed.get("cols", ""), USUAL)
        self.sorting = Sorting.of(columns, typed.get("sort", ""), NEWEST)

    def shown(self) -> Shown:
        """What the page shows."""
        totals = totals_of(self.found)
        by, then = self.form.levels
        shown: Shown = {
            "totals": totals,
            "ways": self._ways(),
            "chips": self._chips(),
            "folded": [self.form[name] for name in NARROWING if name not in ALWAYS],
            "more": sum(name not in ALWAYS for name, *_rest in self.form.said()),
            "cols": self.form.cleaned_data.get("cols", ""),
            "usual": address(self.asked, cols=None),
            "kept": [
                (name, value)
                for name, value in self.asked.items()
                if value and name not in ("cols", "page", "view")
            ],
        }
        if by:
            return shown | self._groups(by, then)
        if self.form.boarded:
            return shown | {"board": self._board()}
        return shown | self._rows(totals)

    def _rows(self, totals: Totals) -> Shown:
        ordered = self.sorting.apply(self.found)
        page = page_of(ordered, self.form.cleaned_data.get("page", ""), length=totals.number)
        found = ordered[page.start_index() - 1 : page.end_index()] if totals.number else ordered
        rows = rows_of(found, self.table.needs, self.settings, self.frame.today)
        funds = self.grouping.funds(self.found) if "funds" in self.table.keys else None
        return {
            "funds_fen": funds,
            "page": page,
            "rows": list(rows),
            "table": self.table,
            "heads": self.table.heads(self.sorting, self.asked),
        }

    def _groups(self, by: str, then: str) -> Shown:
        groups = [self._opened(group) for group in self.grouping.groups(self.found, by, then)]
        funds = self.grouping.funds(self.found)
        levels = [(key, label, key == then) for key, label in DIMENSIONS.items() if key != by]
        return {
            "groups": groups,
            "by": DIMENSIONS[by],
            "parted": by in ("unit", "leader"),
            "funds_fen": funds,
            "then": DIMENSIONS.get(then),
            "levels": levels,
            "funded": FUNDED,
        }

    def _opened(
        self, group: Group, outer: dict[str, str] | None = None
    ) -> tuple[Group, str, list[Any]]:
        """A group with the address that finds its projects, and what it is parted into."""
        door = {**(outer or {}), **(group.door or {})}
        url = address(self.asked, group=None, then=None, view=None, **door)
        return group, url, [self._opened(one, door) for one in group.inner]

    def _board(self) -> list[tuple[Group, str, list[Row], int]]:
        """A column for every stage in which there is anything, with the first of its cards."""
        groups = self.grouping.groups(self.found, "stage")
        ordered = self.sorting.apply(self.found)
        cards: dict[str, list[Row]] = {}
        first = first_of_each(ordered, [group.key for group in groups], CARDS)
        for row in rows_of(first, {"parts"}, self.settings, self.frame.today):
            cards.setdefault(row.project.stage, []).append(row)
        return [self._column(group, cards) for group in groups]

    def _column(self, group: Group, cards: dict[str, list[Row]]) -> Any:
        url = address(self.asked, show=None, view=None, **(group.door or {}))
        shown = cards.get(group.key.removeprefix("-"), [])
        return group, url, shown, group.number - len(shown)

    def _ways(self) -> list[tuple[str, str, bool]]:
        """The list, the board, and the ways of grouping."""
        by, boarded = self.form.levels[0], self.form.boarded
        plain = {"group": None, "then": None, "show": None}
        ways = [
            (_("列表"), address(self.asked, **plain), not by and not boarded),
            (_("看板"), address(self.asked, **{**plain, "show": "board"}), boarded and not by),
        ]
        return [
            *ways,
            (_("分组"), address(self.asked, **{**plain, "group": by or "stage"}), bool(by)),
        ]

    def _chips(self) -> list[tuple[str, str, str]]:
        """What is asked for, each with the address that no longer asks it."""
        return [
            (label, words, address(self.asked, **{name: None}))
            for name, label, words in self.form.said()
        ]

    def exported(self, request: PersonRequest) -> FileResponse:
        """Everything that was found, in this order and with these columns, as a file."""
        ordered = self.sorting.apply(self.found)
        asked = [f"{label} {words}" for _name, label, words in self.form.said()]
        sheet = Sheet(
            title=_("项目"),
            says=says(request, asked, self.frame.today.isoformat()),
            columns=self.table.written,
            rows=rows_of(ordered, self.table.needs, self.settings, self.frame.today),
        )
        return exported(request, Listed.PROJECTS, sheet)


@needs(Can.SEE_PROJECT)
def project(request: PersonRequest, project_id: int) -> HttpResponse:
    """One project: its way, what happened, who answers for it, what the next step needs."""
    frame = here(request)
    one = get_object_or_404(Project.objects.visible_to(request.user), pk=project_id)
    if frame.settings is None:
        return render(request, "standing/unsettled.html")
    sheet = sheet_of(one, frame.settings, as_of=frame.today)
    context = {
        "project": one,
        "sheet": sheet,
        "contacts": of_project(one, request.user),
        **rights_on(one, sheet, request.user),
    }
    return render(request, "standing/project.html", context)


def rights_on(project: Project, sheet: Page, person: Person) -> dict[str, bool]:
    """What a person may do with this project; nothing that its form would refuse them."""
    check = person.reach(Can.CHECK_PROJECT)
    amend = person.reach(Can.AMEND_PROJECT)
    place = f"/{project.place_id}/"
    return {
        "may_check": any(check.covers(seat.path) for seat in sheet.seats),
        "may_amend": _reached(amend, place, sheet.units),
        "may_claim": _reached(person.reach(Can.CLAIM), place, sheet.units),
        "may_arrange": place in amend.places,
    }


def _reached(reach: Reach, place: str, units: Iterable[Unit]) -> bool:
    return place in reach.places or any(reach.covers(unit.path) for unit in units)
