"""An office decides: a claim is accepted, returned, or found false."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.facts.projects.models import Claim, Pending
from yipanqi.ledger.actions import BATCH, Actor, hold, record, record_many
from yipanqi.ledger.models import Entry
from yipanqi.standing.actions.settling import settle
from yipanqi.standing.models import Recognised, Verdict
from yipanqi.standing.reads import Versions, reached_by_project
from yipanqi.standing.rules import FALSIFIED, SEVERAL, Outcome, missing, verdict_problems


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

    Refuses when somebody else was faster, when a reason is missing, when it is one's own claim,
    and when something stands between a project and the node that is claimed.
    """
    if not decisions:
        return []
    refuse_if_blocked(p for d in decisions for p in verdict_problems(d.outcome, d.reason))
    if any(d.outcome is Outcome.FALSIFIED for d in decisions):
        raise refuse(_("待认定的申报只能认定或退回；查实造假针对已认定的申报"), where=_("认定"))
    hold()
    refuse_if_blocked(_own_problems(decisions, by))
    _take_from_the_pile([decision.claim for decision in decisions])
    versions = Versions.load()
    reached = reached_by_project({d.claim.project_id for d in decisions})
    refuse_if_blocked(_gate_problems(decisions, versions, reached))
    verdicts = [_verdict(decision, versions, at) for decision in decisions]
    record_many(verdicts, by=by, at=at)
    _count([v for v in verdicts if v.outcome == Outcome.ACCEPTED])
    settle({verdict.project_id: verdict.seq for verdict in verdicts}, on=localdate(at))
    return verdicts


def _own_problems(decisions: Sequence[Decision], by: Actor | None) -> Iterable[Problem]:
    """Whoever reported a thing does not also verify it (报认分离)."""
    if by is None:
        return
    reported = Entry.objects.filter(seq__in=[d.claim.seq for d in decisions], actor_id=by.pk)
    mine = set(reported.values_list("seq", flat=True))
    for decision in decisions:
        if decision.claim.seq in mine:
            text = _("这条申报是你自己报的，不能自己认定，请由本单位其他人认定")
            yield Problem(text=text, where=decision.claim.project.name)


def _take_from_the_pile(claims: Sequence[Claim]) -> None:
    """Whoever removes a claim from those that wait decides it; a second one finds it gone."""
    removed, _tables = Pending.objects.filter(pk__in=[claim.pk for claim in claims]).delete()
    if removed != len(claims):
        raise refuse(_("这条申报刚刚已由别人认定或已撤回，请刷新后查看"), where=_("认定"))


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
        for problem in missing(settings.requirements, claim.node, present, settings):
            named = f"{claim.project.name} {problem.where}" if len(together) > 1 else problem.where
            yield replace(problem, where=named)


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
        raise refuse(_("只有已认定的申报才能查实造假；待认定的请退回"), where=_("认定"))
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
    settle({claim.project_id: verdict.seq}, on=localdate(at))
    return verdict
