"""E2: 406 batches and 1,255 person-times of trips out, by unit, each with whom and where."""

from django.db.models import Count

from tests.stories.presets import chief, scored
from yipanqi.facts.activities.models import Contact
from yipanqi.org.models import Unit


def test_406_batches_and_1255_person_times_by_unit(place):
    found = scored(place)
    values = found.sheet.values

    assert sum(values[name]["外出批次"] for name in found.holders) == 406
    assert sum(values[name]["外出人次"] for name in found.holders) == 1255
    trips = Contact.objects.filter(kind="visit", happened_on__year=2026)
    by_hand = trips.values_list("holder__name").annotate(
        batches=Count("pk", distinct=True), people=Count("presences")
    )
    told = {name: (batches, people) for name, batches, people in by_hand.order_by()}
    for name in found.holders:
        assert (values[name]["外出批次"], values[name]["外出人次"]) == told.get(name, (0, 0))


def test_a_units_trips_open_to_whom_it_met(client, place):
    client.force_login(chief())
    unit = Unit.objects.get(name="高新区")

    opened = client.get(f"/scores/{unit.pk}/外出批次/").context["opened"]

    assert len(opened.records) == opened.value > 0
