"""What the offices decide, and what follows from it at once: what counts, what is due, the stage."""

from yipanqi.standing.actions.adoption import adopt_definitions, bring_into_force
from yipanqi.standing.actions.planning import plan_node
from yipanqi.standing.actions.settling import PROJECTED, settle
from yipanqi.standing.actions.succession import succeed
from yipanqi.standing.actions.verdicts import (
    Decision,
    accept_claim,
    decide,
    find_false,
    return_claim,
)
from yipanqi.standing.actions.withdrawals import take_back_projects, withdraw_claim

__all__ = [
    "PROJECTED",
    "Decision",
    "accept_claim",
    "adopt_definitions",
    "bring_into_force",
    "decide",
    "find_false",
    "plan_node",
    "return_claim",
    "settle",
    "succeed",
    "take_back_projects",
    "withdraw_claim",
]
