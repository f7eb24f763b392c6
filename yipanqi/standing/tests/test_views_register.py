"""The register in the browser: what enters it, what is doubted, who changes what."""

import re
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.urls import reverse

from yipanqi.facts.projects.actions.register import amend_project, set_parts
from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole, is_credit_code
from yipanqi.standing.factories import (
    NOON,
    make_claim,
    make_county,
    make_project,
    whole_shares,
)
from yipanqi.standing.reads.doubles import key_of, likeness

RIGHT_CODE = "91350100M000100Y43"


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county(db):
    return make_county()


@pytest.fixture
def township(client, county):
    client.force_login(county.liaison("青山镇"))
    return client


@pytest.fixture
def clerk(client, county):
    client.force_login(county.clerk)
    return client


def typed(county, **changes):
    """A project as the form sends it."""
    unit = county.units["青山镇"].pk
    sent = {
        "name": "云岭食品马铃薯全产业链项目",
        "investor": "云岭食品有限公司",
        "currency": "CNY",
        "total": "3.6亿",
        "fixed": "30,000",
        "land_area": "30",
        "introducer_1": unit,
        "landing_1": unit,
        "lead_1": unit,
    }
    return sent | changes


def page(response):
    return response.content.decode()


def hidden(name, response):
    """What the page sends back unseen."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page(response))
    assert found is not None
    return found[1]


def seal(response):
    return hidden("confirmed", response)


def test_a_project_enters_the_register_exact(township, county):
    assert "青山镇" in page(township.get(reverse("project_new")))

    response = township.post(
        reverse("project_new"),
        typed(county, lead_1_person=county.liaison().pk, leader_1=county.units["县长岗位"].pk),
    )

    project = Project.objects.get()
    assert response.url == reverse("project", args=[project.pk])
    assert (project.total, project.fixed, project.land_area) == (
        36_000_000_000,
        30_000_000_000,
        20_000,
    )
    assert project.code == "QH-2026-00001"
    parts = Part.objects.current().filter(project=project)
    assert sorted(parts.values_list("role", flat=True)) == [
        "introducer",
        "landing",
        "lead",
        "leader",
    ]
    assert parts.get(role="lead").person == county.liaison()


def test_credit_is_shared_exactly(clerk, county):
    sent = typed(
        county,
        introducer_1_share="1/3",
        introducer_2=county.units["柳河镇"].pk,
        introducer_2_share="66.66%",
    )

    clerk.post(reverse("project_new"), sent)

    shares = Part.objects.current().filter(role=PartRole.INTRODUCER).order_by("pk")
    assert [part.share().fraction for part in shares] == [Fraction(1, 3), Fraction(3333, 5000)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"total": "很多"}, "不是能读懂的金额"),
        ({"total": "-5"}, "金额不能是负数"),
        ({"fixed": "4亿"}, "固定资产投资不会大于总投资"),
        ({"land_area": "三十亩"}, "不是能读懂的面积"),
        ({"land_area": "99999999公顷"}, "面积大得不可能"),
        ({"name": ""}, "项目名称"),
        ({"currency": "JPY"}, "币种"),
        ({"introducer_1_share": "一半"}, "不是能读懂的份额"),
        ({"introducer_1_share": "1/0"}, "不是能读懂的份额"),
        ({"introducer_1_share": "0"}, "份额应在 0 和 100% 之间"),
        ({"introducer_2": "另一单位"}, "选择一个有效的选项"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_kept(clerk, county, changes, said):
    response = clerk.post(reverse("project_new"), typed(county, content="三条生产线", **changes))

    assert response.status_code == 422
    assert said in page(response)
    assert "三条生产线" in page(response)
    assert not Project.objects.exists()


def test_shares_over_the_whole_are_refused_with_a_sentence(clerk, county):
    sent = typed(
        county,
        introducer_1_share="60",
        introducer_2=county.units["柳河镇"].pk,
        introducer_2_share="50",
    )

    response = clerk.post(reverse("project_new"), sent)

    assert response.status_code == 422
    assert "各单位份额合计超过 100%（多出 10%）" in page(response)
    assert 'value="50"' in page(response)


def test_several_introducers_each_say_how_much(clerk, county):
    response = clerk.post(
        reverse("project_new"), typed(county, introducer_2=county.units["柳河镇"].pk)
    )

    assert response.status_code == 422
    assert "每家都要写份额" in page(response)


def test_the_responsible_person_serves_in_the_unit(clerk, county):
    response = clerk.post(
        reverse("project_new"), typed(county, lead_1_person=county.liaison("柳河镇").pk)
    )

    assert response.status_code == 422
    assert "不在所选的责任单位任职" in page(response)


def test_a_unit_does_not_register_for_others_alone(township, county):
    other = county.units["柳河镇"].pk
    sent = typed(county, introducer_1=other, landing_1=other, lead_1=other)

    response = township.post(reverse("project_new"), sent)

    assert response.status_code == 422
    assert "你的单位不在引进、落地或责任单位里" in page(response)


def test_a_project_without_any_unit_is_refused(clerk, county):
    response = clerk.post(
        reverse("project_new"), typed(county, introducer_1="", landing_1="", lead_1="")
    )

    assert response.status_code == 422
    assert "请至少填一个引进、落地或责任单位" in page(response)


def test_a_likely_double_of_another_unit_is_shown_by_code_and_unit_only(township, county):
    make_project(county, unit="柳河镇", name="云岭食品马铃薯全产业链（一期）项目", content="秘密")

    response = township.post(reverse("project_new"), typed(county))

    assert response.status_code == 422
    assert "可能与 QH-2026-00001（柳河镇）的项目重复" in page(response)
    assert "一期" not in page(response)
    assert Project.objects.count() == 1


def test_a_double_that_was_looked_at_is_registered_on_confirmation(clerk, county):
    make_project(county)
    first = clerk.post(reverse("project_new"), typed(county))
    assert "云岭食品马铃薯全产业链项目（青山镇）重复" in page(first)

    done = clerk.post(reverse("project_new"), typed(county, confirmed=seal(first)))

    assert done.status_code == 302
    assert Project.objects.count() == 2


def test_a_double_that_came_in_between_is_shown_first(clerk, county):
    make_project(county)
    first = clerk.post(reverse("project_new"), typed(county))
    make_project(county, unit="柳河镇")

    second = clerk.post(reverse("project_new"), typed(county, confirmed=seal(first)))

    assert second.status_code == 422
    assert "QH-2026-00002" in page(second)


def test_a_credit_code_that_cannot_be_right_is_doubted(clerk, county):
    first = clerk.post(reverse("project_new"), typed(county, credit_code="91350100m000100y44"))
    assert "位数或校验位不对" in page(first)

    right = clerk.post(reverse("project_new"), typed(county, credit_code=" 91350100m000100y43 "))

    assert right.status_code == 302
    assert Project.objects.get().credit_code == RIGHT_CODE


@pytest.mark.parametrize(
    ("code", "right"),
    [(RIGHT_CODE, True), ("91350100M000100Y34", False), ("9135", False), ("I" * 18, False)],
)
def test_a_credit_code_ends_with_its_check_sign(code, right):
    assert is_credit_code(code) is right


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("云岭食品马铃薯全产业链项目", "云岭"), ("云岭食品马铃薯产业链", "别家"), True),
        (("年产五千吨薯条生产线", "云岭食品"), ("年产五千吨薯条生产线（二期）", ""), True),
        (("薯条生产线扩建", "云岭食品"), ("薯条生产线", "云岭食品有限公司"), True),
        (("薯条生产线扩建", "云岭食品"), ("薯条生产线", "别家"), False),
        (("光伏发电", "甲"), ("食品加工", "乙"), False),
        (("", ""), ("", ""), False),
    ],
)
def test_likely_doubles_are_told_from_different_projects(one, other, alike):
    keys = [key_of(text) for text in (*one, *other)]

    assert bool(likeness(*keys)) is alike


def edited(project, **changes):
    """A project's page as the edit form sends it."""
    sent = {
        "name": project.name,
        "investor": project.investor,
        "industry": project.industry,
        "currency": "CNY",
        "total": "36000",
        "version": project.version,
    }
    return sent | changes


