"""A4a: every leader and unit names a liaison, with a substitute and a term; who has none is named."""

import pytest

from yipanqi.org.models import Unit
from yipanqi.place.factories import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_the_units_without_a_liaison_are_named_until_each_has_one(client):
    county = make_county()
    client.force_login(county.administrator)

    def vacant():
        items = client.get("/api/units").json()["items"]
        return {one["name"] for one in items if not one["liaisons"]}

    reporting = Unit.objects.filter(posts__role="liaison").values_list("name", flat=True)
    offices = set(Unit.objects.under(county.place.path).offices().values_list("name", flat=True))
    assert vacant() == offices - set(reporting)

    for number, name in enumerate(sorted(vacant())):
        person = {
            "username": f"liaison{number}",
            "name": f"联络员{number}",
            "unit": county.units[name].pk,
            "title": "联络员",
            "role": "liaison",
            "capacity": "member",
            "from_on": "2026-11-20",
            "until_on": "2026-12-31",
        }
        client.post("/org/people/new/", person)
    person |= {"username": "substitute", "capacity": "substitute", "until_on": ""}
    client.post("/org/people/new/", person)

    assert vacant() == set()
    told = client.get("/api/units").json()["items"]
    assert [one["name"] for one in told if one["substitutes"]] == [name]
    shown = client.get("/org/?show=terms").content.decode()
    assert "任期 2026-12-31 届满，还有 41 天" in shown
