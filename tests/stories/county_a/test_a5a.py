"""A5a: daily instead of yearly: the table is live, a signing accepted today counts today."""

from tests.stories.presets import chief, on, scored
from yipanqi.facts.projects.models import Project
from yipanqi.org.models import Unit
from yipanqi.standing.factories import County, make_project, recognise


def test_what_is_accepted_today_moves_the_table_today_and_yesterday_stays(client, place):
    units = {unit.name: unit for unit in Unit.objects.under(place.path)}
    behind = scored(place).group_of("乡镇01").rows[-1].holder
    before = scored(place).row(behind)
    county = County(place, units, {"clerk": chief()})
    project = make_project(county, name="今天认定的项目", unit=behind, by=chief())

    for node in ("lead", "talks", "appraised", "signed"):
        recognise(project, node, on=on("2026-11-20"))

    after, yesterday = scored(place).row(behind), scored(place, day=on("2026-11-19")).row(behind)
    assert Project.objects.filter(pk=project.pk, stage="signed").exists()
    assert after.line("签约项目").points == before.line("签约项目").points + 30
    assert yesterday.line("签约项目").points == before.line("签约项目").points
    client.force_login(chief())
    told = client.get(f"/scores/{units[behind].pk}/").content.decode()
    assert f"{float(after.total):.2f}" in told
