"""O1: who coordinates, who follows landed projects, who sorts leads; a promotion office everywhere."""

import pytest

from yipanqi.org.models import Duty
from yipanqi.org.rules import Function
from yipanqi.place.factories import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_functions_are_given_and_a_function_without_a_unit_is_named(client):
    county = make_county()
    client.force_login(county.clerk)
    before = client.get("/org/").content.decode()
    assert before.count("还没有单位承担") == len(Function)

    given = {
        "招商促进局": ("coordinates", "follows", "promotes"),
        "发展和改革局": ("sorts",),
        "青山镇": ("promotes",),
        "柳河镇": ("promotes",),
    }
    for name, functions in given.items():
        for function in functions:
            address = f"/org/units/{county.units[name].pk}/duty/"
            assert client.post(address, {"function": function}).status_code == 302

    assert "还没有单位承担" not in client.get("/org/").content.decode()
    assert Duty.objects.current().filter(function=Function.PROMOTES).count() == 3
