"""A year's plan gives everybody a task; then tasks are adjusted, split to people, and outbid."""

from datetime import date

import pytest

from tests.helpers import refused
from yipanqi.facts.targets.actions import (
    Ground,
    adjust_tasks,
    issue_plan,
    pledge_task,
    set_tasks,
    split_task,
)
from yipanqi.facts.targets.models import Target, YearPlan
from yipanqi.facts.targets.reads import standing_on
from yipanqi.facts.targets.rules import (
    Carrier,
    Key,
    PlanLine,
    TargetKind,
    Task,
    line_problems,
    lines_in,
    lines_text,
    tasks_of,
)
from yipanqi.ledger.reads import findings
from yipanqi.org.factories import NOON, County, make_org
from yipanqi.org.models import Person
from yipanqi.org.rules import Kind

GROUND = Ground(basis="青办发〔2026〕3号", clause="第二条")
SEATS = [Carrier(number, Kind.SEAT, number, (100 + number,)) for number in range(1, 6)]
TOWNS = [Carrier(10 + number, Kind.TOWNSHIP, number) for number in range(1, 4)]


@pytest.fixture
def county(db: None) -> County:
    return make_org()


def carriers(county):
    towns = ("青山镇", "柳河镇")
    return [
        Carrier(county.units[name].pk, Kind.TOWNSHIP, rank, (county.liaison(name).pk,))
        for rank, name in enumerate(towns, start=1)
    ]


def issue(county, *lines):
    return issue_plan(
        place=county.place,
        year=2026,
        lines=lines,
        carriers=carriers(county),
        ground=GROUND,
        by=county.clerk,
        at=NOON,
    )


def given(lines):
    return {
        (t.holder_id, t.person_id, t.indicator): t.amount for t in tasks_of(lines, SEATS + TOWNS)
    }


def test_claims_by_rank():
    lines = [
        PlanLine(kind=Kind.SEAT, last=2, indicator="huge", amount=1),
        PlanLine(kind=Kind.SEAT, first=3, indicator="large", amount=1),
        PlanLine(kind=Kind.SEAT, first=5, persons=True, indicator="half", amount=1),
    ]

    assert given(lines) == {
        (1, None, "huge"): 1,
        (2, None, "huge"): 1,
        (3, None, "large"): 1,
        (4, None, "large"): 1,
        (5, None, "large"): 1,
        (5, 105, "half"): 1,
    }


def test_a_later_line_holds_where_two_speak_of_the_same():
    lines = [
        PlanLine(kind=Kind.TOWNSHIP, indicator="signed", amount=1),
        PlanLine(unit_id=12, indicator="signed", amount=4),
    ]

    assert given(lines) == {
        (11, None, "signed"): 1,
        (12, None, "signed"): 4,
        (13, None, "signed"): 1,
    }


def test_a_plan_holds_its_lines_as_text():
    lines = (
        PlanLine(kind=Kind.SEAT, first=1, last=2, indicator="huge", amount=1),
        PlanLine(unit_id=12, persons=True, indicator="signed", amount=0),
    )

    assert lines_in(lines_text(lines)) == lines
    assert lines_in("") == ()


def test_a_plan_that_gives_nobody_anything_is_doubted_line_by_line():
    lines = [
        PlanLine(kind=Kind.ZONE, indicator="signed", amount=1),
        PlanLine(kind=Kind.SEAT, first=3, last=2, indicator="signed", amount=1),
        PlanLine(kind=Kind.SEAT, indicator="signed", amount=1),
    ]

    told = [str(problem) for problem in line_problems(lines, SEATS)]

    assert told == [
        "第 1 行：没有符合这一行的单位或人员，请核对类别和名次",
        "第 2 行：名次要从前写到后",
    ]
    assert [problem.where for problem in line_problems([], SEATS)] == ["年度计划"]


def test_a_plan_is_issued_at_once_and_says_only_what_is_new(county):
    line = PlanLine(kind=Kind.TOWNSHIP, indicator="signed", amount=1)
    plan = issue(county, line)

    second = issue(county, line, PlanLine(kind=Kind.TOWNSHIP, indicator="funds", amount=5))

    assert [target.told_basis for target in plan.targets.all()] == ["青办发〔2026〕3号第二条"] * 2
    assert {target.indicator for target in second.targets.all()} == {"funds"}
    assert second.rules[0] == line
    assert str(second) == "青禾县 2026"
    assert YearPlan.objects.visible_to(county.liaison()).count() == 2
    assert list(findings()) == []


def test_a_plan_that_says_nothing_new_is_refused(county):
    line = PlanLine(kind=Kind.TOWNSHIP, indicator="signed", amount=1)
    issue(county, line)

    with refused("没有可下达的"):
        issue(county, line)
    with refused("请至少写一行"):
        issue(county)


def adjust(county, amount, reason=""):
    task = Task(holder_id=county.units["青山镇"].pk, indicator="signed", amount=amount)
    return adjust_tasks(
        tasks=[task], year=2026, ground=GROUND, reason=reason, by=county.clerk, at=NOON
    )


def test_a_task_is_adjusted_for_a_reason_and_the_first_stays_on_record(county):
    adjust(county, 3)

    with refused("要写明理由"):
        adjust(county, 2)
    with refused("任务数没有变"):
        adjust(county, 3, "再说一遍")
    adjust(county, 2, "撤并一个村")

    words = [(target.amount, target.reason) for target in Target.objects.order_by("seq")]
    assert words == [(3, ""), (2, "撤并一个村")]
    assert list(standing_on(2026, ["signed"]).values()) == [2]


def split(county, amounts):
    return split_task(
        holder=county.units["青山镇"],
        indicator="signed",
        year=2026,
        amounts=amounts,
        ground=GROUND,
        by=county.liaison(),
        at=NOON,
    )


def test_a_units_task_is_split_to_its_people(county):
    person = county.liaison().pk
    split(county, {person: 2})

    with refused("各人的任务没有变"):
        split(county, {person: 2})
    with refused("只能分给在本单位任职的人"):
        split(county, {county.liaison("柳河镇").pk: 1})

    key = Key(county.units["青山镇"].pk, person, "signed", TargetKind.ASSIGNED)
    assert standing_on(2026, ["signed"]) == {key: 2}


def test_more_is_pledged_than_was_given_and_both_are_kept(county):
    holder = county.units["青山镇"].pk
    task = Task(holder_id=holder, indicator="funds", amount=72)
    set_tasks(tasks=[task], year=2026, ground=GROUND, by=county.clerk, at=NOON)

    def pledge(amount):
        return pledge_task(
            task=Task(holder_id=holder, indicator="funds", amount=amount),
            year=2026,
            ground=Ground(basis="军令状"),
            by=county.liaison(),
            at=NOON,
        )

    with refused("不能低于下达的任务"):
        pledge(71)
    pledge(80)
    with refused("自报数没有变"):
        pledge(80)

    assert sorted(standing_on(2026, ["funds"]).values()) == [72, 80]


def test_targets_of_a_year_are_of_that_year(county):
    adjust(county, 3)

    assert standing_on(2025, ["signed"]) == {}
    assert Target.objects.get().happened_on == date(2026, 11, 20)
    assert not YearPlan.objects.visible_to(Person.objects.create(username="new")).exists()
