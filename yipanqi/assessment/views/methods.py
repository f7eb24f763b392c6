"""The methods of a place: read, compared, taken away."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yipanqi.assessment.models import MethodVersion
from yipanqi.ledger.rules import OPEN
from yipanqi.org.access import PersonRequest, needs
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
