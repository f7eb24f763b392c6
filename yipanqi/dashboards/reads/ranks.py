"""The ranking as it stood this morning: scored once a day, told with its day and its entry."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.utils.timezone import make_aware

from yipanqi.assessment.reads.live import Live, live
from yipanqi.assessment.rules.sheets import ScoredGroup
from yipanqi.ledger.models import Entry

KEPT = timedelta(days=2)
SHOWN = 3


@dataclass(frozen=True)
class Ranked:
    """A holder in the ranking of its group; `moved` are places gained since the end of last month."""

    place: int | None
    holder_id: int
    holder: str
    total: str
    moved: int | None

    @property
    def fell(self) -> int:
        """How many places were lost."""
        return -(self.moved or 0)


@dataclass(frozen=True)
class Group:
    """A group in the order of its places."""

    name: str
    rows: tuple[Ranked, ...]

    def shown(self, unit_id: int | None) -> list[Ranked | None]:
        """The first three and the last three, one's own unit between them; `None` is a gap."""
        rows = self.rows
        kept = {*range(SHOWN), *range(len(rows) - SHOWN, len(rows))}
        kept |= {i for i, row in enumerate(rows) if row.holder_id == unit_id}
        listed: list[Ranked | None] = []
        for i, row in enumerate(rows):
            if i in kept:
                listed.append(row)
            elif listed and listed[-1] is not None:
                listed.append(None)
        return listed


@dataclass(frozen=True)
class Ranks:
    """The ranking of every group as of a day and an entry, and the day it is compared with."""

    day: date
    seq: int
    before: date | None
    method: str
    groups: tuple[Group, ...]

    def group(self, name: str, unit_id: int | None) -> Group:
        """The group asked for, else one's own unit's, else the first."""
        asked = [group for group in self.groups if group.name == name]
        own = [g for g in self.groups if any(row.holder_id == unit_id for row in g.rows)]
        return [*asked, *own, *self.groups][0]


def ranks(place_id: int, *, today: date) -> Ranks | None:
    """The ranking as of the end of yesterday, remembered for the day; none without a method then."""
    key = f"ranks:1:{place_id}:{today.isoformat()}"
    known = cache.get(key)
    if known is None:
        known = (_ranks(place_id, today),)
        cache.set(key, known, KEPT.total_seconds())
    found: Ranks | None = known[0]
    return found


def _ranks(place_id: int, today: date) -> Ranks | None:
    scored = _at_the_end_of(today - timedelta(days=1), place_id)
    if scored is None or not scored.holders:
        return None
    month_ago = today.replace(day=1) - timedelta(days=1)
    before = _at_the_end_of(month_ago, place_id) if month_ago.year == scored.at.day.year else None
    then = {h.pk: before.row(h.name).place for h in before.holders.values()} if before else {}
    groups = tuple(_group(scored, group, then) for group in scored.sheet.groups)
    compared = before.at.day if before else None
    return Ranks(scored.at.day, scored.at.seq, compared, str(scored.version), groups)


def _at_the_end_of(day: date, place_id: int) -> Live | None:
    """The score of a day by what was in the ledger when it ended."""
    midnight = make_aware(datetime.combine(day + timedelta(days=1), time()))
    written = Entry.objects.filter(recorded_at__lt=midnight).order_by("-seq")
    seq = written.values_list("seq", flat=True).first()
    return live(place_id, day=day, seq=seq) if seq else None


def _group(scored: Live, group: ScoredGroup, then: dict[int, int | None]) -> Group:
    rows = []
    for row in group.rows:
        holder = scored.holders[row.holder]
        was = then.get(holder.pk)
        moved = was - row.place if was is not None and row.place is not None else None
        total = scored.sheet.printed(row.total) or "—"
        rows.append(Ranked(row.place, holder.pk, holder.name, total, moved))
    return Group(group.group, tuple(rows))
