"""What stories of the five texts have in common: a preset with its records, and its scores."""

from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.test import override_settings

from yipanqi.assessment.reads.live import live
from yipanqi.cli.demo.whole import load_preset
from yipanqi.cli.founding import TODAY
from yipanqi.dashboards.reads.presets import preset_named
from yipanqi.org.models import Person


@contextmanager
def loading(name, blocker, kept):
    """A place made from a preset, with all its records; nothing of it is left behind."""
    files = override_settings(MEDIA_ROOT=kept / "files", VAR=kept)
    with blocker.unblock(), files, transaction.atomic():
        yield load_preset(preset_named(name))
        transaction.set_rollback(True)


def chief():
    """Who answers for the promotion bureau of such a place."""
    return Person.objects.get(username="fuzeren")


def scored(place, *, code="", day=TODAY):
    """The place's live sheet by one of its methods on a day."""
    found = live(place.pk, day=day, code=code)
    assert found is not None
    return found


def shown(found, holder, name):
    """A figure of a holder as it is printed."""
    value = found.sheet.values[holder][name]
    return next(one for one in found.method.figures if one.name == name).show(value)


def listed(found, name, group=""):
    """Who stands on a list, in one group or in all."""
    lists = [one for one in found.sheet.lists if one.name == name and group in ("", one.group)]
    return [holder for one in lists for holder in one.holders]


def board(found, name):
    """A board as it is printed: each holder with place and value, group by group."""
    rows = [row for one in found.sheet.boards if one.board == name for row in one.rows]
    return {row.holder: row for row in rows}


def on(text):
    """A day as it is written."""
    return date.fromisoformat(text)
