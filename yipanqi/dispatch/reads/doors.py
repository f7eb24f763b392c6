"""The records behind a figure that a bulletin states."""

from datetime import date

from yipanqi.dispatch.models import Bulletin
from yipanqi.dispatch.reads.drafting import SPECS
from yipanqi.place.reads import settings_on
from yipanqi.standing.measures.counting import Counted, records
from yipanqi.standing.measures.spec import AsOf, measure_of


def counted_in(bulletin: Bulletin, unit_id: int, name: str) -> list[Counted]:
    """What a unit's figure of the progress table counts, as of the entry it was drawn from."""
    said = bulletin.said
    spec, unit = SPECS[name]
    at = AsOf(said.seq, date.fromisoformat(said.as_of))
    settings = settings_on(bulletin.place_id, at.day)
    return records(measure_of(spec, unit=unit), unit_id, at, settings=settings)
