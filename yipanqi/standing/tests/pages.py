"""What tests of pages need: a fixed day, a page as somebody sees it, and what it asks."""

import csv
import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import openpyxl
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yipanqi.facts.projects.models import Project
from yipanqi.place.rules import parsed
from yipanqi.standing.actions import plan_node
from yipanqi.standing.factories import make_project, recognise, settings_text

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
SETTINGS = parsed(settings_text())
MOST = 14
"""No page of a list or of one project asks the database more often."""


def of(person, address, **extra):
    client = Client()
    client.force_login(person)
    return client.get(address, **extra)


def listed(person, query=""):
    """The names on a list, and what it says of their number and sum."""
    page = of(person, f"/projects/{query}")
    assert page.status_code == 200
    rows = page.context.get("rows") or []
    totals = page.context["totals"]
    return [row.project.name for row in rows], totals.number, totals.total_fen


def days_ago(days):
    return TODAY - timedelta(days=days)


def at(day):
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def asked_for(person, address):
    client = Client()
    client.force_login(person)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def page(response):
    return response.content.decode()


def hidden(name, response):
    """What the page sends back unseen."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page(response))
    assert found is not None
    return found[1]


def make_lamps(county):
    """One project for each thing a lamp can say."""
    signed = {"overdue": 40, "near": 22, "calm": 3, "still": 70}
    for name, days in signed.items():
        recognise(make_project(county, name=name, at=at(days_ago(200))), on=days_ago(days))
    still = Project.objects.get(name="still")
    plan_node(
        project=still, node="registered", planned_on=days_ago(-90), reason="延", by=None, at=NOON
    )
    make_project(county, name="unsigned", at=at(days_ago(90)))
    done = make_project(county, name="done", at=at(days_ago(300)))
    for node in SETTINGS.order[SETTINGS.order.index("signed") :]:
        recognise(done, node, on=days_ago(100))
    half = make_project(county, name="in statistics", at=at(days_ago(300)))
    for node in ("signed", "registered", "land", "started", "statistics"):
        recognise(half, node, on=days_ago(10))


def workbook(answer):
    """The rows of a workbook that was sent."""
    assert answer.status_code == 200, page(answer)
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    return list(sheet.iter_rows(values_only=True))


def text_file(answer):
    """The rows of a text that was sent."""
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(content)))
