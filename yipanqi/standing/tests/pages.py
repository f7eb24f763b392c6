"""What tests of pages need: a fixed day, a page as somebody sees it, and what it asks."""

import re
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
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
