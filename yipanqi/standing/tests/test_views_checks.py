"""A leader's look at a paired project, what its leads lack, and who answers where nobody is named."""

from datetime import date

import pytest
from django.urls import reverse

from yipanqi.core.numbers import FEN_PER_YI
from yipanqi.facts.activities.factories import make_check, make_contact, make_paired
from yipanqi.facts.activities.models import Check
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.org.actions import appoint
from yipanqi.org.rules import Capacity, Role
from yipanqi.standing.factories import NOON, bring_to, make_project, recognise
from yipanqi.standing.reads.answering import who_answers_for
from yipanqi.standing.tests.pages import TODAY, asked_for, days_ago, of, page

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def paired(county):
    return make_paired(county)


def said(county, **changes):
    return {
        "seat": county.units["县长岗位"].pk,
        "happened_on": "2026-11-19",
        "form": "二层浇筑",
        "funds": "到位 300 万元",
        "problem": "用电增容未批",
    } | changes


def shown(person, project):
    return page(of(person, f"/projects/{project.pk}/"))


def test_a_leader_writes_down_three_things_and_the_page_shows_them(client, county, paired):
    client.force_login(county.leader)

    client.get(reverse("check_new", args=[paired.pk]))
    sent = client.post(reverse("check_new", args=[paired.pk]), said(county))

    text = page(client.get(sent.url))
    for words in ("二层浇筑", "到位 300 万元", "用电增容未批", "2026-12-19 前", "包保检查"):
        assert words in text


def test_a_liaison_of_the_seat_writes_it_down_for_the_leader(client, county, paired):
    seat = county.units["县长岗位"]
    appoint(
        person=county.liaison("柳河镇"),
        unit=seat,
        title="联络员",
        role=Role.LIAISON,
        from_on=date(2026, 1, 1),
        main=False,
        by=county.administrator,
        at=NOON,
    )
    client.force_login(county.liaison("柳河镇"))

    client.post(reverse("check_new", args=[paired.pk]), said(county))

    assert Check.objects.get().seat == seat


def test_a_project_that_is_not_paired_with_ones_seat_is_not_checked(client, county, paired):
    alone = make_project(county, name="无包保")
    client.force_login(county.leader)

    assert client.get(reverse("check_new", args=[alone.pk])).status_code == 403
    assert of(county.liaison(), f"/projects/{paired.pk}/check/").status_code == 403
    assert of(county.liaison("柳河镇"), f"/projects/{paired.pk}/check/").status_code == 404


def test_what_is_wrong_with_a_check_is_said(client, county, paired):
    client.force_login(county.leader)

    response = client.post(
        reverse("check_new", args=[paired.pk]), said(county, happened_on="2026-11-21")
    )

    assert response.status_code == 422
    assert "还没有到" in page(response)


def test_a_check_is_overdue_so_many_days_after_the_signing_or_the_last_one(county, paired):
    recognise(paired, "signed", on=days_ago(100))
    assert "逾期 70 天" in shown(county.leader, paired)

    make_check(paired, county.units["县长岗位"], on=days_ago(31))

    assert "逾期 1 天" in shown(county.leader, paired)


def test_a_finished_project_is_checked_no_more(county, paired):
    bring_to(paired, "produced", on=days_ago(100))

    assert "下一次" not in shown(county.leader, paired)


def test_a_large_project_without_industry_and_with_a_low_leader_is_warned_of(county):
    project = make_paired(county, total=10 * FEN_PER_YI)

    text = shown(county.clerk, project)

    assert "缺行业主管部门牵头" in text
    assert "缺属地牵头" not in text
    assert "县领导包保" not in text


def test_a_project_with_both_leads_and_a_leader_lacks_nothing(county):
    shares = [
        Share(unit_id=county.units["青山镇"].pk, role=PartRole.LEAD),
        Share(unit_id=county.units["发展和改革局"].pk, role=PartRole.LEAD),
        Share(unit_id=county.units["县长岗位"].pk, role=PartRole.LEADER),
    ]
    project = make_project(county, shares=shares, total=20 * FEN_PER_YI)

    assert "双牵头" not in shown(county.clerk, project)


def test_a_large_project_without_a_leader_is_warned_of(county):
    project = make_project(county, total=20 * FEN_PER_YI)

    assert "排名前 6 位的县领导包保" in shown(county.clerk, project)


def test_contacts_about_a_project_stand_on_its_page(county, paired):
    make_contact(county, project_id=paired.pk)

    assert f"/contacts/?project={paired.pk}" in shown(county.clerk, paired)


def test_where_nobody_is_named_the_head_answers_and_else_the_liaison(county):
    town, other = county.units["青山镇"], county.units["柳河镇"]
    appoint(
        person=county.people["fagai"],
        unit=town,
        title="镇长",
        role=Role.MEMBER,
        capacity=Capacity.HEAD,
        from_on=date(2026, 1, 1),
        main=False,
        by=county.administrator,
        at=NOON,
    )

    names = who_answers_for([town.pk, other.pk, county.units["统计局"].pk], TODAY)

    assert names == {town.pk: "王fagai", other.pk: "王liuhe"}
    assert "青山镇 王fagai" in shown(county.clerk, make_project(county))


def test_checks_ask_the_database_no_more_often_when_there_are_many(county, paired):
    one = asked_for(county.clerk, f"/projects/{paired.pk}/")
    for day in range(1, 5):
        make_check(paired, county.units["县长岗位"], on=days_ago(day))

    assert asked_for(county.clerk, f"/projects/{paired.pk}/") == one
