"""Whatever happens later, what counted when the ledger stood at S is what was recorded then."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yipanqi.facts.projects.models import Claim, Project
from yipanqi.ledger import reads
from yipanqi.org.factories import County
from yipanqi.standing.actions import accept_claim, find_false, return_claim, withdraw_claim
from yipanqi.standing.factories import NOON, make_claim, make_county, make_project, make_settings
from yipanqi.standing.models import Recognised
from yipanqi.standing.reads import proof

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
NODES = ["signed", "registered", "land", "funds"]
STEPS = st.tuples(
    st.sampled_from(["accept", "accept", "return", "withdraw", "find false"]),
    st.sampled_from(NODES),
    st.integers(0, 300),
    st.integers(0, 99),
)
Line = tuple[str, date, int | None, int]
Step = tuple[str, str, int, int]


@dataclass
class History:
    """The same history as plain values: what counts now, and a copy of it for every entry that changed it."""

    county: County
    counting: dict[int, Line] = field(default_factory=dict)
    false: list[Line] = field(default_factory=list)
    kept: dict[int, set[Line]] = field(default_factory=dict)

    def keep(self, seq: int) -> None:
        self.kept[seq] = {*self.counting.values(), *self.false}

    def at(self, seq: int) -> set[Line]:
        return self.kept[max(known for known in self.kept if known <= seq)]

    def step(self, step: Step, project: Project, number: int) -> None:
        act, node, day, pick = step
        at, by = NOON + timedelta(hours=number), self.county.clerk
        counted = sorted(self.counting)
        if act in {"withdraw", "find false"} and not counted:
            act = "accept"
        if act in {"accept", "return"}:
            claim = make_claim(project, node, on=FIRST + timedelta(days=day), at=at)
            self.judge(act, claim, by=by, at=at)
            return
        claim = Claim.objects.get(pk=counted[pick % len(counted)])
        line = self.counting.pop(claim.pk)
        if act == "withdraw":
            self.keep(withdraw_claim(claim=claim, reason="填错了", by=by, at=at).seq)
            return
        verdict = find_false(claim=claim, reason="查实", by=by, at=at)
        self.false.append(("falsified", verdict.happened_on, line[2], claim.pk))
        self.keep(verdict.seq)

    def judge(self, act: str, claim: Claim, **given) -> None:
        if act == "return":
            self.keep(return_claim(claim=claim, reason="不全", **given).seq)
            return
        verdict = accept_claim(claim=claim, **given)
        replaced = [pk for pk, line in self.counting.items() if line[0] == claim.node != "funds"]
        for pk in replaced:
            del self.counting[pk]
        self.counting[claim.pk] = (claim.node, claim.happened_on, claim.amount, claim.pk)
        self.keep(verdict.seq)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_what_counted_at_any_entry_is_what_was_recorded_by_then(steps):
    with transaction.atomic():
        county = make_county()
        make_settings(county, requirements="[]")
        project = make_project(county)
        history = History(county)
        history.keep(0)

        for number, step in enumerate(steps):
            history.step(step, project, number)

        for seq in range(reads.now_seq() + 1):
            assert recognised(seq) == history.at(seq)
        assert list(proof.findings()) == []
        transaction.set_rollback(True)


def recognised(seq: int) -> set[Line]:
    rows = Recognised.objects.as_of(seq)
    return set(rows.values_list("node", "counted_on", "amount_fen", "claim_id"))
