"""Who is late: projects past a day, by name, and the totals of their lists."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from yipanqi.facts.projects.actions.register import set_parts
from yipanqi.facts.projects.models import Project
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.org.factories import make_org
from yipanqi.standing.factories import NOON, bring_to, make_project, recognise, whole_shares
from yipanqi.standing.models import Deadline
from yipanqi.standing.tests.pages import page

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def late(county):
    """Three projects past a day: two not registered, one not supplied; one more is in time."""
    with_person = [
        *whole_shares(county, "青山镇")[:2],
        Share(
            unit_id=county.units["青山镇"].pk,
            role=PartRole.LEAD,
            person_id=county.people["kaifaqu"].pk,
        ),
    ]
    first = make_project(county, name="甲项目", shares=with_person)
    second = make_project(county, name="乙项目", unit="柳河镇")
    third = make_project(county, name="丙项目")
    fourth = make_project(county, name="丁项目")
    for project, node, day in (
        (first, "signed", date(2026, 10, 1)),
        (second, "signed", date(2026, 9, 1)),
        (third, "registered", date(2026, 6, 2)),
        (fourth, "signed", date(2026, 11, 1)),
    ):
        bring_to(project, node, on=day)
    return [first, second, third, fourth]


def test_the_nots_name_project_unit_person_days_and_office(client, county, late):
    client.force_login(county.clerk)

    text = page(client.get(reverse("nots"), {"code": "signed_not_registered"}))

    assert "2 个项目" in text
    assert text.index("乙项目") < text.index("甲项目")
    for words in ("50 天", "20 天", "王kaifaqu", "王liuhe", "市场监督管理局", "截至 2026-11-20"):
        assert words in text
    assert "丁项目" not in text


def test_each_count_is_the_total_of_its_list(client, county, late):
    client.force_login(county.clerk)
    response = client.get(reverse("nots"))

    for tally in response.context["tallies"]:
        listed = client.get(reverse("nots"), {"code": tally.code})
        assert listed.context["page"].paginator.count == tally.count
    codes = [tally.code for tally in response.context["tallies"] if tally.count]
    assert codes == ["signed_not_registered", "registered_not_supplied"]


def test_the_nots_are_narrowed_to_a_unit(client, county, late):
    client.force_login(county.clerk)
    unit = county.units["柳河镇"].pk

    response = client.get(reverse("nots"), {"unit": unit})

    assert [row.project.name for row in response.context["rows"]] == ["乙项目"]
    assert [t.count for t in response.context["tallies"]] == [1, 0, 0, 0, 0, 0, 0]


def test_a_liaison_sees_the_nots_of_the_own_unit(client, county, late):
    client.force_login(county.liaison("柳河镇"))

    assert [row.project.name for row in client.get(reverse("nots")).context["rows"]] == ["乙项目"]


def test_a_stalled_project_names_its_owner(client, county, settings):
    project = make_project(county, at=NOON - timedelta(days=100))
    recognise(project, on=date(2026, 8, 12), at=NOON - timedelta(days=100))
    Project.objects.filter(pk=project.pk).update(last_fact_on=date(2026, 8, 12))
    client.force_login(county.clerk)

    response = client.get(reverse("nots"), {"code": "stalled"})

    row = response.context["rows"][0]
    assert (row.days, row.unit, row.person) == (100, "青山镇", "王qingshan")
    assert "100 天" in page(response)


def test_a_unit_without_a_liaison_is_said_to_have_nobody(client, county, late):
    set_parts(project=late[0], shares=whole_shares(county, "统计局"), by=county.clerk, at=NOON)
    client.force_login(county.clerk)

    assert "没有责任人" in page(client.get(reverse("nots")))


@pytest.mark.parametrize("asked", [{"code": "no_such"}, {"unit": "999999"}])
def test_what_does_not_exist_is_not_found(client, county, late, asked):
    client.force_login(county.clerk)

    assert client.get(reverse("nots"), asked).status_code == 404


def test_the_nots_take_a_constant_number_of_queries(
    client, county, late, django_assert_max_num_queries
):
    client.force_login(county.clerk)
    for number in range(6):
        bring_to(make_project(county, name=f"第{number}个"), "signed", on=date(2026, 9, 1))
    assert Deadline.objects.current().filter(code="signed_not_registered").count() == 9

    with django_assert_max_num_queries(13):
        client.get(reverse("nots"))


def test_without_definitions_the_page_says_what_to_do(client, db):
    county = make_org("白水县", prefix="bs-")
    client.force_login(county.clerk)

    for name in ("nots", "returns"):
        assert "还没有口径" in page(client.get(reverse(name)))
