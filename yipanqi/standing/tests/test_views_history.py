"""The history of a record: in words, for whoever may see the record, and for nobody else."""

import pytest

from yipanqi.core.numbers import FEN_PER_YI
from yipanqi.facts.activities.factories import make_check, make_contact, make_paired
from yipanqi.facts.projects.actions.register import amend_project
from yipanqi.facts.targets.actions import set_targets
from yipanqi.org.actions import amend_person, amend_unit
from yipanqi.org.models import Charter
from yipanqi.standing.factories import NOON, make_claim, make_county, make_project
from yipanqi.standing.tests.pages import asked_for, of, page

pytestmark = pytest.mark.usefixtures("at_noon")


def history(person, kind, pk):
    return of(person, f"/history/{kind}/{pk}/")


def said(response):
    return [
        (row.kind, change.label, change.before, change.after)
        for row in response.context["rows"]
        for change in row.changes
    ]


def test_a_change_is_told_with_its_label_before_and_after(county):
    project = make_project(county)
    amend_project(
        project=project,
        changes={"total": 5 * FEN_PER_YI, "level": "city"},
        version=1,
        by=county.clerk,
        at=NOON,
        reason="增资",
    )

    response = history(county.clerk, "project", project.pk)

    assert ("修改项目", "总投资", "3.6亿元", "5亿元") in said(response)
    assert ("修改项目", "重点级别", "一般", "市重点") in said(response)
    assert ("修改项目", "理由", "", "增资") in said(response)
    assert "王clerk" in page(response)


def test_everything_about_a_project_is_there_in_words(county):
    project = make_paired(county)
    make_claim(project, "funds")
    make_check(project, county.units["县长岗位"])

    told = said(history(county.liaison(), "project", project.pk))

    assert ("申报", "环节", "", "到位资金") in told
    assert ("申报", "金额", "", "1,200万元") in told
    assert ("包保检查", "形象进度", "", "主体厂房封顶") in told
    assert ("参与单位与份额", "包保领导", "", "县长岗位") in told
    assert ("申报", "单位", "", "青山镇") in told


def test_personal_columns_say_only_that_they_changed(county):
    person = county.liaison()
    amend_person(person, {"phone": "13800000000"}, version=1, by=county.administrator, at=NOON)

    response = history(county.clerk, "person", person.pk)

    assert ("修改人员", "电话", "已更改", "已更改") in said(response)
    assert "13800000000" not in page(response)
    assert "commit:" not in page(response)


def test_a_units_history_has_its_posts_its_pairings_and_its_tasks(county):
    town = county.units["青山镇"]
    amend_unit(town, {"name": "青山街道"}, version=1, by=county.clerk, at=NOON, reason="改设街道")
    given = [(town, "signed", 3), (town, "funds", FEN_PER_YI)]
    set_targets(targets=given, year=2026, basis="3号", by=county.clerk, at=NOON)

    told = said(history(county.verifier(), "unit", town.pk))

    assert ("修改单位", "名称", "青山镇", "青山街道") in told
    assert ("包保结对", "包保领导", "", "县长岗位") in told
    assert ("任职", "人员", "", "王qingshan") in told
    assert ("下达任务", "任务数", "", "1亿元") in told
    assert ("下达任务", "任务数", "", "3") in told


def test_what_is_filed_under_a_unit_needs_its_own_right(county):
    town = county.units["青山镇"]
    make_contact(county)

    def kinds(person):
        return {row.kind for row in history(person, "unit", town.pk).context["rows"]}

    assert "报接洽" in kinds(county.liaison())
    assert "报接洽" in kinds(county.clerk)
    assert "报接洽" not in kinds(county.liaison("柳河镇"))
    assert "报接洽" not in kinds(county.verifier())


def test_projects_out_of_sight_are_not_named(county):
    project = make_project(county, unit="柳河镇", name="柳河的项目")
    make_contact(county, project_id=project.pk)

    response = history(county.liaison(), "unit", county.units["青山镇"].pk)

    assert "柳河的项目" not in page(response)
    assert "（不在你的查看范围）" in page(response)


def test_numbers_lead_into_the_ledger_for_whoever_reads_it(county):
    project = make_project(county)

    assert "/ledger/?before=" in page(history(county.clerk, "project", project.pk))
    assert "/ledger/?before=" not in page(history(county.liaison(), "project", project.pk))


@pytest.mark.parametrize("kind", ["project", "unit", "person", "post", "document", "nothing"])
def test_a_record_out_of_sight_has_no_history(county, kind):
    other = make_county("白水县", prefix="bs-")
    project = make_project(other)
    person = other.liaison()
    keys = {
        "project": project.pk,
        "unit": other.place.pk,
        "person": person.pk,
        "post": person.held[0].pk,
    }

    assert history(county.clerk, kind, keys.get(kind, 1)).status_code == 404


def test_a_project_of_others_and_a_right_that_lacks_are_both_not_found(county):
    project = make_project(county, unit="柳河镇")

    assert history(county.liaison(), "project", project.pk).status_code == 404
    assert history(county.administrator, "project", project.pk).status_code == 404
    assert history(county.administrator, "charter", 1).status_code == 404
    assert not Charter.objects.exists()


def test_a_history_asks_the_database_as_often_however_long_it_is(county):
    quiet = make_project(county, name="静")
    project = make_paired(county, name="动")
    for _day in range(5):
        make_check(project, county.units["县长岗位"])

    few = asked_for(county.clerk, f"/history/project/{quiet.pk}/")

    assert asked_for(county.clerk, f"/history/project/{project.pk}/") == few <= 14
