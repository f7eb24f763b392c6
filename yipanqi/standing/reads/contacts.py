"""Which contacts somebody asks for, how many they are, and who of ours was there."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from yipanqi.facts.activities.models import Contact, ContactQuerySet, Presence
from yipanqi.facts.activities.rules import ContactKind
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Can, Kind, Role, place_path


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list of contacts is asked for; nothing means all."""

    text: str = ""
    kind: str = ""
    unit_id: int | None = None
    person_id: int | None = None
    project_id: int | None = None
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Totals:
    """How many contacts, and how many of each kind."""

    number: int
    kinds: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Group:
    """Contacts that have something in common."""

    key: str
    label: str
    number: int


def chosen(contacts: ContactQuerySet, wanted: Wanted) -> ContactQuerySet:
    """Those contacts that are asked for."""
    if wanted.text:
        words = Q(investor__icontains=wanted.text) | Q(text__icontains=wanted.text)
        contacts = contacts.filter(words | Q(place__icontains=wanted.text))
    if wanted.person_id:
        contacts = contacts.attended_by(wanted.person_id)
    named = {
        "kind": wanted.kind,
        "holder_id": wanted.unit_id,
        "project_id": wanted.project_id,
        "happened_on__year": wanted.year,
        "happened_on__month": wanted.month,
    }
    return contacts.filter(**{name: value for name, value in named.items() if value})


def totals_of(contacts: ContactQuerySet) -> Totals:
    """How many of which kind; one query."""
    counted = dict(contacts.order_by().values_list("kind").annotate(number=Count("pk")))
    kinds = [(kind.value, str(kind.label), counted.get(kind.value, 0)) for kind in ContactKind]
    return Totals(sum(counted.values()), kinds)


def groups_of(contacts: ContactQuerySet, by: str) -> list[Group]:
    """The same contacts by month, by unit, or by the leader who was there; one query."""
    return {"month": _by_month, "unit": _by_unit, "leader": _by_leader}[by](contacts.order_by())


def _by_month(contacts: ContactQuerySet) -> list[Group]:
    months = contacts.annotate(of=TruncMonth("happened_on")).values_list("of")
    rows = months.annotate(number=Count("pk")).order_by("-of")
    return [Group(f"{of:%Y-%m}", f"{of:%Y-%m}", number) for of, number in rows]


def _by_unit(contacts: ContactQuerySet) -> list[Group]:
    units = contacts.values_list("holder_id", "holder__name")
    rows = units.annotate(number=Count("pk")).order_by("-number", "holder_id")
    return [Group(str(pk), name, number) for pk, name, number in rows]


def _by_leader(contacts: ContactQuerySet) -> list[Group]:
    """A contact counts with every leader who was there."""
    there = Presence.objects.filter(
        contact__in=contacts.values("pk"), post__role=Role.LEADER, post__unit__kind=Kind.SEAT
    )
    people = there.values_list("post__person_id", "post__person__name")
    rows = people.annotate(number=Count("contact", distinct=True))
    ordered = rows.order_by("-number", "post__person_id")
    return [Group(str(pk), name, number) for pk, name, number in ordered]


def with_people(contacts: ContactQuerySet) -> ContactQuerySet:
    """Contacts with their unit, their project and who was there."""
    there = Presence.objects.select_related("post__person", "post__unit").order_by("post__pk")
    return contacts.select_related("holder", "project").prefetch_related(
        Prefetch("presences", there)
    )


def leaders_named(person: Person) -> list[tuple[int, str]]:
    """Everybody who sits or sat in a leader's seat of one's place, to choose from."""
    posts = Post.objects.filter(
        unit__in=Unit.objects.visible_to(person), unit__kind=Kind.SEAT, role=Role.LEADER
    )
    rows = posts.order_by("unit__sort", "unit_id", "-pk")
    listed = rows.values_list("person_id", "unit__name", "person__name")
    return list({pk: f"{seat} {name}" for pk, seat, name in listed}.items())


def holders_for(person: Person) -> list[Unit]:
    """The units for which somebody reports contacts, the own one first."""
    reach = person.reach(Can.REPORT_CONTACT)
    units = Unit.objects.under(*reach.places, *reach.units).exclude(kind=Kind.PLACE)
    listed = list(units.order_by("kind", "sort", "pk"))
    return sorted(listed, key=lambda unit: unit.pk != person.acting_unit_id)


@dataclass(frozen=True)
class Ours:
    """Somebody of ours who may have been there, in one of their posts."""

    post_id: int
    name: str
    title: str
    leads: bool


def ours_for(holder: Unit, on: date) -> list[Ours]:
    """The people of a unit, and the leaders of its place; one query."""
    seats = Q(unit__kind=Kind.SEAT, unit__path__startswith=place_path(holder.path))
    posts = Post.objects.held_on(on).filter(person__is_active=True)
    rows = posts.filter(Q(unit=holder) | seats & Q(role=Role.LEADER))
    listed = rows.select_related("person", "unit").order_by("unit__sort", "unit_id", "pk")
    return [
        Ours(
            post.pk,
            post.person.name,
            post.unit.name if post.unit_id != holder.pk else post.title,
            post.unit_id != holder.pk,
        )
        for post in listed
    ]


def projects_for(holder: Unit, person: Person) -> list[tuple[int, str]]:
    """The projects in sight in which a unit takes part, the last moved first."""
    parts = Part.objects.current().filter(unit=holder).exclude(role=PartRole.VERIFIER)
    projects = Project.objects.visible_to(person).filter(pk__in=parts.values("project_id"))
    return list(projects.order_by("-last_fact_on", "-pk").values_list("pk", "name"))


def of_project(project: Project, person: Person) -> list[Contact]:
    """The contacts about a project that somebody may see, the newest first."""
    contacts = Contact.objects.visible_to(person).standing().filter(project=project)
    return list(contacts.select_related("holder").order_by("-happened_on", "-seq"))


def state_of(contact: Contact) -> str:
    """Whether a contact still holds, in words; nothing where it does."""
    if hasattr(contact, "withdrawal"):
        return _("已撤回")
    return _("已更正") if hasattr(contact, "correction") else ""


def seats_of(project: Project, person: Person) -> list[Unit]:
    """The leaders' seats for which somebody may enter a check of a project."""
    reach = person.reach(Can.CHECK_PROJECT)
    parts = Part.objects.current().filter(project=project, role=PartRole.LEADER)
    named = [part.unit for part in parts.select_related("unit").order_by("pk")]
    return [seat for seat in named if reach.covers(seat.path)]
