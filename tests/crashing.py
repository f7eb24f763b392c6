"""Run in a process of its own: an import that kills itself at one of its statements."""

import io
import os
import signal
import sys

import django
import xlsxwriter

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from yipanqi.documents.imports import actions  # noqa: E402
from yipanqi.documents.imports.models import Batch  # noqa: E402
from yipanqi.facts.projects.models import Claim, Part, Pending, Project  # noqa: E402
from yipanqi.ledger.actions import found  # noqa: E402
from yipanqi.ledger.reads import findings  # noqa: E402
from yipanqi.org.models import Person  # noqa: E402
from yipanqi.standing.factories import NOON, make_county  # noqa: E402

ROWS = 400


class Statements:
    """Counts what is sent to the database and dies before statement `last`, if one is given."""

    def __init__(self, last: int = 0) -> None:
        self.sent, self.last = 0, last

    def __call__(self, execute, sql, params, many, context):
        self.sent += 1
        if self.sent == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def ledger() -> bytes:
    """A ledger of some hundred projects, each with a day of signing."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("项目名称", "投资方", "总投资（万元）", "签约日期", "责任单位"))
    for number in range(1, ROWS + 1):
        name, investor = f"{number:04d}号机械加工项目", f"{number:04d}号投资"
        sheet.write_row(number, 0, (name, investor, 1000 + number, "2026-03-05", "青山镇"))
    book.close()
    return buffer.getvalue()


def prepare() -> None:
    """A county with one ledger read and not yet confirmed."""
    call_command("migrate", verbosity=0)
    found(simulated=True, place="青禾县")
    county = make_county()
    batch = actions.preview(content=ledger(), name="台账.xlsx", kind=None, by=county.clerk, at=NOON)
    doubled = batch.lines.exclude(doubles=[]).count()
    sys.stdout.write(f"{doubled}\n")


def confirm(last: int) -> None:
    """Confirm the ledger; die before statement `last`."""
    statements = Statements(last)
    with connection.execute_wrapper(statements):
        clerk = Person.objects.get(username="clerk")
        actions.confirm(batch=Batch.objects.get(), by=clerk, at=NOON)
    sys.stdout.write(f"{statements.sent}\n")


def count() -> None:
    """What is there now, and what the ledger says of it."""
    tables = (Project, Part, Claim, Pending)
    counts = [model._default_manager.count() for model in tables]
    broken = len(list(findings()))
    state = Batch.objects.get().state
    sys.stdout.write(" ".join(map(str, [*counts, broken, state])) + "\n")


if __name__ == "__main__":
    verb, *rest = sys.argv[1:]
    {"prepare": prepare, "count": count}.get(verb, lambda: confirm(int(rest[0])))()
