"""What somebody has done, post by post, within each term: derived when asked for, nothing is typed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.live import live
from yipanqi.core.numbers import percent
from yipanqi.facts.activities.models import Check, Contact
from yipanqi.facts.pledges.models import Signing
from yipanqi.facts.projects.models import Claim, Part, Project
from yipanqi.facts.projects.rules import PartRole
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import now_seq
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Pairing, Person, Post
from yipanqi.org.rules import Kind
from yipanqi.place.rules import Settings
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.models import Recognised, Verdict
from yipanqi.standing.reads.pace import board_of
from yipanqi.standing.rules import Outcome

YEARS = 3
"""Tasks and scores are told for the last years of a term; the older ones stand in their own pages."""


@dataclass(frozen=True)
class Term:
    """A post as far as it lies behind us: from a day until a day, that one included."""

    post: Post
    since: date
    until: date

    @property
    def days(self) -> tuple[date, date]:
        """For conditions of days."""
        return self.since, self.until

    @property
    def year_ends(self) -> list[date]:
        """The last day of each of its last years."""
        years = range(max(self.since.year, self.until.year - YEARS + 1), self.until.year + 1)
        return [min(date(year, 12, 31), self.until) for year in years]

    @property
    def seat(self) -> bool:
        """Whether the unit is this one leader's."""
        return self.post.unit.kind == Kind.SEAT


@dataclass(frozen=True)
class Record:
    """One thing behind a figure; its project, where it is about one."""

    on: date
    words: str
    project_id: int | None = None
    fen: int | None = None


@dataclass(frozen=True)
class Sheet:
    """One kind of achievement in a term, with its records."""

    code: str
    label: str
    records: tuple[Record, ...]

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.records)

    @property
    def fen(self) -> int | None:
        """What they add up to, where they are about money."""
        amounts = [one.fen for one in self.records if one.fen is not None]
        return sum(amounts) if amounts else None


@dataclass(frozen=True)
class Told:
    """A task or a score at the end of a year."""

    on: date
    what: str
    words: str
    share: str


@dataclass(frozen=True)
class Period:
    """Everything of one term."""

    term: Term
    sheets: tuple[Sheet, ...]
    tasks: tuple[Told, ...]
    scores: tuple[Told, ...]
    paired: tuple[str, ...]

    @property
    def achieved(self) -> list[Sheet]:
        """The kinds of achievement of which there is any."""
        return [sheet for sheet in self.sheets if sheet.records]


def terms_of(person: Person, *, as_of: date) -> list[Term]:
    """The posts that somebody holds or held, the newest first, main ones before others."""
    posts = person.posts.filter(from_on__lte=as_of).select_related("unit")
    terms = [
        Term(
            post, post.from_on, min(post.to_on - timedelta(days=1), as_of) if post.to_on else as_of
        )
        for post in posts
    ]
    newest = sorted(terms, key=lambda term: (term.until, term.since, term.post.pk), reverse=True)
    return sorted(newest, key=lambda term: not term.post.main)


def periods_of(person: Person, settings: Settings, *, as_of: date) -> list[Period]:
    """The whole file, term by term."""
    return [
        Period(
            term,
            sheets_of(person, term, settings),
            tuple(_tasks(term, settings)),
            tuple(_scores(term, settings)),
            _paired(term),
        )
        for term in terms_of(person, as_of=as_of)
    ]


def sheets_of(person: Person, term: Term, settings: Settings) -> tuple[Sheet, ...]:
    """Each kind of achievement in a term."""
    return tuple(
        Sheet(code, _(label), tuple(drawn(person, term, settings))) for code, label, drawn in DRAWN
    )


def _introduced(_person: Person, term: Term, _settings: Settings) -> Iterator[Record]:
    """Projects that the unit introduced, signed within the term."""
    parts = Part.objects.current().filter(unit=term.post.unit, role=PartRole.INTRODUCER)
    signed = Recognised.objects.current().filter(
        node="signed", counted_on__range=term.days, project__in=parts.values("project_id")
    )
    for row in signed.select_related("project").order_by("-counted_on", "pk"):
        yield Record(row.counted_on, row.project.name, row.project_id, row.project.total_fen)


def _funds(_person: Person, term: Term, _settings: Settings) -> Iterator[Record]:
    """Money that arrived within the term for projects that the unit introduced."""
    parts = Part.objects.current().filter(unit=term.post.unit, role=PartRole.INTRODUCER)
    arrived = Recognised.objects.current().filter(
        node="funds", counted_on__range=term.days, project__in=parts.values("project_id")
    )
    for row in arrived.select_related("project").order_by("-counted_on", "pk"):
        yield Record(row.counted_on, row.project.name, row.project_id, row.amount_fen or 0)


def _led(person: Person, term: Term, _settings: Settings) -> Iterator[Record]:
    """Projects for which this person answers by name, or the leader's seat does."""
    mine = Q(person=person, unit=term.post.unit)
    if term.seat:
        mine |= Q(unit=term.post.unit, role=PartRole.LEADER)
    parts = Part.objects.current().filter(mine, project__taken_back=False)
    for part in parts.select_related("project").order_by("project__signed_on", "pk"):
        on = part.project.signed_on or part.project.last_fact_on
        if on <= term.until:
            yield Record(on, part.project.name, part.project_id, part.project.total_fen)


