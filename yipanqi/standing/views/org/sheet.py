"""The one page on which something of the organisation is set, and what such pages are about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from yipanqi.core.problems import Problem, Refused
from yipanqi.org.access import PersonRequest
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Can
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


def unit_for(person: Person, unit_id: int, what: Can) -> Unit:
    """A unit that this person may do this with: 404 out of sight, 403 without the right."""
    unit = get_object_or_404(Unit.objects.visible_to(person).select_related("parent"), pk=unit_id)
    refuse_beyond(person, unit, what)
    return unit


def group_for(person: Person, group_id: int, what: Can) -> Unit:
    """The same of a group; another unit is not found."""
    unit = unit_for(person, group_id, what)
    if not unit.is_group:
        raise Http404
    return unit


def refuse_beyond(person: Person, unit: Unit, what: Can) -> None:
    """A right in one place is none in another."""
    if not person.reach(what).covers(unit.path):
        raise PermissionDenied


def person_for(person: Person, person_id: int) -> Person:
    """Somebody whom this person may manage: all whose posts lie where they may appoint."""
    other = get_object_or_404(Person.objects.visible_to(person), pk=person_id)
    for post in other.held:
        refuse_beyond(person, post.unit, Can.APPOINT)
    return other


def post_for(person: Person, post_id: int, what: Can) -> Post:
    """A post that this person may change."""
    posts = Post.objects.visible_to(person).select_related("unit", "person")
    post = get_object_or_404(posts, pk=post_id)
    refuse_beyond(person, post.unit, what)
    return post


def units_of(person: Person, *, groups: bool = True) -> list[Unit]:
    """The units of one's place that stand, as a list to choose from."""
    units = Unit.objects.visible_to(person).standing()
    if not groups:
        units = units.offices()
    return list(units.order_by("kind", "sort", "pk"))


def people_of(person: Person) -> list[tuple[int, str]]:
    """Everybody of one's place whose account is open, with the unit of the main post."""
    people = Person.objects.visible_to(person).filter(is_active=True).order_by("name", "pk")
    shown = people.prefetch_related("posts__unit")
    return [(one.pk, f"{one.name}（{_where(one)}）") for one in shown]


def _where(person: Person) -> str:
    posts = sorted(person.posts.all(), key=lambda post: (post.to_on is not None, not post.main))
    return posts[0].unit.name
