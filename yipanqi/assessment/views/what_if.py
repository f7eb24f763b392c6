"""A holder's score tried with other figures; a question and no change, so it stands in the address."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yipanqi.assessment.reads.what_if import what_if as tried
from yipanqi.assessment.views.scores import assessed
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.rules import Can


@require_GET
@needs(Can.SEE_SCORE)
def what_if(request: PersonRequest, holder_id: int) -> HttpResponse:
    """Other figures, the points that they would bring, and what one more of each is worth."""
    scored, holder, context = assessed(request, holder_id)
    if not scored.has_total(holder):
        raise Http404
    asked = [name for name in request.GET if name.startswith("f.")]
    typed = {name[2:]: request.GET.get(name, "") for name in asked}
    context |= {"tried": tried(scored, holder, typed), "row": scored.row(holder.name)}
    return render(request, "assessment/what_if.html", context)
