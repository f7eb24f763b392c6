"""What has become due is done once, however often it is asked for."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.helpers import lifted_triggers
from yipanqi.cli import ticking
from yipanqi.ledger.models import Entry, Head
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county, make_settings

pytestmark = pytest.mark.django_db


def test_definitions_come_into_force_on_their_day(settings, capsys):
    county = make_county()
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)
    make_settings(county, valid_from="2026-12-01")

    ticking.run()
    settings.CLOCK_OFFSET += timedelta(days=11)
    ticking.run()
    ticking.run()

    assert capsys.readouterr().out == "青禾县 口径第 2 版生效，期限已重算\n"


def test_a_ledger_that_is_not_opened_has_nothing_due():
    with lifted_triggers():
        Entry.objects.all().delete()
        Head.objects.all().delete()

    assert ticking.due() == []
