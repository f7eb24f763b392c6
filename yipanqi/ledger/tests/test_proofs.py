"""Whoever owns the database can lift the triggers. Then the chain tells what was done."""

import json
import random
from contextlib import contextmanager

import pytest
from django.db import transaction

from tests.helpers import lift_triggers
from yipanqi.facts.projects.models import Claim, Progress, Project
from yipanqi.ledger import reads
from yipanqi.ledger.actions import record
from yipanqi.ledger.models import Entry, Head, fact_models
from yipanqi.ledger.rules import GENESIS, Checkpoint, Header, canonical, digest
from yipanqi.org.models import Person, Unit
from yipanqi.standing.factories import MAY_9, NOON, make_county, make_project, recognise

pytestmark = pytest.mark.django_db
ATTACKS = 200


@pytest.fixture
def county():
    """Some months of a county's life."""
    county = make_county()
    for unit in ("青山镇", "柳河镇", "经济开发区"):
        project = make_project(county, unit=unit, name=f"{unit}的项目")
        recognise(project, "signed")
        recognise(project, "registered")
        recognise(project, "funds", amount=100_000_000)
    return county


@contextmanager
def undone():
    """An attack, past the triggers, whose traces are gone afterwards."""
    with transaction.atomic():
        lift_triggers()
        yield
        transaction.set_rollback(True)


def test_an_untouched_ledger_has_no_findings(county):
    assert list(reads.findings()) == []
    assert list(reads.findings(reads.checkpoint())) == []


def edit_entry(dice):
    entry = dice.choice(list(Entry.objects.all()))
    field = dice.choice(["kind", "subject", "payload", "hash", "actor_id", "unit_id"])
    value = 987654 if field.endswith("_id") else f"x{getattr(entry, field)[1:]}"
    Entry.objects.filter(seq=entry.seq).update(**{field: value})


def delete_entry(dice):
    Entry.objects.filter(seq=dice.choice(list(Entry.objects.all())).seq).delete()


def insert_entry(dice):
    head = Head.objects.get()
    Entry.objects.create(
        seq=head.seq + dice.choice([1, 2, 50]),
        recorded_at=head.clock,
        kind=dice.choice(["note", "fact:projects.claim", "open:org.person"]),
        subject=f"projects.project:{dice.randrange(1, 99)}",
        payload=json.dumps({"after": {}}),
        hash=f"{dice.randrange(10**9):064d}",
    )


def swap_entries(dice):
    one, other = dice.sample(list(Entry.objects.filter(seq__gt=1)), 2)
    Entry.objects.filter(seq=one.seq).update(payload=other.payload, hash=other.hash)
    Entry.objects.filter(seq=other.seq).update(payload=one.payload, hash=one.hash)


def edit_fact(dice):
    claim = dice.choice(list(Claim.objects.all()))
    change = dice.choice(
        [
            {"happened_on": MAY_9.replace(day=dice.randrange(10, 28))},
            {"amount": dice.randrange(1, 10**12)},
            {"node": "started"},
            {"project": Project.objects.exclude(pk=claim.project_id).first()},
            {"evidence": "[]"},
        ]
    )
    Claim.objects.filter(seq=claim.seq).update(**change)


def delete_fact(dice):
    model = dice.choice([model for model in fact_models() if model._default_manager.exists()])
    row = dice.choice(list(model._default_manager.all()))
    model._default_manager.filter(seq=row.seq)._raw_delete("default")


def insert_fact(dice):
    claim = dice.choice(list(Claim.objects.all()))
    seq = dice.choice([dice.randrange(10_000, 20_000), 1])
    Progress.objects.create(
        seq=seq,
        project=claim.project,
        unit=claim.unit,
        text="凭空而来",
        happened_on=MAY_9,
    )


def swap_facts(dice):
    one, other = dice.sample(list(Claim.objects.all()), 2)
    names = [f.attname for f in Claim._meta.concrete_fields if f.attname != "seq"]
    if all(getattr(one, n) == getattr(other, n) for n in names):
        return edit_fact(dice)
    for to, source in ((one, other), (other, one)):
        Claim.objects.filter(seq=to.seq).update(**{n: getattr(source, n) for n in names})
    return None


