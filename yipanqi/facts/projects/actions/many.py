"""Many projects are amended at once, all or none, each with its entry."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from yipanqi.core.problems import refuse_if_blocked
from yipanqi.facts.projects.actions.register import SPANNED, parts_line, span_of
from yipanqi.facts.projects.models import Part, Project, ProjectSpan
from yipanqi.facts.projects.rules import PartRole, Share, share_problems
from yipanqi.ledger.actions import BATCH, Actor, amend_many, append, hold, pour


@transaction.atomic
def amend_projects(
    *,
    changes: Sequence[tuple[Project, Mapping[str, str]]],
    by: Actor | None,
    at: datetime,
    reason: str,
) -> None:
    """Change words that are registered of many projects; measures of the past keep what they were."""
    entries = amend_many(changes, by=by, at=at, reason=reason)
    seqs = {project.pk: entry.seq for (project, _), entry in zip(changes, entries, strict=True)}
    moved = []
    fresh = Project.objects.in_bulk(seqs)
    for span in ProjectSpan.objects.current().filter(project_id__in=seqs):
        project = fresh[span.project_id]
        if any(getattr(span, name) != getattr(project, name) for name in SPANNED):
            span.to_seq = seqs[project.pk]
            moved.append(span)
    ProjectSpan.objects.bulk_update(moved, ["to_seq"], batch_size=BATCH // 4)
    pour(span_of(fresh[span.project_id], span.to_seq) for span in moved)


@transaction.atomic
def set_parts_of(
    *, changes: Sequence[tuple[Project, Sequence[Share]]], by: Actor | None, at: datetime
) -> None:
    """Say anew who takes part in many projects; offices that verify stay, the past stays as it was."""
    refuse_if_blocked([p for _, shares in changes for p in share_problems(shares)])
    hold()
    current: dict[int, list[Part]] = defaultdict(list)
    for part in Part.objects.current().filter(project__in=[one.pk for one, _ in changes]):
        current[part.project_id].append(part)
    everyone = [
        [*shares, *(p.share() for p in current[one.pk] if p.role == PartRole.VERIFIER)]
        for one, shares in changes
    ]
    lines = [parts_line(one, shares) for (one, _), shares in zip(changes, everyone, strict=True)]
    begun, ended = [], []
    for entry, (project, _), shares in zip(
        append(lines, by=by, at=at), changes, everyone, strict=True
    ):
        for part in current[project.pk]:
            part.to_seq = entry.seq
            ended.append(part)
        begun += [Part(project=project, from_seq=entry.seq, **vars(share)) for share in shares]
    Part.objects.bulk_update(ended, ["to_seq"], batch_size=BATCH // 4)
    pour(begun)
