"""The units of the place, one unit's page, and what is set there."""

from functools import partial

from django.db.models import Count, Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yipanqi.core import sheets
from yipanqi.core.clock import now, today
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.lists.rules import Listed
from yipanqi.lists.views import says, taken_away
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.actions import amend_unit, charge, close_unit, dissolve_group, open_unit, relieve
from yipanqi.org.models import Duty, Membership, Pairing, Post, Unit
from yipanqi.org.rules import Can, Function, Kind
from yipanqi.standing.access import unit_for
from yipanqi.standing.forms.organise import (
    CloseForm,
    DutyForm,
    UnitEditForm,
    UnitForm,
    WhyForm,
    named,
)
from yipanqi.standing.reads.organisation import (
    by_kind,
    groups_of,
    rows_of,
    term_lamp,
    units_of,
    unled,
)
from yipanqi.standing.reads.sheets import unit_columns
from yipanqi.standing.shell import here
from yipanqi.standing.views.org.sheet import Sheet, Typed, filled
from yipanqi.standing.views.sent import posted

SHOWS = ("vacant", "terms", "unled")


@needs(Can.SEE_ORG)
def org(request: PersonRequest) -> HttpResponse | FileResponse:
    """Every unit of the place by kind, who heads it, who reports for it, which terms run out."""
    rows = rows_of(request.user, here(request).today)
    without = {unit.pk for unit in unled(request.user)}
    lists = {
        "": rows,
        "vacant": [row for row in rows if row.vacant],
        "terms": [row for row in rows if row.terms],
        "unled": [row for row in rows if row.unit.pk in without],
    }
    asked = request.GET.get("show", "")
    shown = lists.get(asked, rows)
    kinds = by_kind(shown)
    words = {"vacant": _("没有联络员"), "terms": _("任期到期或将到期"), "unled": _("没有领导包保")}
    sheet = sheets.Sheet(
        title=_("单位"),
        says=says(request, [words[asked]] if asked in words else [], today().isoformat()),
        columns=unit_columns(),
        rows=[row for _label, listed in kinds for row in listed],
    )
    file, problems = taken_away(request, Listed.UNITS, sheet)
    if file:
        return file
    context = {
        "problems": problems,
        "kinds": kinds,
        "number": len(shown),
        "lists": {name or "all": len(listed) for name, listed in lists.items()},
        "show": asked if asked in lists else "",
        "duties": _duties(request),
    }
    return render(request, "standing/org/org.html", context, status=422 if problems else 200)


def _duties(request: PersonRequest) -> list[tuple[str, list[Duty]]]:
    """Which units have which function."""
    units = Unit.objects.visible_to(request.user).standing()
    duties = list(Duty.objects.current().filter(unit__in=units).select_related("unit"))
    return [
        (str(function.label), [duty for duty in duties if duty.function == function])
        for function in Function
    ]


@needs(Can.SEE_ORG)
def unit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """One unit: who serves and served in it, its functions and groups, which leader answers for it."""
    units = Unit.objects.visible_to(request.user).select_related("parent", "charter__office")
    found = get_object_or_404(units, pk=unit_id)
    day = here(request).today
    posts = list(found.posts.select_related("person").order_by("-to_on", "from_on", "pk"))
    context = {
        "unit": found,
        "held": [(post, term_lamp(post, day)) for post in posts if post.to_on is None],
        "past": [post for post in posts if post.to_on],
        "duties": Duty.objects.current().filter(unit=found),
        "member_of": Membership.objects.current().filter(unit=found).select_related("group"),
        "below": found.children.filter(closed_on__isnull=True).order_by("kind", "sort", "pk"),
        "projects": _projects(request, found),
        "settable": request.user.reach(Can.SET_ORG).covers(found.path) and not found.closed_on,
        "appointable": request.user.reach(Can.APPOINT).covers(found.path) and not found.closed_on,
        "scored": found.kind in _scored(),
    }
    context |= _paired(found)
    if found.is_group:
        context["group"] = groups_of(Unit.objects.filter(pk=found.pk), day)[0]
    return render(request, "standing/org/unit.html", context)


def _scored() -> frozenset[Kind]:
    """Kinds of unit that have tasks of their own everywhere."""
    return frozenset(Kind) - Kind.groups() - {Kind.PLACE}


def _paired(unit: Unit) -> dict[str, object]:
    """Who answers for it, and for what it answers."""
    pairings = Pairing.objects.current().filter(Q(unit=unit) | Q(seat=unit))
    listed = list(pairings.select_related("seat", "unit").order_by("pk"))
    seats = [one.seat_id for one in listed if one.unit_id == unit.pk]
    holders = Post.objects.held().filter(unit__in=seats, role="leader").select_related("person")
    named_by = {post.unit_id: post.person for post in holders}
    return {
        "leaders": [(p, named_by.get(p.seat_id)) for p in listed if p.unit_id == unit.pk],
        "answers": [p for p in listed if p.seat_id == unit.pk],
    }


