"""What can happen in rounds of judging: they are opened, written in, counted, given up."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse_if_blocked
from yipanqi.facts.judging.models import Closing, OpenSheet, Round, SecretSheet
from yipanqi.facts.judging.reads import (
    counted_from,
    judged_words,
    names_of_raters,
    secret_sheets,
    waiting_in,
)
from yipanqi.facts.judging.rules import (
    NewRound,
    Way,
    Word,
    ballot_problems,
    blocks_text,
    cancelling_problems,
    closing_problems,
    lacking,
    results_text,
    round_problems,
    sheet_problems,
    sides_text,
    words_text,
    writing_problems,
)
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.org.models import Unit
from yipanqi.place.models import Document


@transaction.atomic
def open_round(
    *,
    place: Unit,
    new: NewRound,
    by: Actor | None,
    at: datetime,
    document: Document | None = None,
    clause: str = "",
) -> Round:
    """Ask raters for their sheets by a day; who is rated and who rates is fixed from here on."""
    hold()
    refuse_if_blocked([*round_problems(new), *_twice(place, new)])
    fact = Round(
        place=place,
        way=new.way,
        name=new.name,
        first_on=new.first_on,
        last_on=new.last_on,
        opens_on=new.opens_on,
        due_on=new.due_on,
        blocks=blocks_text(new.blocks),
        sides=sides_text(new.sides),
        top=new.top,
        step=new.step,
        names_shown=new.names_shown and new.way is Way.RATING,
        document=document,
        clause=clause,
        happened_on=localdate(at),
    )
    return record(fact, by=by, at=at)


def _twice(place: Unit, new: NewRound) -> list[Problem]:
    """A figure finds a round by its name, so that a period has no two of one name."""
    same = Round.objects.as_of().filter(place=place, way=new.way, name=new.name)
    if any(one.closed_as for one in same.filter(first_on=new.first_on)):  # type: ignore[attr-defined]  # a column of the query
        text = _("这个时段已经有一轮“%(name)s”，请换个名称，或先取消那一轮")
        return [Problem(text=text % {"name": new.name}, where=_("名称"))]
    return []


@transaction.atomic
def write_sheet(
    *, judging: Round, rater: int, words: Sequence[Word], by: Actor | None, at: datetime
) -> OpenSheet | SecretSheet:
    """Write down what a rater says; what it says later replaces it, until the round is closed."""
    hold()
    standing = Round.objects.as_of().get(pk=judging.pk)
    names = dict(Unit.objects.filter(pk__in=standing.holders).values_list("pk", "name"))
    refuse_if_blocked(_writing(standing, rater, localdate(at)))
    if standing.way == Way.BALLOT:
        refuse_if_blocked(ballot_problems(standing.holders, words, names))
    else:
        asked = standing.asks(rater)
        refuse_if_blocked(sheet_problems(Way(standing.way), asked, words, names))
    sheet = _secret(standing, rater) if standing.is_secret else _open(standing, rater, words)
    sheet.words, sheet.happened_on = words_text(words), localdate(at)
    return record(sheet, by=by, at=at)


def _writing(standing: Round, rater: int, today: date) -> Iterator[Problem]:
    yield from writing_problems(opens_on=standing.opens_on, closed=standing.closed, today=today)
    if rater not in standing.raters:
        yield Problem(text=_("这一轮不由你来评"))


def _secret(standing: Round, rater: int) -> SecretSheet:
    if standing.way == Way.BALLOT:
        return SecretSheet(round=standing, person_id=rater)
    return SecretSheet(round=standing, unit_id=rater)


def _open(standing: Round, rater: int, words: Sequence[Word]) -> OpenSheet:
    """A sheet that knows whether anything is left after it."""
    judged = judged_words([standing])[standing.pk]
    said = [Word(holder, item, 0) for holder, item in judged]
    left = lacking(standing.asks(rater), [*said, *words])
    return OpenSheet(round=standing, unit_id=rater, done=not left)


@transaction.atomic
def count_round(*, judging: Round, by: Actor | None, at: datetime) -> Closing:
    """Count the sheets of a round (计票), once; from here on they cannot be changed."""
    hold()
    standing = Round.objects.as_of().get(pk=judging.pk)
    sheets, waiting = secret_sheets(standing), waiting_in([standing])[standing.pk]
    problems = closing_problems(
        way=Way(standing.way),
        due_on=standing.due_on,
        closed=standing.closed,
        waiting=names_of_raters(standing, waiting),
        filled=len(sheets),
        today=localdate(at),
    )
    refuse_if_blocked(problems)
    counted = results_text(counted_from(standing, sheets))
    return record(Closing(round=standing, results=counted, happened_on=localdate(at)), by=by, at=at)


@transaction.atomic
def cancel_round(*, judging: Round, reason: str, by: Actor | None, at: datetime) -> Closing:
    """Give up a round that was not counted; what was written in it stays and counts nowhere."""
    hold()
    standing = Round.objects.as_of().get(pk=judging.pk)
    refuse_if_blocked(cancelling_problems(closed=standing.closed, reason=reason))
    return record(Closing(round=standing, reason=reason, happened_on=localdate(at)), by=by, at=at)
