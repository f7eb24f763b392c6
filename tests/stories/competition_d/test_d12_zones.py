"""D12: two zones signed 14 projects of 10.4 billion and 12 of 20.3 billion."""

from tests.stories.presets import board, scored, shown


def test_one_zone_signed_14_of_10_4_billion_and_the_other_12_of_20_3(place):
    found = scored(place)

    zones = {
        name: (shown(found, name, "签约数"), shown(found, name, "签约额"))
        for name in ("高新区", "经开区")
    }
    assert zones == {"高新区": ("14", "104.0"), "经开区": ("12", "203.0")}
    assert [(row.holder, row.place) for row in board(found, "园区签约额").values()] == [
        ("经开区", 1),
        ("高新区", 2),
    ]
