"""A place's definitions are adopted once what they count can be meant."""

from datetime import datetime

from yipanqi.ledger.actions import Actor
from yipanqi.org.models import Unit
from yipanqi.place.actions import adopt_settings
from yipanqi.place.models import SettingsVersion
from yipanqi.place.rules import parsed
from yipanqi.standing.measures.indicators import measures_of


def adopt_definitions(*, place: Unit, text: str, by: Actor | None, at: datetime) -> SettingsVersion:
    """Put a page of definitions in force; refuses indicators whose words no measure understands."""
    measures_of(parsed(text).indicators)
    return adopt_settings(place=place, text=text, by=by, at=at)
