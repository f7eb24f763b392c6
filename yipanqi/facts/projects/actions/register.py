"""A project enters the register, its parts are shared, its particulars are amended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.db.models.functions import Length
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse, refuse_if_blocked
from yipanqi.core.words import half_width
from yipanqi.facts.projects.models import (
    Part,
    Project,
    ProjectSpan,
)
from yipanqi.facts.projects.rules import (
    PartRole,
    Share,
    share_problems,
)
from yipanqi.ledger.actions import (
    Actor,
    Line,
    amend,
    append,
    hold,
    open_records,
    pour,
)
from yipanqi.ledger.models import subject_of
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Settings

WORDED = ("name", "investor", "company", "code")
SPANNED = (
    *("place_id", "total_fen", "total", "currency", "origin"),
    *("industry", "nature", "honour", "level", "taken_back"),
)


@dataclass(frozen=True)
class NewProject:
    """A project about to be registered, with the units that take part in it."""

    project: Project
    shares: Sequence[Share] = field(default=())


@transaction.atomic
def register_projects(
    *, new: Sequence[NewProject], by: Actor | None, at: datetime
) -> list[Project]:
    """Take projects into the register, all or none, each with its entry in the ledger."""
    refuse_if_blocked([p for one in new for p in share_problems(one.shares)])
    if not new:
        return []
    hold()
    projects = [one.project for one in new]
    _prepare(projects, at)
    shared = [one for one in new if one.shares]
    entries = open_records(
        projects,
        by=by,
        at=at,
        following=lambda: [parts_line(one.project, one.shares) for one in shared],
    )
    pour(span_of(project, entry.seq) for project, entry in zip(projects, entries, strict=False))
    pour(
        Part(project=one.project, from_seq=entry.seq, **vars(share))
        for one, entry in zip(shared, entries[len(projects) :], strict=True)
        for share in one.shares
    )
    return projects


def register_project(
    *, project: Project, shares: Sequence[Share], by: Actor | None, at: datetime
) -> Project:
    """Take one project into the register (项目入库)."""
    return register_projects(new=[NewProject(project, shares)], by=by, at=at)[0]


def _prepare(projects: Sequence[Project], at: datetime) -> None:
    """Give each project its code, words that are found, and what lists show of it."""
    today = localdate(at)
    settings = settings_on(projects[0].place_id, today)
    numbers = _free_numbers(projects[0].place_id, f"{settings.code_prefix}-{today.year}-")
    for project in projects:
        for name in WORDED:
            setattr(project, name, half_width(getattr(project, name)))
        project.code = project.code or next(numbers)
        project.total_fen = _in_yuan(project, settings, today)
        project.last_fact_on = project.last_fact_on or today


def _free_numbers(place_id: int, prefix: str) -> Iterator[str]:
    """The numbers after the highest one; codes that came from elsewhere may not be numbers."""
    used = Project.objects.filter(place_id=place_id, code__startswith=prefix)
    highest = used.order_by(Length("code").desc(), "-code").values_list("code", flat=True)
    numbers = (code.removeprefix(prefix) for code in highest.iterator(100))
    last = next((int(number) for number in numbers if number.isdecimal()), 0)
    return (f"{prefix}{number:05d}" for number in count(last + 1))


def _in_yuan(project: Project, settings: Settings, on: date) -> int | None:
    if project.total is None:
        return None
    return settings.in_yuan(project.total, project.currency, on)


def span_of(project: Project, seq: int) -> ProjectSpan:
    """What a project is from an entry on."""
    return ProjectSpan(
        project_id=project.pk,
        from_seq=seq,
        **{name: getattr(project, name) for name in SPANNED},
    )


def parts_line(project: Project, shares: Sequence[Share]) -> Line:
    """How the ledger is told who takes part in a project."""
    listed = [
        f"{s.role}:{s.unit_id}:{s.person_id or ''}:{s.num}/{s.den}"
        for s in sorted(shares, key=lambda s: (s.role, s.unit_id))
    ]
    return Line("parts", subject_of(project), {"parts": listed})


@transaction.atomic
def set_parts(
    *,
    project: Project,
    shares: Sequence[Share],
    by: Actor | None,
    at: datetime,
    since: int | None = None,
) -> None:
    """Say anew who takes part in a project and how the credit is shared; the past stays as it was.

    Refuses when somebody else has said so after the entry `since`.
    """
    refuse_if_blocked(share_problems(shares))
    hold()
    current = list(project.parts.current())
    said = [part.from_seq for part in current if part.role != PartRole.VERIFIER]
    if since is not None and max(said, default=0) > since:
        raise refuse(
            _("你打开这一页之后，别人改过参与单位或份额；请刷新后核对再填"), where=_("保存")
        )
    kept = [part.share() for part in current if part.role == PartRole.VERIFIER]
    everyone = [*shares, *kept]
    seq = append([parts_line(project, everyone)], by=by, at=at)[-1].seq
    project.parts.close(seq)
    Part.objects.bulk_create(
        [Part(project=project, from_seq=seq, **vars(share)) for share in everyone]
    )


@transaction.atomic
def amend_project(
    *,
    project: Project,
    changes: Mapping[str, object],
    version: int,
    by: Actor | None,
    at: datetime,
    reason: str = "",
) -> Project:
    """Change what is registered of a project; measures of the past keep what it was then."""
    plain = {name: half_width(str(changes[name])) for name in WORDED if name in changes}
    entry = amend(project, {**changes, **plain}, version=version, by=by, at=at, reason=reason)
    fresh = Project.objects.get(pk=project.pk)
    if {"total", "currency"}.intersection(changes):
        today = localdate(at)
        fresh.total_fen = _in_yuan(fresh, settings_on(fresh.place_id, today), today)
        fresh.save(update_fields=["total_fen"])
    span = fresh.spans.current().get()
    if any(getattr(span, name) != getattr(fresh, name) for name in SPANNED):
        fresh.spans.close(entry.seq)
        span_of(fresh, entry.seq).save()
    return fresh
