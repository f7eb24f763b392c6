"""One search for everything: a page, and the same results for the palette (Ctrl K)."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yipanqi.core.clock import today
from yipanqi.dashboards.reads.find import found, pages
from yipanqi.org.access import PersonRequest, signed_in
from yipanqi.standing.shell import shell

LONGEST = 60


@require_GET
@signed_in
def find(request: PersonRequest) -> HttpResponse:
    """Everything in one's sight that has this text in its name."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    groups = found(request.user, text, as_of=today())
    here = pages(request.user, text, _nav(request))
    if here.rows:
        groups.append(here)
    partly = request.htmx and not request.htmx.history_restore_request
    page = "dashboards/_found.html" if partly else "dashboards/find.html"
    return render(request, page, {"q": text, "groups": groups})


def _nav(request: PersonRequest) -> Iterator[tuple[str, str]]:
    """The entries of the navigation that are shown to this person."""
    nav = shell(request)["nav"]
    assert isinstance(nav, list)
    for _, doors in nav:
        for door in doors:
            yield door.label, door.url
