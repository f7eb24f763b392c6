"""D22: who introduced a project, where it landed and what new revenue it made, each opened to its records."""

from tests.stories.presets import chief, scored
from yipanqi.facts.projects.models import Part
from yipanqi.org.models import Unit

INTRODUCER = "市直单位27"


def test_an_introducers_award_opens_to_its_projects_and_each_says_where_it_landed(client, place):
    client.force_login(chief())
    found = scored(place)
    unit = Unit.objects.get(name=INTRODUCER)

    door = client.get(f"/scores/{unit.pk}/引进资金/").context["opened"]

    assert door.value == sum(one.amount for one in door.records) > 0
    landed = Part.objects.filter(
        project_id__in={one.project_id for one in door.records}, role="landing"
    )
    assert landed.exists()
    for part in landed.select_related("unit"):
        theirs = client.get(f"/scores/{part.unit_id}/落地资金/").context["opened"]
        mine = {one.project_id for one in door.records}
        assert mine & {one.project_id for one in theirs.records}
        assert found.sheet.values[part.unit.name]["承接资金"] > 0


def test_the_revenue_that_it_made_is_told_with_its_source(client, place):
    client.force_login(chief())
    unit = Unit.objects.get(name=INTRODUCER)

    door = client.get(f"/scores/{unit.pk}/新增税收/").context["opened"]

    [record] = door.records
    assert record.amount == door.value == scored(place).sheet.values[INTRODUCER]["新增税收"]
    assert "财政局重点项目税收台账" in record.label
