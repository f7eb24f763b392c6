"""The way from an empty ledger to the first bulletin: five steps, each derived from what is there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from yipanqi.assessment.models import MethodVersion
from yipanqi.dispatch.models import Bulletin
from yipanqi.facts.projects.models import Pending, Project
from yipanqi.facts.targets.models import Target
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Person, Post, Unit
from yipanqi.org.rules import GRANTS, Can, Kind, Role
from yipanqi.place.models import SettingsVersion
from yipanqi.place.reads import presets
from yipanqi.place.rules import Settings
from yipanqi.standing.models import Recognised


@dataclass(frozen=True)
class Way:
    """Where something is done, in words, and whether it is this person's to do."""

    label: str
    url: str
    mine: bool


@dataclass(frozen=True)
class Step:
    """One of the five: what is missing, who can do it, and where."""

    number: int
    title: str
    says: str
    missing: tuple[str, ...]
    who: tuple[str, ...]
    ways: tuple[Way, ...]

    @property
    def done(self) -> bool:
        """Nothing is missing."""
        return not self.missing


@dataclass(frozen=True)
class Stand:
    """What is there of a place today."""

    place: Unit
    today: date
    posts: list[Post]
    settings: Settings | None


def steps(person: Person, *, today: date) -> list[Step]:
    """All five for the place that somebody works in."""
    place = Unit.objects.get(pk=person.place_id)
    held = Post.objects.held().filter(unit__path__startswith=place.path)
    begun = SettingsVersion.objects.filter(place=place, happened_on__lte=today)
    version = begun.order_by("-happened_on", "-seq").first()
    posts = list(held.select_related("unit", "person"))
    stand = Stand(place, today, posts, version.settings if version else None)
    return [_step(number, plan, stand, person) for number, plan in enumerate(PLANS, start=1)]


def _step(number: int, plan: "Plan", stand: Stand, person: Person) -> Step:
    """A step with what it lacks, those of its ways that there are, and who can go them."""
    ways = _definition_ways() if plan.presets and stand.settings is None else plan.ways
    return Step(
        number,
        gettext(plan.title),
        gettext(plan.says),
        tuple(plan.missing(stand)),
        tuple(dict.fromkeys(p.person.name for p in stand.posts if _has(p, plan.right))),
        tuple(_ways(ways, person)),
    )


def _has(post: Post, right: Can) -> bool:
    return right in GRANTS[Role(post.role)]


def _ways(ways: Iterable[tuple[str, str, str]], person: Person) -> Iterator[Way]:
    for label, name, query in ways:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue  # its module is not installed
        yield Way(gettext(label), f"{url}?{query}" if query else url, person.may(RIGHTS[name]))


RIGHTS = {
    "staff": Can.APPOINT,
    "org": Can.SEE_ORG,
    "place_edit": Can.SET_PLACE,
    "method_edit": Can.SET_METHOD,
    "targets_paste": Can.SET_TARGET,
    "imports": Can.IMPORT,
    "project_new": Can.REGISTER_PROJECT,
    "pending": Can.VERIFY,
    "bulletin_new": Can.ISSUE_BULLETIN,
}
"""Whose each way is."""


def _units_missing(stand: Stand) -> Iterator[str]:
    units = Unit.objects.under(stand.place.path).exclude(kind__in=[Kind.PLACE, *Kind.groups()])
    if units.count() < 2:
        yield _("还没有乡镇、部门或园区")
    if not any(post.role in {Role.CLERK, Role.LIAISON} for post in stand.posts):
        yield _("还没有能申报、能导入台账的人（招商部门经办或联络员）")


def _definitions_missing(stand: Stand) -> Iterator[str]:
    if stand.settings is None:
        yield _("还没有生效的口径")
        return
    staffed = {post.unit.name for post in stand.posts if _has(post, Can.VERIFY)}
    offices = dict.fromkeys(node.office for node in (*stand.settings.nodes, stand.settings.funds))
    for office in offices:
        if office not in staffed:
            yield _("口径写了由%(office)s认定，那里还没有认定人员") % {"office": office}


