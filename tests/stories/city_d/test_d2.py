"""D2: signing, funds-in-place, start rates and fulfilment; every numerator and denominator opens."""

import pytest

from tests.stories.presets import board, chief, scored, shown
from yipanqi.org.models import Unit

PARTS = {
    "签约率": ("签约数", "线索数"),
    "资金到位率": ("签约资金", "合同额"),
    "开工投产率": ("开工数", "签约数"),
    "履约率": ("三年履约", "三年签约"),
}


@pytest.mark.parametrize("rate", PARTS)
def test_a_rate_is_its_numerator_over_its_denominator_and_both_open(client, place, rate):
    found = scored(place)
    client.force_login(chief())
    over, under = PARTS[rate]
    unit = Unit.objects.get(name="区县03")
    values = found.sheet.values[unit.name]

    assert values[rate] == values[over] / values[under]
    assert board(found, rate)[unit.name].value == values[rate]
    for name in (over, under):
        door = client.get(f"/scores/{unit.pk}/{name}/")
        opened = door.context["opened"]
        assert sum(one.amount for one in opened.records) == opened.value == values[name]
    page = client.get(f"/scores/{unit.pk}/").content.decode()
    assert shown(found, unit.name, rate) in page


def test_the_points_follow_from_the_rates(place):
    found = scored(place)

    for row in found.sheet.groups[0].rows:
        values = found.sheet.values[row.holder]
        assert row.line("签约率").points == 25 * values["签约率"]
        assert row.line("资金到位率").points == 30 * min(2 * values["资金到位率"], 1)
        assert row.total == sum(line.points for line in row.lines)
