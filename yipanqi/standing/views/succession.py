"""A post is handed over: what passes on is shown first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.actions import open_person
from yipanqi.org.models import Person, Post
from yipanqi.org.rules import Can
from yipanqi.standing.actions import succeed
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.forms.succession import SuccessionForm
from yipanqi.standing.reads.succession import Handover, handover_of, is_vacant
from yipanqi.standing.views.sent import posted, status_of


@needs(Can.APPOINT)
def succession(request: PersonRequest, post_id: int) -> HttpResponse:
    """Hand a post over to somebody, with everything that is open; the list stands beside the form."""
    post = _post(request, post_id)
    handover = handover_of(post, year=today().year)
    people = Person.objects.filter(is_active=True, posts__unit__path__startswith=_place(post))
    others = people.exclude(pk=post.person_id).distinct().order_by("name", "pk")
    form = SuccessionForm(
        posted(request),
        people=[(one.pk, f"{one.name}（{one.username}）") for one in others],
        initial={**_proposed(request), "on": today(), "seal": handover.seal},
    )
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            new = _handed_over(post, checked(form), request.user)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _done(new, handover))
            return redirect("history", kind="unit", pk=post.unit_id)
    context = {
        "post": post,
        "form": form,
        "problems": problems,
        "vacant": is_vacant(post),
        "others": Post.objects.held_on(today()).filter(person=post.person_id).exclude(pk=post.pk),
        **_shown(handover, request.user),
    }
    return render(request, "standing/succession.html", context, status=status_of(request))


def _proposed(request: PersonRequest) -> dict[str, object]:
    """Who takes over, where the address already says so."""
    name, username = (request.GET.get(key, "")[:40] for key in ("name", "username"))
    known = Person.objects.visible_to(request.user).filter(username=username).first()
    return {"successor": known.pk} if known else {"name": name, "username": username}


def _post(request: PersonRequest, post_id: int) -> Post:
    posts = Post.objects.visible_to(request.user).select_related("person", "unit")
    post = get_object_or_404(posts, pk=post_id)
    if not request.user.reach(Can.APPOINT).covers(post.unit.path):
        raise PermissionDenied
    return post


def _place(post: Post) -> str:
    return "/".join(post.unit.path.split("/")[:2]) + "/"


@transaction.atomic
def _handed_over(post: Post, typed: dict[str, Any], by: Person) -> Post | None:
    """The account of somebody new and the hand-over, both or neither."""
    successor = None
    if typed["successor"]:
        successor = Person.objects.get(pk=typed["successor"])
    elif typed["name"]:
        successor = open_person(username=typed["username"], name=typed["name"], by=by, at=now())
    return succeed(
        post=post, successor=successor, on=typed["on"], seal=typed["seal"], by=by, at=now()
    )


def _done(new: Post | None, handover: Handover) -> str:
    if new is None:
        return _("职务已空缺，%(number)d 项等接任的人") % {"number": handover.number}
    told = _("已交接给%(person)s，移交 %(number)d 项")
    return told % {"person": new.person, "number": handover.number}


def _shown(handover: Handover, person: Person) -> dict[str, object]:
    """What passes on, as far as it is in sight; how much is not."""
    ids = [part.project_id for part in handover.parts]
    seen = Project.objects.visible_to(person).filter(pk__in=ids)
    visible = set(seen.values_list("pk", flat=True))
    parts = [part for part in handover.parts if part.project_id in visible]
    return {"handover": handover, "parts": parts, "unseen": len(handover.parts) - len(parts)}
