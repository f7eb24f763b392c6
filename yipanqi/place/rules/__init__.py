"""A place's own definitions (口径): what its words mean, read from a page its officials can read."""

from yipanqi.place.rules.checking import REQUIRED
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

__all__ = [
    "FUNDS",
    "REQUIRED",
    "UNITS",
    "Band",
    "Indicator",
    "LeaderRank",
    "Leads",
    "Letterhead",
    "Node",
    "NotYet",
    "Rate",
    "Requirement",
    "Settings",
    "lead_problems",
    "parsed",
]
