"""A bulletin gathered from what stands: progress, report card, nots by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q, Sum
from django.utils import translation
from django.utils.translation import gettext as _

from yipanqi.assessment.reads.live import Holder, Live, live
from yipanqi.core.numbers import grouped, money, percent
from yipanqi.core.problems import Problem, refuse
from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.rules import (
    Content,
    Late,
    Naming,
    Progress,
    Ranked,
    RankedGroup,
    gap,
    named_in,
    rate,
    reconciled,
)
from yipanqi.ledger.reads import checkpoint
from yipanqi.ledger.rules import Checkpoint
from yipanqi.org.models import Unit
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import FUNDS
from yipanqi.standing.measures.counting import Figures, counted
from yipanqi.standing.measures.spec import AsOf, Measure, measure_of
from yipanqi.standing.models import Deadline, Recognised
from yipanqi.standing.reads.nots import who_answers
from yipanqi.standing.rules import days_overdue

FLOOR = 5000
"""Signings of at least so many 万元 are reported, as the county's method counts them."""

SPECS: dict[str, tuple[dict[str, str | int | bool], str]] = {
    "signed": ({"measure": "projects", "node": "signed", "at_least": FLOOR}, "个"),
    "signed_task": ({"measure": "target", "indicator": "signed"}, "个"),
    "funds": ({"measure": "funds"}, "万元"),
    "funds_task": ({"measure": "target", "indicator": "funds"}, "万元"),
    "started": (
        {"measure": "projects", "node": "started", "cohort": "signed", "at_least": FLOOR},
        "个",
    ),
}


@dataclass(frozen=True)
class Draft:
    """A bulletin as it would be issued now: what it says, what does not fit, who is named."""

    content: Content
    problems: tuple[Problem, ...]
    named: Sequence[Naming]
    checkpoint: Checkpoint


def next_number(place: Unit, *, on: date) -> tuple[int, str]:
    """The number that the next bulletin of the year takes, alone and as it is printed (发文字号)."""
    number = Bulletin.objects.filter(place=place, year=on.year).count() + 1
    word = settings_on(place.pk, on).bulletin.word
    return number, f"{word}〔{on.year}〕{number}号"


@dataclass(frozen=True)
class Whole:
    """The place's own figures, each project counted once."""

    signed: int
    amount: int
    funds: int


def draft(place: Unit, *, as_of: date) -> Draft:
    """Gather a bulletin as of a day from what stands now; refuses without a method."""
    scored = live(place.pk, day=as_of)
    if scored is None:
        raise refuse(_("还没有考核办法，成绩单排不出来；请先采用办法"), where=_("考核办法"))
    units = list(scored.holders.values())
    figures = _figures(scored, [unit.pk for unit in units])
    whole = _whole(place, scored.at)
    content = _content(place, scored, units, figures, whole)
    parts = [
        (_("签约项目"), sum(figures["signed"].values(), Fraction(0)), Fraction(whole.signed)),
        (
            _("到位资金（万元）"),
            sum(figures["funds"].values(), Fraction(0)),
            Fraction(whole.funds, 10**6),
        ),
    ]
    problems = tuple(reconciled(content, parts=parts))
    blaming = {listing.name for listing in scored.method.lists if listing.first is None}
    return Draft(content, problems, named_in(content, blaming=blaming), checkpoint())


def _figures(scored: Live, holders: Sequence[int]) -> dict[str, Figures]:
    asked: dict[str, Measure] = {
        name: measure_of(spec, unit=unit) for name, (spec, unit) in SPECS.items()
    }
    return counted(asked, holders, scored.at, settings=scored.settings)


def _whole(place: Unit, at: AsOf) -> Whole:
    year = (date(at.day.year, 1, 1), at.day)
    rows = Recognised.objects.as_of(at.seq).filter(
        project__spans__place_id=place.pk,
        project__spans__from_seq__lte=at.seq,
        project__spans__to_seq__gt=at.seq,
        project__spans__taken_back=False,
        counted_on__range=year,
    )
    large = Q(node="signed", project__spans__total_fen__gte=FLOOR * 10**6)
    found = rows.aggregate(
        signed=Count("pk", filter=large),
        amount=Sum("project__spans__total_fen", filter=large),
        funds=Sum("amount_fen", filter=Q(node=FUNDS)),
    )
    return Whole(found["signed"], found["amount"] or 0, found["funds"] or 0)


