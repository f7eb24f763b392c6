"""Rounds of judging: which there are, one of them, its sheets to fill, its count."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.core.clock import now
from yipanqi.core.problems import Problem, Refused
from yipanqi.facts.judging.actions import cancel_round, count_round, write_sheet
from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.rules import told
from yipanqi.jobs.actions import once
from yipanqi.org.access import PersonRequest, needs
from yipanqi.org.rules import Can
from yipanqi.standing.access import rater_in, round_in_sight, round_to_close
from yipanqi.standing.forms.fields import checked
from yipanqi.standing.forms.rounds import CancelForm, SheetForm
from yipanqi.standing.reads.rounds import rounds_of, seen, sheet_of
from yipanqi.standing.shell import here
from yipanqi.standing.views.sent import number_in, posted, status_of


@needs(Can.SEE_SCORE)
def rounds(request: PersonRequest) -> HttpResponse:
    """Every round of the place: its way, its period, who is awaited, until when."""
    listed = rounds_of(request.user, as_of=here(request).today)
    return render(request, "standing/rounds.html", {"courses": listed})


@needs(Can.SEE_SCORE)
def round_page(request: PersonRequest, round_id: int) -> HttpResponse:
    """One round: its holders with what they were given, who has written, who has not."""
    return _page(request, round_in_sight(request.user, round_id))


def _page(
    request: PersonRequest, judging: Round, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context = {
        "seen": seen(judging, request.user, as_of=here(request).today),
        "round": judging,
        "top": told(judging.top),
        "step": told(judging.step),
        "cancel": CancelForm(posted(request) if problems else None),
        "problems": problems,
    }
    return render(request, "standing/round.html", context, status=422 if problems else 200)


@needs(Can.FILL_SHEET)
def round_fill(request: PersonRequest, round_id: int) -> HttpResponse:
    """One's own sheet: written, and until the count corrected."""
    judging = round_in_sight(request.user, round_id)
    rater = rater_in(request.user, judging, number_in(request, "rater"))
    sheet = sheet_of(judging, rater)
    form = SheetForm(
        posted(request),
        judging=judging,
        rater=rater,
        names=sheet.names,
        before=sheet.before,
        initial={"key": uuid.uuid4().hex},
    )
    problems: tuple[Problem, ...] = ()
    if form.is_bound:
        try:
            _filled(request, judging, rater, form)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _("已保存，结束之前可以再改"))
            return redirect("round", judging.pk)
    context = {"round": judging, "form": form, "sheet": sheet, "problems": problems}
    return render(request, "standing/round_fill.html", context, status=status_of(request))


def _filled(request: PersonRequest, judging: Round, rater: int, form: SheetForm) -> None:
    """Write the sheet once, however often the button is pressed."""
    typed = checked(form)
    key, words = typed["key"], form.words()
    asked = {"round": judging.pk, "rater": rater, "words": [vars(word) for word in words]}

    def do() -> dict[str, object]:
        by, at = request.user, now()
        return {"seq": write_sheet(judging=judging, rater=rater, words=words, by=by, at=at).pk}

    once(person_id=request.user.pk, key=key, request=asked, do=do)


@require_POST
@needs(Can.OPEN_ROUND)
def round_count(request: PersonRequest, round_id: int) -> HttpResponse:
    """Count the sheets; from here on they cannot be changed."""
    judging = round_to_close(request.user, round_id)
    try:
        count_round(judging=judging, by=request.user, at=now())
    except Refused as refused:
        return _page(request, judging, refused.problems)
    messages.success(request, _("已计票，结果已写进账本"))
    return redirect("round", judging.pk)


@require_POST
@needs(Can.OPEN_ROUND)
def round_cancel(request: PersonRequest, round_id: int) -> HttpResponse:
    """Give a round up, with the reason."""
    judging = round_to_close(request.user, round_id)
    try:
        typed = checked(CancelForm(request.POST))
        cancel_round(judging=judging, by=request.user, at=now(), **typed)
    except Refused as refused:
        return _page(request, judging, refused.problems)
    messages.success(request, _("已取消，填过的留在账上，不再计入"))
    return redirect("round", judging.pk)
