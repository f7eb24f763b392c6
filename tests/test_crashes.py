"""The machine dies in the middle of an import: all of it is there afterwards, or nothing."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

WHOLE = "400 1200 400 400 0 confirmed"
NOTHING = "0 0 0 0 0 open"
Database = Callable[[], dict[str, str]]


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.crashing", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with a ledger waiting to be confirmed; each call gives a fresh copy of it."""
    var = tmp_path_factory.mktemp("crash")
    given = {**os.environ, "YIPANQI_VAR": str(var)}
    if connection.vendor == "sqlite":
        given["YIPANQI_DATABASE"] = ""
        assert run(given, "prepare").stdout == "0\n"
        yield lambda: {**given, "YIPANQI_VAR": shutil.copytree(var, f"{var}-{uuid4().hex}")}
        return
    yield from _copies_of_a_postgresql_database(given)


def _copies_of_a_postgresql_database(given: dict[str, str]) -> Iterator[Database]:
    server = os.environ["YIPANQI_DATABASE"].rsplit("/", 1)[0]
    made = [f"crash_{uuid4().hex[:12]}"]

    def create(name: str, *, template: str) -> dict[str, str]:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as maintenance:
            maintenance.execute(
                SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template))
            )
        return {**given, "YIPANQI_DATABASE": f"{server}/{name}"}

    def copy() -> dict[str, str]:
        made.append(f"crash_{uuid4().hex[:12]}")
        return create(made[-1], template=made[0])

    assert run(create(made[0], template="template0"), "prepare").stdout == "0\n"
    yield copy
    with psycopg.connect(f"{server}/postgres", autocommit=True) as maintenance:
        for name in made:
            maintenance.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.mark.parametrize("points", [4, pytest.param(50, marks=pytest.mark.nightly)])
def test_killed_at_any_statement_an_import_leaves_all_or_nothing(base: Database, points: int):
    whole = base()
    statements = int(run(whole, "confirm", "0").stdout)
    assert run(whole, "count").stdout.strip() == WHOLE
    step = max(statements // points, 1)

    for last in range(2, statements + 1, step):
        copy = base()
        killed = run(copy, "confirm", str(last))
        assert killed.returncode == -signal.SIGKILL
        assert run(copy, "count").stdout.strip() == NOTHING, f"killed before statement {last}"
        assert run(copy, "confirm", "0").returncode == 0
        assert run(copy, "count").stdout.strip() == WHOLE
        if copy["YIPANQI_VAR"] != whole["YIPANQI_VAR"]:
            shutil.rmtree(Path(copy["YIPANQI_VAR"]))
