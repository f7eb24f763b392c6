"""A round of judging is opened from what the method asks."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from yipanqi.assessment.forms.rounds import ROUND_FORMS, RoundForm
from yipanqi.assessment.reads.judging import citable, possible_raters, unopened
from yipanqi.assessment.reads.live import Live, live
from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.judging.actions import open_round
from yipanqi.facts.judging.rules import Way
from yipanqi.jobs.actions import once
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.models import Unit
from yipanqi.org.rules import Can
from yipanqi.standing.views.sent import posted, status_of


@needs(Can.OPEN_ROUND)
def round_new(request: PersonRequest) -> HttpResponse:
    """Open a round: who is judged and for what comes from the method, who judges is chosen."""
    scored = live(request.user.place_id, day=today(), code=request.GET.get("method", ""))
    if scored is None:
        return render(request, "assessment/no_method.html", {"live": None})
    way = request.GET.get("way", Way.JUDGED)
    if way not in Way.values:
        raise Http404
    form, problems = _form(request, Way(way), scored), tuple[Problem, ...]()
    if form.is_bound:
        try:
            opened = _opened(request, form)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已开评，该评的人会在“今日”看到"))
            return redirect("round", opened)
    context = {
        "form": form,
        "way": Way(way),
        "ways": Way,
        "live": scored,
        "methods": list(scored.versions),
        "unopened": unopened(scored),
        "problems": problems,
    }
    return render(request, "assessment/round_new.html", context, status=status_of(request))


def _form(request: PersonRequest, way: Way, scored: Live) -> RoundForm:
    label = scored.period.label
    initial = {"key": uuid.uuid4().hex, "period": label, "opens_on": today()}
    if way in {Way.JUDGED, Way.SELF}:
        initial["name"] = f"{label} {way.label}"
    return ROUND_FORMS[way](
        posted(request),
        scored=scored,
        units=list(possible_raters(request.user)),
        documents=[(one.pk, str(one)) for one in citable(request.user)],
        initial=initial,
    )


def _opened(request: PersonRequest, form: RoundForm) -> int:
    """Open it once, however often the button is pressed; the number of the round."""
    typed = checked(form)
    new = form.new()
    document = citable(request.user).filter(pk=typed["document"]).first()
    place = get_object_or_404(Unit.objects.visible_to(request.user), pk=request.user.place_id)
    asked = {"new": repr(new), "document": typed["document"], "clause": typed["clause"]}

    def do() -> dict[str, object]:
        made = open_round(
            place=place,
            new=new,
            document=document,
            clause=typed["clause"],
            by=request.user,
            at=now(),
        )
        return {"round": made.pk}

    return int(
        str(once(person_id=request.user.pk, key=typed["key"], request=asked, do=do)["round"])
    )
