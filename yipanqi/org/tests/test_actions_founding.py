"""A real place begins in an empty database, once."""

from dataclasses import replace

import pytest

from tests.helpers import lifted_triggers
from yipanqi.core.problems import Refused
from yipanqi.ledger import reads
from yipanqi.ledger.models import Entry, Head
from yipanqi.org.actions.founding import First, found_place
from yipanqi.org.factories import NOON
from yipanqi.org.models import Person
from yipanqi.org.rules import Role

pytestmark = pytest.mark.django_db
ADMIN = First("zhengguan", "郑管", "系统管理员", "one board two stones")
CHIEF = First("zhaohua", "赵华", "负责人", "many stones one board")


@pytest.fixture
def empty():
    """An installation in which nothing was ever written."""
    with lifted_triggers():
        Entry.objects.all().delete()
        Head.objects.all().delete()


def found(**changes):
    told = {"place": "小河县", "bureau": "招商局", "administrator": ADMIN, "chief": CHIEF}
    return found_place(**{**told, **changes}, at=NOON)


def test_a_place_begins_with_two_people_who_can_sign_in_and_a_real_ledger(empty):
    place = found()

    admin, chief = Person.objects.order_by("pk")
    assert (admin.roles, chief.roles) == ((Role.ADMINISTRATOR,), (Role.CHIEF,))
    assert (str(admin.acting_unit), str(chief.acting_unit)) == ("小河县", "招商局")
    assert admin.check_password(ADMIN.password)
    assert chief.check_password(CHIEF.password)
    assert place.name == "小河县"
    assert not reads.is_simulated()
    assert list(reads.findings()) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"chief": replace(CHIEF, account="zhengguan")}, "要用两个账号、两个口令"),
        ({"chief": replace(CHIEF, password=ADMIN.password)}, "要用两个账号、两个口令"),
        ({"chief": replace(CHIEF, password="short")}, "赵华的口令太短或太常见"),
        ({"administrator": replace(ADMIN, password="password123")}, "郑管的口令太短或太常见"),
    ],
)
def test_two_people_two_accounts_two_passwords_that_nobody_guesses(empty, changes, told):
    with pytest.raises(Refused, match=told):
        found(**changes)

    assert not Person.objects.exists()
    assert not Entry.objects.exists()


def test_a_place_is_founded_once(empty):
    found()

    with pytest.raises(Refused, match="已经开账"):
        found()


def test_where_somebody_exists_already_no_place_is_founded(empty):
    Person.objects.create(username="faster", name="先到")

    with pytest.raises(Refused, match="这里已经开账"):
        found()
