"""The history of a record: who changed what, when, from what to what."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from yipanqi.org.access import PersonRequest, signed_in
from yipanqi.standing.reads.history import SOURCES, entries_about, told
from yipanqi.standing.shell import here

PAGE = 50


@signed_in
def history(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Every entry about one record; a record out of sight has no history."""
    source = SOURCES.get(kind)
    if source is None or not request.user.may(source.right):
        raise Http404
    record = get_object_or_404(source.visible(request.user), pk=pk)
    entries = entries_about(record, request.user)
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    context = {
        "record": record,
        "back": BACK.get(kind, ""),
        "page": page,
        "rows": told(list(page), request.user, here(request).settings),
    }
    return render(request, "standing/history.html", context)


BACK = {"project": "project", "unit": "unit", "person": "person"}
"""The page of a record itself, by its name."""
