"""What holders must reach, as a measure: one query for all; a task never set is absent."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import TargetKind
from yipanqi.place.rules import UNITS, Settings
from yipanqi.standing.measures.spec import AsOf, Counted, Figures, Measure
from yipanqi.standing.measures.windows import earlier

Layer = tuple[int, str, int, str, str, str]
"""Whose, of which indicator and year, by whom, at which tier, of which kind."""


def count(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf, settings: Settings
) -> dict[str, Figures]:
    """The tasks of the year, for each measure and holder that has one."""
    words = _words(asked, holders, at)
    found: dict[str, Figures] = {name: {} for name in asked}
    for name, measure in asked.items():
        for holder in holders:
            if said := words.get(_layer(measure, holder, at)):
                found[name][holder] = _amount(said, measure, at, settings)
    return found


def _words(
    asked: Mapping[str, Measure], holders: Sequence[int], at: AsOf
) -> dict[Layer, list[Target]]:
    """Every word on these tasks, of each the first one first."""
    layers = {_layer(measure, 0, at)[1:3] for measure in asked.values()}
    said = Target.objects.filter(
        indicator__in={indicator for indicator, _year in layers},
        year__in={year for _indicator, year in layers},
        holder_id__in=holders,
        person=None,
        seq__lte=at.seq,
    )
    found: dict[Layer, list[Target]] = {}
    for one in said.order_by("seq"):
        layer = (one.holder_id, one.indicator, one.year, one.issuer, one.tier, one.kind)
        found.setdefault(layer, []).append(one)
    return found


def _layer(measure: Measure, holder: int, at: AsOf) -> Layer:
    year = at.day.year - measure.back
    kind = TargetKind.PLEDGED if measure.pledged else TargetKind.ASSIGNED
    return holder, measure.indicator, year, measure.issuer, measure.tier, kind


def _chosen(said: Sequence[Target], measure: Measure) -> Target:
    return said[0] if measure.revised == "first" else said[-1]


def _amount(said: Sequence[Target], measure: Measure, at: AsOf, settings: Settings) -> Fraction:
    # a task is kept as its unit has it, also where that is no unit of our money
    kept = UNITS.get(measure.unit, measure.scale)
    amount = Fraction(_chosen(said, measure).amount, kept)
    if not measure.to_date:
        return amount
    return amount * settings.elapsed(earlier(at.day, "year", measure.back))


def records(measure: Measure, holder_id: int, at: AsOf, settings: Settings) -> list[Counted]:
    """The word on the task that holds; what should be done by now is told as a share of it."""
    words = _words({"": measure}, [holder_id], at)
    said = words.get(_layer(measure, holder_id, at))
    if not said:
        return []
    target = _chosen(said, measure)
    told = (target.told_basis, target.layer, _share(measure, at, settings))
    label = " ".join(word for word in told if word)
    return [Counted(label, _amount(said, measure, at, settings), target.happened_on)]


def _share(measure: Measure, at: AsOf, settings: Settings) -> str:
    if not measure.to_date:
        return ""
    share = settings.elapsed(earlier(at.day, "year", measure.back))
    return _("× 时间进度 %(share)s") % {"share": share}
