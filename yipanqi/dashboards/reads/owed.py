"""What each module has waiting for somebody: one query set of the same columns each.

A module that comes later adds a function here and its words in `told`; the page asks no more often.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Concat, TruncDate

from yipanqi.dashboards.reads.columns import NOBODY, PART, Rows, told
from yipanqi.dashboards.reads.duties import (
    checks,
    counts,
    milestones,
    pledges,
    sheets,
    terms,
    unsigned,
)
from yipanqi.dashboards.reads.results import results
from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.rules import half_month, told_half
from yipanqi.documents.imports.models import Batch
from yipanqi.documents.imports.models import State as BatchState
from yipanqi.facts.projects.models import Claim, Part, Pending, ProjectQuerySet, Withdrawal
from yipanqi.facts.projects.rules import PartRole
from yipanqi.facts.returns.models import Mobilisation, Mobilised, Return
from yipanqi.facts.returns.rules import due_on, months_until
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.rules import Settings
from yipanqi.standing.models import Recognised, Verdict
from yipanqi.standing.rules import Outcome


def owed(
    person: Person, mine: ProjectQuerySet, settings: Settings, *, as_of: date
) -> Iterator[Rows]:
    """Everything that waits for somebody, as far as the rights go."""
    units = Unit.objects.under(*(post.unit.path for post in person.held)).values("pk")
    if person.may(Can.VERIFY):
        yield _verdicts(person)
    if person.may(Can.CLAIM):
        yield _returned(units, as_of)
    if person.may(Can.SEE_PROJECT):
        yield _projects(mine, units, settings, as_of)
    if person.may(Can.SUBMIT_RETURN):
        yield from _returns(person, settings, as_of)
    if person.may(Can.REPORT_MOBILISED) and person.acting_unit is not None:
        yield _mobilised(person, person.acting_unit)
    if person.may(Can.IMPORT):
        yield _imports(person, as_of)
    if person.may(Can.ISSUE_BULLETIN):
        yield _bulletin(person, as_of)
    yield from _duties(person, settings, as_of)


def _duties(person: Person, settings: Settings, as_of: date) -> Iterator[Rows]:
    """What falls to somebody by post rather than by a project."""
    held = [post.unit_id for post in person.held]
    if person.may(Can.PLEDGE):
        yield pledges(person, settings, as_of)
    if person.may(Can.CHECK_PROJECT):
        yield checks(person, settings, as_of)
    if person.may(Can.RECEIVE_BULLETIN):
        yield from unsigned(person, settings)
    if person.may(Can.SEE_ORG) and held:
        yield milestones(held, settings, as_of)
    if person.may(Can.FILL_SHEET):
        yield from sheets(person, as_of)
    if person.may(Can.OPEN_ROUND):
        yield counts(person, as_of)
    if person.may(Can.APPOINT):
        yield terms(person, as_of)
    yield from results(person, settings)


def _verdicts(person: Person) -> Rows:
    """Claims on the desk of one's office, from the day they were written."""
    written = Entry.objects.filter(pk=OuterRef("claim_id")).values(day=TruncDate("recorded_at"))
    return told(
        Pending.objects.visible_to(person),
        "verdict",
        Subquery(written),
        about="claim_id",
        called="project__name",
        detail=F("claim__node"),
        answers=F("claim__unit__name"),
    )


def _returned(units: Any, as_of: date) -> Rows:
    """Claims of one's units that came back this year and were not made again."""
    verdicts = Verdict.objects.filter(
        outcome=Outcome.RETURNED,
        happened_on__gte=as_of.replace(month=1, day=1),
        claim__unit__in=units,
    )
    later = Verdict.objects.filter(claim=OuterRef("claim"), seq__gt=OuterRef("seq"))
    again = Claim.objects.filter(
        project=OuterRef("project"), node=OuterRef("claim__node"), seq__gt=OuterRef("claim_id")
    )
    reached = Recognised.objects.current().filter(
        project=OuterRef("project"), node=OuterRef("claim__node")
    )
    withdrawn = Withdrawal.objects.filter(claim=OuterRef("claim"))
    open_still = verdicts.exclude(
        Exists(later) | Exists(again) | Exists(reached) | Exists(withdrawn)
    )
    return told(
        open_still.filter(project__taken_back=False),
        "returned",
        F("happened_on"),
        about="claim_id",
        called="project__name",
        detail=Concat("claim__node", Value(PART), "reason"),
        answers=F("claim__unit__name"),
    )


def _projects(mine: ProjectQuerySet, units: Any, settings: Settings, as_of: date) -> Rows:
    """Projects in which one's units take part and whose next day is past or near."""
    parts = Part.objects.current().filter(unit__in=units).exclude(role=PartRole.VERIFIER)
    soon = as_of + timedelta(days=settings.amber_days)
    return told(
        mine.filter(due_on__lte=soon, pk__in=parts.values("project_id")),
        "project",
        F("due_on"),
        about="pk",
        called="name",
        detail=F("due_code"),
        answers=NOBODY,
    )


def _returns(person: Person, settings: Settings, as_of: date) -> Iterator[Rows]:
    """The months of this year that one's units have not returned."""
    reach = person.reach(Can.SUBMIT_RETURN)
    units = Unit.objects.under(*reach.places, *reach.units).exclude(kind=Kind.PLACE)
    if settings.return_kinds:
        units = units.filter(kind__in=settings.return_kinds)
    for month in months_until(as_of):
        sent = Return.objects.filter(holder=OuterRef("pk"), month=month)
        yield told(
            units.exclude(Exists(sent)),
            "return",
            Value(due_on(month, settings.return_due_day), output_field=DateField()),
            about="pk",
            called="name",
            detail=Value(f"{month:%Y-%m}"),
            answers=F("name"),
        )


def _mobilised(person: Person, unit: Unit) -> Rows:
    """Calls that one's own unit has not answered."""
    calls = Mobilisation.objects.visible_to(person).filter(kinds__regex=f"(^|,){unit.kind}(,|$)")
    answered = Mobilised.objects.filter(call=OuterRef("pk"), unit=unit)
    return told(
        calls.exclude(Exists(answered)),
        "mobilised",
        F("due_on"),
        about="pk",
        called="subject",
        detail=Value(str(unit.pk)),
        answers=Value(unit.name),
    )


def _imports(person: Person, as_of: date) -> Rows:
    """Ledgers that somebody has laid in and not yet confirmed."""
    return told(
        Batch.objects.visible_to(person).filter(person=person, state=BatchState.OPEN),
        "import",
        Value(as_of, output_field=DateField()),
        about="pk",
        called="file_name",
        detail=NOBODY,
        answers=F("unit__name"),
    )


def _bulletin(person: Person, as_of: date) -> Rows:
    """The bulletin of this half month, where it is not issued."""
    key, _official = half_month(as_of)
    issued = Bulletin.objects.filter(place=OuterRef("pk"), year=as_of.year, period=key)
    places = Unit.objects.filter(path__in=person.reach(Can.ISSUE_BULLETIN).places)
    return told(
        places.exclude(Exists(issued)),
        "bulletin",
        Value(_last_day(as_of), output_field=DateField()),
        about="pk",
        called="name",
        detail=Value(told_half(as_of)),
        answers=NOBODY,
    )


def _last_day(as_of: date) -> date:
    """The last day of a half month."""
    if as_of.day <= 15:
        return as_of.replace(day=15)
    return as_of.replace(
        year=as_of.year + as_of.month // 12, month=as_of.month % 12 + 1, day=1
    ) - timedelta(days=1)
