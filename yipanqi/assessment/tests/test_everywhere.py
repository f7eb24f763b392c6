"""The sheets of many places at once are those of each place alone."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yipanqi.assessment.actions import adopt_method
from yipanqi.assessment.reads.everywhere import everywhere
from yipanqi.assessment.reads.live import live
from yipanqi.assessment.rules.sheets import as_json
from yipanqi.facts.targets.actions import set_targets
from yipanqi.standing.factories import NOON, County, make_county, make_project, recognise

TODAY = date(2026, 11, 20)
ANNUAL = Path("methods/county-a/method.yaml").read_text(encoding="utf-8")
SHARE = """\
method: 贡献办法
full: 100
figures:
  签约数: {unit: 个, measure: projects, node: signed}
  全县签约: {unit: 个, measure: projects, node: signed, of: place}
groups:
  - group: 乡镇组
    kinds: [township]
    items:
      - {item: 贡献, says: 按占全县的比重得分。, full: 100, points: "=IF(全县签约=0, 0, 满分*签约数/全县签约)"}
"""


def county_with(name: str, prefix: str, method: str, sizes: tuple[int, ...]) -> County:
    county = make_county(name, prefix=prefix)
    adopt_method(place=county.place, text=method, by=county.chief, at=NOON)
    targets = [(unit, code, 3) for unit in county.units.values() for code in ("signed", "funds")]
    set_targets(targets=targets, year=2026, basis="年度任务", by=county.chief, at=NOON)
    for size in sizes:
        recognise(make_project(county, total=size * 10**6), "signed")
    return county


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.mark.parametrize("method", [ANNUAL, SHARE], ids=["alike", "of the whole place"])
def test_the_sheets_of_many_places_are_those_of_each_alone(db, method):
    green = county_with("青禾县", "", method, (8000, 60000))
    white = county_with("白水县", "b_", method, (9000,))
    bare = make_county("无办法县", prefix="c_")

    found = list(everywhere([green.place.pk, white.place.pk, bare.place.pk], day=TODAY))

    assert [one.version.place_id for one in found] == [green.place.pk, white.place.pk]
    for one in found:
        alone = live(one.version.place_id, day=TODAY)
        assert alone
        assert as_json(one.sheet) == as_json(alone.sheet)
    signed = [one.sheet.values["青山镇"]["签约数"] for one in found]
    assert signed == [2, 1]


def test_more_places_ask_no_more_questions(db):
    one = county_with("青禾县", "", ANNUAL, (8000,))
    other = county_with("白水县", "b_", ANNUAL, (9000,))
    list(everywhere([one.place.pk], day=TODAY))

    with CaptureQueriesContext(connection) as few:
        list(everywhere([one.place.pk], day=TODAY))
    with CaptureQueriesContext(connection) as more:
        list(everywhere([one.place.pk, other.place.pk], day=TODAY))

    assert len(more) == len(few) + 2  # who is paired with whom, and their names, of each place
