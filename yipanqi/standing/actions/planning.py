"""A node gets a day of its own."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import refuse
from yipanqi.facts.projects.models import Plan, Project
from yipanqi.ledger.actions import Actor, record
from yipanqi.place.reads import settings_on
from yipanqi.standing.actions.settling import settle


@transaction.atomic
def plan_node(
    *,
    project: Project,
    node: str,
    planned_on: date,
    reason: str,
    by: Actor | None,
    at: datetime,
) -> Plan:
    """Set the day by which a node is due for one project (调整期限); the reason stays on record."""
    today = localdate(at)
    if settings_on(project.place_id, today).node(node) is None:
        raise refuse(_("本地口径里没有“%(node)s”这个环节") % {"node": node}, where=_("环节"))
    if not reason.strip():
        raise refuse(_("调整期限要写明理由"), where=_("理由"))
    plan = Plan(project=project, node=node, planned_on=planned_on, reason=reason, happened_on=today)
    record(plan, by=by, at=at)
    settle({project.pk: plan.seq}, on=today)
    return plan
