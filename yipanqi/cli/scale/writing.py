"""A month of a very large county is written: many facts at a time, and with them what follows.

The intervals come out as if each verdict had been settled by itself; nothing is updated twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from yipanqi.cli.demo.drawing import RETURNS
from yipanqi.cli.demo.incidents import SECOND_THOUGHTS
from yipanqi.cli.founding import CLERK, DESK, Stage, moment
from yipanqi.cli.scale.drawing import Month, Reported, Tale, month_end
from yipanqi.core.files import evidence_text
from yipanqi.facts.projects.actions.register import NewProject, register_projects
from yipanqi.facts.projects.models import Claim, Part, Pending, Progress, Withdrawal
from yipanqi.facts.projects.rules import PartRole
from yipanqi.facts.returns.models import Return
from yipanqi.ledger.actions import pour, record_many
from yipanqi.place.rules import FUNDS
from yipanqi.standing.models import Deadline, Recognised, Verdict
from yipanqi.standing.reads import Versions
from yipanqi.standing.rules import FALSIFIED, Due, Outcome, dues_of

FALSE_REASON = "现场核查不符，投资方书面否认"


class Writer:
    """Writes months in their order and remembers what still holds."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.version = Versions.load().latest(stage.place.pk)
        nodes = (*stage.settings.nodes, stage.settings.funds)
        self.office = {node.code: node.office for node in nodes}
        self.evidence = {code: evidence_text(files) for code, files in stage.evidence.items()}
        self.seen: set[tuple[int, int]] = set()
        self.reached: dict[int, dict[str, date]] = defaultdict(dict)
        self.open: dict[int, dict[str, Deadline]] = defaultdict(dict)
        self.ended: list[Deadline] = []
        self.doubtful: list[tuple[Claim, Reported]] = []

    @transaction.atomic
    def write(self, month: Month) -> None:
        """What a month brings: projects, claims, verdicts, progress, returns."""
        on = month_end(month.first)
        self._return(month, month.first.replace(day=20))
        self._register(month.opened, moment(on, 0))
        doubtful, self.doubtful = self.doubtful, []
        claims = self._claim(month.reported, moment(on, 1))
        self._judge(list(zip(claims, month.reported, strict=True)), on)
        self._undo(doubtful, on)
        self._hear(month, moment(on, 4))
        pour(self.ended)
        self.ended = []

    @transaction.atomic
    def finish(self) -> None:
        """The deadlines that still run when the last month is over."""
        pour(row for rows in self.open.values() for row in rows.values())

    def _register(self, tales: Sequence[Tale], at: datetime) -> None:
        new = [NewProject(tale.project, tale.shares) for tale in tales]
        register_projects(new=new, by=self.stage.people[CLERK], at=at)

    def _claim(self, reported: Sequence[Reported], at: datetime) -> list[Claim]:
        claims = [
            Claim(
                project=one.tale.project,
                unit_id=one.tale.unit_id,
                node=one.node,
                happened_on=one.happened_on,
                amount=one.amount,
                evidence=self.evidence[one.node],
            )
            for one in reported
        ]
        record_many(claims, by=self.stage.people[CLERK], at=at)
        pour(self._parts(claims))
        waiting = zip(claims, reported, strict=True)
        pour(self._pending(claim) for claim, one in waiting if one.fate == "waiting")
        return claims

    def _office_id(self, node: str) -> int:
        return int(self.stage.units[self.office[node]].pk)

    def _pending(self, claim: Claim) -> Pending:
        office_id = self._office_id(claim.node)
        return Pending(claim=claim, office_id=office_id, project_id=claim.project_id)

    def _parts(self, claims: Iterable[Claim]) -> Iterable[Part]:
        """The office that verifies a claim takes part in the project from then on."""
        for claim in claims:
            key = (claim.project_id, self._office_id(claim.node))
            if key not in self.seen:
                self.seen.add(key)
                yield Part(
                    project_id=key[0], unit_id=key[1], role=PartRole.VERIFIER, from_seq=claim.seq
                )

    def _judge(self, laid: Sequence[tuple[Claim, Reported]], on: date) -> None:
        """Each office in turn, in the order of the nodes, decides what was laid before it."""
        for office in dict.fromkeys(self.office.values()):
            decided = [
                (claim, one)
                for claim, one in laid
                if self.office[claim.node] == office and one.fate != "waiting"
            ]
            verdicts = [self._verdict(claim, one, on) for claim, one in decided]
            by = self.stage.people[f"{office}{DESK}"]
            record_many(verdicts, by=by, at=moment(on, 2))
            self._count([v for v in verdicts if v.outcome == Outcome.ACCEPTED])
            self.doubtful += [
                (claim, one) for claim, one in decided if one.fate in {"withdrawn", "falsified"}
            ]

    def _verdict(self, claim: Claim, one: Reported, on: date) -> Verdict:
        returned = one.fate == "returned"
        return Verdict(
            claim=claim,
            project_id=claim.project_id,
            outcome=Outcome.RETURNED if returned else Outcome.ACCEPTED,
            reason=RETURNS[claim.seq % len(RETURNS)] if returned else "",
            settings=self.version,
            amount_fen=claim.amount,
            band=self.stage.settings.band_of(one.tale.project.total_fen or 0),
            happened_on=on,
        )

    def _count(self, verdicts: Sequence[Verdict]) -> None:
        pour(self._recognised(verdict) for verdict in verdicts)
        for verdict in verdicts:
            if verdict.claim.node != FUNDS:
                self.reached[verdict.project_id][verdict.claim.node] = verdict.claim.happened_on
                self._redate(verdict.project_id, verdict.seq)

    def _recognised(self, verdict: Verdict) -> Recognised:
        false = verdict.outcome == Outcome.FALSIFIED
        return Recognised(
            project_id=verdict.project_id,
            claim_id=verdict.claim_id,
            node=FALSIFIED if false else verdict.claim.node,
            counted_on=verdict.happened_on if false else verdict.claim.happened_on,
            amount_fen=verdict.amount_fen,
            from_seq=verdict.seq,
        )

    def _redate(self, project_id: int, seq: int) -> None:
        """Deadlines that no longer hold end here, others begin."""
        running = self.open[project_id]
        dues = dues_of(self.stage.settings.not_yets, self.reached[project_id], {})
        for code in [
            c for c, row in running.items() if dues.get(c) != Due(row.reached_on, row.due_on)
        ]:
            row = running.pop(code)
            row.to_seq = seq
            self.ended.append(row)
        for code, due in dues.items():
            if code not in running:
                running[code] = Deadline(
                    project_id=project_id, code=code, from_seq=seq, **vars(due)
                )

    def _undo(self, doubtful: Sequence[tuple[Claim, Reported]], on: date) -> None:
        """A month later some claims are withdrawn and some are found false."""
        withdrawn = [claim for claim, one in doubtful if one.fate == "withdrawn"]
        false = [(claim, one) for claim, one in doubtful if one.fate == "falsified"]
        withdrawals = [
            Withdrawal(
                claim=claim,
                project_id=claim.project_id,
                reason=SECOND_THOUGHTS[claim.seq % len(SECOND_THOUGHTS)],
                happened_on=on,
            )
            for claim in withdrawn
        ]
        record_many(withdrawals, by=self.stage.people[CLERK], at=moment(on, 3))
        verdicts = [self._verdict(claim, one, on) for claim, one in false]
        for verdict in verdicts:
            verdict.outcome, verdict.reason = Outcome.FALSIFIED, FALSE_REASON
        record_many(verdicts, by=self.stage.people[CLERK], at=moment(on, 3))
        for withdrawal in withdrawals:
            self._uncount(withdrawal.claim, withdrawal.seq)
        for verdict in verdicts:
            self._uncount(verdict.claim, verdict.seq)
        pour(self._recognised(verdict) for verdict in verdicts)

    def _uncount(self, claim: Claim, seq: int) -> None:
        Recognised.objects.filter(claim=claim).exclude(node=FALSIFIED).close(seq)
        if self.reached[claim.project_id].pop(claim.node, None):
            self._redate(claim.project_id, seq)

    def _hear(self, month: Month, at: datetime) -> None:
        facts = [
            Progress(
                project_id=one.tale.project.pk,
                unit_id=one.tale.unit_id,
                text=one.text,
                problem=one.problem,
                happened_on=one.on,
            )
            for one in month.heard
        ]
        record_many(facts, by=self.stage.people[CLERK], at=at)

    def _return(self, month: Month, on: date) -> None:
        facts = [
            Return(holder_id=holder, month=month.first, happened_on=on) for holder in month.returned
        ]
        record_many(facts, by=self.stage.people[CLERK], at=moment(on, 0))
