"""What tests need and nobody else may have: the ledger's triggers lifted for a while, a refusal seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from yipanqi.core.problems import Refused
from yipanqi.ledger.guards import OnlyGrows, chain, lifted, only_grows, run, unchain
from yipanqi.ledger.reads import now_seq


@cache
def guarded_tables() -> list[str]:
    """The tables that migrations say only grow."""
    migrations = MigrationLoader(None).disk_migrations.values()
    return sorted(
        {
            operation.table
            for migration in migrations
            for operation in migration.operations
            if isinstance(operation, OnlyGrows)
        }
    )


def lift_triggers() -> None:
    """From here on anything can be changed, as by somebody who owns the database."""
    _settle_constraints()
    run(connection, "".join(lifted(table, connection.vendor) for table in guarded_tables()))
    unchain(connection)


def restore_triggers() -> None:
    """From here on the ledger only grows again."""
    _settle_constraints()
    run(connection, "".join(only_grows(table, connection.vendor) for table in guarded_tables()))
    chain(connection)


@contextmanager
def lifted_triggers() -> Iterator[None]:
    """The hand of somebody who owns the database and goes past the program."""
    lift_triggers()
    try:
        yield
    finally:
        restore_triggers()


def _settle_constraints() -> None:
    """PostgreSQL changes no triggers of a table while foreign keys of its rows wait to be checked."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def refused(words: str) -> Iterator[None]:
    """An action that tells why, and writes nothing."""
    before = now_seq()
    with pytest.raises(Refused, match=words):
        yield
    assert now_seq() == before
