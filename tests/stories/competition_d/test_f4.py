"""F4: only two of the city units' projects, 2.4 %, landed in the key park."""

from tests.stories.presets import board, scored

PARK = "循环经济产业园"


def test_two_of_the_city_units_projects_landed_in_the_key_park(place):
    found = scored(place)

    row = board(found, "承接市直项目")[PARK]

    assert found.sheet.values[PARK]["承接"] == 2
    assert found.method.printed(row.value * 100, 1) == "2.4"
    assert sum(each.value for each in board(found, "承接市直项目").values()) == 1
