"""What enters the register in the browser, what is refused, and what is doubted."""

from fractions import Fraction

import pytest
from django.urls import reverse

from yipanqi.facts.projects.models import Part, Project
from yipanqi.facts.projects.rules import PartRole, is_credit_code
from yipanqi.standing.factories import make_project
from yipanqi.standing.reads.doubles import key_of, likeness
from yipanqi.standing.tests.pages import hidden, page

pytestmark = pytest.mark.usefixtures("at_noon")
RIGHT_CODE = "91350100M000100Y43"


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


def test_the_register_form_takes_a_constant_number_of_queries(
    clerk, county, django_assert_max_num_queries
):
    for number in range(6):
        make_project(county, name=f"云岭食品马铃薯全产业链项目{number}")

    with django_assert_max_num_queries(13):
        clerk.post(reverse("project_new"), typed(county))
