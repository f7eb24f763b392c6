"""Writing: in order, without gaps, by the database's clock, one of two officers at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.helpers import lifted_triggers
from yipanqi.core.problems import Refused
from yipanqi.facts.projects.models import Plan, Progress, Project
from yipanqi.ledger import reads
from yipanqi.ledger.actions import (
    Line,
    amend,
    amend_many,
    append,
    found,
    open_records,
    record,
    record_many,
)
from yipanqi.ledger.models import Entry, Head, subject_of
from yipanqi.ledger.rules import GENESIS, Checkpoint
from yipanqi.org.models import Person
from yipanqi.standing.factories import NOON, make_county, make_org, make_project

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def empty_ledger():
    """No books have been opened, as in a new installation."""
    with lifted_triggers():
        Entry.objects.all().delete()
        Head.objects.all().delete()


def progress(county, project, text="主体封顶"):
    unit = county.units["青山镇"]
    return Progress(project=project, unit=unit, text=text, happened_on=NOON.date())


def test_the_first_entry_says_whether_the_ledger_is_simulated():
    first = Entry.objects.get(seq=1)

    assert first.kind == "genesis"
    assert first.payload == '{"place":"青禾县","simulated":true}'
    assert reads.is_simulated()


def test_books_are_opened_once():
    with pytest.raises(Refused):
        found(simulated=False, place="青禾县")

    assert Entry.objects.count() == 1


def test_nothing_is_written_before_the_books_are_opened(empty_ledger):
    assert reads.checkpoint() == Checkpoint(size=0, hash=GENESIS)
    assert not reads.is_simulated()

    with pytest.raises(Refused, match="还没有开账"):
        append([Line("note", "x:1", {})], by=None, at=NOON)


def test_entries_are_numbered_without_a_gap_and_chained():
    entries = append([Line("note", "x:1", {"n": n}) for n in range(3)], by=None, at=NOON)

    assert [entry.seq for entry in entries] == [2, 3, 4]
    assert reads.now_seq() == 4
    assert reads.checkpoint() == Checkpoint(size=4, hash=entries[-1].hash)
    assert list(reads.findings()) == []


def test_nothing_to_write_moves_nothing():
    before = reads.checkpoint()

    assert append([], by=None, at=NOON) == []
    record_many([], by=None, at=NOON)

    assert reads.checkpoint() == before


def test_an_entry_says_who_wrote_it_for_which_unit():
    county = make_org()

    entry = append([Line("note", "x:1", {})], by=county.clerk, at=NOON)[0]

    assert (entry.actor_id, entry.unit_id) == (county.clerk.pk, county.units["招商促进局"].pk)
    assert str(entry) == f"{entry.seq} note x:1"


def test_a_fact_has_the_number_of_its_entry_and_is_filed_under_its_project():
    county = make_county()
    project = make_project(county)

    fact = record(progress(county, project), by=county.liaison(), at=NOON)

    entry = Entry.objects.about(project).of("fact:projects.progress").get()
    assert entry.seq == fact.seq
    assert entry.subject == subject_of(project)


def test_facts_of_several_kinds_go_in_together_in_their_order():
    county = make_county()
    project = make_project(county)
    plan = Plan(project=project, node="signed", planned_on=NOON.date(), happened_on=NOON.date())
    facts = [progress(county, project, "一"), plan, progress(county, project, "二")]

    record_many(facts, by=None, at=NOON)

    assert [fact.seq for fact in facts] == list(range(facts[0].seq, facts[0].seq + 3))
    assert list(reads.findings()) == []


def test_records_of_several_kinds_are_opened_together():
    people = [Person(username=name, name=name) for name in ("li", "zhao")]

    entries = open_records(people, by=None, at=NOON)

    assert [entry.seq for entry in entries] == [2, 3]
    assert list(reads.findings()) == []


def test_a_name_stands_in_the_ledger_only_as_a_commitment():
    person = Person(username="li", name="李四", phone="13800000000")

    open_records([person], by=None, at=NOON)

    payload = Entry.objects.about(person).get().payload
    assert "李四" not in payload
    assert "13800000000" not in payload
    assert '"username":"li"' in payload


def test_an_amendment_holds_before_and_after_even_if_the_form_changed_the_object():
    county = make_county()
    project = make_project(county)
    project.name = "新名称"

    entry = amend(project, {"name": "新名称"}, version=1, by=None, at=NOON, reason="更名")

    assert '"after":{"name":"新名称"}' in entry.payload
    assert '"before":{"name":"云岭食品马铃薯全产业链项目"}' in entry.payload
    assert '"reason":"更名"' in entry.payload
    assert list(reads.findings()) == []


def test_of_two_officers_the_second_sees_the_difference_and_nothing_is_written():
    project = make_project(make_county())
    amend(project, {"name": "甲改的"}, version=1, by=None, at=NOON)
    before = reads.checkpoint()

    with pytest.raises(Refused) as refused:
        amend(project, {"name": "乙改的"}, version=1, by=None, at=NOON)

    assert "项目名称现在是“甲改的”，你填的是“乙改的”" in str(refused.value)
    assert Project.objects.get(pk=project.pk).name == "甲改的"
    assert reads.checkpoint() == before


def test_the_second_of_two_who_meant_the_same_is_told_so():
    project = make_project(make_county())
    amend(project, {"name": "同一个名称"}, version=1, by=None, at=NOON)

    with pytest.raises(Refused, match="你填的与现在相同"):
        amend(project, {"name": "同一个名称"}, version=1, by=None, at=NOON)


def test_a_simulated_ledger_takes_the_moment_it_is_given_and_never_goes_back():
    late = append([Line("note", "x:1", {})], by=None, at=LATER)[0]
    early = append([Line("note", "x:1", {})], by=None, at=NOON)[0]

    assert late.recorded_at == LATER
    assert early.recorded_at == LATER


def test_a_real_ledger_ignores_the_moment_it_is_given(empty_ledger):
    before = datetime.now(UTC)
    found(simulated=False, place="青禾县")
    entry = append([Line("note", "x:1", {})], by=None, at=datetime(2001, 1, 1, tzinfo=UTC))[0]

    entry.refresh_from_db()
    assert abs(entry.recorded_at - before) < timedelta(minutes=1)
    assert not reads.is_simulated()
    assert list(reads.findings()) == []


def test_a_real_ledger_stands_still_where_the_machines_clock_was_set_back(empty_ledger):
    found(simulated=False, place="青禾县")
    ahead = datetime.now(UTC) + timedelta(seconds=200)
    Head.objects.update(clock=ahead)

    entry = append([Line("note", "x:1", {})], by=None, at=NOON)[0]

    assert entry.recorded_at == ahead


@pytest.mark.parametrize(
    "change",
    [
        {"clock": datetime(1999, 1, 1, tzinfo=UTC)},
        {"seq": 0},
        {"simulated": False},
    ],
)
def test_the_head_goes_neither_back_nor_from_simulated_to_real(change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Head.objects.update(**change)


def test_a_real_ledgers_clock_cannot_be_set_far_from_the_databases(empty_ledger):
    found(simulated=False, place="青禾县")

    with pytest.raises(DatabaseError), transaction.atomic():
        Head.objects.update(clock=datetime.now(UTC) + timedelta(days=1))


def test_the_moment_of_an_entry_cannot_be_chosen():
    first = Entry.objects.get(seq=1)
    forged = Entry(seq=2, recorded_at=LATER, kind="x", subject="x:1", payload="{}", hash="0" * 64)
    Head.objects.update(seq=2)

    try:
        with transaction.atomic():
            forged.save(force_insert=True)
    except DatabaseError:
        assert connection.vendor == "sqlite"
        return
    forged.refresh_from_db()

    assert forged.recorded_at == first.recorded_at


def test_an_entry_needs_a_number_that_was_reserved():
    forged = Entry(seq=99, recorded_at=NOON, kind="x", subject="x:1", payload="{}", hash="0" * 64)

    with pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


def test_many_are_amended_each_at_the_version_that_was_read_or_none():
    county = make_county()
    projects = [make_project(county, name=name) for name in ("甲厂", "乙厂")]
    amend(projects[1], {"name": "丙厂"}, version=1, by=None, at=NOON)

    with pytest.raises(Refused, match="别人刚刚改过"):
        amend_many([(one, {"industry": "新能源"}) for one in projects], by=None, at=NOON)

    assert amend_many([], by=None, at=NOON) == []
    assert not Project.objects.filter(industry="新能源").exists()
