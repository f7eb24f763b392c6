"""The demonstration is the county that the manual, the method's page and the pictures speak of."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from yipanqi.assessment.reads.live import live
from yipanqi.cli import demo
from yipanqi.cli.founding import TODAY, WORKED
from yipanqi.core.files import path_of
from yipanqi.core.numbers import FEN_PER_WAN, shown
from yipanqi.core.problems import Refused
from yipanqi.facts.judging.models import Round
from yipanqi.facts.judging.reads import waiting_in
from yipanqi.facts.judging.rules import RoundState
from yipanqi.facts.projects.models import Claim, Part, Pending, Progress, Project, Withdrawal
from yipanqi.facts.projects.rules import PartRole
from yipanqi.facts.returns.models import Return
from yipanqi.facts.returns.rules import State, due_on, months_until, state_of
from yipanqi.ledger import reads as ledger
from yipanqi.ledger.models import Entry
from yipanqi.org.models import Milestone, Person, Unit
from yipanqi.org.rules import Kind
from yipanqi.place.reads import settings_on
from yipanqi.standing.models import Deadline, Recognised, Verdict
from yipanqi.standing.reads import proof
from yipanqi.standing.rules import lamp_of

HAND_WORKED = """
    township signed big funds started leads missing late giants overdue points
    青山镇   3      1    8640  2       4     0       1    0      1       86.60
    柳河镇   4      0   12500  4       6     0       0    1      0       99.00
    石桥乡   0      0       0  0       1     2       1    0      0        9.00
    白沙镇   2      2   10000  1       5     1       0    0      2       77.50
    南岭乡   3      1    8640  2       4     0       1    0      1       86.60
"""
"""The table of the method's page."""

FIFTY_MILLION, HALF_A_BILLION = 5_000 * FEN_PER_WAN, 50_000 * FEN_PER_WAN


@pytest.fixture(scope="module")
def place(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Unit]:
    """The county, loaded once for this file."""
    kept = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=kept / "files", VAR=kept),
        transaction.atomic(),
    ):
        yield demo.load()
        transaction.set_rollback(True)


