"""What a matter that waits for somebody looks like, whatever module it comes from."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yipanqi.standing.rules import Colour, Lamp


@dataclass(frozen=True)
class Due:
    """A matter that waits for somebody: by when, what, where it is done, who answers, on what ground."""

    day: date
    what: str
    url: str
    who: str
    basis: str
    lamp: Lamp


def lamp_by(day: date, *, as_of: date, amber_days: int) -> Lamp:
    """How near a day is, in words: past is red, near is amber, else green."""
    left = (day - as_of).days
    if left < 0:
        return Lamp(Colour.RED, _("逾期 %(days)s 天") % {"days": -left})
    if left == 0:
        return Lamp(Colour.AMBER, _("今天"))
    colour = Colour.AMBER if left <= amber_days else Colour.GREEN
    return Lamp(colour, _("%(days)s 天后") % {"days": left})


def lamp_since(day: date, *, as_of: date, amber_days: int) -> Lamp:
    """How long something has waited that has no day of its own: amber once it is long, never red."""
    waited = (as_of - day).days
    colour = Colour.AMBER if waited > amber_days else Colour.NONE
    return Lamp(colour, _("已等 %(days)s 天") % {"days": waited} if waited else _("今天收到"))
