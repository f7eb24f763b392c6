"""Views for programs: kept, changed, removed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from yipanqi.core.clock import now
from yipanqi.core.forms import checked
from yipanqi.core.schemas import (
    REFUSALS,
    Taken,
    answered,
    refuse_unknown,
    takes,
    typed_in,
)
from yipanqi.lists.actions import change_view, remove_view, save_view
from yipanqi.lists.forms import ChangeForm, ListedForm, SaveForm
from yipanqi.lists.models import SavedView
from yipanqi.lists.rules import Listed
from yipanqi.org.access import PersonRequest
from yipanqi.org.api import KEY, grants, once_for
from yipanqi.org.rules import Can

router = Router(tags=["视图"])


@takes(ListedForm, texts=True)
class ViewsAsked(Taken):
    """Of which list."""


@takes(SaveForm)
class ViewNew(Taken):
    """What is asked of which list, under which name."""


@takes(ChangeForm)
class ViewChanged(Taken):
    """The whole of a view, and the version that it was read at."""


class ViewTold(Schema):
    """A view; `query` is what stands in the address of its list."""

    id: int
    list: str
    name: str
    query: str
    shared: bool
    first: bool
    mine: bool
    version: int


class Views(Schema):
    """The views in sight of one list."""

    items: list[ViewTold]


@router.get("/views", response={200: Views, **REFUSALS}, summary="视图")
@grants(Can.SEE_PLACE)
def views(request: PersonRequest, asked: Query[ViewsAsked]) -> HttpResponse:
    """One's own views of a list, and those that the place shares."""
    refuse_unknown(request.GET, ViewsAsked)
    listed = checked(ListedForm(request.GET))["list"]
    rows = SavedView.objects.visible_to(request.user).filter(listed=listed)
    told = [_told(view, request) for view in rows.order_by("-shared", "name", "pk")]
    return answered({"items": told})


def _told(view: SavedView, request: PersonRequest) -> dict[str, object]:
    named = ("name", "query", "shared", "first", "version")
    return {
        "id": view.pk,
        "list": view.listed,
        **{name: getattr(view, name) for name in named},
        "mine": view.owner_id == request.user.pk,
    }


@router.post("/views", response={201: ViewTold, **REFUSALS}, summary="存视图")
@grants(Can.SEE_PLACE)
def save(request: PersonRequest, sent: ViewNew, key: str = KEY) -> HttpResponse:
    """Keep what is asked of a list under a name; sharing it needs the right to."""
    data = typed_in(sent)
    typed = checked(SaveForm(data))
    typed["listed"] = Listed(typed["listed"])

    def do() -> dict[str, object]:
        return _told(save_view(**typed, by=request.user, at=now()), request)

    return answered(once_for(request, key, data, do), status=201)


@router.put("/views/{int:view_id}", response={200: ViewTold, **REFUSALS}, summary="修改视图")
@grants(Can.SEE_PLACE)
def change(request: PersonRequest, view_id: int, sent: ViewChanged) -> HttpResponse:
    """Say anew what a view is; the version that it was read at is compared."""
    view = _mine(request, view_id)
    change_view(view=view, by=request.user, at=now(), **checked(ChangeForm(typed_in(sent))))
    view.refresh_from_db()
    return answered(_told(view, request))


@router.delete("/views/{int:view_id}", response={200: ViewTold, **REFUSALS}, summary="删除视图")
@grants(Can.SEE_PLACE)
def remove(request: PersonRequest, view_id: int) -> HttpResponse:
    """Take a view away."""
    view = _mine(request, view_id)
    remove_view(view=view, by=request.user, at=now())
    view.refresh_from_db()
    return answered(_told(view, request))


def _mine(request: PersonRequest, view_id: int) -> SavedView:
    return get_object_or_404(SavedView.objects.changeable_by(request.user), pk=view_id)
