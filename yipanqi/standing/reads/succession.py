"""What passes on when somebody leaves a post: everything personal that is still open for its unit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from yipanqi.facts.projects.models import Part
from yipanqi.facts.targets.models import Target
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import now_seq
from yipanqi.ledger.rules import said
from yipanqi.org.models import Post

SUCCESSION = "succession"
"""The kind of entry that says who handed over what to whom; filed under the unit."""


@dataclass(frozen=True)
class Handover:
    """The parts of projects and the tasks of a person that pass on."""

    parts: Sequence[Part]
    targets: Sequence[Target]

    @property
    def number(self) -> int:
        """How many things pass on."""
        return len(self.parts) + len(self.targets)

    @property
    def seal(self) -> str:
        """Tells this list from any other, so that nobody hands over what was not shown."""
        keys = [*(f"part:{part.pk}" for part in self.parts), *(f"{t.pk}" for t in self.targets)]
        return hashlib.sha256(" ".join(keys).encode()).hexdigest()[:16]


def handover_of(post: Post, *, year: int) -> Handover:
    """What a post's holder has open, or what waits for a successor where the post is vacant."""
    parts = Part.objects.current().filter(unit_id=post.unit_id).select_related("project", "unit")
    if post.to_on is None:
        mine = parts.filter(person_id=post.person_id).order_by("project_id", "pk")
        return Handover(list(mine), _targets(post, year))
    waiting = _left_behind(post)
    named = set(waiting.get("parts", ()))
    vacant = parts.filter(person__isnull=True).order_by("project_id", "pk")
    targets = Target.objects.filter(pk__in=waiting.get("targets", ()), year=year)
    return Handover(
        [part for part in vacant if f"{part.project_id}:{part.role}" in named],
        list(targets.order_by("pk")),
    )


def _targets(post: Post, year: int) -> list[Target]:
    """The last words on this person's tasks in the unit that ask for something."""
    mine = Target.objects.filter(holder_id=post.unit_id, person_id=post.person_id, year=year)
    indicators = list(mine.order_by().values_list("indicator", flat=True).distinct())
    standing = Target.objects.standing(indicators=indicators, year=year, seq=now_seq())
    last = standing.filter(holder_id=post.unit_id, person_id=post.person_id, amount__gt=0)
    return list(last.order_by("pk"))


def _left_behind(post: Post) -> dict[str, Sequence[str | int]]:
    """What the last holder of a vacant post handed to nobody yet."""
    entries = Entry.objects.about(post.unit).of(SUCCESSION).order_by("-seq")
    for payload in entries.values_list("payload", flat=True):
        if said(payload, "from_post") == post.pk:
            to_post = said(payload, "to_post")
            return {} if to_post else {n: said(payload, n) or () for n in ("parts", "targets")}
    return {}


def is_vacant(post: Post) -> bool:
    """Whether a post has ended and nobody has taken it over."""
    return post.to_on is not None and bool(_left_behind(post))
