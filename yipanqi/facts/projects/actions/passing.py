"""Parts that name a person pass on to another, or to nobody for the time being."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from yipanqi.facts.projects.actions.register import parts_line
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import Share
from yipanqi.ledger.actions import Actor, append, hold
from yipanqi.org.models import Person


@transaction.atomic
def pass_on_parts(
    *, parts: Sequence[Part], to: Person | None, by: Actor | None, at: datetime
) -> None:
    """Name another person for parts that hold now; units, shares and the past stay as they were."""
    if not parts:
        return
    hold()
    passing = {part.pk for part in parts}
    projects = Project.objects.in_bulk({part.project_id for part in parts})
    shares: dict[int, list[Share]] = defaultdict(list)
    for part in Part.objects.current().filter(project__in=projects).order_by("pk"):
        share = part.share()
        if part.pk in passing:
            share = replace(share, person_id=to.pk if to else None)
        shares[part.project_id].append(share)
    lines = [parts_line(projects[pk], listed) for pk, listed in shares.items()]
    seqs = [entry.seq for entry in append(lines, by=by, at=at)]
    for pk, seq in zip(shares, seqs, strict=True):
        Part.objects.filter(project_id=pk).close(seq)
    Part.objects.bulk_create(
        Part(project_id=pk, from_seq=seq, **vars(share))
        for (pk, listed), seq in zip(shares.items(), seqs, strict=True)
        for share in listed
    )
