"""Tasks are given in the open, and given anew."""

import pytest

from yipanqi.core.problems import Refused
from yipanqi.facts.targets.actions import Ground, set_targets, set_tasks
from yipanqi.facts.targets.models import Target
from yipanqi.facts.targets.rules import TargetKind, Task
from yipanqi.ledger import reads
from yipanqi.org.factories import NOON, make_org
from yipanqi.org.models import Person

pytestmark = pytest.mark.django_db


def give(county, amount, unit="青山镇"):
    return set_targets(
        targets=[(county.units[unit], "signed", amount)],
        year=2026,
        basis="县委文件",
        by=county.clerk,
        at=NOON,
    )


def test_the_last_word_on_a_target_counts_and_the_first_stays_on_record():
    county = make_org()
    give(county, 3)
    then = reads.now_seq()
    give(county, 5)

    def said(seq):
        standing = Target.objects.standing(indicators=["signed"], year=2026, seq=seq)
        return [target.amount for target in standing]

    assert said(then) == [3]
    assert said(reads.now_seq()) == [5]
    assert Target.objects.count() == 2
    assert list(reads.findings()) == []
    assert str(Target.objects.latest("seq")) == "青山镇 2026 signed 5"


def test_a_target_below_nothing_is_refused_and_leaves_no_line():
    county = make_org()
    before = reads.now_seq()

    with pytest.raises(Refused, match="任务数不能小于 0"):
        give(county, -1)

    assert reads.now_seq() == before


def test_targets_are_seen_by_the_people_of_the_place_and_nobody_without_a_post():
    county, other = make_org(), make_org("白水县", prefix="bs-")
    give(county, 3)

    assert Target.objects.visible_to(county.liaison("柳河镇")).count() == 1
    assert not Target.objects.visible_to(other.clerk).exists()
    assert not Target.objects.visible_to(Person.objects.create(username="new")).exists()


def test_what_is_pledged_and_what_a_person_has_stand_beside_what_was_given():
    county = make_org()
    give(county, 3)
    holder, person = county.units["青山镇"].pk, county.liaison()
    tasks = [
        Task(holder_id=holder, indicator="signed", amount=4, kind=TargetKind.PLEDGED),
        Task(holder_id=holder, indicator="signed", amount=1, person_id=person.pk),
    ]

    set_tasks(
        tasks=tasks,
        year=2026,
        ground=Ground(basis="军令状", clause="第二条"),
        by=county.clerk,
        at=NOON,
    )

    standing = Target.objects.standing(indicators=["signed"], year=2026, seq=reads.now_seq())
    assert sorted(target.amount for target in standing) == [1, 3, 4]
    assert [target.amount for target in standing.assigned()] == [3]


def test_a_task_said_twice_at_once_is_refused():
    county = make_org()
    task = Task(holder_id=county.units["青山镇"].pk, indicator="signed", amount=3)

    with pytest.raises(Refused, match="写了两次"):
        set_tasks(
            tasks=[task, task], year=2026, ground=Ground(basis="文件"), by=county.clerk, at=NOON
        )