def test_particulars_are_changed(township, county):
    project = make_project(county)
    address = reverse("project_edit", args=[project.pk])
    assert 'value="36000"' in page(township.get(address))

    response = township.post(address, edited(project, total="5亿", level="province"))

    project.refresh_from_db()
    assert response.url == reverse("project", args=[project.pk])
    assert (project.total, project.total_fen, project.level) == (5 * 10**10, 5 * 10**10, "province")


def test_the_other_officers_change_is_shown_and_nothing_typed_is_lost(clerk, county):
    project = make_project(county)
    address = reverse("project_edit", args=[project.pk])
    amend_project(
        project=project, changes={"total": 4 * 10**10, "level": "city"}, version=1, by=None, at=NOON
    )

    response = clerk.post(address, edited(project, total="5亿", content="三条生产线"))

    assert response.status_code == 422
    for words in ("别人改过这个项目", "40000", "5亿", "市重点", "三条生产线"):
        assert words in page(response)
    assert Project.objects.get().total == 4 * 10**10
    assert 'name="version" value="2"' in page(response)
    again = edited(project, total="5亿", content="三条生产线", version=2)
    assert clerk.post(address, again).status_code == 302
    assert Project.objects.get().total == 5 * 10**10


def test_a_wrong_change_is_refused(clerk, county):
    project = make_project(county)

    response = clerk.post(reverse("project_edit", args=[project.pk]), edited(project, name=""))

    assert response.status_code == 422
    assert Project.objects.get().name == project.name


