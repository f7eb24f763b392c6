"""Ledgers come in: upload, preview with every doubt, decide on doubles, confirm, take back."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from yipanqi.core.clock import now, today
from yipanqi.core.problems import Problem, Refused
from yipanqi.documents.imports import actions
from yipanqi.documents.imports.forms import DecisionForm, UploadForm, decisions_in
from yipanqi.documents.imports.models import Batch, Decision, Line, State
from yipanqi.facts.projects.models import Project
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.rules import Can

LINES_ON_A_PAGE = 100


@require_http_methods(["GET", "POST"])
@needs(Can.IMPORT)
def imports(request: PersonRequest) -> HttpResponse:
    """The ledgers that came in, and the place to hand in another."""
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            batch = actions.preview(
                content=upload.read(),
                name=upload.name,
                kind=form.cleaned_data["kind"] or None,
                by=request.user,
                at=now(),
            )
            return redirect("import_batch", batch.pk)
        except Refused as refused:
            problems = refused.problems
    batches = Batch.objects.visible_to(request.user).exclude(state=State.DISCARDED)
    context = {
        "form": form,
        "problems": problems,
        "batches": batches.select_related("unit", "person").order_by("-pk")[:50],
    }
    refused_status = 422 if request.method == "POST" else 200
    return render(request, "imports/imports.html", context, status=refused_status)


@require_http_methods(["GET", "POST"])
@needs(Can.IMPORT)
def import_batch(request: PersonRequest, batch_id: int) -> HttpResponse:
    """One ledger: how each column and each line was read, what is doubtful, what to decide."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=batch_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            _do(request, batch)
            return redirect(request.get_full_path())
        except Refused as refused:
            problems = refused.problems
    wanted = request.GET.get("outcome", "")
    lines = batch.lines.order_by("row")
    if wanted == "double":
        lines = lines.exclude(doubles=[])
    elif wanted:
        lines = lines.filter(outcome=wanted)
    page = Paginator(lines, LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "problems": problems,
        "page": page,
        "rows": _rows(request, list(page.object_list)),
        "counts": _counts(batch),
        "wanted": wanted,
        "as_of": today(),
    }
    return render(request, "imports/batch.html", context, status=422 if problems else 200)


def _do(request: PersonRequest, batch: Batch) -> None:
    """Perform the one thing that the page asks for."""
    form = DecisionForm(request.POST)
    form.is_valid()
    do = form.cleaned_data.get("do")
    typed = decisions_in(request.POST.dict())
    doubled = batch.lines.exclude(doubles=[]).values_list("row", flat=True)
    if do == "decide":
        actions.decide_doubles(batch=batch, decisions=typed)
    elif do == "all_new":
        actions.decide_doubles(batch=batch, decisions=dict.fromkeys(doubled, Decision.NEW))
    elif do == "all_same":
        actions.decide_doubles(batch=batch, decisions=dict.fromkeys(doubled, Decision.SAME))
    elif do == "discard":
        actions.discard(batch=batch)
    elif do == "take_back":
        if not request.user.may(Can.TAKE_BACK_IMPORT):
            raise PermissionDenied
        reason = form.cleaned_data.get("reason", "")
        actions.take_back(batch=batch, reason=reason, by=request.user, at=now())
    elif do == "confirm":
        actions.confirm(batch=batch, by=request.user, at=now())


def _rows(
    request: PersonRequest, lines: list[Line]
) -> list[tuple[Line, list[tuple[str, Project | None]]]]:
    """Each line with the projects it resembles; of one outside one's scope only the code is told."""
    keys = {pk for line in lines for pk in line.doubles}
    alike = dict(Project.objects.filter(pk__in=keys).values_list("pk", "code"))
    seen = Project.objects.visible_to(request.user).in_bulk(keys)
    return [
        (line, [(alike[pk], seen.get(pk)) for pk in line.doubles if pk in alike]) for line in lines
    ]


def _counts(batch: Batch) -> dict[str, int]:
    lines: QuerySet[Line] = batch.lines.all()
    counts = dict(lines.values_list("outcome").annotate(number=Count("pk")))
    doubled = lines.exclude(doubles=[])
    return counts | {
        "double": doubled.count(),
        "undecided": doubled.filter(decision="", plan__isnull=False).count(),
        "all": sum(counts.values()),
    }
