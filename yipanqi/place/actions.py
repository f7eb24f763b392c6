"""What can happen to a place's definitions: a new version is adopted."""

from datetime import datetime

from django.db import transaction

from yipanqi.core.problems import refuse
from yipanqi.ledger.actions import Actor, hold, record
from yipanqi.org.models import Unit
from yipanqi.place.models import SettingsVersion
from yipanqi.place.rules import parsed


@transaction.atomic
def adopt_settings(*, place: Unit, text: str, by: Actor | None, at: datetime) -> SettingsVersion:
    """Put a page of definitions in force from its day on. What was judged before stays judged."""
    settings = parsed(text)
    if settings.place != place.name:
        raise refuse(f"这是{settings.place}的口径，不是{place.name}的", where="place")
    hold()
    number = SettingsVersion.objects.filter(place=place).count() + 1
    version = SettingsVersion(
        place=place, number=number, text=text, happened_on=settings.valid_from
    )
    return record(version, by=by, at=at)
