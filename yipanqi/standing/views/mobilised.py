"""Mobilisation: who has held the meeting and issued the measures by the day, who has not."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yipanqi.core.clock import now
from yipanqi.core.files import content_of
from yipanqi.core.problems import Problem, Refused, refuse_if_blocked
from yipanqi.facts.returns.actions import answer_call, call_to_mobilise
from yipanqi.facts.returns.models import Mobilisation, Mobilised
from yipanqi.facts.returns.rules import State
from yipanqi.jobs.actions import once
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.models import Document
from yipanqi.standing.access import call_to_answer
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.forms.mobilised import AnswerForm, CallForm
from yipanqi.standing.reads.mobilised import calls_of, standing_of, tally
from yipanqi.standing.shell import here
from yipanqi.standing.views.evidence import Laid, laid_down
from yipanqi.standing.views.sent import files, handed_out, number_in, posted, status_of

ANSWERED = ("held_on", "issued_on", "present", "remarks")


@needs(Can.SEE_TARGET)
def mobilised(request: PersonRequest) -> HttpResponse:
    """The units that were called and how each stands: in time, late, not yet."""
    return _page(request)


def _page(request: PersonRequest, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    calls, frame = list(calls_of(request.user)), here(request)
    wanted = number_in(request, "call")
    call = next((one for one in calls if wanted in (None, one.pk)), None)
    if wanted is not None and call is None:
        raise Http404
    rows = standing_of([call], person=request.user, as_of=frame.today) if call else []
    state = request.GET.get("state", "")
    context = {
        "calls": calls,
        "call": call,
        "tally": tally(rows),
        "called": len(rows),
        "states": [(one.value, tally(rows)[one]) for one in State],
        "state": state,
        "rows": [row for row in rows if state in ("", row.state)],
        "owed": [row for row in rows if row.mine and row.answer is None],
        "own_unit": request.user.acting_unit_id,
        "problems": problems,
    }
    status = 422 if problems else 200
    return render(request, "standing/mobilised.html", context, status=status)


@needs(Can.SET_TARGET)
def mobilisation_new(request: PersonRequest) -> HttpResponse:
    """Call units to mobilise by a day."""
    documents = Document.objects.visible_to(request.user).newest().order_by("-issued_on", "-pk")
    form = CallForm(
        posted(request),
        documents=[(one.pk, str(one)) for one in documents],
        initial={"key": uuid.uuid4().hex},
    )
    problems: tuple[Problem, ...] = ()
    if form.is_bound:
        try:
            call_id = _called(request, form)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已部署，各单位会在这一页看到"))
            return redirect(f"{reverse('mobilised')}?call={call_id}")
    context = {"form": form, "problems": problems}
    return render(request, "standing/mobilisation_form.html", context, status=status_of(request))


def _called(request: PersonRequest, form: CallForm) -> int:
    typed = checked(form)
    key, asked = typed.pop("key"), {**typed, "due_on": str(typed["due_on"])}
    document = Document.objects.visible_to(request.user).filter(pk=typed.pop("document")).first()
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)

    def do() -> dict[str, object]:
        typed["kinds"] = [Kind(kind) for kind in typed["kinds"]]
        made = call_to_mobilise(place=place, document=document, by=request.user, at=now(), **typed)
        return {"call": made.pk}

    return int(str(once(person_id=request.user.pk, key=key, request=asked, do=do)["call"]))


@needs(Can.REPORT_MOBILISED)
def mobilised_form(request: PersonRequest, call_id: int, unit_id: int) -> HttpResponse:
    """A unit's meeting and measures: reported, or corrected by another report."""
    call, unit = call_to_answer(request.user, call_id, unit_id)
    before = Mobilised.objects.filter(call=call, unit=unit).order_by("-seq").first()
    form, laid = _answer_form(request, before), Laid()
    problems: tuple[Problem, ...] = ()
    if form.is_bound:
        laid = laid_down(request)
        try:
            _answered(request, form, laid, before, call=call, unit=unit)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已报"))
            return redirect(f"{reverse('mobilised')}?call={call.pk}")
    context = {
        "call": call,
        "unit": unit,
        "form": form,
        "laid": laid,
        "before": before,
        "problems": problems,
    }
    return render(request, "standing/mobilised_form.html", context, status=status_of(request))


def _answer_form(request: PersonRequest, before: Mobilised | None) -> AnswerForm:
    initial: dict[str, object] = {"key": uuid.uuid4().hex}
    if before is not None:
        initial |= {name: getattr(before, name, None) for name in ANSWERED}
        initial["held_on"] = before.happened_on
    return AnswerForm(posted(request), files(request), initial=initial)


def _answered(
    request: PersonRequest,
    form: AnswerForm,
    laid: Laid,
    before: Mobilised | None,
    *,
    call: Mobilisation,
    unit: Unit,
) -> None:
    """Write the answer once; a correction without a new file keeps the old one."""
    refuse_if_blocked(laid.problems)
    held = form.held(laid.files or (before.files if before else ()))
    asked = {
        "call": call.pk,
        "unit": unit.pk,
        "present": held.present,
        "remarks": held.remarks,
        "held_on": str(held.held_on),
        "issued_on": str(held.issued_on),
        "files": [file.digest for file in held.files],
    }

    def do() -> dict[str, object]:
        return {"seq": answer_call(call=call, unit=unit, held=held, by=request.user, at=now()).pk}

    once(person_id=request.user.pk, key=form.cleaned_data["key"], request=asked, do=do)


@needs(Can.SEE_TARGET)
def mobilised_file(request: PersonRequest, answer_id: int, digest: str) -> HttpResponse:
    """Hand out the measures as they were laid down."""
    answer = get_object_or_404(Mobilised.objects.visible_to(request.user), pk=answer_id)
    file = next((one for one in answer.files if one.digest == digest), None)
    if file is None:
        raise Http404
    try:
        return handed_out(file, content_of(file))
    except Refused as refused:
        return _page(request, refused.problems)
