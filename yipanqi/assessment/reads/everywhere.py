"""The sheets of many places at once: what places ask alike is counted in one go."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yipanqi.assessment.models import MethodVersion
from yipanqi.assessment.reads.live import (
    Live,
    Units,
    built,
    holders_in,
    measures_in,
    units_of,
)
from yipanqi.assessment.rules.methods import ANNUAL
from yipanqi.ledger.models import Head
from yipanqi.place.models import SettingsVersion
from yipanqi.place.rules import Settings, parsed
from yipanqi.standing.measures.counting import Figures, counted
from yipanqi.standing.measures.spec import AsOf


@dataclass(frozen=True)
class _Place:
    """A place with all that its sheet depends on, but for its figures."""

    version: MethodVersion
    settings: Settings
    units: Units

    @property
    def asks(self) -> object:
        """What is counted, and by which of the place's definitions."""
        return self.version.text, self.settings.return_due_day, self.settings.curve

    @property
    def keys(self) -> list[int]:
        """Those whose figures are asked."""
        return [holder.pk for holder in holders_in(self.units, self.version.method)]


def everywhere(
    place_ids: Sequence[int], *, day: date, seq: int | None = None, code: str = ANNUAL
) -> Iterator[Live]:
    """The sheet of each of these places by its method of that code; places without one have none.

    Places with the same method share one count of each source: a province of a hundred counties
    costs a few large statements and not hundreds of small ones.
    """
    head = Head.objects.get(pk=1)
    at = AsOf(min(seq or head.seq, head.seq), day)
    alike: dict[object, list[_Place]] = defaultdict(list)
    for place in _places(place_ids, at, code):
        alike[place.asks].append(place)
    for places in alike.values():
        found = _counted(places, at)
        for place in places:
            own = found or _counted([place], at)
            yield built(
                place.version,
                at,
                among=[place.version],
                settings=place.settings,
                units=place.units,
                found=own,
            )


def _counted(places: Sequence[_Place], at: AsOf) -> Mapping[str, Figures]:
    """The figures of these places; none where a figure is of the whole place, which differs."""
    first = places[0]
    measures = measures_in(first.version.method)
    if len(places) > 1 and any(measure.of for measure in measures.values()):
        return {}
    keys = [key for place in places for key in place.keys]
    return counted(measures, keys, at, settings=first.settings)


def _places(place_ids: Sequence[int], at: AsOf, code: str) -> Iterator[_Place]:
    versions = MethodVersion.objects.filter(place_id__in=place_ids, code=code, seq__lte=at.seq)
    last = {version.place_id: version for version in versions.order_by("seq")}
    pages = SettingsVersion.objects.filter(place_id__in=last, happened_on__lte=at.day)
    valid = {page.place_id: page for page in pages.order_by("happened_on", "seq")}
    units = units_of(list(valid), at.seq)
    for place_id, page in valid.items():
        yield _Place(last[place_id], parsed(page.text), units[place_id])
