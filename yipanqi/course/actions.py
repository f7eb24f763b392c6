"""What happens every night: the day's scores are remembered."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.everywhere import everywhere
from yipanqi.assessment.reads.live import Live
from yipanqi.course.models import DayScore
from yipanqi.course.rules import kept
from yipanqi.ledger.reads import last_of

FIRST_LOOK = timedelta(days=14)
MOST_DAYS = 40
"""How far back a place begins, and how many days one night makes up for."""


def catch_up(*, today: date) -> list[date]:
    """Remember every day up to yesterday that has not been; the days that were."""
    yesterday = today - timedelta(days=1)
    last = DayScore.objects.aggregate(last=Max("day"))["last"] or yesterday - FIRST_LOOK
    days = [last + timedelta(days=n) for n in range(1, min((yesterday - last).days, MOST_DAYS) + 1)]
    return [day for day in days if remember(day)]


@transaction.atomic
def remember(day: date) -> int:
    """Keep what everybody had when a day ended, once; how many were scored."""
    seq = last_of(day)
    if seq is None:
        return 0
    rows = [row for scored in _sheets(day, seq) for row in _rows(scored, day, seq)]
    DayScore.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _sheets(day: date, seq: int) -> Iterator[Live]:
    """Every place by every method that it then had."""
    known = MethodVersion.objects.filter(seq__lte=seq).order_by("code", "place_id")
    places: dict[str, list[int]] = {}
    for code, place_id in known.values_list("code", "place_id").distinct():
        places.setdefault(code, []).append(place_id)
    for code, place_ids in places.items():
        yield from everywhere(place_ids, day=day, seq=seq, code=code)


def _rows(scored: Live, day: date, seq: int) -> Iterable[DayScore]:
    for group in scored.sheet.groups:
        for row in group.rows:
            yield DayScore(
                place_id=scored.version.place_id,
                code=scored.version.code,
                day=day,
                seq=seq,
                holder_id=scored.holders[row.holder].pk,
                group=group.group,
                decimals=scored.method.decimals,
                total_text="" if row.total is None else str(row.total),
                rank=row.place,
                points_text=kept({line.item: line.points for line in row.lines}),
            )
