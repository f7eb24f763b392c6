"""Measure everything, print a table with the limits, keep the figures in var/bench.json."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from bench import DATABASE, VAR, county, crowd, inside
from bench.items import SERVED, Figure, measured
from bench.server import Client, serving
from yipanqi.facts.projects.models import Project
from yipanqi.ledger.reads import checkpoint

PROJECTS, FEW = 100_000, 400


def main() -> None:
    """Load the county where there is none, measure, tell."""
    county.prepare(PROJECTS)
    machine = _machine()
    print("；".join(f"{name} {value}" for name, value in machine.items()))
    print(f"{'测量项':<30}{'身份':<6}{'上限':>8}{'p50':>9}{'p95':>9}{'CPU':>8}{'比上限':>8}")
    figures = []
    for figure in _figures():
        figures.append(figure)
        print(_line(figure), flush=True)
    queries = _queries()
    kept = {
        "machine": machine,
        "figures": [figure.data() for figure in figures],
        "queries": queries,
    }
    VAR.mkdir(exist_ok=True)
    (VAR / "bench.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")


def _figures() -> Iterator[Figure]:
    people = {"联络员": county.liaison(), "经办": county.clerk()}
    with serving() as server:
        for item in SERVED:
            for who, person in people.items():
                client = Client(server.port, county.session_of(person))
                yield measured(item, who, person, client, server)
    yield from inside.exported(people["经办"])
    yield from crowd.crowded(people["经办"])
    yield inside.scored()
    yield from inside.imported(people["经办"])


def _line(figure: Figure) -> str:
    limit = f"{figure.limit:g}" if figure.limit else "—"
    cpu = f"{figure.cpu:.1f}" if figure.cpu is not None else "—"
    ratio = "—" if figure.ratio is None else f"{figure.ratio:.2f}{' ✗' if figure.ratio > 1 else ''}"
    words = f"{figure.name}{'　' * max(0, 22 - len(figure.name))} {figure.who}"
    numbers = f"{limit:>8}{figure.p50:>9.1f}{figure.p95:>9.1f}{cpu:>8}{ratio:>9}"
    return f"{words:<28}{numbers}  {figure.counts}"


def _queries() -> dict[str, dict[str, int]]:
    """The queries of each page here and in a small county: few, and as many here as there."""
    here = inside.queries_of(county.liaison())
    small = f"{DATABASE}_{FEW}"
    done = subprocess.run(
        [sys.executable, "-m", "bench.counting", str(FEW)],
        env={**os.environ, "YIPANQI_BENCH_DATABASE": small, "YIPANQI_VAR": f"{VAR}/bench-{FEW}"},
        capture_output=True,
        text=True,
        check=True,
    )
    there = json.loads(done.stdout.splitlines()[-1])
    for path, count in here.items():
        wrong = count > inside.most_queries(path) or count != there[path]
        print(
            f"查询次数 {path:<30} {FEW} 个项目 {there[path]:>3}，现在 {count:>3}{' ✗' if wrong else ''}"
        )
    return {"here": here, "small": there}


def _machine() -> dict[str, str]:
    """On what was measured: figures of another machine are other figures."""
    listed = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in listed if "model name" in line), "")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    return {
        "处理器": f"{model} × {os.cpu_count()}",
        "负载": f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
        "PostgreSQL": str(version).split()[0],
        "项目": str(Project.objects.count()),
        "账本": str(checkpoint().size),
    }


if __name__ == "__main__":
    main()
