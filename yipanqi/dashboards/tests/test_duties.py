"""What falls to somebody by post is due from them: pledges, checks, bulletins, milestones, terms."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yipanqi.assessment.actions import adopt_method
from yipanqi.dashboards.tests.test_due import due_from, told
from yipanqi.dispatch.actions import issue_bulletin, sign_for
from yipanqi.dispatch.tests.test_bulletins import METHOD
from yipanqi.facts.activities.factories import make_check, make_paired
from yipanqi.facts.judging.actions import count_round
from yipanqi.facts.judging.factories import make_round, make_sheet
from yipanqi.facts.judging.rules import Way
from yipanqi.facts.pledges.actions import call_for_pledges, print_pledges, sign_pledge
from yipanqi.facts.pledges.models import Pledge
from yipanqi.facts.pledges.rules import PledgedTask
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.actions import amend
from yipanqi.org.actions import finish_milestone, join, set_milestone
from yipanqi.org.factories import make_group
from yipanqi.org.models import Post
from yipanqi.org.rules import Capacity
from yipanqi.standing.factories import NOON, bring_to, make_evidence, make_project, recognise
from yipanqi.standing.tests.pages import TODAY


def with_tasks(county):
    units = [unit for unit in county.units.values() if unit.kind != "place"]
    targets = [(u, "signed", 3) for u in units] + [(u, "funds", 10**10) for u in units]
    set_targets(targets=targets, year=2026, basis="目标任务", by=county.chief, at=NOON)
    return county.units["青山镇"]


def called(county):
    call_for_pledges(
        place=county.place, year=2026, due_on=date(2026, 11, 10), by=county.chief, at=NOON
    )


def test_a_pledge_is_due_from_its_holder_once_it_is_called_for_until_it_is_signed(county):
    unit, liaison = with_tasks(county), county.liaison()
    waiting = "青山镇 2026 年军令状待签"
    assert waiting not in told(liaison)
    called(county)

    (due,) = (due for due in due_from(liaison).rows if due.what == waiting)

    assert due.lamp.words == "逾期 10 天"
    assert due.url == f"/pledges/{unit.pk}/2026/"
    assert "柳河镇 2026 年军令状待签" in told(county.liaison("柳河镇"))
    assert waiting not in told(county.liaison("柳河镇"))
    sign(county, unit)
    assert waiting not in told(liaison)


def sign(county, unit):
    lines = [PledgedTask("签约项目", "个", "3", "")]
    tasks = {unit: lines}
    print_pledges(place=county.place, year=2026, word="状", tasks=tasks, by=county.chief, at=NOON)
    sign_pledge(
        pledge=Pledge.objects.get(holder=unit),
        signer=county.liaison(),
        signed_on=TODAY,
        files=[make_evidence()],
        by=county.liaison(),
        at=NOON,
    )


def test_a_check_is_due_from_the_leader_who_answers_for_the_project(county):
    project = make_paired(county, name="甲项目")
    bring_to(project, "signed", on=date(2026, 5, 9))

    (due,) = (due for due in due_from(county.leader).rows if "包保检查" in due.what)

    assert due.what == "甲项目：包保检查"
    assert due.lamp.colour == "r"
    assert due.url == f"/projects/{project.pk}/check/"
    assert "甲项目：包保检查" not in told(county.liaison())
    make_check(project, county.units["县长岗位"])
    assert "甲项目：包保检查" not in told(county.leader)


def test_a_bulletin_waits_for_the_signature_of_each_unit_that_it_names(county):
    adopt_method(place=county.place, text=METHOD, by=county.chief, at=NOON)
    unit = with_tasks(county)
    recognise(make_project(county), "signed", on=date(2026, 5, 9))
    bulletin = issue_bulletin(place=county.place, remarks="抓紧。", by=county.chief, at=NOON)
    waiting = f"签收《{bulletin.title}》"

    (due,) = (due for due in due_from(county.liaison()).rows if due.what == waiting)

    assert (due.lamp.words, due.url) == ("3 天后", f"/bulletins/{bulletin.pk}/")
    sign_for(bulletin=bulletin, unit=unit, by=county.liaison(), at=NOON)
    assert waiting not in told(county.liaison())
    assert waiting not in told(county.verifier("统计局"))


@pytest.mark.parametrize(("capacity", "shown"), [(Capacity.HEAD, True), (Capacity.MEMBER, False)])
def test_a_milestone_is_due_from_the_unit_that_heads_the_group(county, capacity, shown):
    group = make_group(county)
    unit = county.units["青山镇"]
    join(group=group, unit=unit, capacity=capacity, by=county.clerk, at=NOON)
    milestone = set_milestone(
        group=group, what="选址意见书出具", due_on=TODAY, by=county.clerk, at=NOON
    )
    waiting = f"{group}：选址意见书出具"

    assert (waiting in told(county.liaison())) is shown
    finish_milestone(milestone, on=TODAY, note="已出", by=county.clerk, at=NOON)
    assert waiting not in told(county.liaison())


def test_terms_that_run_out_are_due_from_who_appoints(county):
    post = Post.objects.get(person__username="tongji")
    amend(post, {"until_on": date(2026, 12, 1)}, version=post.version, by=None, at=NOON)

    (due,) = due_from(county.administrator).rows

    assert due.what == f"王tongji（统计局 {post.title}）任期届满"
    assert (due.lamp.words, due.url) == ("11 天后", f"/org/posts/{post.pk}/")
    assert not any("任期" in what for what in told(county.clerk))


def test_whatever_is_due_it_is_one_question_and_who_answers(county):
    called(county)
    with_tasks(county)
    bring_to(make_paired(county, name="甲项目"), "signed", on=date(2026, 5, 9))
    make_project(county, name="乙项目")
    person = county.leader
    assert person.roles  # the posts are asked once a request

    with CaptureQueriesContext(connection) as asked:
        due_from(person)

    assert len(asked) <= 5


def test_a_sheet_is_due_from_its_raters_until_it_is_written_and_a_count_from_the_office(county):
    rating = make_round(county, Way.RATING, due_on=date(2026, 11, 10))
    ballot = make_round(county, Way.BALLOT, name="评委投票")
    office = county.verifier("统计局")

    (due,) = (due for due in due_from(office).rows if due.what == "部门评价：填互评")
    assert (due.lamp.words, due.who) == ("逾期 10 天", "统计局")
    assert due.url == f"/rounds/{rating.pk}/fill/"
    assert "评委投票：填票决" in told(county.leader)
    assert "评委投票：填票决" not in told(office)
    assert "部门评价：到期待计票" in told(county.clerk)
    assert "评委投票：到期待计票" not in told(county.clerk)

    make_sheet(county, rating, "统计局", {"青山镇": {"研究深度": 400, "信息": 400, "配合": 400}})
    make_sheet(county, ballot, "xianzhang", {"青山镇": 1, "柳河镇": 2})
    count_round(judging=rating, by=county.clerk, at=NOON)

    assert "部门评价：填互评" not in told(office)
    assert "评委投票：填票决" not in told(county.leader)
    assert "部门评价：到期待计票" not in told(county.clerk)
