"""The methods of a place: read, compared, taken away."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.trial import beside, told
from yipanqi.assessment.rules.differences import differences
from yipanqi.assessment.rules.methods import ANNUAL
from yipanqi.core.clock import today
from yipanqi.ledger.rules import OPEN
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.rules import Can
from yipanqi.place.rules import lines_of
from yipanqi.standing.forms.place import PairForm


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


@require_GET
@needs(Can.SEE_SCORE)
def method_compare(request: PersonRequest) -> HttpResponse:
    """Two versions of a method: what they say, and what they make of the same figures."""
    known = MethodVersion.objects.visible_to(request.user).filter(place=request.user.place_id)
    of_code = known.filter(code=request.GET.get("method") or ANNUAL)
    versions = {version.number: version for version in of_code}
    numbers = sorted(versions, reverse=True)
    if not numbers:
        raise Http404
    initial = {"old": numbers[min(1, len(numbers) - 1)], "new": numbers[0]}
    form = PairForm({**initial, **request.GET.dict()}, numbers=numbers)
    if not form.is_valid():
        raise Http404
    old, new = (versions[form.cleaned_data[name]] for name in ("old", "new"))
    tried = beside(new, old, day=today())
    context = {
        "form": form,
        "old": old,
        "new": new,
        "day": today(),
        "differences": differences(old.text, new.text),
        "lines": lines_of(old.text, new.text),
        "trial": tried,
        "told": told(tried),
        "lists": [each for each in tried.effect.lists if each.came or each.gone],
    }
    return render(request, "assessment/method_compare.html", context)
