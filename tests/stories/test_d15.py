"""D15: 71 city units and 12 counties compete; at a date 53 of the 71 had met their target."""

from datetime import date, timedelta

import pytest

from tests.stories.counties import county_with
from yipanqi.facts.targets.actions import Ground, set_tasks
from yipanqi.facts.targets.rules import Task
from yipanqi.org.factories import NOON
from yipanqi.org.rules import Kind
from yipanqi.standing.factories import make_project, recognise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
UNITS = [f"市直单位{number:02}" for number in range(1, 72)]
COUNTIES = [f"县市区{number:02}" for number in range(1, 13)]
DAY = date(2026, 6, 30)


def signed_on(number: int) -> date:
    """When the contestant of this number signed its project: one every three days from 25 January on."""
    return date(2026, 1, 25) + timedelta(days=3 * number)


def test_fifty_three_of_seventy_one_had_met_their_target_at_a_date(client):
    county = county_with({Kind.OTHER_DEPARTMENT: UNITS, Kind.PLACE: COUNTIES})
    contestants = [*UNITS, *COUNTIES]
    tasks = [
        Task(holder_id=county.units[name].pk, indicator="signed", amount=1) for name in contestants
    ]
    ground = Ground(basis="市委办〔2026〕5号")
    set_tasks(tasks=tasks, year=2026, ground=ground, by=county.clerk, at=NOON)
    signings = {name: signed_on(number) for number, name in enumerate(UNITS)}
    signings |= {name: signed_on(20 * number) for number, name in enumerate(COUNTIES[:4])}
    for name, day in signings.items():
        recognise(make_project(county, name=name, unit=name), "signed", on=day)
    client.force_login(county.leader)

    def met(kind, day):
        found = client.get(f"/api/targets?indicator=signed&group={kind}&day={day}").json()
        return found["met"], found["contestants"]

    by_hand = sum(signings[name] <= DAY for name in UNITS)
    assert by_hand == 53
    assert met("other_department", DAY) == (53, 71)
    assert met("place", DAY) == (sum(signings.get(n, NOON.date()) <= DAY for n in COUNTIES), 12)
    assert met("other_department", "2026-11-20") == (71, 71)
    page = client.get(f"/targets/?indicator=signed&group=other_department&day={DAY}")
    text = page.content.decode()
    assert "71 个有任务的单位中 53 个已完成" in text
    opened = client.get(f"/targets/?indicator=signed&group=other_department&day={DAY}&state=met")
    assert '列出 <strong data-n="53">' in opened.content.decode()
    later = next(name for name in UNITS if signings[name] > DAY)
    door = f"/targets/records/?holder={county.units[later].pk}&indicator=signed&day={DAY}"
    assert '<strong data-n="0"' in client.get(door).content.decode()
