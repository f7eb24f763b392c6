"""E5: what was given and what was promised beyond it are both kept, and both are measured."""

from fractions import Fraction

from tests.stories.presets import chief

YI = 10**10
RAISED = {"高新区": (72, 80), "经开区": (60, 73), "综合保税区": (42, 75)}


def test_seventy_two_became_eighty_sixty_seventy_three_and_forty_two_seventy_five(client, place):
    client.force_login(chief())

    told = client.get("/api/targets?indicator=funds&group=zone").json()["items"]

    zones = {one["unit"]: one["tasks"][0] for one in told}
    assert {
        name: (task["assigned"] // YI, task["pledged"] // YI) for name, task in zones.items()
    } == RAISED
    for task in zones.values():
        assert Fraction(task["share"]) == Fraction(task["done"]) / task["assigned"]
