"""The methods of a place: read, and adopted anew."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.forms import MethodForm
from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.presets import preset_text
from yipanqi.core.clock import now
from yipanqi.core.problems import Refused
from yipanqi.ledger.rules import OPEN
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can


@require_GET
@needs(Can.SEE_SCORE)
def method(request: PersonRequest) -> HttpResponse:
    """A method in force: the regulation's sentences with the rule beside each."""
    known = MethodVersion.objects.visible_to(request.user)
    methods = known.all_in_force(request.user.place_id, seq=OPEN)
    code = request.GET.get("method", "")
    current = next((one for one in methods if code in {"", one.code}), None)
    if current is None and code:
        raise Http404
    versions = known.filter(code=current.code).order_by("-number") if current else known.none()
    number = request.GET.get("version", "")
    chosen = versions.filter(number=int(number)).first() if number.isdigit() else current
    context: dict[str, object] = {"version": chosen, "versions": versions, "methods": methods}
    context["may_set"] = request.user.may(Can.SET_METHOD)
    return render(request, "assessment/method.html", context)


@require_http_methods(["GET", "POST"])
@needs(Can.SET_METHOD)
def method_new(request: PersonRequest) -> HttpResponse:
    """Adopt a new version of the method, pasted or uploaded."""
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    known = MethodVersion.objects.visible_to(request.user)
    latest = known.in_force(place.pk, seq=OPEN, code=request.GET.get("method", ""))
    text = latest.text if latest else preset_text(request.GET.get("preset", ""), place.name)
    form = MethodForm(request.POST or None, request.FILES or None, initial={"text": text})
    problems: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            adopt_method(place=place, text=form.page(), by=request.user, at=now())
            return redirect("method")
        except Refused as refused:
            problems = refused.problems
    context = {"form": form, "problems": problems}
    return render(request, "assessment/method_new.html", context, status=422 if problems else 200)
