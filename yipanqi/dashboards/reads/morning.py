"""Ranking and pace as they stood this morning: counted once a day, told with their day and entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache

from yipanqi.assessment.reads.live import Live, live
from yipanqi.assessment.rules.sheets import ScoredGroup
from yipanqi.core.problems import Refused
from yipanqi.ledger.reads import last_of
from yipanqi.org.models import Person
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import Settings
from yipanqi.standing.measures.spec import AsOf
from yipanqi.standing.reads.pace import Board, Pace, board_of
from yipanqi.standing.reads.tasks import holders_of

KEPT = timedelta(days=2)
SHOWN, CARDS = 3, 4


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
    """The ranking of every group, and the day with which it is compared."""

    before: date | None
    method: str
    groups: tuple[Group, ...]

    def group(self, name: str, unit_id: int | None) -> Group:
        """The group asked for, else one's own unit's, else the first."""
        asked = [group for group in self.groups if group.name == name]
        own = [g for g in self.groups if any(row.holder_id == unit_id for row in g.rows)]
        return [*asked, *own, *self.groups][0]


@dataclass(frozen=True)
class Morning:
    """What is counted once a day, by what the ledger held when yesterday ended: ranking and pace."""

    day: date
    seq: int
    ranks: Ranks | None
    board: Board

    def of(self, unit_id: int) -> list[Pace]:
        """The tasks of one unit; none where it has none."""
        return _told(pace for (holder, _), pace in self.board.holders.items() if holder == unit_id)

    def together(self) -> list[Pace]:
        """The tasks of the whole place."""
        return _told(self.board.together())


def _told(paces: Iterable[Pace]) -> list[Pace]:
    """What there is a task for; an indicator that is a part of another stands with that one."""
    return [pace for pace in paces if pace.aim and not pace.indicator.within][:CARDS]


def morning(person: Person, *, today: date) -> Morning | None:
    """The figures of the end of yesterday in somebody's place; none before anything was written."""
    key = f"morning:1:{person.place_id}:{today.isoformat()}"
    known = cache.get(key)
    if known is None:
        known = (_counted(person, today - timedelta(days=1)),)
        cache.set(key, known, KEPT.total_seconds())
    found: Morning | None = known[0]
    return found


def _counted(person: Person, day: date) -> Morning | None:
    seq, settings = last_of(day), _settings(person.place_id, day)
    if seq is None or settings is None:
        return None
    holders = [unit.pk for unit in holders_of(person, day.year)]
    board = board_of(holders, settings, AsOf(seq, day))
    return Morning(day, seq, _ranks(person.place_id, day, seq), board)


def _settings(place_id: int, day: date) -> Settings | None:
    try:
        return settings_on(place_id, day)
    except Refused:
        return None  # the place had none yet


def _ranks(place_id: int, day: date, seq: int) -> Ranks | None:
    scored = live(place_id, day=day, seq=seq)
    if scored is None or not scored.sheet.groups:
        return None
    before = _a_month_ago(place_id, day)
    then = _places(before) if before else {}
    groups = tuple(_group(scored, group, then) for group in scored.sheet.groups)
    compared = before.at.day if before else None
    return Ranks(compared, str(scored.version), groups)


def _places(scored: Live) -> dict[int, int | None]:
    """The place of everybody who has one."""
    rows = (row for group in scored.sheet.groups for row in group.rows)
    return {scored.holders[row.holder].pk: row.place for row in rows}


def _a_month_ago(place_id: int, day: date) -> Live | None:
    """The score of the last day of the month before, within the year."""
    then = day.replace(day=1) - timedelta(days=1)
    seq = last_of(then)
    return live(place_id, day=then, seq=seq) if seq and then.year == day.year else None


def _group(scored: Live, group: ScoredGroup, then: dict[int, int | None]) -> Group:
    rows = []
    for row in group.rows:
        holder = scored.holders[row.holder]
        was = then.get(holder.pk)
        moved = was - row.place if was is not None and row.place is not None else None
        total = scored.sheet.printed(row.total) or "—"
        rows.append(Ranked(row.place, holder.pk, holder.name, total, moved))
    return Group(group.group, tuple(rows))