def _claimed(person: Person, term: Term, settings: Settings) -> Iterator[Record]:
    """What this person claimed for the unit."""
    entries = Entry.objects.of("fact:projects.claim").filter(actor_id=person.pk)
    mine = entries.filter(unit_id=term.post.unit_id)
    claims = Claim.objects.filter(seq__in=mine.values("seq"), happened_on__range=term.days)
    for one in claims.select_related("project").order_by("-happened_on", "-seq"):
        words = f"{settings.name_of(one.node)} {one.project.name}"
        yield Record(one.happened_on, words, one.project_id)


def _verified(person: Person, term: Term, settings: Settings) -> Iterator[Record]:
    """What this person decided for the office."""
    entries = Entry.objects.of("fact:standing.verdict").filter(actor_id=person.pk)
    mine = entries.filter(unit_id=term.post.unit_id)
    verdicts = Verdict.objects.filter(seq__in=mine.values("seq"), happened_on__range=term.days)
    for one in verdicts.select_related("claim__project").order_by("-happened_on", "-seq"):
        node, outcome = settings.name_of(one.claim.node), Outcome(one.outcome).label
        yield Record(one.happened_on, f"{node} {outcome} {one.claim.project.name}", one.project_id)


def _contacts(person: Person, term: Term, _settings: Settings) -> Iterator[Record]:
    """Meetings with investors at which this person was present, in this post."""
    there = Contact.objects.standing().attended_by(person.pk)
    mine = there.filter(presences__post=term.post, happened_on__range=term.days)
    for one in mine.order_by("-happened_on", "-seq"):
        yield Record(one.happened_on, f"{one.get_kind_display()} {one.investor}", one.project_id)


def _checks(_person: Person, term: Term, _settings: Settings) -> Iterator[Record]:
    """Paired projects that the seat checked."""
    checks = Check.objects.filter(seat=term.post.unit, happened_on__range=term.days)
    for one in checks.select_related("project").order_by("-happened_on", "-seq"):
        yield Record(one.happened_on, one.project.name, one.project_id)


def _pledges(person: Person, term: Term, _settings: Settings) -> Iterator[Record]:
    """Pledges that this person signed for the unit."""
    mine = Signing.objects.filter(signer=person, holder=term.post.unit_id)
    for one in mine.filter(happened_on__range=term.days).select_related("pledge").order_by("-seq"):
        yield Record(one.happened_on, one.pledge.number)


Drawing = Callable[[Person, Term, Settings], Iterator[Record]]

DRAWN: Sequence[tuple[str, str, Drawing]] = (
    ("introduced", gettext_noop("单位引进签约"), _introduced),
    ("funds", gettext_noop("单位引进到位资金"), _funds),
    ("led", gettext_noop("负责和包保的项目"), _led),
    ("claimed", gettext_noop("经手申报"), _claimed),
    ("verified", gettext_noop("经手认定"), _verified),
    ("contacts", gettext_noop("参加接洽"), _contacts),
    ("checks", gettext_noop("包保检查"), _checks),
    ("pledges", gettext_noop("签军令状"), _pledges),
)
"""What a file tells of each term, in this order."""


def _tasks(term: Term, settings: Settings) -> Iterator[Told]:
    """The unit's tasks and how far they were when each year, or the term, ended."""
    for day in reversed(term.year_ends):
        board = board_of([term.post.unit_id], settings, AsOf(now_seq(), day))
        for pace in board.of(term.post.unit_id):
            if pace.aim and pace.done is not None:
                one = pace.indicator
                words = f"{one.told(pace.done)} / {one.told(pace.aim)} {one.unit}"
                yield Told(day, one.name, words, percent(pace.share))


def _scores(term: Term, settings: Settings) -> Iterator[Told]:
    """The unit's score and place when each year since there is a method, or the term, ended."""
    place_id = int(term.post.unit.path.split("/")[1])
    version = MethodVersion.objects.in_force(place_id, seq=now_seq())
    for day in reversed(term.year_ends):
        if version is None or day < max(version.happened_on, settings.valid_from):
            continue
        scored = live(place_id, day=day)
        name = term.post.unit.name
        if scored and name in scored.holders and scored.has_total(scored.holders[name]):
            group = scored.group_of(name)
            row = scored.row(name)
            place = {"group": group.group, "place": row.place, "all": len(group.rows)}
            words = _("%(group)s第 %(place)s 名，共 %(all)s 家") % place
            yield Told(day, words, scored.sheet.printed(row.total) or "—", "")


def _paired(term: Term) -> tuple[str, ...]:
    """What the seat answers for now."""
    pairings = Pairing.objects.filter(seat=term.post.unit, to_seq=OPEN).select_related("unit")
    return tuple(one.with_what for one in pairings.order_by("pk"))


def in_sight(viewer: Person, records: Sequence[Record]) -> set[int]:
    """The projects of these records that the viewer may open."""
    keys = {one.project_id for one in records if one.project_id}
    seen = Project.objects.visible_to(viewer).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True))