def test_a_doubtful_credit_code_is_saved_once_confirmed(clerk, county):
    project = make_project(county)
    address = reverse("project_edit", args=[project.pk])

    doubted = clerk.post(address, edited(project, credit_code="123"))
    saved = clerk.post(address, edited(project, credit_code="123", confirmed="1"))

    assert doubted.status_code == 422
    assert 'name="confirmed"' in page(doubted)
    assert saved.status_code == 302


def test_somebody_elses_project_is_not_edited(client, county):
    project = make_project(county)
    client.force_login(county.liaison("柳河镇"))

    for name in ("project_edit", "parts"):
        assert client.get(reverse(name, args=[project.pk])).status_code == 404


def test_an_office_and_a_leader_may_not_register_or_edit(client, county):
    project = make_project(county)
    make_claim(project)

    for person in (county.leader, county.verifier()):
        client.force_login(person)
        assert client.get(reverse("project_new")).status_code == 403
        assert client.get(reverse("project_edit", args=[project.pk])).status_code == 403


def test_the_clerk_shares_the_credit_anew(clerk, county):
    project = make_project(county)
    make_claim(project)
    address = reverse("parts", args=[project.pk])
    since = hidden("since", clerk.get(address))

    response = clerk.post(
        address,
        {
            "since": since,
            "introducer_1": county.units["青山镇"].pk,
            "introducer_1_share": "60",
            "introducer_2": county.units["统计局"].pk,
            "introducer_2_share": "40",
        },
    )

    assert response.status_code == 302
    parts = Part.objects.current().filter(project=project)
    roles = sorted(parts.values_list("role", flat=True))
    assert roles == ["introducer", "introducer", "verifier"]


def test_shares_set_anew_over_the_whole_are_refused(clerk, county):
    project = make_project(county)

    response = clerk.post(
        reverse("parts", args=[project.pk]),
        {
            "introducer_1": county.units["青山镇"].pk,
            "introducer_1_share": "60",
            "introducer_2": county.units["统计局"].pk,
            "introducer_2_share": "60",
        },
    )

    assert response.status_code == 422
    assert "多出 20%" in page(response)


def test_parts_that_somebody_else_has_set_meanwhile_are_shown_first(clerk, county):
    project = make_project(county)
    address = reverse("parts", args=[project.pk])
    since = hidden("since", clerk.get(address))
    set_parts(project=project, shares=whole_shares(county, "柳河镇"), by=None, at=NOON)
    mine = {"since": since, "introducer_1": county.units["统计局"].pk}

    refused = clerk.post(address, mine)

    assert refused.status_code == 422
    assert "别人改过参与单位或份额" in page(refused)
    assert "柳河镇" in page(refused)
    since = hidden("since", refused)
    assert clerk.post(address, mine | {"since": since}).status_code == 302


def test_a_liaison_does_not_share_the_credit_anew(township, county):
    project = make_project(county)

    assert township.get(reverse("parts", args=[project.pk])).status_code == 403


def test_the_form_shows_thirds_and_odd_areas_as_they_are(clerk, county):
    thirds = [
        share.__class__(unit_id=county.units[name].pk, role=PartRole.INTRODUCER, num=1, den=3)
        for share, name in zip(
            whole_shares(county, "青山镇"), ("青山镇", "柳河镇", "统计局"), strict=True
        )
    ]
    project = make_project(county, shares=thirds, land_area=12_345)

    assert page(clerk.get(reverse("parts", args=[project.pk]))).count('value="1/3"') == 3
    assert "12345平方米" in page(clerk.get(reverse("project_edit", args=[project.pk])))


def test_the_register_form_takes_a_constant_number_of_queries(
    clerk, county, django_assert_max_num_queries
):
    for number in range(6):
        make_project(county, name=f"云岭食品马铃薯全产业链项目{number}")

    with django_assert_max_num_queries(13):
        clerk.post(reverse("project_new"), typed(county))
