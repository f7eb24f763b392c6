"""Contacts are reported, corrected and taken back; leaders check what is paired with their seat."""

from datetime import date

import pytest

from yipanqi.core.problems import Refused
from yipanqi.facts.activities.actions import (
    correct_contact,
    report_contact,
    report_contacts,
    withdraw_contact,
)
from yipanqi.facts.activities.factories import (
    make_check,
    make_contact,
    make_paired,
    new_contact,
    post_of,
)
from yipanqi.facts.activities.models import Check, Contact, Presence
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db):
    return make_county()


def test_a_contact_is_reported_and_names_posts_and_no_people(county):
    contact = make_contact(county)

    entry = Entry.objects.get(seq=contact.seq)
    assert (entry.kind, entry.subject) == (
        "fact:activities.contact",
        f"org.unit:{county.units['青山镇'].pk}",
    )
    assert "王qingshan" not in entry.payload
    assert [row.post_id for row in contact.presences.all()] == list(contact.post_ids)
    assert list(reads.findings()) == []
    assert str(contact) == "外出 云岭食品有限公司 2026-11-12"


def test_contacts_are_reported_all_or_none(county):
    wrong = new_contact(county, on=date(2026, 11, 21))

    with pytest.raises(Refused, match="还没有到"):
        report_contacts(new=[new_contact(county), wrong], by=county.clerk, at=NOON)

    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("particulars", "words"),
    [
        ({"present": ()}, "至少一位"),
        ({"on": date(2023, 5, 1)}, "不在任"),
        ({"text": "电话13812345678"}, "手机号码"),
        ({"result": "电话13812345678"}, "手机号码"),
        ({"investor": "李总13812345678"}, "手机号码"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_and_leaves_no_entry(county, particulars, words):
    before = reads.now_seq()

    with pytest.raises(Refused, match=words):
        report_contact(new=new_contact(county, **particulars), by=county.clerk, at=NOON)

    assert reads.now_seq() == before


def test_a_corrected_contact_stays_on_record_and_counts_no_more(county):
    first = make_contact(county)
    new = new_contact(county, place="曲靖")

    right = correct_contact(contact=first, new=new, reason="地点写错", by=county.clerk, at=NOON)

    assert list(Contact.objects.standing()) == [right]
    assert (right.corrects_id, right.place, right.reason) == (first.pk, "曲靖", "地点写错")
    assert Presence.objects.count() == 2


def test_a_contact_is_taken_back_once_and_with_a_reason(county):
    contact = make_contact(county)

    with pytest.raises(Refused, match="写明理由"):
        withdraw_contact(contact=contact, reason=" ", by=county.clerk, at=NOON)
    gone = withdraw_contact(contact=contact, reason="重复填报", by=county.clerk, at=NOON)

    assert str(gone) == "重复填报"
    assert not Contact.objects.standing().exists()
    with pytest.raises(Refused, match="已经更正或撤回"):
        withdraw_contact(contact=contact, reason="再撤", by=county.clerk, at=NOON)


def test_a_contact_that_was_taken_back_is_not_corrected(county):
    contact = make_contact(county)
    withdraw_contact(contact=contact, reason="重复填报", by=county.clerk, at=NOON)

    with pytest.raises(Refused, match="已经更正或撤回"):
        correct_contact(
            contact=contact, new=new_contact(county), reason="日期", by=county.clerk, at=NOON
        )


def test_a_contact_is_seen_by_its_unit_by_whoever_was_there_and_by_the_office(county):
    leader = post_of(county.units["县长岗位"])
    there = (post_of(county.units["青山镇"]).pk, leader.pk)
    contact = make_contact(county, present=there)

    def seen(person):
        return Contact.objects.visible_to(person).count()

    assert [seen(county.liaison()), seen(county.clerk), seen(county.leader)] == [1, 1, 1]
    assert seen(county.liaison("柳河镇")) == 0
    assert list(Contact.objects.attended_by(leader.person_id)) == [contact]
    assert str(Presence.objects.order_by("post")[0]) == f"{contact.pk} {min(there)}"


def test_a_leaders_seat_checks_what_is_paired_with_it(county):
    project = make_paired(county)

    check = make_check(project, county.units["县长岗位"], problem="用电增容未批")

    assert Entry.objects.get(seq=check.seq).subject == f"projects.project:{project.pk}"
    assert str(check) == f"{project.pk} 2026-11-12"


@pytest.mark.parametrize(
    ("seat", "on", "words"),
    [
        ("副县长岗位", date(2026, 11, 12), "没有包保这个项目"),
        ("县长岗位", date(2026, 11, 21), "还没有到"),
    ],
)
def test_a_check_by_another_seat_or_of_a_day_to_come_is_refused(county, seat, on, words):
    project = make_paired(county)

    with pytest.raises(Refused, match=words):
        make_check(project, county.units[seat], on=on)

    assert not Check.objects.exists()
