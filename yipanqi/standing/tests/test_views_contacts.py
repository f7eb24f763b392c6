"""Contacts with investors in the browser: the list, one of them, reporting and changing it."""

from datetime import date

import pytest
from django.urls import reverse

from yipanqi.facts.activities.actions import withdraw_contact
from yipanqi.facts.activities.factories import make_contact, post_of
from yipanqi.facts.activities.models import Contact
from yipanqi.standing.factories import NOON, make_county
from yipanqi.standing.tests.pages import asked_for, of, page

pytestmark = pytest.mark.usefixtures("at_noon")
LIST = "/contacts/"


def typed(county, **changes):
    unit = county.units["青山镇"]
    return {
        "unit": unit.pk,
        "kind": "reception",
        "happened_on": "2026-11-19",
        "investor": "华泰新材料集团",
        "present": [post_of(unit).pk],
        "text": "来看标准厂房",
    } | changes


def number(response):
    return response.context["totals"].number


def test_a_liaison_reports_a_contact_and_finds_it(township, county):
    sent = township.post(reverse("contact_new"), typed(county))

    one = Contact.objects.get()
    assert sent.url == reverse("contact", args=[one.pk])
    assert "来看标准厂房" in page(township.get(sent.url))
    assert "华泰新材料集团" in page(township.get(LIST))


def test_the_form_is_ready_for_the_own_unit_with_oneself_ticked_and_today(township, county):
    response = township.get(reverse("contact_new"))

    own = response.context["own"]
    assert [(one.name, there) for one, there in own] == [("王qingshan", True)]
    assert 'value="2026-11-20"' in page(response)
    assert [one.title for one, _ in response.context["leaders"]] == ["县长岗位", "副县长岗位"]


def test_a_contact_sent_twice_under_its_key_is_written_once(township, county):
    data = typed(county, key="k1")

    first = township.post(reverse("contact_new"), data)
    again = township.post(reverse("contact_new"), data)

    assert first.url == again.url
    assert Contact.objects.count() == 1


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(township, county):
    leader = post_of(county.units["县长岗位"]).pk

    response = township.post(
        reverse("contact_new"),
        typed(county, happened_on="2026-11-21", present=[leader], result="再约"),
    )

    assert response.status_code == 422
    assert "还没有到" in page(response)
    assert "再约" in page(response)
    assert response.context["led"]
    assert not Contact.objects.exists()


def test_nobody_present_is_refused(township, county):
    response = township.post(reverse("contact_new"), typed(county, present=[]))

    assert "请勾选我方参加的人，至少一位" in page(response)


@pytest.mark.parametrize("unit", ["柳河镇", "县长岗位"])
def test_nobody_reports_for_another_unit(township, county, unit):
    data = typed(county, unit=county.units[unit].pk)

    assert township.post(reverse("contact_new"), data).status_code == 404


def test_a_leader_reports_for_the_own_seat(client, county):
    client.force_login(county.leader)
    seat = county.units["县长岗位"]

    client.post(reverse("contact_new"), typed(county, unit=seat.pk, present=[post_of(seat).pk]))

    assert Contact.objects.get().holder == seat


def test_the_office_reports_for_whom_it_chooses(clerk, county):
    response = clerk.get(reverse("contact_new"), {"unit": county.units["柳河镇"].pk})

    assert response.context["holder"].name == "柳河镇"
    assert "换单位" in page(response)