def worked() -> list[dict[str, str]]:
    head, *rows = (line.split() for line in HAND_WORKED.strip().splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def shares_of(unit: Unit) -> dict[int, Fraction]:
    """How much of each project a unit brought."""
    parts = Part.objects.current().filter(unit=unit, role=PartRole.INTRODUCER)
    return {part.project_id: part.share().fraction for part in parts}


def counted(unit: Unit, node: str, *, at_least: int = 0, **conditions: Any) -> Fraction:
    """Its projects at a node in the year, by its shares."""
    shares = shares_of(unit)
    rows = Recognised.objects.current().filter(
        node=node, counted_on__year=2026, project__in=shares, **conditions
    )
    big_enough = [row for row in rows if (row.project.total_fen or 0) >= at_least]
    return sum((shares[row.project_id] for row in big_enough), Fraction(0))


def returns_in(unit: Unit, state: State) -> int:
    sent = dict(Return.objects.filter(holder=unit).values_list("month", "happened_on"))
    states = [
        state_of(sent_on=sent.get(month), due=due_on(month, 20), as_of=TODAY)
        for month in months_until(TODAY)
    ]
    return states.count(state)


@pytest.mark.parametrize("expected", worked(), ids=WORKED)
def test_a_worked_township_has_the_figures_of_the_table(place, expected):
    unit = Unit.objects.get(name=expected["township"], parent=place)
    shares = shares_of(unit)
    signed_this_year = Recognised.objects.current().filter(node="signed", counted_on__year=2026)
    money = Recognised.objects.current().filter(node="funds", counted_on__year=2026)
    overdue = Deadline.objects.current().overdue(as_of=TODAY).filter(code="signed_not_started")

    found_here = {
        "signed": counted(unit, "signed", at_least=FIFTY_MILLION),
        "big": counted(unit, "signed", at_least=HALF_A_BILLION),
        "funds": sum(
            (row.amount_fen or 0) * shares[row.project_id]
            for row in money.filter(project__in=shares)
        )
        / FEN_PER_WAN,
        "started": counted(
            unit, "started", at_least=FIFTY_MILLION, project__recognised__in=signed_this_year
        ),
        "leads": counted(unit, "lead"),
        "missing": returns_in(unit, State.MISSING),
        "late": returns_in(unit, State.LATE),
        "giants": counted(unit, "signed", project__honour="fortune500"),
        "overdue": sum(shares[row.project_id] for row in overdue.filter(project__in=shares)),
    }

    assert found_here == {name: int(expected[name]) for name in found_here}


def test_the_software_scores_the_worked_townships_as_the_table_does(place):
    scored = live(place.pk, day=TODAY)

    assert scored is not None
    for expected in worked():
        total = scored.row(expected["township"]).total
        assert total is not None
        assert shown(total, 2) == expected["points"]


def test_the_project_of_the_pictures_is_there(place):
    project = Project.objects.get(name="云岭食品马铃薯全产业链项目")
    settings = settings_on(place.pk, TODAY)
    lamp = lamp_of(
        settings=settings,
        due_code=project.due_code,
        due_on=project.due_on,
        signed_on=project.signed_on,
        last_fact_on=project.last_fact_on,
        finished=False,
        as_of=TODAY,
    )
    brought = Part.objects.current().filter(project=project, role=PartRole.INTRODUCER)

    assert project.code.startswith("QH-2026-")
    assert (project.total_fen, project.level) == (36_000 * FEN_PER_WAN, "province")
    assert lamp.words == "供地逾期 41 天"
    assert {(p.unit.name, p.num, p.den) for p in brought} == {
        ("招商促进局", 3, 5),
        ("青山镇", 2, 5),
    }


def test_the_county_has_the_units_that_the_rule_three_times_fifteen_plus_n_asks_for(place):
    kinds = Unit.objects.under(place.path).offices().values_list("kind", flat=True)

    assert sorted(kinds) == sorted(
        [Kind.SEAT] * 15
        + [Kind.TOWNSHIP] * 15
        + [Kind.DEPARTMENT] * 15
        + [Kind.OTHER_DEPARTMENT] * 10
        + [Kind.ZONE]
    )


def test_the_county_has_every_kind_of_group_and_one_milestone_is_late(place):
    kinds = Counter(Unit.objects.groups().values_list("kind", flat=True))
    waiting = Milestone.objects.filter(done__isnull=True).order_by("due_on")

    assert set(kinds) == Kind.groups()
    assert kinds[Kind.OUTPOST] == 3
    assert [one.due_on < TODAY for one in waiting] == [True, False]


def test_three_years_of_facts_hold_what_a_real_county_has(place):
    facts = Entry.objects.filter(kind__startswith="fact:").count()
    shared = Part.objects.current().filter(role=PartRole.INTRODUCER, den__gt=1)
    enclave = Part.objects.current().filter(role=PartRole.LANDING, den__gt=1)

    assert 380 <= Project.objects.count() <= 420
    assert 3_000 <= facts <= 6_500
    assert Verdict.objects.filter(outcome="returned").count() > 20
    assert Verdict.objects.filter(outcome="falsified").count() == 3
    assert Withdrawal.objects.count() == 8
    assert Progress.objects.exclude(problem="").exists()
    assert Project.objects.filter(taken_back=True).count() == 1
    assert Project.objects.filter(total=None).count() > 10
    assert Project.objects.filter(currency="USD").exists()
    assert shared.exists()
    assert enclave.exists()


def test_claims_wait_for_every_office(place):
    settings = settings_on(place.pk, TODAY)
    for office in {node.office for node in (*settings.nodes, settings.funds)}:
        assert Pending.objects.filter(office__name=office).count() >= 2, office


def test_each_of_the_nots_has_somebody_far_behind(place):
    for entry in settings_on(place.pk, TODAY).not_yets:
        late = Deadline.objects.current().overdue(as_of=TODAY).filter(code=entry.code)
        assert late.exists(), entry.name
    longest = Deadline.objects.current().order_by("due_on")[0]
    assert (TODAY - longest.due_on).days > 200


def test_the_books_of_the_county_prove_everything(place):
    assert list(ledger.findings()) == []
    assert list(proof.findings()) == []
    assert ledger.is_simulated()


def test_evidence_opens(place):
    files = {file.digest: file for claim in Claim.objects.all() for file in claim.files}

    assert len(files) > 4
    for file in files.values():
        assert default_storage.size(path_of(file.digest)) == file.size


def test_every_account_signs_in_with_the_one_password(place):
    assert Person.objects.count() == 106
    (same,) = set(Person.objects.values_list("password", flat=True))
    assert check_password(demo.PASSWORD, same)
    for username in demo.SHOWN:
        assert username in demo.accounts()
    assert "lijing      李静  招商促进局综合科科长" in demo.accounts()


def test_the_ledger_to_be_imported_lies_beside_the_county(place):
    (lying,) = demo.sample_path().iterdir()
    assert lying.name == "青禾县在谈签约项目台账（待导入）.xlsx"


def test_a_second_county_finds_no_room(place):
    with pytest.raises(Refused, match="已经有地方的数据"):
        demo.load()


@pytest.mark.django_db
def test_a_real_ledger_takes_no_demonstration(monkeypatch):
    monkeypatch.setattr("yipanqi.cli.founding.is_simulated", lambda: False)

    with pytest.raises(Refused, match="真实账本"):
        demo.load()

    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_the_verb_says_how_much_there_is_and_who_signs_in(monkeypatch, capsys):
    parser = ArgumentParser()
    demo.add_parser(parser.add_subparsers())
    monkeypatch.setattr(demo, "load", lambda **_: None)

    args = parser.parse_args(["demo", "--seed", "5"])

    assert args.run(args) == 0
    assert demo.PASSWORD in capsys.readouterr().out


def test_the_county_judges_rates_votes_and_scores_itself(place):
    told = {one.name: one for one in Round.objects.as_of().filter(place=place)}
    waiting = {one.name: len(keys) for one in told.values() for keys in [waiting_in([one])[one.pk]]}

    assert told["三季度部门评价"].closed is RoundState.COUNTED
    ballot = told["三季度竞赛投票"]
    values = [result.value for result in ballot.results.values() if result.value is not None]
    assert sum(values) * 100 == sum(10_000 - 200 * place for place in range(len(values)))
    assert waiting == {"三季度部门评价": 0, "三季度竞赛投票": 0, "营商环境评定": 1, "年度自评": 2}
