"""Something reported or registered is taken back, by new facts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.facts.projects.actions.register import amend_project
from yipanqi.facts.projects.models import Claim, Pending, Project, Withdrawal
from yipanqi.ledger.actions import Actor, hold, record_many
from yipanqi.standing.actions.settling import settle
from yipanqi.standing.models import Recognised
from yipanqi.standing.rules import FALSIFIED


@transaction.atomic
def withdraw_claim(*, claim: Claim, reason: str, by: Actor | None, at: datetime) -> Withdrawal:
    """Whoever reported takes it back, with a reason (撤回); what it counted for ends now."""
    if not reason.strip():
        raise refuse(_("撤回要写明理由"), where=_("理由"))
    hold()
    if Withdrawal.objects.filter(claim=claim).exists():
        raise refuse(_("这条申报已经撤回"), where=_("撤回"))
    if Recognised.objects.current().filter(claim=claim, node=FALSIFIED).exists():
        raise refuse(_("已查实造假的申报不能撤回"), where=_("撤回"))
    return _withdraw([claim], reason=reason, by=by, at=at)[0]


def _withdraw(
    claims: Sequence[Claim], *, reason: str, by: Actor | None, at: datetime
) -> list[Withdrawal]:
    """Take claims back; each ends what it counts for at its own entry."""
    facts = [
        Withdrawal(
            claim=claim, project_id=claim.project_id, reason=reason, happened_on=localdate(at)
        )
        for claim in claims
    ]
    record_many(facts, by=by, at=at)
    Pending.objects.filter(pk__in=[claim.pk for claim in claims]).delete()
    ends = {fact.claim_id: fact.seq for fact in facts}
    counted = Recognised.objects.current().filter(claim__in=claims).exclude(node=FALSIFIED)
    for row in counted:
        Recognised.objects.filter(pk=row.pk).close(ends[row.claim_id])
    settle({fact.project_id: fact.seq for fact in facts}, on=localdate(at))
    return facts


@transaction.atomic
def take_back_projects(
    *, projects: Sequence[Project], reason: str, by: Actor | None, at: datetime
) -> int:
    """Projects registered by mistake leave the register (撤回入库): by new facts, nothing is erased.

    Refuses when one of them has been reported on by others since; answers how many left.
    """
    hold()
    refuse_if_blocked(_spoken_for(projects))
    claims = Claim.objects.filter(project__in=projects, withdrawal__isnull=True)
    _withdraw(list(claims), reason=reason, by=by, at=at)
    for project in projects:
        amend_project(
            project=project,
            changes={"taken_back": True},
            version=project.version,
            by=by,
            at=at,
            reason=reason,
        )
    return len(projects)


def _spoken_for(projects: Sequence[Project]) -> Iterable[Problem]:
    """Projects whose claims an office has already judged."""
    judged = Project.objects.filter(pk__in=[p.pk for p in projects], verdicts__isnull=False)
    for project in judged.distinct():
        yield Problem(
            text=_("已有认定结论，不能随导入一并撤回；请先逐条撤回申报"), where=project.name
        )
