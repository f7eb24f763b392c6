"""The workbench: a method is written beside the score that it gives today."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from yipanqi.assessment.actions import adopt_method, drop_draft, keep_draft, problems_here
from yipanqi.assessment.forms import WorkbenchForm
from yipanqi.assessment.models import MethodDraft, MethodVersion
from yipanqi.assessment.reads.presets import preset_text
from yipanqi.assessment.reads.trial import Trial, told, trial
from yipanqi.assessment.rules.effects import ListEffect
from yipanqi.assessment.rules.reading import read_method
from yipanqi.assessment.rules.recipes import EMPTY
from yipanqi.assessment.views.help import at_hand
from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused, blocking
from yipanqi.ledger.rules import OPEN
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.standing.forms.place import digest_of
from yipanqi.standing.views.sent import files, number_in, posted

Begun = dict[str, object]


@require_http_methods(["GET", "POST"])
@needs(Can.SET_METHOD)
def method_edit(request: PersonRequest) -> HttpResponse:
    """Write a page, see what it gives and changes, adopt it; until then nothing is written."""
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    if request.method == "GET":
        form = WorkbenchForm(initial=_begun(request, place))
        return _shown(request, place, form, str(form.initial["text"]))
    form = WorkbenchForm(posted(request), files(request))
    form.full_clean()
    try:
        typed = form.typed()
    except Refused as refused:
        return _page(request, form, None, refused.problems)
    if "adopt" in request.POST and form.cleaned_data["seen"] == digest_of(typed["text"]):
        try:
            return _adopted(request, place, form, typed["text"])
        except Refused as refused:
            return _page(request, _again(form, typed), None, refused.problems)
    moved_on = "adopt" in request.POST
    return _shown(request, place, _again(form, typed), moved_on=moved_on, **typed)


def _shown(
    request: PersonRequest,
    place: Unit,
    form: WorkbenchForm,
    text: str,
    figures: str = "",
    *,
    moved_on: bool = False,
) -> HttpResponse:
    """The page with what the text gives, or with all that is wrong with it."""
    try:
        here = blocking(problems_here(read_method(text, unfinished=True), place))
        if here and not figures.strip():
            raise Refused(here)
        tried = trial(place, text, day=today(), figures=figures)
    except Refused as refused:
        return _page(request, form, None, refused.problems)
    shown = {"moved_on": moved_on, "seen": digest_of(text)}
    return _page(request, form, tried, (*tried.problems, *here), shown)


def _again(form: WorkbenchForm, typed: dict[str, str]) -> WorkbenchForm:
    """The form as it is shown once more: what came as files stands in it."""
    return WorkbenchForm(initial={**typed, "draft": form.cleaned_data.get("draft")})


def _page(
    request: PersonRequest,
    form: WorkbenchForm,
    tried: Trial | None,
    problems: Sequence[Problem],
    shown: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The whole page, or what has changed of it."""
    context = {"form": form, "trial": tried, "problems": problems, "day": today(), **(shown or {})}
    if tried is not None:
        context |= {"told": told(tried), "lists": _listed(tried)}
    status = 422 if problems and request.method == "POST" else 200
    if not request.htmx:
        context |= at_hand(request.user)
        return render(request, "assessment/workbench.html", context, status=status)
    if tried is not None:
        return render(request, "assessment/_trial.html", context, status=status)
    answer = render(request, "assessment/_said.html", context, status=status)
    return retarget(reswap(answer, "innerHTML"), "#said")


def _listed(tried: Trial) -> list[ListEffect]:
    """Lists on which somebody stands, or stood."""
    return [each for each in tried.effect.lists if each.holders or each.gone]


def _begun(request: PersonRequest, place: Unit) -> Begun:
    """What stands on the workbench at first: what is asked for, one's last draft, the method in force."""
    drafts = MethodDraft.objects.visible_to(request.user).order_by("-kept_at")
    if (key := number_in(request, "draft")) is not None:
        return _from_draft(get_object_or_404(drafts, pk=key))
    if preset := request.GET.get("preset"):
        return {"text": preset_text(preset, place.name) or _empty(place)}
    if "empty" in request.GET:
        return {"text": _empty(place)}
    if "method" not in request.GET and (draft := drafts.first()) is not None:
        return _from_draft(draft)
    version = _version(request, place)
    return {"text": version.text if version else _empty(place)}


def _from_draft(draft: MethodDraft) -> Begun:
    return {"text": draft.text, "draft": draft.pk}


def _empty(place: Unit) -> str:
    return EMPTY.format(place=place.name, year=today().year)


def _version(request: PersonRequest, place: Unit) -> MethodVersion | None:
    """The version that is asked for, or the one in force."""
    known = MethodVersion.objects.visible_to(request.user)
    code, number = request.GET.get("method", ""), number_in(request, "version")
    if number is None:
        return known.in_force(place.pk, seq=OPEN, code=code)
    return get_object_or_404(known.filter(place=place), code=code, number=number)


def _adopted(request: PersonRequest, place: Unit, form: WorkbenchForm, text: str) -> HttpResponse:
    """Adopt what was previewed, put its draft away, and show it."""
    after = form.cleaned_data["after"]
    version = adopt_method(place=place, text=text, after=after, by=request.user, at=now())
    if (draft := _draft(request)) is not None:
        drop_draft(draft=draft, by=request.user, at=now())
    messages.success(request, _("已采用%(version)s，得分从现在起按它算") % {"version": version})
    return redirect(f"{reverse('method')}?method={version.code}")


def _draft(request: PersonRequest) -> MethodDraft | None:
    """The draft on which the form was opened, if it is still there."""
    key = request.POST.get("draft", "")
    mine = MethodDraft.objects.visible_to(request.user)
    return mine.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None


@require_POST
@needs(Can.SET_METHOD)
def method_draft(request: PersonRequest) -> HttpResponse:
    """Keep what somebody is writing, or throw it away."""
    draft = _draft(request)
    if "drop" in request.POST:
        if draft is not None:
            drop_draft(draft=draft, by=request.user, at=now())
        messages.success(request, _("草稿已删去"))
        return redirect("method")
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        draft = keep_draft(text=text, draft=draft, by=request.user, at=now())
    except Refused as refused:
        form = WorkbenchForm(initial={"text": text})
        return _page(request, form, None, refused.problems)
    if request.htmx:
        return render(request, "assessment/_draft.html", {"draft": draft})
    messages.success(request, _("草稿已存，下次打开接着写"))
    return redirect(f"{reverse('method_edit')}?draft={draft.pk}")