def _definition_ways() -> list[tuple[str, str, str]]:
    """Pages to begin with."""
    return [(preset.title, "place_edit", f"preset={preset.name}") for preset in presets()]


def _method_missing(stand: Stand) -> Iterator[str]:
    adopted = MethodVersion.objects.in_force(stand.place.pk, seq=OPEN)
    if adopted is None:
        yield _("还没有采用考核办法")
    year = stand.today.year
    given = Target.objects.filter(holder__path__startswith=stand.place.path, year=year)
    if not given.exists():
        yield _("还没有下达 %(year)s 年任务") % {"year": year}
        return
    kinds = {kind for group in adopted.method.groups for kind in group.kinds} if adopted else ()
    bare = Unit.objects.under(stand.place.path).standing().filter(kind__in=kinds)
    names = bare.exclude(pk__in=given.values("holder")).values_list("name", flat=True)
    if names:
        yield _("办法要考核、还没有任务的单位：%(units)s") % {"units": "、".join(names)}


def _projects_missing(stand: Stand) -> Iterator[str]:
    if not Project.objects.filter(place=stand.place, taken_back=False).exists():
        yield _("还没有项目")


def _bulletin_missing(stand: Stand) -> Iterator[str]:
    waiting = Pending.objects.filter(project__place=stand.place).order_by()
    by_office = waiting.values_list("office__name").annotate(number=Count("pk")).order_by("office")
    for office, number in by_office:
        yield _("%(office)s还有 %(number)s 条申报等着认定") % {"office": office, "number": number}
    if (
        not by_office
        and not Recognised.objects.current().filter(project__place=stand.place).exists()
    ):
        yield _("还没有认定过一条申报")
    if not Bulletin.objects.filter(place=stand.place).exists():
        yield _("还没有印发过通报")


@dataclass(frozen=True)
class Plan:
    """What a step is about: whose it is, what it lacks, where it is done."""

    title: str
    says: str
    missing: Callable[[Stand], Iterable[str]]
    right: Can
    ways: tuple[tuple[str, str, str], ...]
    presets: bool = False


PLANS = (
    Plan(
        gettext_noop("单位和人"),
        gettext_noop("乡镇、部门、园区，谁来报，谁来认"),
        _units_missing,
        Can.APPOINT,
        ((gettext_noop("导入花名册"), "staff", ""), (gettext_noop("组织"), "org", "")),
    ),
    Plan(
        gettext_noop("口径"),
        gettext_noop("环节、佐证、期限、认定单位；从预设开始改"),
        _definitions_missing,
        Can.SET_PLACE,
        ((gettext_noop("修改口径"), "place_edit", ""), (gettext_noop("导入花名册"), "staff", "")),
        presets=True,
    ),
    Plan(
        gettext_noop("考核办法和任务"),
        gettext_noop("怎样计分，今年各单位多少任务"),
        _method_missing,
        Can.SET_METHOD,
        (
            (gettext_noop("采用办法（从预设开始）"), "method_edit", "preset=county-a"),
            (gettext_noop("粘贴任务表"), "targets_paste", ""),
        ),
    ),
    Plan(
        gettext_noop("项目台账"),
        gettext_noop("把现有的台账导入，或逐个登记"),
        _projects_missing,
        Can.IMPORT,
        ((gettext_noop("导入台账"), "imports", ""), (gettext_noop("登记项目"), "project_new", "")),
    ),
    Plan(
        gettext_noop("认定，印发第一期通报"),
        gettext_noop("认定单位核对申报，招商部门负责人印发"),
        _bulletin_missing,
        Can.VERIFY,
        ((gettext_noop("待认定"), "pending", ""), (gettext_noop("起草通报"), "bulletin_new", "")),
    ),
)
"""The five steps in their order."""
