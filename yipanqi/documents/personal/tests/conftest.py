"""What tests of pledges and personal files begin with: a county whose holders carry tasks."""

import pytest

from yipanqi.core.numbers import FEN_PER_WAN
from yipanqi.facts.targets.actions import set_targets
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county


@pytest.fixture
def county(at_noon):
    county = make_county()
    units = county.units
    given = [(units["青山镇"], "signed", 3), (units["青山镇"], "funds", 10_000 * FEN_PER_WAN)]
    given += [(units[name], "signed", 1) for name in ("柳河镇", "县长岗位")]
    set_targets(targets=given, year=2026, basis="青办发〔2026〕3号", by=county.clerk, at=NOON)
    return county


@pytest.fixture
def clerk(client, county):
    client.force_login(county.clerk)
    return client


@pytest.fixture
def township(client, county):
    client.force_login(county.liaison())
    return client
