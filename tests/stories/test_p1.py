"""P1: completion beside the share of the year that is over, strong and weak indicators apart."""

from datetime import date
from fractions import Fraction

import pytest

from yipanqi.facts.targets.actions import set_targets
from yipanqi.org.factories import NOON
from yipanqi.place.factories import make_county
from yipanqi.standing.factories import make_project, recognise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
WAN = 1_000_000
ARRIVED = {date(2026, 3, 1): 300, date(2026, 5, 20): 100, date(2026, 9, 1): 500}
"""万元 by day, against a task of 1,000."""

POINTS = [
    (date(2026, 3, 14), "20.0%", "距季末还有 17 天"),  # a fifth of the year is gone
    (date(2026, 6, 15), "45.5%", "距季末还有 15 天"),  # five and a half months
    (date(2026, 9, 20), "72.1%", "距季末还有 10 天"),  # ten days to the quarter's end
]


def test_pace_is_told_at_three_points_of_the_year_with_strong_and_weak_apart(client):
    county = make_county()
    town = county.units["青山镇"]
    targets = [(town, "funds", 1000 * WAN), (town, "signed", 2)]
    set_targets(targets=targets, year=2026, basis="文件", by=county.clerk, at=NOON)
    project = make_project(county)
    recognise(project, "signed", on=date(2026, 3, 10))
    for day, wan in ARRIVED.items():
        recognise(project, "funds", on=day, amount=wan * WAN)
    client.force_login(county.leader)

    for day, elapsed, left in POINTS:
        page = client.get(f"/targets/?day={day}").content.decode()
        assert f"时间进度 {elapsed}" in page
        assert left in page
        arrived = sum(wan for on, wan in ARRIVED.items() if on <= day)
        gone = Fraction((day - date(2025, 12, 31)).days, 365)
        told = client.get(f"/api/targets?day={day}").json()
        shares = {one["indicator"]: one for one in told["together"]}
        assert Fraction(told["elapsed"]) == gone
        assert Fraction(shares["funds"]["share"]) == Fraction(arrived, 1000)
        assert Fraction(shares["funds"]["lag"]) == (gone - Fraction(arrived, 1000)) * 100
        strong, weak = page.split("长板")[1].split("短板")[:2]
        name = "到位资金"
        assert (name in strong) is (Fraction(arrived, 1000) >= gone)
        assert (name in weak.split("</section>")[0]) is (Fraction(arrived, 1000) < gone)
