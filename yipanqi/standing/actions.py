"""What the offices decide, and what follows from it at once: what counts, what is due, the stage."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.facts.projects.actions.register import amend_project
from yipanqi.facts.projects.models import Claim, Pending, Plan, Project, Withdrawal
from yipanqi.ledger.actions import BATCH, Actor, hold, record, record_many
from yipanqi.ledger.rules import OPEN
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import FUNDS, Settings
from yipanqi.standing.models import Deadline, Recognised, Verdict
from yipanqi.standing.reads import Versions, reached_by_project
from yipanqi.standing.rules import (
    FALSIFIED,
    Due,
    Outcome,
    dues_of,
    first_due,
    missing,
    stage_of,
    verdict_problems,
)


@dataclass(frozen=True)
class Decision:
    """What an office says of one claim."""

    claim: Claim
    outcome: Outcome
    reason: str = ""


def accept_claim(*, claim: Claim, by: Actor | None, at: datetime) -> Verdict:
    """The verifying office accepts a claim (认定): from now on it counts."""
    return decide([Decision(claim, Outcome.ACCEPTED)], by=by, at=at)[0]


def return_claim(*, claim: Claim, reason: str, by: Actor | None, at: datetime) -> Verdict:
    """The verifying office returns a claim with its reason (退回); nothing counts."""
    return decide([Decision(claim, Outcome.RETURNED, reason)], by=by, at=at)[0]


@transaction.atomic
def decide(decisions: Sequence[Decision], *, by: Actor | None, at: datetime) -> list[Verdict]:
    """Give verdicts on claims that wait, all or none.

    Refuses when somebody else was faster, when a reason is missing, and when something stands
    between a project and the node that is claimed.
    """
    refuse_if_blocked(p for d in decisions for p in verdict_problems(d.outcome, d.reason))
    _take_from_the_pile([decision.claim for decision in decisions])
    versions = Versions.load()
    reached = reached_by_project({d.claim.project_id for d in decisions})
    refuse_if_blocked(_gate_problems(decisions, versions, reached))
    verdicts = [_verdict(decision, versions, at) for decision in decisions]
    record_many(verdicts, by=by, at=at)
    _count([v for v in verdicts if v.outcome == Outcome.ACCEPTED])
    settle({verdict.project_id for verdict in verdicts}, seq=verdicts[-1].seq)
    return verdicts


def _take_from_the_pile(claims: Sequence[Claim]) -> None:
    """Whoever removes a claim from those that wait decides it; a second one finds it gone."""
    removed, _ = Pending.objects.filter(pk__in=[claim.pk for claim in claims]).delete()
    if removed != len(claims):
        raise refuse("这条申报刚刚已由别人认定或已撤回，请刷新后查看", where="认定")


def _gate_problems(
    decisions: Iterable[Decision],
    versions: Versions,
    reached: Mapping[int, Mapping[str, date]],
) -> Iterable[Problem]:
    """What is missing for each node; nodes accepted together count for each other."""
    accepted = [d.claim for d in decisions if d.outcome is Outcome.ACCEPTED]
    together: dict[int, set[str]] = defaultdict(set)
    for claim in accepted:
        together[claim.project_id].add(claim.node)
    for claim in accepted:
        settings = versions.on(claim.project.place_id, claim.happened_on).settings
        present = together[claim.project_id].union(reached.get(claim.project_id, {}))
        yield from missing(settings.requirements, claim.node, present, settings)


def _verdict(decision: Decision, versions: Versions, at: datetime) -> Verdict:
    claim = decision.claim
    version = versions.on(claim.project.place_id, claim.happened_on)
    settings = version.settings
    amount = claim.amount
    if amount is not None:
        amount = settings.in_yuan(amount, claim.currency, claim.happened_on)
    return Verdict(
        claim=claim,
        project=claim.project,
        outcome=decision.outcome,
        reason=decision.reason,
        settings=version,
        amount_fen=amount,
        band=settings.band_of(claim.project.total_fen or 0),
        happened_on=localdate(at),
    )


def _count(verdicts: Sequence[Verdict]) -> None:
    """Open an interval for what was accepted; the same node recognised before ends there."""
    before = {
        (row.project_id, row.node): row.pk
        for row in Recognised.objects.current().filter(
            project_id__in={verdict.project_id for verdict in verdicts}
        )
        if row.node not in SEVERAL
    }
    for verdict in verdicts:
        if (old := before.get((verdict.project_id, verdict.claim.node))) is not None:
            Recognised.objects.filter(pk=old).close(verdict.seq)
    Recognised.objects.bulk_create(
        [
            Recognised(
                project_id=verdict.project_id,
                claim=verdict.claim,
                node=verdict.claim.node,
                counted_on=verdict.claim.happened_on,
                amount_fen=verdict.amount_fen,
                from_seq=verdict.seq,
            )
            for verdict in verdicts
        ],
        batch_size=BATCH,
    )


@transaction.atomic
def find_false(*, claim: Claim, reason: str, by: Actor | None, at: datetime) -> Verdict:
    """What a unit claimed turns out to be false (查实造假): it no longer counts, and is counted as such."""
    refuse_if_blocked(verdict_problems(Outcome.FALSIFIED, reason))
    hold()
    counted = Recognised.objects.current().filter(claim=claim).exclude(node=FALSIFIED)
    if not counted.exists():
        raise refuse("只有已认定的申报才能查实造假；待认定的请退回", where="认定")
    verdict = _verdict(Decision(claim, Outcome.FALSIFIED, reason), Versions.load(), at)
    record(verdict, by=by, at=at)
    counted.close(verdict.seq)
    Recognised.objects.create(
        project_id=claim.project_id,
        claim=claim,
        node=FALSIFIED,
        counted_on=verdict.happened_on,
        amount_fen=verdict.amount_fen,
        from_seq=verdict.seq,
    )
    settle({claim.project_id}, seq=verdict.seq)
    return verdict


@transaction.atomic
def withdraw_claim(*, claim: Claim, reason: str, by: Actor | None, at: datetime) -> Withdrawal:
    """Whoever reported takes it back, with a reason (撤回); what it counted for ends now."""
    if not reason.strip():
        raise refuse("撤回要写明理由", where="理由")
    hold()
    if Withdrawal.objects.filter(claim=claim).exists():
        raise refuse("这条申报已经撤回", where="撤回")
    if Recognised.objects.current().filter(claim=claim, node=FALSIFIED).exists():
        raise refuse("已查实造假的申报不能撤回", where="撤回")
    return _withdraw([claim], reason=reason, by=by, at=at)[0]


def _withdraw(
    claims: Sequence[Claim], *, reason: str, by: Actor | None, at: datetime
) -> list[Withdrawal]:
    facts = [
        Withdrawal(
            claim=claim, project_id=claim.project_id, reason=reason, happened_on=localdate(at)
        )
        for claim in claims
    ]
    record_many(facts, by=by, at=at)
    if not facts:
        return []
    Pending.objects.filter(pk__in=[claim.pk for claim in claims]).delete()
    seq = facts[-1].seq
    Recognised.objects.current().filter(claim__in=claims).exclude(node=FALSIFIED).close(seq)
    settle({claim.project_id for claim in claims}, seq=seq)
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
        yield Problem(text="已有认定结论，不能随导入一并撤回；请先逐条撤回申报", where=project.name)


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
        raise refuse(f"本地口径里没有“{node}”这个环节", where="环节")
    if not reason.strip():
        raise refuse("调整期限要写明理由", where="理由")
    plan = Plan(project=project, node=node, planned_on=planned_on, reason=reason, happened_on=today)
    record(plan, by=by, at=at)
    settle({project.pk}, seq=plan.seq)
    return plan


def settle(project_ids: Iterable[int], *, seq: int) -> None:
    """Bring deadlines, stages and due days of these projects to what their facts say (at `seq`)."""
    wanted = set(project_ids)
    projects = list(Project.objects.filter(pk__in=wanted))
    reached, plans = reached_by_project(wanted), _plans(wanted)
    versions = Versions.load()
    standing: dict[int, dict[str, Deadline]] = defaultdict(dict)
    for row in Deadline.objects.current().filter(project_id__in=wanted):
        standing[row.project_id][row.code] = row
    ended: list[int] = []
    begun: list[Deadline] = []
    for project in projects:
        known = reached.get(project.pk, {})
        settings = versions.latest(project.place_id).settings
        dues = dues_of(settings.not_yets, known, plans.get(project.pk, {}))
        _redate(project, dues, standing[project.pk], ended, begun, seq=seq)
        _project(project, settings, known, dues)
    Deadline.objects.filter(pk__in=ended).close(seq)
    Deadline.objects.bulk_create(begun, batch_size=BATCH)
    Project.objects.bulk_update(projects, PROJECTED, batch_size=500)


PROJECTED = ("stage", "stage_on", "signed_on", "due_on", "due_code")
SEVERAL = frozenset({FUNDS, FALSIFIED})
"""What may be recognised more than once of a project."""


def _plans(project_ids: set[int]) -> dict[int, dict[str, date]]:
    plans: dict[int, dict[str, date]] = defaultdict(dict)
    rows = Plan.objects.filter(project_id__in=project_ids).order_by("seq")
    for project_id, node, planned_on in rows.values_list("project_id", "node", "planned_on"):
        plans[project_id][node] = planned_on
    return plans


def _redate(
    project: Project,
    dues: Mapping[str, Due],
    standing: Mapping[str, Deadline],
    ended: list[int],
    begun: list[Deadline],
    *,
    seq: int,
) -> None:
    """Note which deadlines end and which begin."""
    unchanged = {
        code
        for code, row in standing.items()
        if code in dues and dues[code] == Due(row.reached_on, row.due_on)
    }
    ended += [row.pk for code, row in standing.items() if code not in unchanged]
    begun += [
        Deadline(
            project=project,
            code=code,
            reached_on=due.reached_on,
            due_on=due.due_on,
            from_seq=seq,
            to_seq=OPEN,
        )
        for code, due in dues.items()
        if code not in unchanged
    ]


def _project(
    project: Project, settings: Settings, known: Mapping[str, date], dues: Mapping[str, Due]
) -> None:
    """What lists show of a project, from what is recognised of it."""
    project.stage = stage_of(settings.order, known)
    project.stage_on = known.get(project.stage)
    project.signed_on = known.get("signed")
    first = first_due(dues, settings.not_yets)
    project.due_code, project.due_on = first or ("", None)
