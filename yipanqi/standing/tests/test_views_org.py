"""The organisation on pages: who is who, what is set, what is refused with its reason."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from yipanqi.org.actions import amend_post, join, pair, set_milestone
from yipanqi.org.factories import NOON, make_group
from yipanqi.org.models import Charter, Duty, Membership, Milestone, Pairing, Person, Post, Unit
from yipanqi.org.rules import Kind, Matter
from yipanqi.standing.tests.pages import asked_for, hidden, page

pytestmark = pytest.mark.usefixtures("at_noon")
DAY = "2026-11-20"


@pytest.fixture
def admin(client, county):
    client.force_login(county.administrator)
    return client


def terms(county, name, until_on):
    post = county.liaison(name).held[0]
    amend_post(post, {"until_on": until_on}, version=post.version, by=None, at=NOON)


def test_units_are_listed_with_vacancies_and_terms_by_name(clerk, county):
    terms(county, "青山镇", NOON.date() - timedelta(days=10))
    terms(county, "柳河镇", NOON.date() + timedelta(days=10))

    shown = clerk.get(reverse("org"))
    late = page(clerk.get(reverse("org"), {"show": "terms"}))

    assert shown.context["lists"]["terms"] == 2
    assert "超期 10 天，请换届或续任" in late
    assert "还有 10 天" in late
    assert "没有联络员" in page(clerk.get(reverse("org"), {"show": "vacant"}))


def test_a_list_without_rows_says_so(clerk, county):
    assert "没有这样的单位" in page(clerk.get(reverse("org"), {"show": "terms"}))


def test_the_pages_ask_constantly_often(county):
    set_milestone(group=make_group(county), what="选址", due_on=date(2026, 12, 1), by=None, at=NOON)
    before = {
        name: asked_for(county.clerk, reverse(name)) for name in ("org", "groups", "pairings")
    }

    for number in range(5):
        group = make_group(county, name=f"第{number}组")
        join(group=group, unit=county.units["青山镇"], by=None, at=NOON)
        set_milestone(group=group, what="选址", due_on=date(2026, 12, 1), by=None, at=NOON)
        pair(
            seat=county.units["县长岗位"],
            matter=Matter.ENTERPRISE,
            name=f"企业{number}",
            by=None,
            at=NOON,
        )

    for name, number in before.items():
        assert asked_for(county.clerk, reverse(name)) <= number


def test_a_unit_is_opened_renamed_and_closed(clerk, county):
    typed = {"name": "气象局", "kind": "other_department", "parent": county.place.pk}
    clerk.post(reverse("unit_new"), typed)
    unit = Unit.objects.get(name="气象局")

    edit = {"name": "气象和防灾局", "parent": county.place.pk, "sort": 3, "version": 1}
    clerk.post(reverse("unit_edit", args=[unit.pk]), edit)
    shut = {"on": DAY, "reason": "并入应急局", "version": 2}
    clerk.post(reverse("unit_close", args=[unit.pk]), shut)

    unit.refresh_from_db()
    assert (unit.name, unit.sort, str(unit.closed_on)) == ("气象和防灾局", 3, DAY)
    assert f"{DAY} 撤销" in page(clerk.get(reverse("unit", args=[unit.pk])))


def test_what_keeps_a_unit_open_is_said_and_nothing_typed_is_lost(clerk, county):
    town = county.units["青山镇"]

    response = clerk.post(
        reverse("unit_close", args=[town.pk]), {"on": DAY, "reason": "合并", "version": 1}
    )

    assert response.status_code == 422
    assert "还有人任职" in page(response)
    assert "合并" in page(response)


def test_two_officers_at_once_one_wins(clerk, county):
    town = county.units["青山镇"]
    typed = {"name": "青山街道", "parent": county.place.pk, "sort": 0, "version": 1}
    clerk.post(reverse("unit_edit", args=[town.pk]), typed)

    late = clerk.post(reverse("unit_edit", args=[town.pk]), {**typed, "name": "青山乡"})

    assert late.status_code == 422
    assert "别人刚刚改过" in page(late)


def test_a_function_is_given_and_taken(clerk, county):
    bureau = county.units["招商促进局"]
    clerk.post(reverse("duty_new", args=[bureau.pk]), {"function": "coordinates"})
    duty = Duty.objects.get()

    assert "综合协调" in page(clerk.get(reverse("unit", args=[bureau.pk])))
    clerk.post(reverse("duty_end", args=[duty.pk]), {"reason": ""})

    assert not Duty.objects.current().exists()


def test_a_group_is_founded_filled_and_dissolved(clerk, county):
    typed = {
        "name": "食品产业招商组",
        "kind": "team",
        "purpose": "招引食品企业",
        "founded_on": "2026-02-04",
        "office": county.units["招商促进局"].pk,
        "industries": "食品加工，冷链",
    }
    clerk.post(reverse("group_new"), typed)
    group = Unit.objects.get(kind=Kind.TEAM)
    joined = {"unit": county.units["青山镇"].pk, "capacity": "head"}
    clerk.post(reverse("member_unit_new", args=[group.pk]), joined)
    member = {
        "person": county.leader.pk,
        "title": "组长",
        "capacity": "head",
        "from_on": "2026-02-04",
    }
    clerk.post(reverse("member_new", args=[group.pk]), member)

    shown = page(clerk.get(reverse("unit", args=[group.pk])))
    for words in ("王xianzhang", "青山镇", "食品加工", "冷链", "招商促进局"):
        assert words in shown
    assert "食品产业招商组" in page(clerk.get(reverse("groups")))

    member_of = Membership.objects.get()
    clerk.post(reverse("member_unit_end", args=[member_of.pk]), {"reason": "调整"})
    post = Post.objects.get(unit=group)
    clerk.post(reverse("member_end", args=[post.pk]), {"on": DAY, "reason": "调整"})
    clerk.post(reverse("unit_close", args=[group.pk]), {"on": DAY, "reason": "事毕", "version": 1})

    assert "食品产业招商组" not in page(clerk.get(reverse("groups")))
    assert "食品产业招商组" in page(clerk.get(reverse("groups"), {"show": "gone"}))


def test_a_charter_is_changed(clerk, county):
    group = make_group(county)
    typed = {"purpose": "招引预制菜企业", "founded_on": "2026-01-05", "version": 1}

    clerk.post(reverse("charter_edit", args=[group.pk]), typed)

    assert Charter.objects.get(unit=group).purpose == "招引预制菜企业"


def test_a_milestone_turns_red_is_set_anew_and_done(clerk, county):
    group = make_group(county, kind=Kind.WORKING_GROUP)
    clerk.post(
        reverse("milestone_new", args=[group.pk]), {"what": "摸清底数", "due_on": "2026-11-01"}
    )
    first = Milestone.objects.get()
    assert "逾期 19 天" in page(clerk.get(reverse("unit", args=[group.pk])))

    anew = {"what": "摸清底数", "due_on": "2026-11-25", "reason": "征拆延期"}
    clerk.post(reverse("milestone_change", args=[first.pk]), anew)
    second = Milestone.objects.get(replaces=first)
    assert "原定 2026-11-01，征拆延期" in page(clerk.get(reverse("unit", args=[group.pk])))
    clerk.post(reverse("milestone_done", args=[second.pk]), {"on": DAY, "note": "共 37 处"})

    assert f"{DAY} 完成" in page(clerk.get(reverse("unit", args=[group.pk])))


def test_pairings_are_made_ended_and_who_has_none_is_named(clerk, county):
    seat = county.units["县长岗位"]
    typed = {"seat": seat.pk, "matter": "line", "name": "工业战线"}
    clerk.post(reverse("pairing_new"), typed)
    refused = clerk.post(reverse("pairing_new"), {"seat": seat.pk, "matter": "enterprise"})

    assert "工业战线" in page(clerk.get(reverse("pairings")))
    assert refused.status_code == 422
    for pairing in Pairing.objects.current().filter(seat=seat):
        clerk.post(reverse("pairing_end", args=[pairing.pk]), {"reason": "调整"})
    shown = page(clerk.get(reverse("pairings")))
    assert "1 位领导没有包保对象" in shown
    assert "个单位没有领导包保" in shown


def test_an_account_is_opened_with_a_password_for_once(admin, client, county):
    typed = {
        "username": "xinren",
        "name": "新人",
        "phone": "13800000000",
        "unit": county.units["青山镇"].pk,
        "title": "联络员替补",
        "role": "liaison",
        "capacity": "substitute",
        "from_on": DAY,
    }

    slip = page(admin.post(reverse("person_new"), typed))

    person = Person.objects.get(username="xinren")
    assert person.one_time
    assert "只显示这一次" in slip
    client.force_login(person)
    assert client.get(reverse("org")).url == reverse("account_change_password")
    assert client.get("/api/projects").status_code == 403


def test_a_password_of_ones_own_is_chosen(client, county):
    person = county.liaison()
    person.set_password("原来的密码一二三四")
    person.save()
    client.force_login(person)
    typed = {"old": "原来的密码一二三四", "new": "新的密码一二三四五六", "again": "新的密码"}

    wrong = client.post(reverse("account_change_password"), typed)
    right = client.post(reverse("account_change_password"), typed | {"again": typed["new"]})

    assert "两遍输入的新密码不一样" in page(wrong)
    assert right.url == reverse("home")
    assert client.get(reverse("org")).status_code == 200


def test_posts_are_given_extended_and_ended_by_who_appoints(admin, county):
    typed = {
        "person": county.people["kaifaqu"].pk,
        "title": "招商专干",
        "role": "member",
        "capacity": "member",
        "from_on": DAY,
    }
    admin.post(reverse("post_new", args=[county.units["柳河镇"].pk]), typed)
    post = Post.objects.get(title="招商专干")
    longer = {"title": "招商专员", "capacity": "deputy", "until_on": "2027-11-20", "version": 1}
    admin.post(reverse("post_edit", args=[post.pk]), longer)
    ended = admin.post(reverse("post_end", args=[post.pk]), {"on": DAY, "reason": "调离"})

    post.refresh_from_db()
    assert (post.title, str(post.until_on)) == ("招商专员", "2027-11-20")
    assert ended.status_code == 422
    assert "离任日期要晚于任职日期" in page(ended)


def test_an_account_is_corrected_closed_and_its_password_reset(admin, county):
    other = county.liaison()
    form = admin.get(reverse("person_edit", args=[other.pk]))
    version = hidden("version", form)
    admin.post(
        reverse("person_edit", args=[other.pk]),
        {"name": "王大强", "phone": "1", "version": version},
    )
    slip = page(admin.post(reverse("person_password", args=[other.pk])))
    admin.post(reverse("person_active", args=[other.pk]), {"version": 2, "reason": "长期病假"})

    other.refresh_from_db()
    assert (other.name, other.phone, other.is_active) == ("王大强", "1", False)
    assert "王大强" in slip
    assert "先恢复再重置" in page(admin.post(reverse("person_password", args=[other.pk])))
    admin.post(reverse("person_active", args=[other.pk]), {"version": 3, "reason": ""})
    other.refresh_from_db()
    assert other.is_active


def test_telephones_are_for_who_appoints_and_for_oneself(client, admin, county):
    other = county.liaison()
    Person.objects.filter(pk=other.pk).update(phone="13912345678")
    address = reverse("person", args=[other.pk])

    assert "13912345678" in page(admin.get(address))
    assert "13912345678" in page(admin.get(reverse("people"), {"q": "青山镇"}))
    for who, sees in ((other, True), (county.clerk, False)):
        client.force_login(who)
        assert ("13912345678" in page(client.get(address))) is sees
    assert "13912345678" not in page(client.get(reverse("people")))


def test_people_are_found_by_name_unit_and_nobody_is_said_so(clerk, county):
    unit = county.units["青山镇"].pk

    assert "王qingshan" in page(clerk.get(reverse("people"), {"q": "qingshan"}))
    assert clerk.get(reverse("people"), {"unit": unit}).context["number"] == 1
    assert "没有找到这个人" in page(clerk.get(reverse("people"), {"q": "张三丰"}))
