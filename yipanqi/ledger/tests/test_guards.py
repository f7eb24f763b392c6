"""The database itself refuses to change what is written, whoever asks."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, migrations, transaction
from django.db.utils import DatabaseError

from tests.helpers import guarded_tables, lift_triggers
from yipanqi.facts.returns.actions import submit_return
from yipanqi.facts.targets.actions import set_targets
from yipanqi.ledger.guards import Chained, OnlyGrows
from yipanqi.ledger.models import Entry, fact_models
from yipanqi.standing.actions import plan_node, withdraw_claim
from yipanqi.standing.factories import MAY_9, NOON, make_claim, make_county, make_project, recognise

pytestmark = pytest.mark.django_db
TABLES = ["ledger_entry", *(model._meta.db_table for model in fact_models())]


@pytest.fixture
def history():
    """At least one row in each table of facts that this layer can write."""
    county = make_county()
    project = make_project(county)
    recognise(project)
    withdraw_claim(claim=make_claim(project, "land"), reason="重报", by=county.clerk, at=NOON)
    plan_node(
        project=project, node="land", planned_on=MAY_9, reason="市里要求", by=county.clerk, at=NOON
    )
    submit_return(
        holder=county.units["青山镇"], month=MAY_9.replace(month=11, day=1), by=None, at=NOON
    )
    set_targets(
        targets=[(county.units["青山镇"], "signed", 3)],
        year=2026,
        basis="县委文件",
        by=None,
        at=NOON,
    )


def refuse_to(sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY seq")
        return cursor.fetchall()


def test_every_table_of_facts_is_guarded():
    assert set(TABLES) <= set(guarded_tables())


@pytest.mark.parametrize("table", TABLES)
def test_raw_commands_change_nothing_that_is_written(table, history):
    before = rows_of(table)
    if not before:
        return

    refuse_to(f"UPDATE {table} SET seq = seq")
    refuse_to(f"DELETE FROM {table}")
    for command in overwriting(table):
        refuse_to(command)

    assert rows_of(table) == before


def overwriting(table):
    """The ways in which a database offers to write over a row."""
    if connection.vendor == "postgresql":
        same = f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (seq) DO UPDATE SET seq = 0"
        return [f"TRUNCATE {table} CASCADE", same]
    return [
        f"REPLACE INTO {table} SELECT * FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        f"UPDATE OR REPLACE {table} SET seq = 1",
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true "
        "ON CONFLICT (seq) DO UPDATE SET seq = 0",
    ]


def test_the_orm_changes_nothing_that_is_written_either(history):
    for act in (
        lambda: Entry.objects.update(kind="x"),
        lambda: Entry.objects.filter(seq=1).delete(),
        lambda: Entry.objects.bulk_update([Entry(seq=1, kind="x")], ["kind"]),
        lambda: Entry.objects.get(seq=1).save(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_head_cannot_be_removed():
    refuse_to("DELETE FROM ledger_head")
    if connection.vendor == "postgresql":
        refuse_to("TRUNCATE ledger_head")


def test_the_guards_can_be_put_up_by_a_migration_and_taken_down_again():
    lift_triggers()
    guard, chain = OnlyGrows("ledger_entry"), Chained()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE" if on_postgresql() else "SELECT 1")
    run(guard, chain, backwards=False)
    refuse_to("DELETE FROM ledger_entry")
    refuse_to("DELETE FROM ledger_head")

    run(guard, chain, backwards=True)

    Entry.objects.all().delete()
    assert not Entry.objects.exists()


def on_postgresql():
    return connection.vendor == "postgresql"


def run(*operations: migrations.RunPython, backwards):
    editor: Any = SimpleNamespace(connection=connection)
    for operation in operations:
        code: Any = operation.reverse_code if backwards else operation.code
        code(None, editor)