@translation.override("zh-hans")
def _content(
    place: Unit,
    scored: Live,
    units: Sequence[Holder],
    figures: dict[str, Figures],
    whole: Whole,
) -> Content:
    """What the paper says; it is in Chinese, whoever drafts it."""
    elapsed = scored.settings.elapsed(scored.at.day)
    signed_task = sum(figures["signed_task"].values(), Fraction(0))
    funds_task = sum(figures["funds_task"].values(), Fraction(0))
    funds = Fraction(whole.funds, 10**6)
    return Content(
        place=place.name,
        as_of=scored.at.day.isoformat(),
        elapsed=percent(elapsed),
        signed=str(whole.signed),
        signed_task=grouped(signed_task),
        signed_rate=rate(Fraction(whole.signed), signed_task),
        signed_amount=money(whole.amount),
        funds=grouped(funds, 2),
        funds_task=grouped(funds_task, 2),
        funds_rate=rate(funds, funds_task),
        started=grouped(sum(figures["started"].values(), Fraction(0)), 2),
        progress=tuple(_progress(unit, figures, elapsed) for unit in units),
        groups=tuple(_ranked(scored, group.group) for group in scored.sheet.groups),
        late=tuple(_late(place, scored)),
        method=str(scored.version),
        seq=scored.at.seq,
    )


def _progress(unit: Holder, figures: dict[str, Figures], elapsed: Fraction) -> Progress:
    got = {name: found.get(unit.pk) for name, found in figures.items()}
    signed, funds = got["signed"] or Fraction(0), got["funds"] or Fraction(0)
    return Progress(
        unit=unit.name,
        unit_id=unit.pk,
        group=unit.group,
        signed=grouped(signed, 2),
        signed_task=_task(got["signed_task"]),
        signed_rate=rate(signed, got["signed_task"]),
        funds=grouped(funds, 2),
        funds_task=_task(got["funds_task"]),
        funds_rate=rate(funds, got["funds_task"]),
        started=grouped(got["started"] or Fraction(0), 2),
        gap=gap(signed, got["signed_task"], elapsed),
    )


def _task(amount: Fraction | None) -> str:
    return "—" if amount is None else grouped(amount, 2)


def _ranked(scored: Live, group: str) -> RankedGroup:
    rows = next(g.rows for g in scored.sheet.groups if g.group == group)
    return RankedGroup(
        group=group,
        rows=tuple(
            Ranked(
                place=str(row.place or "—"),
                unit=row.holder,
                unit_id=scored.holders[row.holder].pk,
                total=scored.sheet.printed(row.total) or "—",
            )
            for row in rows
        ),
        named=tuple(
            (listed.name, listed.holders)
            for listed in scored.sheet.lists
            if listed.group == group and listed.holders
        ),
    )


def _late(place: Unit, scored: Live) -> list[Late]:
    """Every listed deadline that is past, longest first, with the person who answers."""
    listed = {entry.code: entry for entry in scored.settings.not_yets if entry.listed}
    rows = (
        Deadline.objects.as_of(scored.at.seq)
        .overdue(as_of=scored.at.day)
        .filter(code__in=listed, project__place=place, project__taken_back=False)
        .order_by("due_on", "project_id")
        .values_list("code", "project_id", "project__name", "due_on")
    )
    found = list(rows)
    answer = who_answers([project_id for _, project_id, _, _ in found], scored.at.day)
    return [
        Late(
            not_yet=listed[code].name,
            project=name,
            project_id=project_id,
            unit=answer.get(project_id, ("", ""))[0],
            person=answer.get(project_id, ("", ""))[1],
            due_on=due_on.isoformat(),
            days=days_overdue(due_on, as_of=scored.at.day),
        )
        for code, project_id, name, due_on in found
    ]
