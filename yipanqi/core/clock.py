"""The one clock of the edge. A demonstration may stand at another moment; a real place never does."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment, or the moment that a demonstration has reached."""
    offset = settings.CLOCK_OFFSET
    return timezone.now() + offset


def today() -> date:
    """The day of this moment in the place's time zone."""
    return timezone.localdate(now())
