"""A page that is still being written, scored beside the method in force; nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.live import Holder, drawn, live
from yipanqi.assessment.rules.effects import Effect, GroupEffect, MovedRow, effect_of
from yipanqi.assessment.rules.figures import read_figures_table
from yipanqi.assessment.rules.methods import Method
from yipanqi.assessment.rules.reading import read_method
from yipanqi.assessment.rules.scoring import score
from yipanqi.assessment.rules.sheets import Sheet
from yipanqi.assessment.rules.tables import read_table
from yipanqi.core.problems import Problem, Refused
from yipanqi.ledger.reads import now_seq
from yipanqi.ledger.rules import OPEN
from yipanqi.org.models import Unit
from yipanqi.standing.measures.spec import AsOf


@dataclass(frozen=True)
class Trial:
    """What a page makes of today's facts, or of figures that somebody typed.

    `before` is the version in force under the same code; `holders` are nobody over typed figures;
    `problems` are what an unfinished page still lacks.
    """

    sheet: Sheet
    effect: Effect
    before: MethodVersion | None
    holders: Mapping[str, Holder]
    problems: Sequence[Problem]

    @property
    def method(self) -> Method:
        """The method as it was read."""
        return self.sheet.method

    @property
    def after(self) -> int:
        """How many versions there were when this was looked at."""
        return self.before.number if self.before else 0


@dataclass(frozen=True)
class ToldRow:
    """A row as it is printed, with what moved."""

    holder: str
    holder_id: int | None
    place: int | None
    rise: int
    total: str | None
    gain: str
    points: Sequence[str | None]
    vetoed: Sequence[str]
    grade: str
    was_grade: str

    @property
    def fall(self) -> int:
        """How many places lower it stands."""
        return -self.rise

    @property
    def more(self) -> bool:
        """Whether there are more points than before."""
        return self.gain.startswith("+")


@dataclass(frozen=True)
class ToldGroup:
    """A group as it is printed."""

    group: str
    lines: Sequence[str]
    rows: Sequence[ToldRow]


def told(trial: Trial) -> list[ToldGroup]:
    """Every group with its rows in words."""
    return [
        ToldGroup(group.group, group.lines, [_row(trial, group, row) for row in group.rows])
        for group in trial.effect.groups
    ]


def _row(trial: Trial, group: GroupEffect, moved: MovedRow) -> ToldRow:
    row, sheet = moved.row, trial.sheet
    holder = trial.holders.get(row.holder)
    points = {line.item: line.points for line in row.lines}
    return ToldRow(
        holder=row.holder,
        holder_id=holder.pk if holder else None,
        place=row.place,
        rise=moved.rise,
        total=sheet.printed(row.total),
        gain=signed(sheet, moved.gain) if moved.gain else "",
        points=[sheet.printed(points.get(line)) for line in group.lines],
        vetoed=row.vetoed,
        grade=row.grade,
        was_grade=moved.was.grade if moved.was and moved.regraded else "",
    )


def signed(sheet: Sheet, points: Fraction) -> str:
    """Points more or less: +3.40, −2.00."""
    return f"{'+' if points > 0 else '−'}{sheet.printed(abs(points))}"


def trial(place: Unit, text: str, *, day: date, figures: str = "") -> Trial:
    """Score a page; refused with all that is wrong with it, or with the figures that were typed."""
    method = read_method(text, unfinished=True)
    before = MethodVersion.objects.in_force(place.pk, seq=OPEN, code=method.code)
    lacks = _lacking(text)
    if figures.strip():
        sheet = score(method, read_figures_table(read_table(figures.encode(), name=""), method))
        return Trial(sheet, effect_of(sheet, _again(before, figures)), before, {}, lacks)
    version = MethodVersion(place=place, code=method.code, title=method.title, text=text)
    new = drawn(version, AsOf(now_seq(), day), among=())
    old = live(place.pk, day=day, code=method.code)
    effect = effect_of(new.sheet, old.sheet if old else None)
    return Trial(new.sheet, effect, before, new.holders, lacks)


def beside(new: MethodVersion, old: MethodVersion, *, day: date) -> Trial:
    """What two versions make of the same facts, those of now."""
    at = AsOf(now_seq(), day)
    drawn_new, drawn_old = (drawn(version, at, among=()) for version in (new, old))
    effect = effect_of(drawn_new.sheet, drawn_old.sheet)
    return Trial(drawn_new.sheet, effect, old, drawn_new.holders, ())


def _lacking(text: str) -> tuple[Problem, ...]:
    """What is wrong with a page that can be scored but not adopted."""
    try:
        read_method(text)
    except Refused as refused:
        return refused.problems
    return ()


def _again(before: MethodVersion | None, figures: str) -> Sheet | None:
    """The same figures under the method in force, where it asks for the same columns."""
    if before is None:
        return None
    try:
        table = read_figures_table(read_table(figures.encode(), name=""), before.method)
        return score(before.method, table)
    except Refused:
        return None
