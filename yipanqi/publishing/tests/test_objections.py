"""A holder objects to a line in time; the office answers; no answer edits a score."""

from datetime import date
from typing import Any

import pytest

from tests.helpers import refused
from yipanqi.ledger.reads import findings as ledger_findings
from yipanqi.org.models import Person
from yipanqi.publishing.actions import (
    answer_objection,
    ask_reopening,
    decide_reopening,
    object_to,
    open_notice,
    publish_result,
    seal_result,
    sign_for_result,
)
from yipanqi.publishing.models import Notice, Objection, Seal, SealReceipt
from yipanqi.publishing.reads.course import course_of
from yipanqi.publishing.reads.drawing import side_of
from yipanqi.publishing.reads.proof import findings
from yipanqi.publishing.reads.sealing import late_claims, signatures, to_seal, waiting_for
from yipanqi.publishing.rules.comparing import About, differences
from yipanqi.publishing.rules.course import CourseState
from yipanqi.publishing.rules.digests import leaf_of
from yipanqi.publishing.tests.results import (
    IN_TIME,
    OVER,
    drawn_up,
    noticed,
    ready_county,
    sealed,
)
from yipanqi.standing.factories import NOON, County, make_claim, make_project, recognise


@pytest.fixture
def county(db: None) -> County:
    return ready_county()


def objection_of(county: County, notice: Notice, **said: str) -> Objection:
    about: dict[str, Any] = {"item": "签约项目", "figure": "签约数", "reason": "少计一个", **said}
    unit = county.units["青山镇"]
    return object_to(notice=notice, holder=unit, by=county.liaison(), at=IN_TIME, **about)


def test_an_objection_names_a_line_and_waits_for_its_answer(county):
    notice = noticed(county)

    objection = objection_of(county, notice)

    assert list(Objection.objects.waiting()) == [objection]
    assert course_of(notice).waiting == 1
    assert objection.overdue(objection.due_on) == 0
    assert objection.overdue(OVER.date().replace(month=12, day=5)) == 3


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"item": "没有这一项"}, "成绩单上没有这一项"),
        ({"figure": "到位资金"}, "这一项没有用到"),
        ({"reason": "  "}, "请写明哪里不对"),
    ],
)
def test_an_objection_that_points_nowhere_or_says_nothing_is_refused(county, said, words):
    notice = noticed(county)

    with refused(words):
        objection_of(county, notice, **said)


def test_after_the_period_nobody_objects_any_more(county):
    notice = noticed(county)
    unit = county.units["青山镇"]

    with refused("公示期 2026-11-27 已满"):
        object_to(
            notice=notice,
            holder=unit,
            item="签约项目",
            figure="",
            reason="少",
            by=county.leader,
            at=OVER,
        )


def test_the_same_line_is_objected_to_once_until_it_is_answered(county):
    notice = noticed(county)
    objection = objection_of(county, notice)
    with refused("已经提过异议"):
        objection_of(county, notice)

    answer_objection(
        objection=objection, accepted=False, reason="按办法", by=county.clerk, at=IN_TIME
    )

    assert objection_of(county, notice).pk


def test_an_accepted_objection_names_the_entry_that_changed_the_figure(county):
    notice = noticed(county)
    objection = objection_of(county, notice)
    verdict = recognise(make_project(county, name="漏计的项目"), "signed")

    answer_objection(
        objection=objection,
        accepted=True,
        reason="漏计",
        followed=verdict.seq,
        by=county.clerk,
        at=IN_TIME,
    )
    coming = to_seal(notice)
    seal = seal_result(notice=notice, by=county.chief, at=OVER)

    unit = county.units["青山镇"].pk
    moved = [(d.about, d.name, d.before, d.after) for d in coming.moved if d.unit == unit]
    assert (About.FIGURE, "签约数", "1", "2") in moved
    assert (seal.cutoff, notice.cutoff < seal.cutoff) == (verdict.seq, True)
    assert list(findings()) == []
    assert list(ledger_findings()) == []


def test_an_entry_that_changed_nothing_or_stood_there_before_is_no_ground(county):
    before = recognise(make_project(county, name="早就认定的"), "signed")
    notice = noticed(county)
    objection = objection_of(county, notice)
    other = make_claim(make_project(county, name="别的"), "signed")
    answer: dict[str, Any] = {
        "objection": objection,
        "reason": "漏计",
        "by": county.clerk,
        "at": IN_TIME,
    }

    with refused("没有改变"):
        answer_objection(accepted=True, followed=other.seq, **answer)
    with refused("不是公示以后"):
        answer_objection(accepted=True, followed=before.seq, **answer)
    with refused("改的是事实"):
        answer_objection(accepted=True, **answer)
    with refused("不用选账目"):
        answer_objection(accepted=False, followed=other.seq, **answer)
    with refused("请写明采纳"):
        answer_objection(**{**answer, "reason": ""}, accepted=False)
    with refused("是你自己提的"):
        answer_objection(**{**answer, "by": county.liaison()}, accepted=False)


def test_an_objection_is_answered_once(county):
    objection = objection_of(county, noticed(county))
    answer: dict[str, Any] = {
        "objection": objection,
        "accepted": False,
        "reason": "不符",
        "by": county.clerk,
    }
    answer_objection(**answer, at=IN_TIME)

    with refused("刚刚已有人答复"):
        answer_objection(**answer, at=IN_TIME)


