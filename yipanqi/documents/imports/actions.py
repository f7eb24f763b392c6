"""What can happen to a ledger: it is read for preview, decided on, confirmed, taken back."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yipanqi.core.files import Evidence, keep_evidence
from yipanqi.core.problems import Problem, Weight, refuse
from yipanqi.documents.imports.models import (
    Batch,
    Decision,
    Import,
    ImportTakenBack,
    Line,
    State,
)
from yipanqi.documents.imports.reads import Index, units_named
from yipanqi.documents.imports.rules.plans import (
    Planned,
    as_data,
    claimable,
    from_data,
    planned,
)
from yipanqi.documents.imports.rules.reading import Reading, read_ledger
from yipanqi.documents.imports.rules.rows import Outcome, Row
from yipanqi.facts.projects.actions.register import NewProject, register_projects
from yipanqi.facts.projects.actions.report import NewClaim, claim_many
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.ledger.actions import hold, record
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Can
from yipanqi.standing.actions import take_back_projects

CHUNK = 2_000
KEPT_BY_ME = "单位名录里没有“{unit}”，记到你的单位名下"
NOT_MINE = "责任单位是“{unit}”，你只能导入本单位的项目；请由该单位或招商部门导入"
LOOKS_LIKE = "可能与已有项目重复，请决定是新项目还是同一项目"


def preview(*, content: bytes, name: str, kind: str | None, by: Person, at: datetime) -> Batch:
    """Read a ledger and keep what was understood; nothing is registered yet.

    Refuses a file that is no ledger, and one whose content has been imported already.
    """
    reading = read_ledger(content, kind=kind, as_of=localdate(at))
    place, unit = Unit.objects.get(pk=by.place_id), by.acting_unit
    assert unit is not None, "only somebody with a post reaches an action"
    digest = content_digest(reading)
    earlier = Batch.objects.filter(place=place, content_digest=digest, state=State.CONFIRMED)
    if earlier.exists():
        raise refuse(_("同样内容的台账已经导入过，这次没有新增任何项目"), where=name)
    kept = keep_evidence(ContentFile(content, name=_kept_name(name)))
    lines = _lines(reading, place=place, unit=unit, by=by)
    with transaction.atomic():
        batch = Batch.objects.create(
            place=place,
            unit=unit,
            person=by,
            file_name=name[:120],
            file_digest=kept.digest,
            file_size=kept.size,
            content_digest=digest,
            reading={key: value for key, value in reading.json().items() if key != "rows"},
        )
        for line in lines:
            line.batch = batch
        Line.objects.bulk_create(lines, batch_size=CHUNK)
    return batch


def _kept_name(name: str) -> str:
    known = (".xlsx", ".xls", ".et", ".ods", ".csv")
    return name if name.lower().endswith(known) else f"{name}.xlsx"


def content_digest(reading: Reading) -> str:
    """What the lines say, whatever the file is called and however it was saved."""
    rows = sorted(json.dumps(row.raw, ensure_ascii=False) for row in reading.rows)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _lines(reading: Reading, *, place: Unit, unit: Unit, by: Person) -> list[Line]:
    index, named = Index.of(place.pk), units_named(place)
    everywhere = bool(by.reach(Can.IMPORT).places)
    return [_line(row, index, named, unit, everywhere=everywhere) for row in reading.rows]


def _line(row: Row, index: Index, named: dict[str, int], unit: Unit, *, everywhere: bool) -> Line:
    problems, plan, doubles = list(row.problems), None, []
    outcome = row.outcome
    if outcome is not Outcome.REFUSED:
        plan, more = planned(row)
        problems += more
        problems += _unit_problems(plan, named, unit, everywhere=everywhere)
        doubles = index.like(plan)
        if doubles:
            problems.append(Problem(text=LOOKS_LIKE, weight=Weight.WARNS))
        if any(problem.weight is Weight.BLOCKS for problem in problems):
            outcome, plan = Outcome.REFUSED, None
        elif problems:
            outcome = Outcome.WARNED
    return Line(
        row=row.number,
        outcome=outcome.value,
        problems=[{"cell": problem.where, "text": problem.text} for problem in problems],
        raw=list(row.raw),
        plan=None if plan is None else as_data(plan),
        doubles=doubles,
    )


def _unit_problems(
    plan: Planned, named: dict[str, int], unit: Unit, *, everywhere: bool
) -> Iterable[Problem]:
    said = [name for name in dict.fromkeys((plan.introducer, plan.unit)) if name]
    known = {named[name] for name in said if name in named}
    for name in said:
        if name not in named:
            yield Problem(text=KEPT_BY_ME.format(unit=name), weight=Weight.WARNS)
    if known and unit.pk not in known and not everywhere:
        yield Problem(text=NOT_MINE.format(unit="、".join(said)))


@transaction.atomic
def decide_doubles(*, batch: Batch, decisions: dict[int, Decision]) -> int:
    """Keep what a person says of lines that look like known projects; answers how many."""
    _open(batch)
    for row, decision in decisions.items():
        batch.lines.filter(row=row).update(decision=decision)
    return len(decisions)


def discard(*, batch: Batch) -> None:
    """Put an uploaded ledger aside; nothing of it was ever registered."""
    if not Batch.objects.filter(pk=batch.pk, state=State.OPEN).update(state=State.DISCARDED):
        raise refuse(_("这份台账已经处理过，请刷新"), where=batch.file_name)


def _open(batch: Batch) -> None:
    if not Batch.objects.filter(pk=batch.pk, state=State.OPEN).exists():
        raise refuse(_("这份台账已经处理过，请刷新"), where=batch.file_name)


@transaction.atomic
def confirm(*, batch: Batch, by: Person, at: datetime) -> Import:
    """Register everything that was not refused, with its dates laid before the offices; all or nothing.

    Refuses while lines that look like known projects are undecided, and a second confirmation.
    """
    hold()
    _open(batch)
    undecided = batch.lines.exclude(doubles=[]).filter(decision="", plan__isnull=False).count()
    if undecided:
        raise refuse(
            _("还有 %(undecided)s 行疑似重复没有决定，请先逐行选择") % {"undecided": undecided},
            where=_("疑似重复"),
        )
    twin = Batch.objects.filter(
        place=batch.place, content_digest=batch.content_digest, state=State.CONFIRMED
    )
    if twin.exists():
        raise refuse(_("同样内容的台账刚刚已经导入，这次没有新增任何项目"), where=batch.file_name)
    wanted = batch.lines.filter(plan__isnull=False).exclude(decision=Decision.SAME)
    plans = [from_data(plan) for plan in wanted.order_by("row").values_list("plan", flat=True)]
    fact = record(_import(batch, taken=len(plans), at=at), by=by, at=at)
    projects = _register(batch, plans, fact, by=by, at=at)
    _claim(batch, plans, projects, by=by, at=at)
    Batch.objects.filter(pk=batch.pk).update(state=State.CONFIRMED, import_seq=fact.seq)
    return fact


def _import(batch: Batch, *, taken: int, at: datetime) -> Import:
    return Import(
        place=batch.place,
        file_name=batch.file_name,
        file_digest=batch.file_digest,
        content_digest=batch.content_digest,
        taken=taken,
        left=batch.lines.count() - taken,
        happened_on=localdate(at),
    )


def _register(
    batch: Batch, plans: Sequence[Planned], fact: Import, *, by: Person, at: datetime
) -> list[Project]:
    named = units_named(batch.place)
    new = [
        NewProject(
            Project(
                place=batch.place,
                import_seq=fact.seq,
                import_row=plan.row,
                **{name: value for name, value in plan.fields.items() if name != "code"},
            ),
            _shares(plan, named, batch.unit_id),
        )
        for plan in plans
    ]
    return register_projects(new=new, by=by, at=at)


def _shares(plan: Planned, named: dict[str, int], mine: int) -> list[Share]:
    introducer, unit = _brought_and_led_by(plan, named, mine)
    shares = [
        Share(unit_id=introducer, role=PartRole.INTRODUCER),
        Share(unit_id=unit, role=PartRole.LEAD),
    ]
    landing = named.get(plan.location)
    if landing is not None:
        shares.append(Share(unit_id=landing, role=PartRole.LANDING))
    leader = named.get(plan.leader)
    if leader is not None:
        shares.append(Share(unit_id=leader, role=PartRole.LEADER))
    return shares


def _brought_and_led_by(plan: Planned, named: dict[str, int], mine: int) -> tuple[int, int]:
    """Who introduced a project and who leads it; where only one is named, it is both."""
    introducer, lead = named.get(plan.introducer), named.get(plan.unit)
    return introducer or lead or mine, lead or introducer or mine


def _claim(
    batch: Batch,
    plans: Sequence[Planned],
    projects: Sequence[Project],
    *,
    by: Person,
    at: datetime,
) -> None:
    """The dates of the ledger become claims, with the ledger itself as their evidence."""
    named, today = units_named(batch.place), localdate(at)
    evidence = (Evidence(batch.file_digest, batch.file_name, batch.file_size),)
    claims = [
        (
            NewClaim(
                project=project,
                node=node,
                happened_on=day,
                unit_id=_brought_and_led_by(plan, named, batch.unit_id)[1],
                note=f"随台账“{batch.file_name}”第 {plan.row} 行导入",
                evidence=evidence,
            ),
            (PartRole.LEAD,),
        )
        for plan, project in zip(plans, projects, strict=True)
        for node, day in claimable(plan, today=today)
    ]
    claim_many(claims=claims, by=by, at=at)


@transaction.atomic
def take_back(*, batch: Batch, reason: str, by: Person, at: datetime) -> ImportTakenBack:
    """Take a whole import back by new facts (撤回导入); refuses once an office has judged any of it."""
    if not reason.strip():
        raise refuse(_("撤回导入要写明理由"), where=_("理由"))
    hold()
    taken = Import.objects.filter(seq=batch.import_seq or 0).first()
    if taken is None or batch.state != State.CONFIRMED:
        raise refuse(_("只有已导入的台账才能撤回"), where=batch.file_name)
    projects = list(Project.objects.filter(import_seq=taken.seq, taken_back=False))
    take_back_projects(projects=projects, reason=reason, by=by, at=at)
    fact = ImportTakenBack(place=batch.place, taken=taken, reason=reason, happened_on=localdate(at))
    record(fact, by=by, at=at)
    Batch.objects.filter(pk=batch.pk).update(state=State.TAKEN_BACK)
    return fact
