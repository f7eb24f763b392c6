"""What every page shows around its content: where, when, what is there to do, and for whom."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from weakref import WeakKeyDictionary

from django.db.models import Count, Exists, IntegerField, Model, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from yipanqi.core import clock
from yipanqi.facts.projects.models import Pending, Project
from yipanqi.ledger.models import Entry, Head
from yipanqi.org.models import Person
from yipanqi.org.rules import Can
from yipanqi.place.models import SettingsVersion
from yipanqi.place.rules import Settings


@dataclass(frozen=True)
class Here:
    """The place somebody works in, its definitions and its day: what a page is read against."""

    today: date
    place_id: int | None
    place: str
    settings: Settings | None
    simulated: bool = False
    pending: int = 0
    nots: int = 0
    beginning: bool = False
    head: str = ""
    """The hash of the ledger's last entry: while it is the same, everything in the ledger is."""

    @property
    def elapsed(self) -> Fraction | None:
        """The share of the year's task that should be done by now (时间进度)."""
        return self.settings.elapsed(self.today) if self.settings else None


@dataclass(frozen=True)
class Door:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    here: bool
    count: int = 0


@dataclass(frozen=True)
class Way:
    """What the navigation knows of one kind of page."""

    label: str
    name: str
    icon: str
    right: Can | None
    counts: str = ""
    while_beginning: bool = False


class Rights:
    """What the person at the page may do, for templates: `may.register_project`."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __getitem__(self, name: str) -> bool:
        return isinstance(self.request.user, Person) and self.request.user.may(Can(name))


ISSUED = "fact:dispatch.bulletin"
"""With the first entry of this kind a place has begun."""

NAV = (
    (
        "",
        (
            Way(_("今日"), "home", "home", None),
            Way(_("开始"), "guide", "flag", Can.SEE_PLACE, while_beginning=True),
        ),
    ),
    (
        _("推"),
        (
            Way(_("项目"), "projects", "stack-2", Can.SEE_PROJECT),
            Way(_("待认定"), "pending", "checklist", Can.VERIFY, "pending"),
            Way(_("五未"), "nots", "alert-triangle", Can.SEE_PROJECT, "nots"),
            Way(_("导入"), "imports", "file-import", Can.IMPORT),
        ),
    ),
    (
        _("报"),
        (
            Way(_("月报"), "returns", "calendar-stats", Can.SEE_RETURN),
            Way(_("接洽"), "contacts", "route", Can.SEE_CONTACT),
        ),
    ),
    (
        _("督"),
        (
            Way(_("动员部署"), "mobilised", "flag", Can.SEE_TARGET),
            Way(_("领导包保"), "leaders", "users", Can.SEE_CONTACT),
            Way(_("通报"), "bulletins", "speakerphone", Can.SEE_BULLETIN),
        ),
    ),
    (
        _("考"),
        (
            Way(_("任务"), "targets", "target", Can.SEE_TARGET),
            Way(_("考核与排名"), "scores", "trophy", Can.SEE_SCORE),
            Way(_("考核结果"), "results", "checklist", Can.SEE_SCORE),
            Way(_("评分"), "rounds", "gavel", Can.SEE_SCORE),
            Way(_("军令状"), "pledges", "writing-sign", Can.SEE_TARGET),
            Way(_("横向比较"), "comparison", "scale", Can.SEE_TARGET),
            Way(_("实绩档案"), "dossiers", "user", Can.SEE_DOSSIER),
        ),
    ),
    (
        _("设置"),
        (
            Way(_("组织"), "org", "sitemap", Can.SEE_ORG),
            Way(_("依据文件"), "documents", "file-text", Can.SEE_DOCUMENT),
            Way(_("口径"), "place", "adjustments", Can.SEE_PLACE),
            Way(_("账本"), "ledger", "book-2", Can.SEE_LEDGER),
        ),
    ),
)

_here: WeakKeyDictionary[HttpRequest, Here] = WeakKeyDictionary()


def shell(request: HttpRequest) -> dict[str, object]:
    """The frame's own figures."""
    frame = here(request)
    return {"here": frame, "nav": _nav(request, frame), "may": Rights(request)}


def here(request: HttpRequest) -> Here:
    """Where and when a request is made; asked of the database once a request."""
    if request not in _here:
        _here[request] = _looked_up(request)
    return _here[request]


def _looked_up(request: HttpRequest) -> Here:
    today = clock.today()
    if not isinstance(request.user, Person):
        return Here(today, None, "", None, *_counts(None, today))
    begun = SettingsVersion.objects.visible_to(request.user).filter(happened_on__lte=today)
    version = begun.select_related("place").order_by("-happened_on", "-seq").first()
    counts = _counts(request.user, today)
    if version is None:
        return Here(today, None, "", None, *counts)
    return Here(today, version.place_id, version.place.name, version.settings, *counts)


def _counts(person: Person | None, today: date) -> tuple[bool, int, int, bool, str]:
    """Whether the ledger is simulated, what waits for this person, and whether nothing went out yet."""
    wanted: dict[str, Subquery | Exists] = {"issued": Exists(Entry.objects.of(ISSUED))}
    if person is not None and person.may(Can.VERIFY):
        wanted["pending"] = _number(Pending.objects.visible_to(person))
    if person is not None and person.may(Can.SEE_PROJECT):
        late = Project.objects.visible_to(person).filter(due_on__lt=today)
        wanted["nots"] = _number(late)
    heads: QuerySet[Head, dict[str, Any]] = Head.objects.filter(pk=1).values(
        "simulated", "hash", **wanted
    )  # type: ignore[assignment]  # its columns are named above
    found = heads.first()
    if found is None:
        return False, 0, 0, False, ""
    pending, nots = found.get("pending") or 0, found.get("nots") or 0
    simulated, beginning = bool(found.get("simulated")), not found.get("issued")
    return simulated, int(pending), int(nots), beginning, str(found.get("hash"))


def _number(rows: QuerySet[Model]) -> Subquery:
    """How many rows, as a column of another query."""
    one = rows.order_by().annotate(one=Value(1)).values("one")
    return Subquery(one.annotate(number=Count("*")).values("number"), IntegerField())


def _nav(request: HttpRequest, frame: Here) -> list[tuple[str, list[Door]]]:
    """The ways that are open to this person, by kind of work."""
    person = request.user
    if not isinstance(person, Person):
        return []
    parts = [
        (
            label,
            [
                _door(way, request.path, frame)
                for way in ways
                if way.right is None or person.may(way.right)
                if frame.beginning or not way.while_beginning
            ],
        )
        for label, ways in NAV
    ]
    shown = [(label, [door for door in doors if door.url]) for label, doors in parts]
    return [(gettext(label) if label else "", doors) for label, doors in shown if doors]


def _door(way: Way, path: str, frame: Here) -> Door:
    try:
        url = reverse(way.name)
    except NoReverseMatch:
        url = ""  # its page belongs to a module that is not installed
    count = getattr(frame, way.counts) if way.counts else 0
    now = path == url if url == "/" else bool(url) and path.startswith(url)
    return Door(gettext(way.label), url, way.icon, now, count)
