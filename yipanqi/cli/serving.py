"""`setup` prepares the database and the static files; `run` serves the pages."""

import argparse
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.crypto import get_random_string

from yipanqi.cli import demo
from yipanqi.core.problems import refuse
from yipanqi.dashboards.reads.start import code_file, is_empty
from yipanqi.ledger.models import Head
from yipanqi.ledger.reads import checkpoint, is_simulated
from yipanqi.org.actions.people import READABLE

TICK = "from yipanqi.cli import main; main(['tick'])"
TICK_SECONDS = 600


def add_parser(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verbs `setup` and `run`."""
    prepare = listed.add_parser("setup", help="建好数据库和静态文件；可反复运行")
    prepare.set_defaults(run=lambda _: setup())
    serve = listed.add_parser("run", help="启动网页服务")
    serve.add_argument("--bind", default="127.0.0.1:8000", help="地址:端口")
    serve.add_argument("--workers", type=int, default=2, help="进程数")
    serve.add_argument("--demo", action="store_true", help="数据库为空时装入演示县")
    serve.set_defaults(run=run)


def setup() -> int:
    """Bring the database to this release and collect the static files; may be run again and again."""
    bring_up_to_date()
    if settings.CLOCK_OFFSET and checkpoint().size and not is_simulated():
        raise refuse("真实账本不能拨动时钟，请去掉 YIPANQI_NOW", where="YIPANQI_NOW")
    collect_static_files()
    return 0


def bring_up_to_date() -> None:
    """Bring the database to this release."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    check_collation()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def collect_static_files() -> None:
    """Collect and compress the static files, unless they are those of last time."""
    files = [
        Path(storage.path(name)).stat()
        for finder in get_finders()
        for name, storage in finder.list([])
    ]
    wanted = hashlib.sha256(repr([(f.st_size, f.st_mtime_ns) for f in files]).encode()).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / "collected.txt"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != wanted:
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(wanted, encoding="ascii")


def check_collation() -> None:
    """Refuse a PostgreSQL database that cannot tell Chinese characters apart."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        (ctype,) = cursor.fetchone()
    if ctype == "C":
        raise refuse(
            "数据库的 LC_CTYPE 是 C，不能检索中文；请用 C.UTF-8 或 zh_CN.UTF-8 重建", where="数据库"
        )


def run(args: argparse.Namespace) -> int:
    """Prepare, load the demo county once where asked, say who can sign in, and serve."""
    setup()
    if args.demo and checkpoint().size == 0:
        demo.load()
    environment = dict(os.environ)
    if is_simulated():
        print(demo.accounts())
        environment.setdefault("YIPANQI_NOW", Head.objects.get(pk=1).clock.isoformat())
    if is_empty():
        print(f"开账口令：{fresh_code()}（打开网页后填入，只用一次）", flush=True)
    print(f"打开 http://{args.bind}/ ，按 Ctrl-C 停止", flush=True)
    server = subprocess.Popen(
        [
            os.path.join(os.path.dirname(sys.executable), "gunicorn"),
            "yipanqi.wsgi:application",
            *("--bind", args.bind, "--worker-class", "gthread", "--threads", "4"),
            *("--workers", str(args.workers), "--preload", "--log-level", "warning"),
        ],
        env=environment,
    )
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _frame: server.send_signal(number))
    return _tick_until_it_ends(server, environment)


def fresh_code() -> str:
    """A new code for whoever stands at this console: with it, and only with it, a place is founded."""
    code, kept = get_random_string(16, READABLE), code_file()
    kept.unlink(missing_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(code, encoding="ascii")
    return code


def _tick_until_it_ends(server: "subprocess.Popen[bytes]", environment: Mapping[str, str]) -> int:
    """Do what has become due every few minutes, by the pages' own clock, while they are served."""
    while True:
        subprocess.run([sys.executable, "-c", TICK], env=environment, check=False)
        try:
            return server.wait(timeout=TICK_SECONDS)
        except subprocess.TimeoutExpired:
            continue
