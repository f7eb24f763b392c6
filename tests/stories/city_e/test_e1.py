"""E1: ten committees, districts and zones at once; a committee's own and its members' tasks both shown."""

from tests.stories.presets import board, chief, listed, scored, shown
from yipanqi.org.models import Unit


def test_three_kinds_are_scored_side_by_side_each_in_its_own_group(place):
    found = scored(place)

    sizes = {group.group: len(group.rows) for group in found.sheet.groups}
    assert sizes == {"产业投促委组": 10, "区县组": 8, "开发区组": 3}
    assert all(row.total is not None for group in found.sheet.groups for row in group.rows)


def test_a_committee_that_only_passed_tasks_on_is_named_and_its_page_shows_both(client, place):
    found = scored(place)
    passed = listed(found, "只分任务", "产业投促委组")

    assert sorted(passed) == ["数字经济产业投促委", "纺织服装产业投促委"]
    client.force_login(chief())
    unit = Unit.objects.get(name=passed[0])
    page = client.get(f"/targets/{unit.pk}/")
    joints = {one.own.indicator.code: one for one in page.context["held"].joints}
    assert joints["signed_100m"].own.done == 0
    assert joints["signed_100m"].members.done > 0
    assert "只分任务，本级没有完成数" in page.content.decode()


def test_completion_by_what_was_given_from_above_leads_the_board(place):
    found = scored(place)

    rates = board(found, "资金完成率")
    for name in ("高新区", "经开区", "综合保税区"):
        values = found.sheet.values[name]
        assert rates[name].value == values["到位资金"] / values["资金任务"]
        assert shown(found, name, "资金完成率").endswith("%")
