"""What a holder's score would be with other figures (试算); nothing of it is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.assessment.reads.live import Holder, Live
from yipanqi.assessment.reads.trial import signed
from yipanqi.assessment.rules.figures import read_number
from yipanqi.assessment.rules.methods import Figure
from yipanqi.assessment.rules.moves import (
    Changes,
    Move,
    changed,
    figures_of,
    moves_in,
    rows_that_matter,
    to_next_place,
    tried,
)
from yipanqi.assessment.rules.scoring import score
from yipanqi.assessment.rules.sheets import Sheet
from yipanqi.core.numbers import grouped
from yipanqi.core.problems import Problem

PLACES = 2


@dataclass(frozen=True)
class Dial:
    """A figure that can be tried: what it is now, and what somebody typed."""

    figure: Figure
    now: str
    typed: str

    @property
    def field(self) -> str:
        """How it is called in the address."""
        return f"f.{self.figure.name}"


@dataclass(frozen=True)
class TriedLine:
    """The points of a line before and after."""

    item: str
    was: str | None
    points: str | None
    gain: str


@dataclass(frozen=True)
class Worth:
    """What one step is worth: in words, points, and the place that it leads to."""

    what: str
    gain: str
    place: int | None
    rise: int

    @property
    def more(self) -> bool:
        """Whether it brings points."""
        return self.gain.startswith("+")


@dataclass(frozen=True)
class WhatIf:
    """A score with other figures beside the score as it is."""

    dials: Sequence[Dial]
    lines: Sequence[TriedLine]
    total: str | None
    gain: str
    place: int | None
    missing: str
    worth: Sequence[Worth]
    problems: Sequence[Problem]


def what_if(scored: Live, holder: Holder, typed: Mapping[str, str]) -> WhatIf:
    """Score a holder again with the figures that somebody typed, by the figures' names."""
    sheet = scored.sheet
    names = figures_of(scored.method, holder.group)
    dials = list(_dials(scored, holder, names, typed))
    changes, problems = _read(dials)
    rows = changed(rows_that_matter(sheet, holder.name), holder.name, changes, instead=True)
    new = score(scored.method, rows)
    was, row = sheet.row(holder.name), new.row(holder.name)
    points = {line.item: line.points for line in was.lines}
    lines = [_line(sheet, line.item, points.get(line.item), line.points) for line in row.lines]
    missing = to_next_place(new, holder.name)
    problems += [problem for problem in new.problems if holder.name in problem.where]
    return WhatIf(
        dials=dials,
        lines=lines,
        total=sheet.printed(row.total),
        gain=_gain(sheet, was.total, row.total),
        place=row.place,
        missing=sheet.printed(missing) or "",
        worth=list(_worth(scored, holder, names)),
        problems=problems,
    )


def _dials(
    scored: Live, holder: Holder, names: frozenset[str], typed: Mapping[str, str]
) -> Iterator[Dial]:
    own = next(row for row in scored.sheet.figures if row.holder == holder.name)
    for figure in scored.method.figures:
        if figure.name in names and figure.is_measured:
            value = own.values.get(figure.name)
            now = "" if value is None else figure.show(value)
            yield Dial(figure, now, typed.get(figure.name, "").strip())


def _read(dials: Sequence[Dial]) -> tuple[Changes, list[Problem]]:
    """What was typed as numbers; what is no number is told and left as it is."""
    changes: dict[str, Fraction] = {}
    problems = []
    for dial in (dial for dial in dials if dial.typed):
        value = read_number(dial.typed)
        if value is None:
            text = _("“%(typed)s”不是数，按原来的数算") % {"typed": dial.typed[:20]}
            problems.append(Problem(text=text, where=dial.figure.name))
        else:
            changes[dial.figure.name] = value
    return changes, problems


def _line(sheet: Sheet, item: str, was: Fraction | None, points: Fraction | None) -> TriedLine:
    return TriedLine(item, sheet.printed(was), sheet.printed(points), _gain(sheet, was, points))


def _gain(sheet: Sheet, was: Fraction | None, now: Fraction | None) -> str:
    if was is None or now is None or was == now:
        return ""
    return signed(sheet, now - was)


def _worth(scored: Live, holder: Holder, names: frozenset[str]) -> Iterator[Worth]:
    """What one step of each kind is worth, the best first."""
    moves = moves_in(scored.method, names)
    for one in tried(scored.sheet, holder.name, moves):
        yield Worth(
            _told(scored, one.move), signed(scored.sheet, one.gain), one.row.place, one.rise
        )


def _told(scored: Live, move: Move) -> str:
    """What happens, in the place's words."""
    if move.kind == "project":
        said = {
            "node": scored.settings.name_of(move.node),
            "floor": grouped(Fraction(move.floor), 0),
        }
        if move.floor:
            return _("%(node)s多 1 个 %(floor)s 万元以上的项目") % said
        return _("%(node)s多 1 个项目") % said
    if move.kind == "funds":
        return _("再到位 1000 万元")
    (name, step), *_rest = move.changes.items()
    figure = scored.method.figure(name)
    unit = "" if figure.unit == "%" else figure.unit
    said = {"name": figure.label, "step": figure.show(step), "unit": unit}
    return _("%(name)s多 %(step)s %(unit)s") % said
