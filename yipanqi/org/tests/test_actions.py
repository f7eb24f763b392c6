"""Units, people and posts enter by actions and leave their lines in the ledger."""

import pytest

from yipanqi.core.problems import Refused
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry
from yipanqi.org.actions import appoint, load_org, open_person, open_unit, pair, unpair
from yipanqi.org.factories import NOON, make_org, plan
from yipanqi.org.models import Pairing, Person, Post, Unit, UnitSpan
from yipanqi.org.rules import Can, Kind, Role

pytestmark = pytest.mark.django_db


def test_a_staff_list_is_loaded_whole_and_stands_in_the_ledger():
    county = make_org()

    assert len(county.units) == Unit.objects.count() == 14
    assert Entry.objects.of("open:org.unit").count() == 14
    assert Entry.objects.of("open:org.person").count() == Person.objects.count() == 16
    assert Pairing.objects.current().count() == 3
    assert list(reads.findings()) == []


def test_a_staff_list_with_a_fault_leaves_nothing_behind():
    with pytest.raises(Refused):
        load_org({**plan(), "pairings": {"县长岗位": ["北山镇"]}}, by=None, at=NOON)

    assert not Unit.objects.exists()
    assert Entry.objects.count() == 1


def test_a_unit_knows_its_place_in_the_tree_and_since_when():
    place = open_unit(name="青禾县", kind=Kind.PLACE, parent=None, by=None, at=NOON)
    town = open_unit(name="青山镇", kind=Kind.TOWNSHIP, parent=place, by=None, at=NOON)

    span = UnitSpan.objects.current().get(unit=town)
    assert town.path == f"/{place.pk}/{town.pk}/" == span.path
    assert span.from_seq == Entry.objects.about(town).get().seq
    assert list(Unit.objects.under(place.path).order_by("pk")) == [place, town]
    assert not Unit.objects.under().exists()


def test_an_account_without_a_password_lets_nobody_in():
    closed = open_person(username="li", name="李四", by=None, at=NOON)
    opened = open_person(username="zhao", name="赵六", password="有一匹马叫青骢", by=None, at=NOON)

    assert not closed.has_usable_password()
    assert opened.check_password("有一匹马叫青骢")
    assert closed.acting_unit is None
    assert closed.acting_unit_id is None
    assert not closed.may(Can.SEE_PLACE)
    assert closed.place_id == 0


def test_a_post_gives_a_role_in_a_unit_from_a_day_on():
    county = make_org()
    person = open_person(username="li", name="李四", by=None, at=NOON)
    town = county.units["青山镇"]

    appoint(
        person=person,
        unit=town,
        title="镇长",
        role=Role.LIAISON,
        from_on=NOON.date(),
        by=county.administrator,
        at=NOON,
    )

    assert person.roles == (Role.LIAISON,)
    assert person.acting_unit == town
    assert person.place_id == county.place.pk
    assert Post.objects.held_on(NOON.date()).filter(person=person).exists()
    assert not Post.objects.held_on(NOON.date().replace(year=2025)).filter(person=person).exists()
    assert Entry.objects.of("open:org.post").count() == Post.objects.count()


def test_a_pairing_holds_from_its_entry_on():
    county = make_org()

    paired = pair(
        seat=county.units["县长岗位"], unit=county.units["柳河镇"], by=county.clerk, at=NOON
    )

    assert paired.from_seq == reads.now_seq()
    assert Entry.objects.get(seq=paired.from_seq).kind == "pair"


def test_a_unit_is_paired_with_a_seat_once():
    county = make_org()
    before = reads.now_seq()

    with pytest.raises(Refused, match="青山镇已经由县长岗位包保"):
        pair(seat=county.units["县长岗位"], unit=county.units["青山镇"], by=county.clerk, at=NOON)

    assert reads.now_seq() == before


def test_a_pairing_ends_and_stays_known():
    county = make_org()
    pairing = Pairing.objects.current()[0]

    unpair(pairing, by=county.clerk, at=NOON)

    pairing.refresh_from_db()
    assert pairing not in Pairing.objects.current()
    assert Entry.objects.of("unpair").get().seq == pairing.to_seq


def test_a_place_shows_its_units_to_its_own_people_only():
    county, other = make_org(), make_org("白水县", prefix="bs-")

    seen = set(Unit.objects.visible_to(county.liaison()).values_list("pk", flat=True))

    assert seen == {unit.pk for unit in county.units.values()}
    assert other.place.pk not in seen
