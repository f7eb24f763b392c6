"""What is measured without a server: scores, an import, and how many queries a page takes."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from os import times
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter
from typing import Any

import xlsxwriter
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.items import Figure, summed
from bench.server import spent_by
from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.reads.live import live
from yipanqi.cli.invented import invent, size_in_wan
from yipanqi.core.clock import now, today
from yipanqi.documents.imports import actions as imports
from yipanqi.documents.imports.models import Decision
from yipanqi.facts.projects.models import Project
from yipanqi.org.models import Person, Unit
from yipanqi.org.rules import Kind

METHOD = Path(__file__).with_name("twenty.yaml")
ROWS = 10_000
USUAL, FIRST_PAGE = 13, 15
"""No page asks the database more often; the first one looks over all modules."""


def most_queries(path: str) -> int:
    """How many queries a page may take."""
    return FIRST_PAGE if path == "/" else USUAL


def cpu() -> float:
    """Seconds of processor time of this process, its children, and its backend in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    own = times()
    return own.user + own.system + own.children_user + own.children_system + spent_by(str(pid))


@contextmanager
def undone() -> Iterator[None]:
    """What is written here leaves the county as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def scored() -> Figure:
    """Twenty figures of every holder counted, scored and ranked, from the facts up, three times."""
    place, took, spent = Unit.objects.get(kind=Kind.PLACE), list[float](), list[float]()
    with undone():
        for _ in range(3):
            adopt_method(place=place, text=METHOD.read_text("utf-8"), by=None, at=now())
            began = perf_counter(), cpu()
            with CaptureQueriesContext(connection) as queries:
                sheet = live(place.pk, day=today())
            took.append((perf_counter() - began[0]) * 1000)
            spent.append((cpu() - began[1]) * 1000)
    assert sheet is not None
    size = f"{len(sheet.holders)} 家 × {len(sheet.method.figures)} 项，{len(queries)} 次查询"
    figure = summed("计分：从事实到名次", "全县", 2000, took, median(spent))
    return Figure(**{**vars(figure), "counts": size})


def imported(person: Person) -> Iterator[Figure]:
    """A ledger of ten thousand lines: read and shown, then taken into the register."""
    content = _ledger()
    with undone():
        began, spent = perf_counter(), cpu()
        batch = imports.preview(
            content=content, name="测速台账.xlsx", kind=None, by=person, at=now()
        )
        shown = (perf_counter() - began) * 1000, (cpu() - spent) * 1000
        doubtful = batch.lines.exclude(doubles=[]).values_list("row", flat=True)
        imports.decide_doubles(batch=batch, decisions=dict.fromkeys(doubtful, Decision.NEW))
        began, spent = perf_counter(), cpu()
        fact = imports.confirm(batch=batch, by=person, at=now())
        taken = (perf_counter() - began) * 1000, (cpu() - spent) * 1000
    counts = f"{fact.taken} 行导入，{fact.left} 行没有导入"
    for name, limit, took in (("导入：预览", 15_000, shown), ("导入：确认", 5_000, taken)):
        figure = summed(f"{name} {ROWS} 行的 xlsx", "经办", limit, [took[0]], took[1])
        yield Figure(**{**vars(figure), "counts": counts})


def exported(person: Person) -> Iterator[Figure]:
    """The whole register as a workbook and as text: until the last byte, and the memory it took."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    for written in ("xlsx", "csv"):
        began, spent = perf_counter(), cpu()
        answer: Any = client.post("/projects/?all=1", {"export": written})
        size = sum(len(part) for part in answer.streaming_content)
        took, used = (perf_counter() - began) * 1000, (cpu() - spent) * 1000
        answer.close()
        memory = getrusage(RUSAGE_SELF).ru_maxrss // 1024
        rows = Project.objects.visible_to(person).count()
        counts = f"{rows} 行，{size / 1e6:.1f} MB，内存最多 {memory} MiB（上限 200）"
        figure = summed(f"导出：全部项目，{written}", "经办", 8_000, [took], used)
        yield Figure(**{**vars(figure), "counts": counts})


def _ledger() -> bytes:
    """A ledger as an office would send it, every line another project."""
    rng, seen, content = random.Random(11), set[str](), BytesIO()
    units = Unit.objects.filter(kind__in=[Kind.TOWNSHIP, Kind.ZONE]).order_by("pk")
    names = list(units.values_list("name", flat=True))
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["招商引资项目台账"])
        sheet.write_row(1, 0, ["序号", "项目名称", "投资方", "总投资（万元）", "责任单位"])
        for row in range(ROWS):
            made = invent(rng, seen)
            name = f"{made.name}（测速{row}号）"
            line = [row + 1, name, made.investor, size_in_wan(rng), rng.choice(names)]
            sheet.write_row(row + 2, 0, line)
    return content.getvalue()


PAGES = (
    *("/", "/todo/", "/find/?q=食品"),
    *(
        "/projects/?all=1",
        "/projects/?stage=signed",
        "/projects/?show=board",
        "/projects/?group=stage",
    ),
    "/projects/{project}/",
    "/scores/{holder}/",
)
CALLS = ("/api/projects?stage=signed", "/api/projects/sums", "/api/projects/{project}", "/api/nots")


def queries_of(person: Person) -> dict[str, int]:
    """How many queries each page and call takes, once it is warm."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    projects = Project.objects.visible_to(person).filter(stage="signed").order_by("-pk")
    names = {"project": projects[0].pk, "holder": person.acting_unit_id}
    found = {}
    for pattern in (*PAGES, *CALLS):
        path = pattern.format(**names)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        found[pattern] = len(queries)
    return found
