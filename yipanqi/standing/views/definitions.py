"""A place's definitions in the browser: a new page is previewed, then adopted; versions are compared."""

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused, blocking
from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.place.models import SettingsVersion
from yipanqi.place.reads import presets
from yipanqi.place.rules import compared, lines_of
from yipanqi.standing.actions import adopt_definitions
from yipanqi.standing.forms.place import DefinitionsForm, PairForm, digest_of
from yipanqi.standing.measures.indicators import measures_of
from yipanqi.standing.reads.adoption import Preview, previewed
from yipanqi.standing.views.sent import files, number_in, posted


def _versions(request: PersonRequest) -> QuerySet[SettingsVersion]:
    """The versions of one's own place, the newest first."""
    seen = SettingsVersion.objects.visible_to(request.user).filter(place=request.user.place_id)
    return seen.select_related("place").order_by("-number")


@require_http_methods(["GET", "POST"])
@needs(Can.SET_PLACE)
def place_edit(request: PersonRequest) -> HttpResponse:
    """Paste or upload a page, see what it changes, adopt it; until then nothing is written."""
    places = Unit.objects.visible_to(request.user)
    place = get_object_or_404(places, pk=request.user.place_id)
    newest = _versions(request).first()
    form = DefinitionsForm(posted(request), files(request), initial=_begun(request, newest))
    problems, preview = cast(Sequence[Problem], ()), None
    if request.method == "POST":
        try:
            text = form.page()
            seen = form.cleaned_data["seen"]
            form = _again(form, text, newest)
            preview = _preview(request, place, text)
            if "adopt" in request.POST and seen == digest_of(text):
                return _adopted(request, place, text)
        except Refused as refused:
            problems = refused.problems
    context = {
        "form": form,
        "problems": problems,
        "preview": preview,
        "may_adopt": preview is not None and not blocking(preview.problems),
        "newest": newest,
        "moved_on": "adopt" in request.POST and not problems,
    }
    return render(request, "standing/place_edit.html", context, status=422 if problems else 200)


def _begun(request: PersonRequest, newest: SettingsVersion | None) -> dict[str, object]:
    """What stands in the form at first: the newest page, or an older one that is asked for."""
    base = newest
    for preset in presets() if "preset" in request.GET else ():
        if preset.name == request.GET["preset"]:
            text = preset.named(Unit.objects.get(pk=request.user.place_id).name)
            return {"text": text, "after": newest.number if newest else 0}
    if (number := number_in(request, "base")) is not None:
        base = get_object_or_404(_versions(request), number=number)
    return {"text": base.text if base else "", "after": newest.number if newest else 0}


def _again(form: DefinitionsForm, text: str, newest: SettingsVersion | None) -> DefinitionsForm:
    """The form as it is shown once more: what came as a file stands in it, and what is previewed now."""
    return DefinitionsForm(
        initial={
            "text": text,
            "after": newest.number if newest else 0,
            "seen": digest_of(text),
            "back_dated": form.cleaned_data["back_dated"],
        }
    )


def _preview(request: PersonRequest, place: Unit, text: str) -> Preview:
    projects = Project.objects.visible_to(request.user).filter(place=place)
    preview = previewed(text, projects, place=place, today=today())
    measures_of(preview.settings.indicators)
    return preview


def _adopted(request: PersonRequest, place: Unit, text: str) -> HttpResponse:
    """Adopt what was previewed, and show it."""
    version = adopt_definitions(
        place=place,
        text=text,
        after=int(request.POST.get("after") or 0),
        back_dated="back_dated" in request.POST,
        by=request.user,
        at=now(),
    )
    told = {"number": version.number, "on": version.happened_on}
    if version.happened_on > today():
        messages.success(request, _("第 %(number)s 版已启用，%(on)s 起生效") % told)
    else:
        messages.success(request, _("第 %(number)s 版已启用并生效，各项目期限已按它重算") % told)
    return redirect("place_version", version_id=version.pk)


@require_GET
@needs(Can.SEE_PLACE)
def place_compare(request: PersonRequest) -> HttpResponse:
    """Any two versions side by side: by heading in words, and line by line."""
    versions = {version.number: version for version in _versions(request)}
    numbers = sorted(versions, reverse=True)
    if not numbers:
        raise Http404
    initial = {"old": numbers[min(1, len(numbers) - 1)], "new": numbers[0]}
    form = PairForm({**initial, **request.GET.dict()}, numbers=numbers)
    if not form.is_valid():
        raise Http404
    old, new = (versions[form.cleaned_data[name]] for name in ("old", "new"))
    context = {
        "form": form,
        "old": old,
        "new": new,
        "changes": compared(old.settings, new.settings),
        "lines": lines_of(old.text, new.text),
    }
    return render(request, "standing/place_compare.html", context)


@require_GET
@needs(Can.SEE_PLACE)
def place_export(request: PersonRequest, version_id: int) -> HttpResponse:
    """One version as the file that it is."""
    version = get_object_or_404(_versions(request), pk=version_id)
    response = HttpResponse(version.text, content_type="application/yaml; charset=utf-8")
    name = f"place-{version.number}-{version.happened_on.isoformat()}.yaml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
