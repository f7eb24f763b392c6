"""A unit reports: a node is reached, money has arrived, something moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.files import Evidence, evidence_text
from yipanqi.core.problems import Problem, refuse, refuse_if_blocked
from yipanqi.facts.projects.models import (
    Claim,
    Part,
    Pending,
    Progress,
    Project,
)
from yipanqi.facts.projects.rules import (
    PartRole,
    amount_problems,
    day_problems,
    evidence_problems,
    part_problems,
)
from yipanqi.ledger.actions import (
    BATCH,
    Actor,
    hold,
    pour,
    record,
    record_many,
)
from yipanqi.org.models import Person, Unit
from yipanqi.place.reads import settings_on
from yipanqi.place.rules import FUNDS, Node, Settings


@dataclass(frozen=True, kw_only=True)
class NewClaim:
    """A claim about to be made; `amount` in the smallest unit of its currency."""

    project: Project
    node: str
    happened_on: date
    unit_id: int
    amount: int | None = None
    currency: str = "CNY"
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


def claim(*, new: NewClaim, by: Person, at: datetime, roles: Sequence[str] | None = None) -> Claim:
    """Report that a project reached a node or that money arrived (申报).

    It counts once the verifying office accepts it. Refuses a day to come, a unit without a part
    in the project, a claim without evidence, a second claim while the first one waits.
    """
    held = new.project.parts.current().filter(unit_id=new.unit_id)
    mine = list(held.values_list("role", flat=True)) if roles is None else roles
    return claim_many(claims=[(new, tuple(mine))], by=by, at=at)[0]


@transaction.atomic
def claim_many(
    *, claims: Sequence[tuple[NewClaim, Sequence[str]]], by: Actor | None, at: datetime
) -> list[Claim]:
    """Make claims, all or none; each comes with the parts that its unit has in its project."""
    if not claims:
        return []
    hold()
    settings = settings_on(claims[0][0].project.place_id, localdate(at))
    problems = [
        problem
        for new, roles in claims
        for problem in _claim_problems(new, roles, settings, today=localdate(at))
    ]
    refuse_if_blocked([*problems, *_doubled([new for new, _ in claims], settings)])
    facts = [_claim_fact(new) for new, _ in claims]
    record_many(facts, by=by, at=at)
    _lay_before_offices(facts, settings, by=by, at=at)
    days: dict[int, date] = {}
    for fact in facts:
        days[fact.project_id] = max(fact.happened_on, days.get(fact.project_id, date.min))
    _moved(days)
    return facts


def _doubled(claims: Sequence[NewClaim], settings: Settings) -> Iterator[Problem]:
    """A node that already waits, from before or from the same batch; money may arrive twice."""
    rows = Pending.objects.filter(project_id__in={new.project.pk for new in claims})
    waiting = set(rows.values_list("project_id", "claim__node"))
    for new in claims:
        node, key = settings.node(new.node), (new.project.pk, new.node)
        if node is not None and new.node != FUNDS and key in waiting:
            yield Problem(
                text=_("“%(node)s”已有一条申报在等%(office)s认定，不必重报")
                % {"node": node.name, "office": node.office},
                where=_("环节"),
            )
        waiting.add(key)


def _claim_problems(
    new: NewClaim,
    roles: Sequence[str],
    settings: Settings,
    *,
    today: date,
) -> list[Problem]:
    node = settings.node(new.node)
    if node is None:
        return [
            Problem(
                text=_("本地口径里没有“%(node)s”这个环节") % {"node": new.node}, where=_("环节")
            )
        ]
    return [
        *day_problems(new.happened_on, today=today),
        *part_problems(roles),
        *amount_problems(new.amount, is_funds=new.node == FUNDS),
        *evidence_problems(new.evidence, wanted=node.evidence),
    ]


def _claim_fact(new: NewClaim) -> Claim:
    return Claim(
        project=new.project,
        unit_id=new.unit_id,
        node=new.node,
        happened_on=new.happened_on,
        amount=new.amount,
        currency=new.currency,
        note=new.note,
        evidence=evidence_text(new.evidence),
    )


def _lay_before_offices(
    claims: Sequence[Claim], settings: Settings, *, by: Actor | None, at: datetime
) -> None:
    """Each claim waits for the office that verifies its node, which from now on sees the project."""
    offices = _offices(claims, settings)
    pour(
        Pending(claim=claim, project_id=claim.project_id, office_id=offices[claim.node])
        for claim in claims
    )
    wanted: dict[tuple[int, int], int] = {}
    for claim in claims:
        wanted.setdefault((claim.project_id, offices[claim.node]), claim.seq)
    projects = {project_id for project_id, _ in wanted}
    present = set(
        Part.objects.current()
        .filter(project_id__in=projects, role=PartRole.VERIFIER)
        .values_list("project_id", "unit_id")
    )
    pour(
        Part(project_id=project_id, unit_id=unit_id, role=PartRole.VERIFIER, from_seq=seq)
        for (project_id, unit_id), seq in wanted.items()
        if (project_id, unit_id) not in present
    )


def _offices(claims: Sequence[Claim], settings: Settings) -> dict[str, int]:
    """Which unit verifies each node that is claimed."""
    nodes = [settings.node(code) for code in {claim.node for claim in claims}]
    known = [node for node in nodes if isinstance(node, Node)]
    place = claims[0].project.place
    units = Unit.objects.under(place.path).filter(name__in=[node.office for node in known])
    named = dict(units.values_list("name", "pk"))
    missing = sorted({node.office for node in known} - named.keys())
    if missing:
        raise refuse(
            _("口径里的认定单位“%(missing)s”不在单位名录里，请先设置")
            % {"missing": "、".join(missing)},
            where=_("认定单位"),
        )
    return {node.code: named[node.office] for node in known}


def _moved(days: Mapping[int, date]) -> None:
    """Remember the last day on which something happened to each project."""
    for day in sorted(set(days.values())):
        moved = [project_id for project_id, on in days.items() if on == day]
        for start in range(0, len(moved), BATCH):
            earlier = Q(last_fact_on__isnull=True) | Q(last_fact_on__lt=day)
            Project.objects.filter(earlier, pk__in=moved[start : start + BATCH]).update(
                last_fact_on=day
            )


@transaction.atomic
def report_progress(
    *,
    project: Project,
    text: str,
    happened_on: date,
    by: Person,
    at: datetime,
    problem: str = "",
) -> Progress:
    """Report what has moved and what is in the way (报进展)."""
    unit_id = by.acting_unit_id or 0
    roles = project.parts.current().filter(unit_id=unit_id).values_list("role", flat=True)
    refuse_if_blocked(
        [*day_problems(happened_on, today=localdate(at)), *part_problems(list(roles))]
    )
    fact = Progress(
        project=project, unit_id=unit_id, text=text, problem=problem, happened_on=happened_on
    )
    record(fact, by=by, at=at)
    _moved({project.pk: happened_on})
    return fact
