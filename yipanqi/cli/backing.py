"""`backup` and `restore` keep and bring back a whole place; `drill` proves that it can be brought back."""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from yipanqi.cli import keeping, serving, verifying
from yipanqi.core.clock import now
from yipanqi.core.problems import refuse
from yipanqi.ledger.reads import checkpoint
from yipanqi.ledger.rules import Checkpoint

AGAIN = "import sys; from yipanqi.cli import main; raise SystemExit(main(sys.argv[1:]))"


def add_parser(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verbs `backup`, `restore` and `drill`."""
    keep = listed.add_parser("backup", help="备份数据库和佐证，可在使用中进行")
    keep.add_argument("file", type=Path, help="备份文件（.tar.gz）")
    keep.set_defaults(run=lambda args: backup(args.file))
    bring = listed.add_parser("restore", help="从备份恢复，最后对照备份时的存证核验")
    bring.add_argument("file", type=Path, help="备份文件（.tar.gz）")
    bring.add_argument(
        "--replace", action="store_true", help="数据库不是空的也恢复，原有数据全部丢弃"
    )
    bring.set_defaults(run=lambda args: restore(args.file, replace=args.replace))
    practise = listed.add_parser("drill", help="演练：备份，恢复到临时的地方，核验，报告用时")
    practise.set_defaults(run=lambda _: drill())


def backup(into: Path) -> int:
    """Keep everything of one moment in one file, while people go on working."""
    if into.exists():
        raise refuse("已经有这个文件，请换一个名字", where=str(into))
    if not _is_used():
        raise refuse("还没有开账，没有什么可备份", where="数据库")
    with TemporaryDirectory(dir=into.resolve().parent) as folder:
        dump = Path(folder) / keeping.DATABASE
        kept = _dump_postgresql(dump) if connection.vendor == "postgresql" else _dump_sqlite(dump)
        manifest = keeping.pack(
            into,
            dump=dump,
            evidence=Path(settings.MEDIA_ROOT),
            made=now().isoformat(),
            vendor=connection.vendor,
            checkpoint=str(kept),
        )
    size = into.stat().st_size / 1024 / 1024
    print(
        f"已备份账本 {kept.size} 条、佐证 {len(manifest.files) - 1} 个文件，{size:.1f} MB：{into}"
    )
    print(f"存证 {kept}")
    return 0


def _dump_sqlite(dump: Path) -> Checkpoint:
    """A copy of the database by its own online means; the checkpoint is the copy's."""
    connection.ensure_connection()
    copy = sqlite3.connect(dump)
    try:
        connection.connection.backup(copy)
        seq, hash_ = copy.execute("SELECT seq, hash FROM ledger_head WHERE id = 1").fetchone()
    finally:
        copy.close()
    return Checkpoint(size=seq, hash=hash_)


def _dump_postgresql(dump: Path) -> Checkpoint:
    """pg_dump of the very moment whose checkpoint we read."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (moment,) = cursor.fetchone()
        kept = checkpoint()
        _run_tool(["pg_dump", "-Fc", f"--snapshot={moment}", "-f", str(dump), *_where()])
    return kept


def _where() -> list[str]:
    """Which database, as PostgreSQL's own programs take it."""
    known = settings.DATABASES["default"]
    named = (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER"), ("-d", "NAME"))
    return [word for flag, key in named if known[key] for word in (flag, str(known[key]))]


def _run_tool(command: Sequence[str]) -> None:
    """Run one of PostgreSQL's programs; refuses where it is missing or fails, with its own words."""
    password = str(settings.DATABASES["default"].get("PASSWORD") or "")
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    if shutil.which(command[0]) is None:
        raise refuse(
            f"没有找到 {command[0]}，请安装 postgresql-client，版本不低于数据库", where=command[0]
        )
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise refuse(done.stderr.strip()[-600:] or "没有说明原因", where=command[0])


def restore(archive: Path, *, replace: bool) -> int:
    """Bring a backup back into an empty place, and prove that it is what was kept."""
    if not replace and _is_used():
        raise refuse("这里已经有账，不能恢复；确要丢弃现有数据请加 --replace", where="数据库")
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.VAR) as folder:
        manifest = keeping.unpack(archive, Path(folder))
        if manifest.vendor != connection.vendor:
            raise refuse(
                f"这份备份来自 {manifest.vendor}，现在的数据库是 {connection.vendor}，请改 YIPANQI_DATABASE",
                where=str(archive),
            )
        _bring_back(Path(folder))
    serving.bring_up_to_date()
    print(f"已恢复 {manifest.made} 的备份，对照其存证核验：")
    return verifying.run(argparse.Namespace(against=manifest.checkpoint))


def _is_used() -> bool:
    """Whether anything was written here."""
    try:
        return checkpoint().size > 0
    except DatabaseError:
        return False  # not even a table


def _bring_back(folder: Path) -> None:
    dump, evidence = folder / keeping.DATABASE, folder / keeping.EVIDENCE
    connection.close()
    if connection.vendor == "postgresql":
        _run_tool(
            [
                "pg_restore",
                "--clean",
                "--if-exists",
                "--no-owner",
                "--single-transaction",
                *_where(),
                str(dump),
            ]
        )
    else:
        place = Path(str(settings.DATABASES["default"]["NAME"]))
        for tail in ("-wal", "-shm"):
            place.with_name(place.name + tail).unlink(missing_ok=True)
        dump.replace(place)
    if evidence.exists():
        shutil.copytree(evidence, settings.MEDIA_ROOT, dirs_exist_ok=True)


def drill() -> int:
    """Back up, bring it back in a scratch place, prove it there; say how long it took."""
    with TemporaryDirectory() as folder:
        kept, began = Path(folder) / "drill.tar.gz", time.monotonic()
        backup(kept)
        saved = time.monotonic()
        environment = {**os.environ, "YIPANQI_VAR": str(Path(folder) / "var")}
        if connection.vendor == "postgresql":
            result = _in_scratch_database(kept, environment)
        else:
            result = _restore_elsewhere(kept, environment)
        done = time.monotonic()
    print(f"备份 {(saved - began) / 60:.1f} 分钟，恢复并核验 {(done - saved) / 60:.1f} 分钟")
    print("演练成功" if result == 0 else "演练没有成功，请按上面的说明处理")
    return result


def _restore_elsewhere(kept: Path, environment: dict[str, str]) -> int:
    command = [sys.executable, "-c", AGAIN, "restore", str(kept)]
    return subprocess.run(command, env=environment, check=False).returncode


def _in_scratch_database(kept: Path, environment: dict[str, str]) -> int:
    """The same in a database of its own that is dropped afterwards."""
    known: dict[str, Any] = settings.DATABASES["default"]
    name = f"{known['NAME']}_drill"
    if connection.in_atomic_block:
        raise refuse("演练不能在事务里进行", where="drill")
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C.UTF-8'"
        )
    try:
        user, password = quote(str(known["USER"])), quote(str(known["PASSWORD"]))
        address = f"{user}:{password}@{known['HOST']}:{known['PORT'] or 5432}/{name}"
        environment["YIPANQI_DATABASE"] = f"postgresql://{address}"
        return _restore_elsewhere(kept, environment)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
