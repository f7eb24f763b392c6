"""Two officers at once: one wins, the other is refused; and the test is known to be able to fail."""

from collections.abc import Callable
from datetime import date
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from yipanqi.core.problems import Refused, refuse
from yipanqi.facts.projects.models import Claim, Pending
from yipanqi.ledger import reads
from yipanqi.ledger.actions import Line, amend, append
from yipanqi.ledger.models import Entry
from yipanqi.standing.actions import accept_claim, verdicts, withdraw_claim
from yipanqi.standing.factories import (
    NOON,
    County,
    make_claim,
    make_county,
    make_project,
    recognise,
)
from yipanqi.standing.models import Recognised, Verdict
from yipanqi.standing.reads import proof

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
SAMPLE = 100
NIGHTLY = pytest.param(1_000, marks=pytest.mark.nightly)
FUNDS = "funds"


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each in a thread and a connection of its own, from one signal; answers or refusals."""
    answers: list[object] = [None] * len(acts)
    start = Barrier(len(acts))

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            start.wait()
            answers[number] = act()
        except Refused as refused:
            answers[number] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def refusals(answers: list[object]) -> list[Refused]:
    return [answer for answer in answers if isinstance(answer, Refused)]


def race_for(claim: Claim, county: County) -> list[object]:
    """Two officers of the office accept the same claim."""
    return at_once(
        lambda: accept_claim(claim=claim, by=county.verifier("财政局"), at=NOON),
        lambda: accept_claim(claim=claim, by=county.clerk, at=NOON),
    )


@pytest.mark.parametrize("times", [SAMPLE, NIGHTLY])
def test_of_two_officers_who_advance_one_project_exactly_one_wins(times):
    county = make_county()
    project = make_project(county)

    for number in range(1, times + 1):
        answers = race_for(make_claim(project, FUNDS, amount=number), county)

        assert len(refusals(answers)) == 1
        assert "刚刚已由别人认定" in str(refusals(answers)[0])
        assert Verdict.objects.count() == Recognised.objects.count() == number

    assert list(reads.findings()) == []
    assert list(proof.findings()) == []


def test_without_the_guard_there_are_doubles(monkeypatch):
    """The control: read first, write later, no lock. If this finds no doubles the test above proves nothing."""
    meet = Barrier(2)

    def read_then_write(claims: list[Claim]) -> None:
        waiting = Pending.objects.filter(pk__in=[claim.pk for claim in claims]).count()
        meet.wait(timeout=10)
        if waiting != len(claims):
            raise refuse("来晚了")
        Pending.objects.filter(pk__in=[claim.pk for claim in claims]).delete()

    monkeypatch.setattr(verdicts, "hold", lambda: None)
    monkeypatch.setattr(verdicts, "_take_from_the_pile", read_then_write)
    county = make_county()
    project = make_project(county)

    doubles = 0
    for number in range(1, 21):
        answers = race_for(make_claim(project, FUNDS, amount=number), county)
        doubles += not refusals(answers)

    assert doubles > 0
    assert Verdict.objects.count() == 20 + doubles


def test_of_two_officers_who_amend_one_record_the_second_is_told_the_difference():
    county = make_county()
    project = make_project(county)

    for number in range(1, 21):
        names = [f"甲 {number}", f"乙 {number}"]
        save = partial(amend, project, version=number, by=county.clerk, at=NOON)
        answers = at_once(*(partial(save, {"name": name}) for name in names))

        lost = refusals(answers)
        project.refresh_from_db()
        assert len(lost) == 1
        assert f"现在是“{project.name}”" in str(lost[0])
        assert project.name in names
        assert project.version == number + 1
    assert list(reads.findings()) == []


def test_whoever_verifies_and_whoever_withdraws_do_not_wait_for_each_other_for_ever():
    county = make_county()
    project = make_project(county)
    recognise(project, "signed")

    for number in range(1, 21):
        claim = make_claim(project, FUNDS, amount=number)
        given: dict[str, Any] = {"by": county.clerk, "at": NOON}
        answers = at_once(
            partial(accept_claim, claim=claim, **given),
            partial(withdraw_claim, claim=claim, reason="填错了", **given),
            partial(amend, project, {"remark": f"{number}"}, version=number, **given),
        )

        assert all(answers)
        assert len(refusals(answers)) <= 1
    assert list(reads.findings()) == []
    assert list(proof.findings()) == []


def test_eight_writers_leave_no_gap():
    before = reads.now_seq()

    def write(writer: int) -> bool:
        for number in range(50):
            append([Line("note", f"x:{writer}", {"n": number})], by=None, at=NOON)
        return True

    answers = at_once(*(partial(write, writer) for writer in range(8)))

    numbers = Entry.objects.filter(seq__gt=before).order_by("seq").values_list("seq", flat=True)
    assert answers == [True] * 8
    assert list(numbers) == list(range(before + 1, before + 401))
    assert list(reads.findings()) == []


def test_a_writer_who_turns_back_leaves_no_gap():
    before = reads.now_seq()

    def turn_back() -> bool:
        with transaction.atomic():
            append([Line("note", "x:1", {})], by=None, at=NOON)
            transaction.set_rollback(True)
        return True

    def write() -> bool:
        append([Line("note", "x:2", {})], by=None, at=NOON)
        return True

    at_once(*(act for _ in range(10) for act in (turn_back, write)))

    assert reads.now_seq() == before + 10
    assert list(reads.findings()) == []


def test_verification_finds_nothing_wrong_while_others_write():
    county = make_county()
    project = make_project(county)
    wrong: list[object] = []

    def write() -> bool:
        for number in range(1, 31):
            recognise(project, FUNDS, amount=number, on=date(2026, 5, 1))
        return True

    def verify() -> bool:
        for _ in range(10):
            wrong.extend(reads.findings())
            wrong.extend(proof.findings())
        return True

    assert at_once(write, verify, verify) == [True] * 3
    assert wrong == []
