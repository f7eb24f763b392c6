"""Bulk changes and exports for programs."""

from io import BytesIO

import openpyxl
import pytest

from yipanqi.facts.projects.models import Project
from yipanqi.standing.factories import make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
SAID = {"what": "industry", "industry": "新能源", "reason": "分工调整"}


def post(client, path, data=None):
    return client.post(f"/api{path}", data or {}, content_type="application/json")


def test_many_are_previewed_changed_and_given_back(clerk, county):
    keys = ",".join(str(make_project(county, name=name).pk) for name in "甲乙")

    seen = post(clerk, "/projects/bulk/preview", {**SAID, "projects": keys}).json()
    unseen = post(clerk, "/projects/bulk", {**SAID, "projects": keys})
    made = post(clerk, "/projects/bulk", {**SAID, "projects": keys, "shown": seen["shown"]})
    undone = post(clerk, f"/bulk/{made.json()['seq']}/undo")
    again = post(clerk, f"/bulk/{made.json()['seq']}/undo")

    assert [(one["before"], one["after"]) for one in seen["lines"]] == [("食品加工", "新能源")] * 2
    assert (unseen.status_code, made.status_code, made.json()["count"]) == (422, 201, 2)
    assert (undone.status_code, undone.json()["count"], again.status_code) == (201, 2, 422)
    assert set(Project.objects.values_list("industry", flat=True)) == {"食品加工"}


def test_a_change_after_the_preview_stops_the_stroke(clerk, county):
    project = make_project(county)
    sent = {**SAID, "projects": str(project.pk)}
    shown = post(clerk, "/projects/bulk/preview", sent).json()["shown"]
    Project.objects.update(industry="物流")

    answer = post(clerk, "/projects/bulk", {**sent, "shown": shown})

    assert answer.status_code == 422
    assert "预览之后有人改过" in answer.json()["problems"][0]["text"]


def test_the_register_is_taken_away_as_it_was_asked_for(township, county):
    make_project(county, name="甲", level="city")
    make_project(county, name="乙")
    make_project(county, name="别镇", unit="柳河镇", level="city")

    answer = post(township, "/projects/export?level=city&cols=name,level", {"export": "xlsx"})

    content = BytesIO(b"".join(answer.streaming_content))
    rows = list(openpyxl.load_workbook(content).active.iter_rows(min_row=2, values_only=True))
    assert rows == [
        ("项目", "项目编码", "投资方", "重点级别"),
        ("甲", rows[1][1], "云岭食品有限公司", "市重点"),
    ]


@pytest.mark.parametrize(("query", "sent"), [("cols=secret", "xlsx"), ("", "exe"), ("x=1", "csv")])
def test_what_cannot_be_meant_is_refused(township, county, query, sent):
    assert post(township, f"/projects/export?{query}", {"export": sent}).status_code == 422
