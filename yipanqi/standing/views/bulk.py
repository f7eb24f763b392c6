"""Many projects are changed in one stroke: chosen, previewed, changed, and undone once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yipanqi.core.clock import now
from yipanqi.core.forms import checked
from yipanqi.core.problems import Problem, Refused, refuse
from yipanqi.facts.projects.models import Project
from yipanqi.ledger.models import Entry
from yipanqi.lists.rules import kept_of
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.rules import Settings
from yipanqi.standing.actions.bulk import change_many, undo_bulk
from yipanqi.standing.forms.bulk import WANTED, BulkForm, refuse_unseen
from yipanqi.standing.models import BulkChange
from yipanqi.standing.reads.bulk import MOST, WORDS, Line, lines_of, previewed, told_of, undo_of
from yipanqi.standing.reads.desk import people_of, units_of
from yipanqi.standing.reads.listing import chosen
from yipanqi.standing.shell import here
from yipanqi.standing.views.projects import filter_of

PAGE = 100


@needs(Can.AMEND_PROJECT)
def bulk(request: PersonRequest) -> HttpResponse:
    """Say what is to change of the projects that were chosen; look at it; do it."""
    settings = here(request).settings
    if settings is None:
        return render(request, "standing/unsettled.html")
    if request.method != "POST":
        return _asked(request, settings)
    form = _form(request, settings, data=request.POST)
    lines: list[Line] = []
    try:
        typed = checked(form)
        if len(typed["projects"]) > MOST:
            raise _too_many(len(typed["projects"]))
        lines = previewed(request.user, form.ask(), settings, shown=typed["shown"])
        if "do" in request.POST:
            return _done(request, form, lines)
    except Refused as refused:
        return _page(request, form, lines, refused.problems, settings)
    return _page(request, form, lines, (), settings)


def _asked(request: PersonRequest, settings: Settings) -> HttpResponse:
    """The form for the projects that were ticked, or for all that a filter finds."""
    asked = kept_of(request.GET.get("of", ""))
    problems: Sequence[Problem] = ()
    try:
        keys = _keys(request, settings, asked)
    except Refused as refused:
        keys, problems = [], refused.problems
    initial = {"projects": ",".join(map(str, keys)), "of": asked, "what": "industry"}
    return _page(request, _form(request, settings, initial=initial), [], problems, settings)


def _keys(request: PersonRequest, settings: Settings, asked: str) -> list[int]:
    mine = Project.objects.visible_to(request.user)
    if "whole" in request.GET:
        form = filter_of(request, settings, mine, QueryDict(asked))
        checked(form)  # a question left out would find more than was meant
        found = chosen(mine, form.wanted(), settings, here(request).today)
    else:
        ticked = request.GET.getlist("projects")
        found = mine.filter(pk__in=[key for key in ticked if key.isdecimal() and len(key) < 19])
    keys = list(found.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise refuse(_("没有选中项目。请回到清单，勾选要改的项目，或先筛选再点“批量修改全部”"))
    if len(keys) > MOST:
        raise _too_many(found.count())
    return keys


def _too_many(number: int) -> Refused:
    text = _("选中了 %(number)d 个项目，一次最多改 %(most)d 个；请再缩小条件")
    return refuse(text % {"number": number, "most": MOST})


def _form(
    request: PersonRequest, settings: Settings, **given: Any
) -> BulkForm:  # what a form takes
    place = get_object_or_404(Unit, pk=request.user.place_id)
    people = people_of(place, here(request).today)
    return BulkForm(settings=settings, units=units_of(place), people=people, **given)


def _page(
    request: PersonRequest,
    form: BulkForm,
    lines: Sequence[Line],
    problems: Sequence[Problem],
    settings: Settings,
) -> HttpResponse:
    keys = str(form["projects"].value() or "")
    wide = request.user.reach(Can.AMEND_PROJECT).places
    kinds = [what for what in WANTED if wide or what in WORDS]
    context = {
        "form": form,
        "problems": problems,
        "number": len(keys.split(",")) if keys else 0,
        "kinds": [
            (form[what.value] if what.value in form.fields else None, what) for what in kinds
        ],
        "changing": [line for line in lines if not line.refusal],
        "staying": [line for line in lines if line.refusal],
        "seen": ",".join(f"{line.project.pk}:{line.shown}" for line in lines),
    }
    return render(request, "standing/bulk.html", context, status=422 if problems else 200)


def _done(request: PersonRequest, form: BulkForm, lines: Sequence[Line]) -> HttpResponse:
    """Change what was shown; what somebody changed since is shown anew before anything happens."""
    typed, ask = form.cleaned_data, form.ask()
    refuse_unseen(typed)
    made = change_many(
        what=ask.what,
        node=ask.node,
        lines=lines,
        asked=typed["of"],
        reason=typed["reason"],
        by=request.user,
        at=now(),
    )
    _say(request, made)
    return redirect("bulk_change", seq=made.pk)


def _say(request: PersonRequest, made: BulkChange) -> None:
    said = ngettext("已修改 %(count)d 个项目", "已修改 %(count)d 个项目", made.count)
    messages.success(request, said % {"count": made.count})


@needs(Can.AMEND_PROJECT)
def bulk_change(request: PersonRequest, seq: int) -> HttpResponse:
    """What one stroke changed, project by project; it is undone here, once."""
    made = get_object_or_404(BulkChange.objects.visible_to(request.user), pk=seq)
    settings = here(request).settings
    if settings is None:
        return render(request, "standing/unsettled.html")
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            undone = undo_bulk(bulk=made, by=request.user, at=now())
        except Refused as refused:
            problems = refused.problems
        else:
            _say(request, undone)
            return redirect("bulk_change", seq=undone.pk)
    context = _whole(request, made, settings)
    context["problems"] = problems
    return render(request, "standing/bulk_change.html", context, status=422 if problems else 200)


def _whole(request: PersonRequest, made: BulkChange, settings: Settings) -> dict[str, Any]:
    told, unseen = told_of(made, request.user)
    undone = BulkChange.objects.filter(undoes=made).first()
    open_ = made.undoes_id is None and undone is None
    undoing = undo_of(made, request.user, settings) if open_ else []
    left = _left(made, request, settings)
    return {
        "made": made,
        "entry": Entry.objects.get(pk=made.pk),
        "page": Paginator(told, PAGE).get_page(request.GET.get("page")),
        "unseen": unseen,
        "undone": undone,
        "undoing": [line for line in undoing if not line.refusal],
        "left": left or [line for line in undoing if line.refusal],
    }


def _left(made: BulkChange, request: PersonRequest, settings: Settings) -> list[Line]:
    """What an undoing could not give back."""
    if made.undoes is None:
        return []
    given = {pk for pk, *_values in lines_of(made)}
    return [
        line
        for line in undo_of(made.undoes, request.user, settings)
        if line.project.pk not in given
    ]


@needs(Can.AMEND_PROJECT)
def bulk_changes(request: PersonRequest) -> HttpResponse:
    """The strokes that this person may look at, the newest first."""
    seen = BulkChange.objects.visible_to(request.user)
    rows = seen.select_related("person", "undone").order_by("-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "standing/bulk_changes.html", {"page": page})
