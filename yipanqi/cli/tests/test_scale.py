"""The very large county is written in bulk, and is what it would be had each fact been settled."""

from argparse import ArgumentParser

import pytest

from yipanqi.cli import scale
from yipanqi.cli.founding import TODAY
from yipanqi.core.problems import Refused
from yipanqi.facts.projects.models import Pending, Project, Withdrawal
from yipanqi.ledger import reads as ledger
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Unit
from yipanqi.standing.actions import PROJECTED, settle
from yipanqi.standing.models import Deadline, Recognised, Verdict
from yipanqi.standing.reads import proof

pytestmark = pytest.mark.django_db


def columns() -> list[tuple[object, ...]]:
    return list(Project.objects.order_by("pk").values_list("pk", "last_fact_on", *PROJECTED))


def deadlines() -> set[tuple[object, ...]]:
    names = ("project_id", "code", "reached_on", "due_on", "from_seq")
    return set(Deadline.objects.current().values_list(*names))


def test_four_hundred_projects_come_out_as_if_settled_one_by_one():
    scale.load(projects=400, facts=8_000)
    facts = Entry.objects.filter(kind__startswith="fact:").count()
    before, running = columns(), deadlines()

    assert (Project.objects.count(), facts) == (400, 8_000)
    assert list(ledger.findings()) == []
    assert list(proof.findings()) == []

    every = Project.objects.values_list("pk", flat=True)
    settle(dict.fromkeys(every, ledger.now_seq() + 1), on=TODAY)

    assert columns() == before
    assert deadlines() == running
    assert Pending.objects.exists()
    assert Withdrawal.objects.exists()
    assert (
        Verdict.objects.filter(outcome="falsified").count()
        == Recognised.objects.filter(node="falsified").count()
    )


def test_the_verb_fills_the_ledger_and_says_how_long_it_took(capsys):
    parser = ArgumentParser()
    scale.add_parser(parser.add_subparsers())

    args = parser.parse_args(["scale", "--projects", "3", "--facts", "20"])

    assert args.run(args) == 0
    assert "项目 3 个" in capsys.readouterr().out


@pytest.mark.parametrize(("projects", "facts"), [(0, 10), (10, 9)])
def test_too_few_facts_are_refused(projects, facts):
    with pytest.raises(Refused, match="事实数"):
        scale.load(projects=projects, facts=facts)

    assert not Unit.objects.exists()
