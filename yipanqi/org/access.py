"""The only gates: who is signed in, what they may do, and that pages stay private."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django_htmx.middleware import HtmxDetails

from yipanqi.ledger.reads import checkpoint
from yipanqi.org.models import Person
from yipanqi.org.rules import Can

P = ParamSpec("P")
OPEN_TO_ALL = "open"
OWN_PASSWORD = "account_change_password"  # noqa: S105 - the name of a page
"""Whoever signed in with a password for one time goes there first."""


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person
    htmx: HtmxDetails


View = Callable[Concatenate[PersonRequest, P], HttpResponseBase]


def needs(what: Can) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Let only people with this right into a page; what they find there is `visible_to` them."""

    def guarded(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.user.one_time:
                return redirect(OWN_PASSWORD)
            if not request.user.may(what):
                raise PermissionDenied
            return view(cast(PersonRequest, request), *args, **kwargs)

        inner.needs = what  # type: ignore[attr-defined]  # read by the house test
        return inner

    return guarded


def once_founded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever comes to an empty installation is shown how it begins."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # as the view does
        if request.method == "GET" and checkpoint().size == 0:
            return redirect("start")
        return view(request, *args, **kwargs)

    return inner


def known(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let everybody in who is signed in, also with a password for that one time."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(cast(PersonRequest, request), *args, **kwargs)

    inner.needs = "signed_in"  # type: ignore[attr-defined]  # read by the house test
    return inner


def signed_in(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Let everybody in who is signed in and has a password of one's own."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.one_time:
            return redirect(OWN_PASSWORD)
        return known(view)(request, *args, **kwargs)

    inner.needs = "signed_in"  # type: ignore[attr-defined]  # read by the house test
    return inner


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Nothing of what a signed-in person saw stays in a browser's or a proxy's store."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return middleware


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Accounts are given out by the office; nobody signs up."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Never."""
        return False
