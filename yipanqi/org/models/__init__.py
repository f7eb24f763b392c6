"""Who there is and what binds them."""

from yipanqi.org.models.groups import Charter, Duty, Membership, Milestone, MilestoneDone, Pairing
from yipanqi.org.models.people import Person, Post, Unit, UnitSpan

__all__ = [
    "Charter",
    "Duty",
    "Membership",
    "Milestone",
    "MilestoneDone",
    "Pairing",
    "Person",
    "Post",
    "Unit",
    "UnitSpan",
]
