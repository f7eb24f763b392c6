"""Where somebody begins: the first page that is theirs."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from yipanqi.org.access import PersonRequest, signed_in
from yipanqi.org.rules import Can


@require_GET
@signed_in
def home(request: PersonRequest) -> HttpResponse:
    """The projects; for those who see none, the place's definitions."""
    return redirect("projects" if request.user.may(Can.SEE_PROJECT) else "place")