def _projects(request: PersonRequest, unit: Unit) -> int | None:
    """How many projects in sight it takes part in; nothing for who sees no project."""
    if not request.user.may(Can.SEE_PROJECT):
        return None
    taking_part = Part.objects.current().exclude(role=PartRole.VERIFIER)
    parts = taking_part.filter(unit=unit, project__in=Project.objects.visible_to(request.user))
    return int(parts.aggregate(number=Count("project", distinct=True))["number"])


def unit_page(unit_id: int) -> str:
    """The address of one unit."""
    return reverse("unit", args=[unit_id])


@needs(Can.SET_ORG)
def unit_new(request: PersonRequest) -> HttpResponse:
    """Open a unit of the tree."""
    units = units_of(request.user)
    form = UnitForm(
        posted(request), parents=named(units), initial={"parent": request.user.place_id}
    )
    by_key = {unit.pk: unit for unit in units}

    def do(typed: Typed) -> str:
        parent = by_key[typed.pop("parent")]
        kind = Kind(typed.pop("kind"))
        made = open_unit(parent=parent, kind=kind, by=request.user, at=now(), **typed)
        return unit_page(made.pk)

    sheet = Sheet(
        heading=_("新设单位"), back=reverse("org"), submit=_("设立"), done=_("单位已设立")
    )
    return filled(request, form, sheet, do)


@needs(Can.SET_ORG)
def unit_edit(request: PersonRequest, unit_id: int) -> HttpResponse:
    """Rename, sort or move a unit; what it did stays with it."""
    found = unit_for(request.user, unit_id, Can.SET_ORG)
    parents = [one for one in units_of(request.user) if not one.path.startswith(found.path)]
    initial = {name: getattr(found, name) for name in ("name", "sort", "version")}
    form = UnitEditForm(
        posted(request), parents=named(parents), initial={**initial, "parent": found.parent_id}
    )
    if found.parent is None:
        del form.fields["parent"]

    def do(typed: Typed) -> None:
        version, reason = typed.pop("version"), typed.pop("reason")
        if "parent" in typed:
            typed["parent"] = next(one for one in parents if one.pk == typed["parent"])
        amend_unit(found, typed, version=version, reason=reason, by=request.user, at=now())

    sheet = Sheet(
        heading=_("修改%s") % found,
        back=unit_page(found.pk),
        submit=_("保存"),
        done=_("已保存"),
        sub=_("改名、调整隶属以后，原来的成绩和台账仍记在这个单位名下"),
    )
    return filled(request, form, sheet, do)


@needs(Can.SET_ORG)
def unit_close(request: PersonRequest, unit_id: int) -> HttpResponse:
    """Close a unit, or dissolve a group with the posts in it."""
    found = unit_for(request.user, unit_id, Can.SET_ORG)
    close = dissolve_group if found.is_group else close_unit
    form = CloseForm(posted(request), initial={"on": today(), "version": found.version})
    sheet = Sheet(
        heading=_("撤销%s") % found,
        back=unit_page(found.pk),
        submit=_("撤销"),
        done=_("已撤销"),
        danger=True,
        sub=_("撤销后不再列为现有单位，成员关系和包保同时解除，历史仍在；它名下的项目请先移交"),
    )
    do = partial(_close, close, found, request)
    return filled(request, form, sheet, do)


def _close(close: object, found: Unit, request: PersonRequest, typed: Typed) -> None:
    assert callable(close)
    close(found, by=request.user, at=now(), **typed)


@needs(Can.SET_ORG)
def duty_new(request: PersonRequest, unit_id: int) -> HttpResponse:
    """Give a unit a function for the whole place."""
    found = unit_for(request.user, unit_id, Can.SET_ORG)

    def do(typed: Typed) -> None:
        charge(found, Function(typed["function"]), by=request.user, at=now())

    sheet = Sheet(
        heading=_("明确%s的职能") % found,
        back=unit_page(found.pk),
        submit=_("保存"),
        done=_("职能已明确"),
    )
    return filled(request, DutyForm(posted(request)), sheet, do)


@needs(Can.SET_ORG)
def duty_end(request: PersonRequest, duty_id: int) -> HttpResponse:
    """Take a function from a unit."""
    duties = Duty.objects.filter(unit__in=Unit.objects.visible_to(request.user))
    duty = get_object_or_404(duties.select_related("unit"), pk=duty_id)
    unit_for(request.user, duty.unit_id, Can.SET_ORG)

    def do(typed: Typed) -> None:
        relieve(duty, by=request.user, at=now(), **typed)

    function = Function(duty.function).label
    told = _("免去%(unit)s的职能“%(function)s”") % {"unit": duty.unit, "function": function}
    sheet = Sheet(
        heading=told,
        back=unit_page(duty.unit_id),
        submit=_("免去"),
        done=_("职能已免去"),
        danger=True,
    )
    return filled(request, WhyForm(posted(request)), sheet, do)
