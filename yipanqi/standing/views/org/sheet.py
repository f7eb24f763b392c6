"""The one page on which something of the organisation is set, and what such pages are about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from yipanqi.core.problems import Problem, Refused
from yipanqi.org.access import PersonRequest
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.views.sent import status_of

Typed = dict[str, Any]  # what a form makes of what was typed


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form as a page: what it is called, where it came from, what its button says."""

    heading: str
    back: str
    submit: str
    done: str
    sub: str = ""
    danger: bool = False


def filled(
    request: PersonRequest, form: forms.Form, sheet: Sheet, do: Callable[[Typed], str | None]
) -> HttpResponse:
    """Show a form; once it is sent do what it says, or show it again with what stands in the way.

    `do` may answer where to go; else it goes back to where it came from.
    """
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            where = do(checked(form))
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, sheet.done)
            return redirect(where or sheet.back)
    context = {"form": form, "sheet": sheet, "problems": problems}
    return render(request, "standing/org/form.html", context, status=status_of(request))
