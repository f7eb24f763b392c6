"""Who only passed tasks on (E1), and what helpers from outside brought (E3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from yipanqi.facts.activities.models import Contact
from yipanqi.facts.projects.models import Claim, Part, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.facts.targets.models import Target
from yipanqi.ledger.reads import now_seq
from yipanqi.org.models import Membership, Person, Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.rules import Settings


@dataclass(frozen=True)
class Idle:
    """A holder with a task and others to do it, that did nothing itself: how many members and parts."""

    unit: Unit
    tasks: list[str]
    members: int
    parts: int


def passed_on(person: Person, settings: Settings, *, as_of: date) -> list[Idle]:
    """Holders of a task of this year without a contact, a project or a claim of their own."""
    tasks = _tasks(settings, as_of.year)
    reach = person.reach(Can.SEE_CONTACT)
    units = Unit.objects.standing().under(*reach.places, *reach.units).filter(pk__in=tasks)
    idle = units.filter(~_acted(as_of.year)).order_by("kind", "sort", "pk")
    members = dict(
        Membership.objects.current()
        .filter(group__in=idle)
        .order_by()
        .values_list("group_id")
        .annotate(number=Count("pk"))
    )
    parts = _other_parts(person, idle)
    return [
        Idle(unit, tasks[unit.pk], members.get(unit.pk, 0), parts.get(unit.pk, 0))
        for unit in idle
        if unit.pk in members or unit.pk in parts
    ]


def _tasks(settings: Settings, year: int) -> dict[int, list[str]]:
    """The indicators of which somebody is asked something this year."""
    codes = [indicator.code for indicator in settings.indicators]
    standing = Target.objects.standing(indicators=codes, year=year, seq=now_seq())
    rows = standing.assigned().filter(amount__gt=0).order_by("indicator")
    found: dict[int, list[str]] = {}
    for holder_id, code in rows.values_list("holder_id", "indicator"):
        indicator = settings.indicator(code)
        found.setdefault(holder_id, []).append(indicator.name if indicator else code)
    return found


def _acted(year: int) -> Q:
    """Met an investor, brought a project that moved, or made a claim, this year and itself."""
    met = Contact.objects.standing().filter(holder=OuterRef("pk"), happened_on__year=year)
    claimed = Claim.objects.filter(unit=OuterRef("pk"), happened_on__year=year)
    brought = Part.objects.current().filter(
        unit=OuterRef("pk"),
        role=PartRole.INTRODUCER,
        project__last_fact_on__year=year,
        project__taken_back=False,
    )
    return Q(Exists(met)) | Q(Exists(claimed)) | Q(Exists(brought))


def _other_parts(person: Person, units: QuerySet[Unit]) -> dict[int, int]:
    """In how many projects units take part that others brought."""
    parts = Part.objects.current().filter(
        unit__in=units, role__in=[PartRole.LANDING, PartRole.LEAD]
    )
    seen = parts.filter(project__in=Project.objects.visible_to(person))
    rows = seen.order_by().values_list("unit_id")
    return dict(rows.annotate(number=Count("project", distinct=True)))


@dataclass(frozen=True)
class Brought:
    """What a helper from outside brought: projects, their investment, contacts."""

    unit: Unit
    number: int
    total_fen: int
    contacts: int


def helpers_of(person: Person) -> Sequence[Brought]:
    """Every ambassador, adviser, agent, outpost and association with what came through it."""
    units = Unit.objects.visible_to(person).standing()
    helpers = list(
        units.filter(kind__in=[Kind.HELPER, Kind.OUTPOST]).order_by("kind", "sort", "pk")
    )
    parts = Part.objects.current().filter(unit__in=helpers, role=PartRole.INTRODUCER)
    seen = parts.filter(project__in=Project.objects.visible_to(person)).order_by()
    rows = seen.values_list("unit_id").annotate(number=Count("pk"), fen=Sum("project__total_fen"))
    brought = {pk: (number, fen or 0) for pk, number, fen in rows}
    contacts = Contact.objects.visible_to(person).standing().filter(holder__in=helpers)
    met = dict(contacts.order_by().values_list("holder_id").annotate(number=Count("pk")))
    return [Brought(unit, *brought.get(unit.pk, (0, 0)), met.get(unit.pk, 0)) for unit in helpers]
