"""How a holder's score went from day to day, what moved it, and by which records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.assessment.reads.live import Holder, Live, live, opened
from yipanqi.assessment.rules.methods import Figure
from yipanqi.assessment.rules.nodes import names_in
from yipanqi.core.numbers import shown
from yipanqi.course.models import DayScore
from yipanqi.course.rules import Move, kept, moves
from yipanqi.ledger.rules import Finding
from yipanqi.org.models import Person
from yipanqi.standing.measures.counting import Counted

PLACES = 2
A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Step:
    """A day on which the score stood otherwise than before, the first and the last day too."""

    score: DayScore
    before: DayScore | None
    moved: Sequence[Move]

    @property
    def total(self) -> str:
        """The printed total."""
        total = self.score.total
        return "—" if total is None else shown(total, self.score.decimals)

    @property
    def gained(self) -> Fraction | None:
        """How much more than before."""
        now, then = self.score.total, self.before.total if self.before else None
        return None if now is None or then is None else now - then

    @property
    def climbed(self) -> int | None:
        """How many places up; below nought is down."""
        then = self.before.rank if self.before else None
        return None if then is None or self.score.rank is None else then - self.score.rank

    @property
    def fell(self) -> int:
        """How many places down."""
        return -(self.climbed or 0)


def course_of(holder_id: int, person: Person, *, code: str, since: date, until: date) -> list[Step]:
    """The days on which a holder's score or place changed, oldest first; one query."""
    known = DayScore.objects.visible_to(person).filter(
        holder_id=holder_id, code=code, day__range=(since, until)
    )
    rows = list(known.order_by("day"))
    steps, before = list[Step](), None
    for row in rows:
        moved: list[Move] = moves(before.points, row.points) if before else []
        if before is None or moved or before.rank != row.rank or row is rows[-1]:
            steps.append(Step(row, before, moved))
        before = row
    return steps


@dataclass(frozen=True)
class Shift:
    """A figure that changed between two days: the records that came and those that went."""

    figure: Figure
    before: str
    after: str
    came: Sequence[Counted]
    went: Sequence[Counted]


@dataclass(frozen=True)
class Between:
    """What moved a holder from one day to another."""

    then: Live
    now: Live
    holder: Holder
    moved: Sequence[Move]
    shifts: Sequence[Shift]

    @property
    def records(self) -> Sequence[Counted]:
        """Every record that came or went."""
        return [record for shift in self.shifts for record in (*shift.came, *shift.went)]


def between(first: DayScore, last: DayScore) -> Between | None:
    """Why a score of one day became that of another; none where the method is no more."""
    then = live(first.place_id, day=first.day, seq=first.seq, code=first.code)
    now = live(last.place_id, day=last.day, seq=last.seq, code=last.code)
    if then is None or now is None:
        return None
    name = next(h.name for h in now.holders.values() if h.pk == last.holder_id)
    holder = now.holders[name]
    moved = moves(first.points, last.points)
    return Between(then, now, holder, moved, list(_shifts(then, now, holder, moved)))


def _shifts(then: Live, now: Live, holder: Holder, moved: Sequence[Move]) -> Iterator[Shift]:
    """The figures behind the items that moved, computed ones by what they are computed from."""
    items = {move.item for move in moved}
    asked = [
        name.name
        for group in now.method.groups
        for item in group.items
        if item.item in items and group.group == holder.group
        for name in names_in(item.formula.tree)
    ]
    for name in dict.fromkeys(_given(now, asked)):
        if shift := _shift(then, now, holder, name):
            yield shift


def _given(scored: Live, names: Sequence[str]) -> Iterator[str]:
    known = {figure.name: figure for figure in scored.method.figures}
    for name in names:
        figure = known.get(name)
        if figure and figure.formula:
            yield from _given(scored, [part.name for part in names_in(figure.formula.tree)])
        elif figure and figure.is_given:
            yield name


def _shift(then: Live, now: Live, holder: Holder, name: str) -> Shift | None:
    old, new = _value(then, holder, name), _value(now, holder, name)
    if old == new:
        return None
    was = next((one for one in then.holders.values() if one.pk == holder.pk), None)
    before = opened(then, was, name).records if was and _knows(then, name) else ()
    after = opened(now, holder, name).records
    return Shift(
        now.method.figure(name),
        _told(old),
        _told(new),
        [record for record in after if record not in before],
        [record for record in before if record not in after],
    )


def _knows(scored: Live, name: str) -> bool:
    return any(figure.name == name for figure in scored.method.figures)


def _value(scored: Live, holder: Holder, name: str) -> Fraction | None:
    was = next((one.name for one in scored.holders.values() if one.pk == holder.pk), "")
    value = scored.sheet.values.get(was, {}).get(name)
    return value if isinstance(value, Fraction) else None


def _told(value: Fraction | None) -> str:
    return _("缺") if value is None else shown(value, PLACES).rstrip("0").rstrip(".")


def findings() -> Iterator[Finding]:
    """Remembered scores that are not what the ledger gave on their day."""
    days = DayScore.objects.order_by("day", "place_id", "code")
    for place_id, code, day, seq in days.values_list("place_id", "code", "day", "seq").distinct():
        scored = live(place_id, day=day, seq=seq, code=code)
        rows = DayScore.objects.filter(place_id=place_id, code=code, day=day)
        wanted = _lines_of(scored) if scored else {}
        for row in rows.select_related("holder"):
            if wanted.get(row.holder_id) != (row.total_text, row.rank, row.points_text):
                where = f"{row.holder} {day} {code}"
                yield Finding(where, _("每日得分与当日账本重算的不符"))


def _lines_of(scored: Live) -> dict[int, tuple[str, int | None, str]]:
    return {
        scored.holders[row.holder].pk: (
            "" if row.total is None else str(row.total),
            row.place,
            kept({line.item: line.points for line in row.lines}),
        )
        for group in scored.sheet.groups
        for row in group.rows
    }
