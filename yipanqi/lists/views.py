"""A view is kept, changed, removed; a list goes out as a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from yipanqi.core.clock import now, today
from yipanqi.core.forms import checked
from yipanqi.core.problems import Problem, Refused
from yipanqi.core.sheets import Sheet
from yipanqi.core.templatetags.ui import moment
from yipanqi.lists.actions import change_view, export, remove_view, save_view
from yipanqi.lists.forms import ChangeForm, ExportForm, SaveForm
from yipanqi.lists.models import SavedView
from yipanqi.lists.rules import Listed, Written
from yipanqi.org.access import PersonRequest, signed_in

TYPES = {
    Written.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Written.CSV: "text/csv; charset=utf-8",
}


@signed_in
def view_save(request: PersonRequest) -> HttpResponse:
    """Keep what a list was asked under a name, and go back to it."""
    if request.method != "POST":
        return redirect("home")
    form = SaveForm(request.POST)
    try:
        typed = checked(form)
        typed["listed"] = Listed(typed["listed"])
        view = save_view(**typed, by=request.user, at=now())
    except Refused as refused:
        return _form(request, form, refused.problems, None)
    messages.success(request, _("已存为视图“%(name)s”") % {"name": view.name})
    return _opened(view)


@signed_in
def view_change(request: PersonRequest, view_id: int) -> HttpResponse:
    """Rename a view, replace what it asks, share it, begin with it, or remove it."""
    view = get_object_or_404(SavedView.objects.changeable_by(request.user), pk=view_id)
    if request.method != "POST":
        named = ("name", "query", "shared", "first", "version")
        form = ChangeForm(initial={name: getattr(view, name) for name in named})
        return _form(request, form, (), view)
    form = ChangeForm(request.POST)
    try:
        if "remove" in request.POST:
            remove_view(view=view, by=request.user, at=now())
            messages.success(request, _("已删除视图“%(name)s”") % {"name": view.name})
            return redirect(f"{reverse(view.listed)}?all=1")
        change_view(view=view, by=request.user, at=now(), **checked(form))
    except Refused as refused:
        return _form(request, form, refused.problems, view)
    view.refresh_from_db()
    messages.success(request, _("视图“%(name)s”已更新") % {"name": view.name})
    return _opened(view)


def _form(
    request: PersonRequest, form: ChangeForm, problems: Sequence[Problem], view: SavedView | None
) -> HttpResponse:
    context = {"form": form, "problems": problems, "view": view}
    return render(request, "lists/view.html", context, status=422 if problems else 200)


def _opened(view: SavedView) -> HttpResponseRedirect:
    asked = f"{view.query}&" if view.query else ""
    return HttpResponseRedirect(f"{reverse(view.listed)}?{asked}view={view.pk}")


def exported(
    request: PersonRequest, listed: Listed, sheet: Sheet, sent: Mapping[str, Any] | None = None
) -> FileResponse:
    """A list as a file; the ledger says who took it."""
    written = Written(checked(ExportForm(sent or request.POST))["export"])
    asked = request.GET.urlencode()
    done = export(
        sheet=sheet, written=written, listed=listed, query=asked, by=request.user, at=now()
    )
    name = f"{sheet.title} {today().isoformat()}.{written.value}"
    return FileResponse(done.file, as_attachment=True, filename=name, content_type=TYPES[written])


def taken_away(
    request: PersonRequest, listed: Listed, sheet: Sheet
) -> tuple[FileResponse | None, Sequence[Problem]]:
    """The file, where a page is asked to be one, and why it cannot be."""
    if request.method != "POST":
        return None, ()
    try:
        return exported(request, listed, sheet), ()
    except Refused as refused:
        return None, refused.problems


def says(request: PersonRequest, asked: Sequence[str], as_of: str) -> str:
    """The line that a file says of itself: of when it is, who took it, what was asked."""
    parts = {
        "who": f"{request.user.acting_unit or ''} {request.user.name}".strip(),
        "asked": "；".join(asked) or _("全部"),
        "as_of": as_of,
        "at": moment(now()),
    }
    return _("数据截至 %(as_of)s · 条件：%(asked)s · %(who)s 于 %(at)s 导出") % parts
