"""A place's own definitions (口径): what its words mean, read from a page its officials can read."""

from yipanqi.place.rules.adopting import SIGNED, adoption_problems, doubts_about
from yipanqi.place.rules.comparing import Change, Heading, Line, compared, lines_of
from yipanqi.place.rules.indicators import UNITS, Indicator
from yipanqi.place.rules.leads import LeaderRank, Leads, lead_problems
from yipanqi.place.rules.meaning import (
    FUNDS,
    Band,
    Letterhead,
    Node,
    NotYet,
    Rate,
    Requirement,
    Settings,
)
from yipanqi.place.rules.reading import parsed
from yipanqi.place.rules.shape import REQUIRED

__all__ = [
    "FUNDS",
    "REQUIRED",
    "SIGNED",
    "UNITS",
    "Band",
    "Change",
    "Heading",
    "Indicator",
    "LeaderRank",
    "Leads",
    "Letterhead",
    "Line",
    "Node",
    "NotYet",
    "Rate",
    "Requirement",
    "Settings",
    "adoption_problems",
    "compared",
    "doubts_about",
    "lead_problems",
    "lines_of",
    "parsed",
]
