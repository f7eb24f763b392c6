"""A whole place is kept in one file and brought back elsewhere; what was altered is refused."""

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def place(tmp_path, request):
    """A place of its own, opened as a real one; how its verbs are run."""
    environment = {**os.environ, "YIPANQI_VAR": str(tmp_path / "var")}
    environment.pop("YIPANQI_DATABASE", None)
    if connection.vendor == "postgresql":
        environment["YIPANQI_DATABASE"] = request.getfixturevalue("scratch_database")

    def run(*words, var=None):
        command = [str(Path(sys.executable).parent / "yipanqi"), *map(str, words)]
        changed = {"YIPANQI_VAR": str(var)} if var else {}
        return subprocess.run(
            command, env=environment | changed, capture_output=True, text=True, check=False
        )

    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v0"],
        env=environment | {"DJANGO_SETTINGS_MODULE": "yipanqi.settings"},
        check=True,
    )
    opened = run("open", ROOT / "places" / "qinghe-org.yaml", ROOT / "places" / "qinghe.yaml")
    assert opened.returncode == 0, opened.stderr
    files = tmp_path / "var" / "files"
    files.mkdir(parents=True, exist_ok=True)
    (files / "a.pdf").write_bytes(b"evidence")
    return run


@pytest.fixture
def scratch_database():
    known, name = settings.DATABASES["default"], f"backup_{os.getpid()}"
    server = f"postgresql://{known['USER']}@{known['HOST']}:{known['PORT']}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_a_place_is_kept_and_brought_back_and_proved(place, tmp_path):
    kept = tmp_path / "kept.tar.gz"

    saved = place("backup", kept)
    again = place("backup", kept)
    refused = place("restore", kept)
    back = place("restore", kept, "--replace")
    practised = place("drill")

    assert saved.returncode == 0, saved.stderr
    checkpoint = re.search(r"存证 (\d+:\w+)", saved.stdout)
    assert checkpoint is not None
    assert "已经有这个文件" in again.stderr
    assert "这里已经有账" in refused.stderr
    assert back.returncode == 0, back.stderr
    assert "核验无误" in back.stdout
    assert checkpoint[1] in back.stdout
    assert practised.returncode == 0, practised.stderr
    assert "演练成功" in practised.stdout
    assert kept.stat().st_mode & 0o077 == 0


def test_an_altered_or_broken_backup_is_refused(place, tmp_path):
    kept, altered, half = (tmp_path / name for name in ("kept.gz", "altered.gz", "half.gz"))
    assert place("backup", kept).returncode == 0
    with tarfile.open(kept) as tar:
        tar.extractall(tmp_path / "laid", filter="data")
    (tmp_path / "laid" / "evidence" / "a.pdf").write_bytes(b"another")
    with tarfile.open(altered, "w:gz") as tar:
        tar.add(tmp_path / "laid", arcname=".")
    half.write_bytes(kept.read_bytes()[:2000])

    told = [place("restore", path, "--replace").stderr for path in (altered, half, tmp_path / "no")]

    assert "evidence/a.pdf：与清单里的摘要不符" in told[0]
    assert "不是完整的备份" in told[1]
    assert "没有这个备份文件" in told[2]
    assert "核验无误" in place("verify").stdout
