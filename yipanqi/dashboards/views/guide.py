"""The guide from an empty ledger to the first bulletin."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yipanqi.core.clock import today
from yipanqi.dashboards.reads.guide import steps
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.rules import Can


@require_GET
@needs(Can.SEE_PLACE)
def guide(request: PersonRequest) -> HttpResponse:
    """What is done and what is missing until the first bulletin goes out."""
    listed = steps(request.user, today=today()) if request.user.place_id else []
    following = next((step for step in listed if not step.done), None)
    return render(request, "dashboards/guide.html", {"steps": listed, "following": following})
