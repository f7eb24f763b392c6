"""A result drawn from the live score at a cutoff, and frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yipanqi.assessment.reads.live import Live, live
from yipanqi.assessment.rules.engine import ENGINE
from yipanqi.assessment.rules.periods import Period
from yipanqi.core.problems import Problem, refuse
from yipanqi.org.models import Unit, UnitSpan
from yipanqi.org.reads import former_names
from yipanqi.publishing.models import Draft, Kept, Step
from yipanqi.publishing.rules.comparing import Difference, Side, differences
from yipanqi.publishing.rules.course import sheet_problems
from yipanqi.publishing.rules.frozen import Frozen, Stood, freeze
from yipanqi.publishing.rules.output import Told, named_in


@dataclass(frozen=True)
class Drawn:
    """A result as it stands at a cutoff: the sheet, what it lacks, who is named."""

    scored: Live
    frozen: Frozen
    problems: tuple[Problem, ...]

    @property
    def named(self) -> list[Told]:
        """Every list that names somebody."""
        return list(named_in(self.frozen.said))

    @property
    def side(self) -> Side:
        """The sheet, to be held against another."""
        return side_of(self.frozen)


def side_of(frozen: Frozen) -> Side:
    """A frozen result, to be held against another."""
    return Side(frozen.went_in, frozen.said)


def day_of(period: Period, today: date) -> date:
    """As of which day a period is drawn: its last, or today while it runs."""
    return min(period.last, today)


def drawn(step: Step, *, cutoff: int | None = None) -> Drawn:
    """The result of a step, drawn from the facts up to its cutoff or another; refuses without a method."""
    seq = step.cutoff if cutoff is None else cutoff
    scored = live(step.place_id, day=step.day, seq=seq, code=step.code)
    if scored is None:
        raise refuse(_("还没有这个办法，先采用办法再起草"), where=_("考核办法"))
    return Drawn(scored, frozen_of(step.place, step, scored), tuple(sheet_problems(scored.sheet)))


def frozen_of(place: Unit, step: Step, scored: Live) -> Frozen:
    """A scored sheet frozen with the head that says what it is."""
    period = step.stretch
    head: dict[str, str | int | None] = {
        "place": place.name,
        "place_id": place.pk,
        "code": step.code,
        "title": scored.method.title,
        "method_version": scored.version.number,
        "method_seq": scored.version.seq,
        "period": period.label,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "day": step.day.isoformat(),
        "cutoff": scored.at.seq,
        "engine": ENGINE,
    }
    return freeze(
        scored.sheet,
        text=scored.version.text,
        units=keys_in(scored),
        tree=list(_tree(place, scored.at.seq)),
        head=head,
    )


def keys_in(scored: Live) -> dict[str, int]:
    """The keys of all whose figures were asked, by name; those too who are merged into another."""
    everybody = (*scored.holders.values(), *scored.merged.values())
    return {holder.name: holder.pk for holder in everybody}


def _tree(place: Unit, seq: int) -> Iterator[Stood]:
    former = former_names(seq)
    spans = UnitSpan.objects.as_of(seq).filter(path__startswith=place.path)
    rows = spans.order_by("unit_id").values_list("unit_id", "parent_id", "kind", "unit__name")
    for unit, parent, kind, name in rows:
        yield Stood(unit, parent, kind, former.get(unit, name))


def changes_since(before: Draft | Kept, after: Drawn) -> list[Difference]:
    """What differs from an earlier step: one that is frozen as it was, a draft as it was drawn."""
    side = side_of(before.frozen) if isinstance(before, Kept) else drawn(before).side
    return list(differences(side, after.side))