def edit_record(dice):
    model, change = dice.choice(
        [
            (Project, {"name": "换了名字"}),
            (Project, {"total": 1}),
            (Person, {"phone": "13900000000"}),
            (Person, {"name": "换了人"}),
            (Unit, {"sort": 77}),
        ]
    )
    record = dice.choice(list(model.objects.all()))
    model.objects.filter(pk=record.pk).update(**change)


def delete_record(dice):
    record = dice.choice(list(Project.objects.all()))
    Project.objects.filter(pk=record.pk)._raw_delete("default")


def insert_record(dice):
    Person.objects.create(username=f"ghost{dice.randrange(999)}", name="查无此人")


def edit_head(dice):
    change = dice.choice([{"hash": "f" * 64}, {"seq": 3}, {"seq": 3_000}])
    Head.objects.update(**change)


FAMILIES = [
    edit_entry,
    delete_entry,
    insert_entry,
    swap_entries,
    edit_fact,
    delete_fact,
    insert_fact,
    swap_facts,
    edit_record,
    delete_record,
    insert_record,
    edit_head,
]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_random_attacks_of_each_family_are_all_found(family, county):
    missed = []
    for number in range(-(-ATTACKS // len(FAMILIES))):
        with undone():
            family(random.Random(f"{family.__name__} {number}"))
            if not list(reads.findings()):
                missed.append(number)

    assert missed == []
    assert list(reads.findings()) == []


def rewrite_from(seq):
    """Somebody with the program's own hash function makes the chain fit again from an entry on."""
    previous = Entry.objects.filter(seq=seq - 1).values_list("hash", flat=True).first() or GENESIS
    for entry in Entry.objects.filter(seq__gte=seq).order_by("seq"):
        previous = digest(previous, entry.header(), entry.payload)
        Entry.objects.filter(seq=entry.seq).update(hash=previous)
    Head.objects.update(hash=previous)


def test_a_ledger_that_was_wholly_recomputed_is_found_only_against_a_checkpoint(county):
    kept = reads.checkpoint()
    claim = Claim.objects.filter(node="funds")[0]

    with undone():
        Claim.objects.filter(seq=claim.seq).update(amount=9 * 10**12)
        claim.refresh_from_db()
        Entry.objects.filter(seq=claim.seq).update(payload=canonical(claim.vouched()))
        rewrite_from(claim.seq)

        assert list(reads.findings()) == []
        assert [f.where for f in reads.findings(kept)] == ["外部存证"]


def test_a_tail_that_was_cut_off_is_found_only_against_a_checkpoint(county):
    before, project = reads.checkpoint(), Project.objects.first()
    for text in ("打桩", "封顶", "设备进场"):
        unit = county.units["青山镇"]
        fact = Progress(project=project, unit=unit, text=text, happened_on=MAY_9)
        record(fact, by=None, at=NOON)
    kept = reads.checkpoint()

    with undone():
        Progress.objects.all()._raw_delete("default")
        Entry.objects.filter(seq__gt=before.size).delete()
        Head.objects.update(seq=before.size, hash=before.hash)

        assert list(reads.findings()) == []
        assert [f.where for f in reads.findings(kept)] == ["外部存证"]


def test_a_checkpoint_stays_good_while_the_ledger_grows(county):
    kept = reads.checkpoint()

    recognise(make_project(county, name="后来的项目"))

    assert list(reads.findings(Checkpoint.read(str(kept)))) == []


def test_a_whole_forged_entry_with_a_right_hash_is_found_only_by_its_missing_fact(county):
    head = Head.objects.get()
    header = Header(
        seq=head.seq + 1,
        recorded_at=head.clock,
        kind="fact:projects.progress",
        subject="projects.project:1",
        actor_id=None,
        unit_id=None,
    )
    forged = digest(head.hash, header, "{}")

    with undone():
        Entry.objects.create(**vars(header), payload="{}", hash=forged)
        Head.objects.update(seq=header.seq, hash=forged)

        assert [f.where for f in reads.findings()] == ["projects.progress"]
