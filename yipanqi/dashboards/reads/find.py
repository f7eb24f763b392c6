"""One question to everything that somebody may see: projects, enterprises, units, people, documents."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yipanqi.core.words import half_width
from yipanqi.dispatch.models import Bulletin
from yipanqi.facts.projects.models import Project
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import Can, Kind
from yipanqi.place.models import Document
from yipanqi.standing.forms.filter import SHORTEST

MOST = 8
"""So many of a kind are shown; the list behind shows them all."""


@dataclass(frozen=True)
class Found:
    """Something that was found: its name, what else is to be said of it, where it stands."""

    label: str
    note: str
    url: str


@dataclass(frozen=True)
class Group:
    """Things of one kind; where there are more, the address of the list that has them all."""

    label: str
    rows: tuple[Found, ...]
    more: str = ""


def found(person: Person, text: str, *, as_of: date) -> list[Group]:
    """Everything with this text in its name; one query a kind, and no more for more results."""
    wanted = half_width(text.strip())
    if not wanted:
        return []
    groups = [kind(person, wanted, as_of) for right, kind in KINDS if person.may(right)]
    return [group for group in groups if group.rows]


def _projects(person: Person, text: str, as_of: date) -> Group:
    """Projects by name, investor, company or code, the newest first."""
    if len(text) < SHORTEST:
        return Group(_("项目"), ())
    rows = list(_named(person, text)[: MOST + 1])
    more = f"{reverse('projects')}?{urlencode({'q': text})}" if len(rows) > MOST else ""
    return Group(_("项目"), tuple(_project(row) for row in rows[:MOST]), more)


def _named(person: Person, text: str) -> "Sequence[Project]":
    rows = Project.objects.visible_to(person).named(text)
    return rows.order_by("-last_fact_on", "-pk")  # type: ignore[return-value]  # sliced, then a list


def _project(row: Project) -> Found:
    note = " · ".join(part for part in (row.code, row.investor) if part)
    return Found(row.name, note, reverse("project", args=[row.pk]))


LOOKED_AT = 60
"""Enterprises are taken from so many of the newest projects that speak of them."""


def _enterprises(person: Person, text: str, as_of: date) -> Group:
    """Investors and project companies, each once, with the projects that name them."""
    if len(text) < SHORTEST:
        return Group(_("企业"), ())
    rows = list(_named(person, text)[:LOOKED_AT])
    names = dict.fromkeys(
        name
        for row in rows
        for name in (row.investor, row.company)
        if text.lower() in half_width(name).lower()
    )
    listed = [Found(name, "", f"{reverse('projects')}?{urlencode({'q': name})}") for name in names]
    return Group(_("企业"), tuple(listed[:MOST]))


def _units(person: Person, text: str, as_of: date) -> Group:
    """Units and groups of one's place."""
    units = Unit.objects.visible_to(person).filter(name__icontains=text).exclude(kind=Kind.PLACE)
    rows = units.order_by("kind", "sort", "pk")[:MOST]
    return Group(
        _("单位"),
        tuple(Found(u.name, str(Kind(u.kind).label), _unit_page(person, u.pk)) for u in rows),
    )


def _people(person: Person, text: str, as_of: date) -> Group:
    """Those who hold a post in one's place now, with unit and title; never their telephone."""
    held = Post.objects.held_on(as_of).filter(
        unit__in=Unit.objects.visible_to(person),
        person__is_active=True,
        person__name__icontains=text,
    )
    rows = held.select_related("person", "unit").order_by("person__name", "-main", "pk")[:MOST]
    return Group(
        _("人员"),
        tuple(
            Found(
                post.person.name, f"{post.unit.name} {post.title}", _unit_page(person, post.unit_id)
            )
            for post in rows
        ),
    )


def _documents(person: Person, text: str, as_of: date) -> Group:
    """Base documents in their last edition."""
    documents = Document.objects.visible_to(person).newest().named(text)
    rows = documents.order_by("-issued_on", "-pk")[:MOST]
    listed = [
        Found(str(row), " · ".join(p for p in (row.number, row.organ) if p), url)
        for row in rows
        if (url := _page("document", row.pk) or _page("documents"))
    ]
    return Group(_("依据文件"), tuple(listed))


def _bulletins(person: Person, text: str, as_of: date) -> Group:
    """Issued bulletins by title or number."""
    issued = Bulletin.objects.visible_to(person)
    wanted = issued.filter(title__icontains=text) | issued.filter(document_number__icontains=text)
    rows = wanted.order_by("-seq").only("title", "document_number", "happened_on")[:MOST]
    return Group(
        _("通报"),
        tuple(
            Found(row.title, row.document_number, reverse("bulletin", args=[row.pk]))
            for row in rows
        ),
    )


def _unit_page(person: Person, pk: int) -> str:
    """The page of a unit; where there is none yet, its projects, else the ranking."""
    if url := _page("unit", pk):
        return url
    if person.may(Can.SEE_PROJECT):
        return f"{reverse('projects')}?unit={pk}"
    return reverse("scores")


def _page(name: str, *args: int) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


KINDS: tuple[tuple[Can, Callable[[Person, str, date], Group]], ...] = (
    (Can.SEE_PROJECT, _projects),
    (Can.SEE_PROJECT, _enterprises),
    (Can.SEE_ORG, _units),
    (Can.SEE_ORG, _people),
    (Can.SEE_DOCUMENT, _documents),
    (Can.SEE_BULLETIN, _bulletins),
)
"""What is looked through, and the right that opens it."""

PAGES = (
    (gettext_noop("登记项目"), "project_new", Can.REGISTER_PROJECT),
    (gettext_noop("起草通报"), "bulletin_new", Can.ISSUE_BULLETIN),
    (gettext_noop("考核办法"), "method", Can.SEE_SCORE),
    (gettext_noop("采用考核办法"), "method_edit", Can.SET_METHOD),
    (gettext_noop("记一次接洽"), "contact_new", Can.REPORT_CONTACT),
    (gettext_noop("等我办的事"), "todo", None),
)
"""Pages that do not stand in the navigation."""


def pages(person: Person, text: str, nav: Iterator[tuple[str, str]]) -> Group:
    """The pages that are open to somebody and whose name has this text; `nav` tells those it shows."""
    wanted = text.strip().lower()
    listed = [*nav]
    for label, name, right in PAGES:
        if (right is None or person.may(right)) and (url := _page(name)):
            listed.append((_(label), url))
    rows = tuple(Found(label, "", url) for label, url in listed if wanted in label.lower())
    return Group(_("页面"), rows[:MOST] if wanted else rows)