def test_the_list_answers_every_question_in_its_address(clerk, county):
    leader = county.leader
    there = [post_of(county.units[name]).pk for name in ("青山镇", "县长岗位")]
    make_contact(county, on=date(2026, 3, 2), present=there, investor="甲公司")
    make_contact(county, unit="柳河镇", on=date(2025, 3, 2), kind="call", investor="乙公司")

    def found(**asked):
        return number(clerk.get(LIST, asked))

    assert [found(), found(period="2026"), found(period="2025-03")] == [2, 1, 1]
    assert [found(kind="call"), found(unit=county.units["柳河镇"].pk)] == [1, 1]
    assert [found(person=leader.pk), found(q="甲公"), found(q="没有")] == [1, 1, 0]
    wrong = clerk.get(LIST, {"period": "去年"})
    assert "年月请写成 2026 或 2026-05" in page(wrong)
    assert number(wrong) == 2


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("month", ["2026-11", "2026-03"]),
        ("unit", ["青山镇", "柳河镇"]),
        ("leader", ["王xianzhang"]),
    ],
)
def test_groups_open_to_their_contacts(clerk, county, by, labels):
    there = [post_of(county.units[name]).pk for name in ("青山镇", "县长岗位")]
    make_contact(county, present=there)
    make_contact(county)
    make_contact(county, unit="柳河镇", on=date(2026, 3, 2))

    groups = clerk.get(LIST, {"group": by}).context["groups"]

    assert [group.label for group, _ in groups] == labels
    assert [number(clerk.get(LIST + url)) for _, url in groups] == [g.number for g, _ in groups]


def test_an_empty_list_says_what_to_do(clerk, county):
    assert "当天用手机报一条" in page(clerk.get(LIST))
    assert "没有符合条件的接洽" in page(clerk.get(LIST, {"kind": "call"}))


def test_a_contact_out_of_sight_does_not_exist(county):
    one = make_contact(county)
    other = make_county("白水县", prefix="bs-")

    assert of(county.liaison("柳河镇"), f"{LIST}{one.pk}/").status_code == 404
    assert of(other.clerk, f"{LIST}{one.pk}/").status_code == 404
    assert of(county.verifier(), f"{LIST}{one.pk}/").status_code == 403


def test_who_was_there_sees_a_contact_and_does_not_change_it(county):
    there = [post_of(county.units[name]).pk for name in ("青山镇", "柳河镇")]
    one = make_contact(county, present=there)

    assert of(county.liaison("柳河镇"), f"{LIST}{one.pk}/").status_code == 200
    assert of(county.liaison("柳河镇"), f"{LIST}{one.pk}/correct/").status_code == 403


def test_a_correction_begins_with_what_was_said_and_leads_on(township, county):
    old = make_contact(county)
    address = reverse("contact_correct", args=[old.pk])
    begun = township.get(address)

    sent = township.post(address, typed(county, reason="对方单位写错"))

    assert "云岭食品有限公司" in page(begun)
    assert begun.context["own"][0][1]
    assert "原来的一条" in page(township.get(sent.url))
    assert "更正后的一条" in page(township.get(reverse("contact", args=[old.pk])))
    assert number(township.get(LIST)) == 1


def test_a_correction_without_a_reason_is_refused(township, county):
    old = make_contact(county)

    response = township.post(reverse("contact_correct", args=[old.pk]), typed(county))

    assert response.status_code == 422
    assert Contact.objects.count() == 1


def test_a_contact_is_taken_back_once(township, county):
    one = make_contact(county)
    address = reverse("contact_withdraw", args=[one.pk])

    township.get(address)
    township.post(address, {"reason": "重复"})
    again = township.post(address, {"reason": "重复"})

    assert "已撤回" in page(township.get(reverse("contact", args=[one.pk])))
    assert again.status_code == 422
    assert number(township.get(LIST)) == 0


def test_the_list_takes_a_constant_number_of_queries(county):
    make_contact(county)
    one = asked_for(county.clerk, LIST)
    for name in ("青山镇", "柳河镇", "经济开发区"):
        make_contact(county, unit=name)

    assert asked_for(county.clerk, LIST) == one <= 14


def test_what_was_taken_back_counts_nowhere(clerk, county):
    one = make_contact(county)
    withdraw_contact(contact=one, reason="重复", by=county.clerk, at=NOON)

    assert clerk.get(LIST, {"group": "month"}).context["groups"] == []


def test_how_long_it_was_is_said_to_the_half_day(township, county):
    wrong = township.post(reverse("contact_new"), typed(county, days="2.3"))
    assert "天数到半天" in page(wrong)

    sent = township.post(reverse("contact_new"), typed(county, days="2.5"))

    one = Contact.objects.get()
    assert one.half_days == 5
    assert "<dd>2.5</dd>" in page(township.get(sent.url))
    assert 'value="2.5"' in page(township.get(reverse("contact_correct", args=[one.pk])))