def test_nothing_is_sealed_before_its_time_with_open_objections_or_twice(county):
    notice = noticed(county)
    objection = objection_of(county, notice)
    with refused("还有 1 条异议没有答复"):
        seal_result(notice=notice, by=county.chief, at=OVER)
    answer_objection(
        objection=objection, accepted=False, reason="不符", by=county.clerk, at=IN_TIME
    )
    with refused("期满才能封账"):
        seal_result(notice=notice, by=county.chief, at=IN_TIME)
    seal_result(notice=notice, by=county.chief, at=OVER)

    with refused("已经封账"):
        seal_result(notice=notice, by=county.chief, at=OVER)
    with refused("这次公示已经结束"):
        objection_of(county, notice)


def test_a_later_notice_takes_the_place_of_an_earlier_one(county):
    first = noticed(county)
    objection = objection_of(county, first)
    draft = drawn_up(county, at=IN_TIME)
    with refused("还有 1 条异议没有答复"):
        open_notice(draft=draft, days=1, by=county.chief, at=IN_TIME)
    answer_objection(
        objection=objection, accepted=False, reason="不符", by=county.clerk, at=IN_TIME
    )

    second = open_notice(draft=draft, days=1, by=county.chief, at=IN_TIME)

    assert second.number == 2
    with refused("已由后一次代替"):
        seal_result(notice=first, by=county.chief, at=OVER)
    with refused("这次公示已经结束"):
        objection_of(county, first)


def test_a_holder_signs_for_its_own_lines_once(county):
    seal = sealed(county)
    unit, liaison = county.units["青山镇"], county.liaison()
    assert [one.seal for one in waiting_for(liaison, as_of=OVER.date())] == [seal]

    receipt = sign_for_result(seal=seal, unit=unit, by=liaison, at=OVER)

    assert receipt.leaf == leaf_of(seal.frozen.block(unit.pk))
    assert waiting_for(liaison, as_of=OVER.date()) == []
    assert waiting_for(county.verifier(), as_of=OVER.date()) == []
    late = signatures(seal, as_of=OVER.date().replace(month=12, day=10))
    assert [(one.unit, one.overdue) for one in late if one.at] == [("青山镇", 0)]
    assert {one.overdue for one in late if not one.at} == {9}
    with refused("已由"):
        sign_for_result(seal=seal, unit=unit, by=liaison, at=OVER)
    with refused("不在这份结果里"):
        sign_for_result(seal=seal, unit=county.place, by=liaison, at=OVER)
    assert SealReceipt.objects.count() == 1


def test_a_sealed_result_is_published_once_under_the_next_number(county):
    seal = sealed(county)

    published = publish_result(seal=seal, remarks=" 说明 ", by=county.chief, at=OVER)

    assert (published.document_number, published.remarks) == ("青招组办考〔2026〕1号", "说明")
    assert course_of(seal).state(OVER.date()) is CourseState.PUBLISHED
    with refused("已经公布"):
        publish_result(seal=seal, remarks="", by=county.chief, at=OVER)


def asked_and_agreed(county: County, seal: Seal, by: Person) -> None:
    asked = ask_reopening(seal=seal, reason="漏了一笔", by=county.chief, at=OVER)
    decide_reopening(reopening=asked, agreed=True, reason="属实", by=by, at=OVER)


def test_version_two_stands_beside_version_one_after_a_second_person_agreed(county):
    first = sealed(county)
    draft = drawn_up(county, at=OVER)
    with refused("这一期已经封账"):
        open_notice(draft=draft, days=5, by=county.chief, at=OVER)
    recognise(make_project(county, name="漏了的"), "signed", on=date(2026, 8, 3), at=OVER)
    asked_and_agreed(county, first, county.leader)
    assert course_of(first).state(OVER.date()) is CourseState.REOPENED
    with refused("正在重新核算"):
        publish_result(seal=first, remarks="", by=county.chief, at=OVER)

    notice = noticed(county, at=OVER)
    later = OVER.replace(month=12, day=10)
    second = seal_result(notice=notice, by=county.chief, at=later)

    assert (first.version, second.version) == (1, 2)
    assert second.frozen.head["previous"] == first.digest
    moved = differences(side_of(first.frozen), side_of(second.frozen))
    assert ("签约数", "1", "2") in [(one.name, one.before, one.after) for one in moved]
    assert late_claims(first).count() == 1
    assert late_claims(second).count() == 0
    assert list(findings()) == []


def test_nobody_agrees_to_their_own_request_and_each_is_decided_once(county):
    seal = sealed(county)
    with refused("为什么要重新核算"):
        ask_reopening(seal=seal, reason=" ", by=county.chief, at=OVER)
    asked = ask_reopening(seal=seal, reason="漏了", by=county.chief, at=OVER)
    with refused("已经有人申请"):
        ask_reopening(seal=seal, reason="漏了", by=county.leader, at=OVER)
    decide: dict[str, Any] = {"reopening": asked, "agreed": False, "reason": "不属实", "at": OVER}

    with refused("不能批准自己的申请"):
        decide_reopening(**decide, by=county.chief)
    with refused("理由"):
        decide_reopening(**{**decide, "reason": ""}, by=county.leader)
    decide_reopening(**decide, by=county.leader)
    with refused("已经批过"):
        decide_reopening(**decide, by=county.leader)
    assert course_of(seal).state(OVER.date()) is CourseState.SEALED
    assert course_of(seal).sealed


def test_only_the_newest_version_is_reopened(county):
    first = sealed(county)
    asked_and_agreed(county, first, county.leader)
    notice = noticed(county, at=OVER)
    seal_result(notice=notice, by=county.chief, at=OVER.replace(month=12, day=10))

    with refused("对最新的一版申请"):
        ask_reopening(seal=first, reason="漏了", by=county.chief, at=OVER)
    assert NOON < OVER
