"""Monthly returns: who has confirmed which month, and what a month is filled with beforehand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from yipanqi.facts.projects.models import Claim, Part, Progress, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.facts.returns.models import Return
from yipanqi.facts.returns.rules import State, due_on, months_until, state_of
from yipanqi.ledger.models import Entry, Fact
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.place.rules import Settings
from yipanqi.standing.models import Verdict
from yipanqi.standing.rules import Outcome

SHOWN = 50
FactType = TypeVar("FactType", bound=Fact)


@dataclass(frozen=True)
class Cell:
    """One holder's month: how it stands, when it came, how many days are left."""

    month: date
    state: State
    due: date
    sent_on: date | None
    days_left: int
    summary: str = ""


@dataclass(frozen=True)
class Row:
    """One holder's months of this year."""

    unit: Unit
    cells: tuple[Cell, ...]
    mine: bool

    @property
    def latest(self) -> Cell:
        """The month that is running."""
        return self.cells[-1]


def holders(person: Person, settings: Settings) -> QuerySet[Unit]:
    """The units in sight that owe a monthly return: the kinds that the place names, else all but groups."""
    reach = person.reach(Can.SEE_RETURN)
    units = Unit.objects.under(*reach.places, *reach.units).standing()
    kinds = settings.return_kinds
    units = units.filter(kind__in=kinds) if kinds else units.offices()
    return units.order_by("kind", "sort", "pk")


def grid(units: Iterable[Unit], *, person: Person, settings: Settings, as_of: date) -> list[Row]:
    """This year's months for these units, with two queries for all of them."""
    listed, own = list(units), person.reach(Can.SUBMIT_RETURN)
    returns = Return.objects.visible_to(person).filter(holder__in=listed, month__year=as_of.year)
    sent = {(one.holder_id, one.month): one for one in returns}
    entries = Entry.objects.in_bulk([one.pk for one in sent.values()])
    months = months_until(as_of)
    return [
        Row(
            unit,
            tuple(
                _cell(month, sent.get((unit.pk, month)), entries, settings, as_of)
                for month in months
            ),
            own.covers(unit.path),
        )
        for unit in listed
    ]


def _cell(
    month: date, sent: Return | None, entries: dict[int, Entry], settings: Settings, as_of: date
) -> Cell:
    due = due_on(month, settings.return_due_day)
    came = localdate(entries[sent.pk].recorded_at) if sent else None
    state = state_of(sent_on=came, due=due, as_of=as_of)
    return Cell(month, state, due, came, (due - as_of).days, summary=sent.summary if sent else "")


def punctual(rows: Sequence[Row], month: date) -> list[Row]:
    """The holders that returned a month on time."""
    return [row for row in rows if row.cells[month.month - 1].state is State.ON_TIME]


def tally(rows: Sequence[Row]) -> list[tuple[date, int]]:
    """How many holders returned each month on time."""
    months = [cell.month for cell in rows[0].cells] if rows else []
    return [(month, len(punctual(rows, month))) for month in months]


@dataclass(frozen=True)
class Said:
    """One fact of a month: its day, its project, its words."""

    on: date
    project: Project
    words: str


@dataclass(frozen=True)
class Listed:
    """One kind of fact of a month: how many there are, and the first of them."""

    label: str
    count: int
    lines: tuple[Said, ...]


def month_of(unit: Unit, month: date, settings: Settings) -> list[Listed]:
    """What was written in a month for a holder: its claims, the verdicts on them, its projects' progress."""
    claims = _written(Claim, month).filter(unit=unit).select_related("project")
    verdicts = _written(Verdict, month).filter(claim__unit=unit).select_related("project", "claim")
    parts = Part.objects.current().filter(unit=unit).exclude(role=PartRole.VERIFIER)
    progress = _written(Progress, month).filter(project__in=parts.values("project_id"))
    return [
        Listed(
            _("申报"),
            claims.count(),
            tuple(Said(c.happened_on, c.project, settings.name_of(c.node)) for c in claims[:SHOWN]),
        ),
        Listed(
            _("认定结论"),
            verdicts.count(),
            tuple(Said(v.happened_on, v.project, _outcome(v, settings)) for v in verdicts[:SHOWN]),
        ),
        Listed(
            _("进展"),
            progress.count(),
            tuple(
                Said(p.happened_on, p.project, p.text)
                for p in progress.select_related("project")[:SHOWN]
            ),
        ),
    ]


def _outcome(verdict: Verdict, settings: Settings) -> str:
    return f"{settings.name_of(verdict.claim.node)} {Outcome(verdict.outcome).label}"


def _written(model: type[FactType], month: date) -> QuerySet[FactType]:
    """Facts that entered the ledger in a month, whatever day they speak of.

    The entry is looked up for each fact: entries have no index by time, and a holder's facts are few.
    """
    begins = make_aware(datetime(month.year, month.month, 1))  # noqa: DTZ001 - made aware here
    after = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    ends = make_aware(datetime(after.year, after.month, 1))  # noqa: DTZ001 - made aware here
    entry = Entry.objects.filter(pk=OuterRef("seq"))
    within = entry.filter(recorded_at__gte=begins, recorded_at__lt=ends)
    return model._default_manager.filter(Exists(within)).order_by("-seq")
