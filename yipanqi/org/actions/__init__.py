"""What can happen to the organisation."""

from yipanqi.org.actions.groups import (
    Terms,
    amend_charter,
    dissolve_group,
    finish_milestone,
    found_group,
    join,
    leave,
    set_milestone,
)
from yipanqi.org.actions.loading import load_group, load_org, load_units
from yipanqi.org.actions.pairings import pair, unpair
from yipanqi.org.actions.people import (
    amend_person,
    amend_post,
    appoint,
    change_password,
    end_post,
    open_person,
    reset_password,
)
from yipanqi.org.actions.units import amend_unit, charge, close_unit, open_unit, relieve

__all__ = [
    "Terms",
    "amend_charter",
    "amend_person",
    "amend_post",
    "amend_unit",
    "appoint",
    "change_password",
    "charge",
    "close_unit",
    "dissolve_group",
    "end_post",
    "finish_milestone",
    "found_group",
    "join",
    "leave",
    "load_group",
    "load_org",
    "load_units",
    "open_person",
    "open_unit",
    "pair",
    "relieve",
    "reset_password",
    "set_milestone",
    "unpair",
]
