"""The register read by programs: who may ask, and the same answers as the pages give."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yipanqi.api import api
from yipanqi.ledger.reads import checkpoint
from yipanqi.org.rules import Can
from yipanqi.standing.api.desk import CheckpointTold, Nots, WaitingPage
from yipanqi.standing.api.shapes import Projects, ProjectWhole, Sums
from yipanqi.standing.factories import bring_to, make_claim, make_project, recognise
from yipanqi.standing.forms.register import ProjectForm
from yipanqi.standing.tests.programs import as_, problems_of

pytestmark = pytest.mark.usefixtures("at_noon")


def test_every_call_says_who_may_make_it():
    calls = [
        operation.view_func
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    ]

    assert len(calls) >= 14
    assert all(vars(call)["needs"] in Can for call in calls)


def test_nobody_without_a_session_is_answered(county, client):
    response = client.get("/api/projects")

    assert response.status_code == 401
    assert problems_of(response) == {"": "请先登录"}


def test_somebody_without_the_right_is_refused(county):
    response = as_(county.administrator).get("/api/projects")

    assert response.status_code == 403
    assert problems_of(response) == {"": "你没有这项权限"}


def test_a_list_holds_what_the_page_would_show(county):
    bring_to(make_project(county, name="签约的项目"), "signed")
    make_project(county, name="没有签约的项目", total=None)
    make_project(county, name="别处签约的项目", unit="柳河镇")

    answer = as_(county.liaison()).get("/api/projects", {"stage": "signed"}).json()

    told = Projects.model_validate(answer)
    [only] = told.items
    assert (told.count, only.name, only.stage_name) == (1, "签约的项目", "签约")
    assert told.total_fen == only.total_fen == 36_000_000_000
    assert {part.role for part in only.parts} >= {"introducer", "landing", "lead"}
    assert only.lamp.words


def test_pages_of_a_list_follow_each_other_and_end(county):
    for number in range(5):
        make_project(county, name=f"项目{number}")
    client = as_(county.clerk)

    pages = [
        client.get("/api/projects", {"sort": "name", "page": page, "page_size": 2}).json()
        for page in (1, 2, 3, 4)
    ]

    assert [len(page["items"]) for page in pages] == [2, 2, 1, 0]
    assert {page["count"] for page in pages} == {5}
    names = [item["name"] for page in pages for item in page["items"]]
    assert names == [f"项目{number}" for number in range(5)]


@pytest.mark.parametrize(
    ("text", "found"), [("锂", 1), ("锂电", 1), ("电锂", 0), ("%", 0), ("LI", 1)]
)
def test_words_are_found_by_one_character_or_more(county, text, found):
    make_project(county, name="磷酸铁锂电池", investor="Li Battery")
    make_project(county, name="食品加工", investor="云岭食品")

    assert as_(county.clerk).get("/api/projects", {"q": text}).json()["count"] == found


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"stage": "nowhere"}, "环节"),
        ({"page_size": 101}, "每页条数"),
        ({"page": "zwei"}, "页"),
        ({"unit": "青山镇"}, "单位"),
        ({"sort": "colour"}, ""),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused(county, asked, where):
    response = as_(county.clerk).get("/api/projects", asked)

    assert response.status_code == 422
    assert where in problems_of(response)


def test_a_list_takes_as_many_queries_for_many_projects_as_for_few(county):
    client = as_(county.liaison())
    counts = []
    for number in range(12):
        recognise(make_project(county, name=f"项目{number}"), "appraised")
        if number in {1, 11}:
            client.get("/api/projects")
            with CaptureQueriesContext(connection) as queries:
                client.get("/api/projects")
            counts.append(len(queries))

    assert counts[0] == counts[1] <= 9


def test_sums_count_what_the_list_counts(county):
    bring_to(make_project(county, name="甲"), "signed")
    make_project(county, name="乙")
    make_project(county, name="丙", unit="柳河镇", total=None)
    client = as_(county.clerk)

    told = Sums.model_validate(client.get("/api/projects/sums").json())
    by_stage = client.get("/api/projects/sums", {"by": "stage"}).json()["groups"]

    mine = county.units["青山镇"].pk, county.units["柳河镇"].pk
    assert {tuple(g.key): (g.count, g.total_fen) for g in told.groups} == {
        (mine[0], "signed"): (1, 36_000_000_000),
        (mine[0], ""): (1, 36_000_000_000),
        (mine[1], ""): (1, 0),
    }
    assert {g["key"][0]: g["count"] for g in by_stage} == {"": 2, "signed": 1}
    assert "by" not in problems_of(client.get("/api/projects/sums", {"by": "colour"}))


def test_a_project_is_told_with_what_counts_and_what_is_awaited(county):
    project = make_project(county)
    bring_to(project, "signed")
    recognise(project, "funds", amount=1_200_000_000)

    told = ProjectWhole.model_validate(
        as_(county.liaison()).get(f"/api/projects/{project.pk}").json()
    )

    assert {row.name: row.amount_fen for row in told.recognised} == {
        "签约": None,
        "到位资金": 1_200_000_000,
    }
    assert [row.name for row in told.deadlines] == ["签约未注册", "超时未开工"]
    assert told.deadlines[0].days_overdue > 0


def test_another_units_project_does_not_exist(county):
    project = make_project(county, unit="柳河镇")

    response = as_(county.liaison("青山镇")).get(f"/api/projects/{project.pk}")

    assert response.status_code == 404
    assert set(problems_of(response)) == {""}


def test_the_schema_is_the_forms(county):
    schema = (
        as_(county.clerk).get("/api/openapi.json").json()["components"]["schemas"]["ProjectNew"]
    )

    particulars = set(ProjectForm.base_fields) - {"key"}
    assert particulars < set(schema["properties"])
    assert schema["required"] == ["name"]
    assert schema["properties"]["total"]["title"] == "总投资"
    assert schema["additionalProperties"] is False


def test_what_waits_for_an_office_is_told_with_what_is_missing(county):
    claim = make_claim(make_project(county))

    told = WaitingPage.model_validate(as_(county.verifier()).get("/api/pending").json())

    assert (told.count, told.items[0].claim, told.items[0].name) == (1, claim.pk, "签约")
    assert any("评审" in text for text in told.items[0].missing)
    assert as_(county.verifier("财政局")).get("/api/pending").json()["items"] == []


def test_who_is_late_is_told_by_name(county):
    bring_to(make_project(county), "signed")
    client = as_(county.clerk)

    told = Nots.model_validate(client.get("/api/nots").json())
    stalled = client.get("/api/nots", {"code": "stalled", "unit": county.units["青山镇"].pk}).json()

    assert {tally.name: tally.count for tally in told.tallies}["签约未注册"] == 1
    assert [late.unit for late in told.items] == ["青山镇"]
    assert stalled["items"][0]["days"] > 60 if stalled["items"] else stalled["code"] == "stalled"
    assert client.get("/api/nots", {"code": "none"}).status_code == 404


def test_the_ledgers_size_and_hash_are_told_to_who_may_see_the_ledger(county):
    told = CheckpointTold.model_validate(as_(county.clerk).get("/api/checkpoint").json())

    assert told.text == str(checkpoint())
    assert told.simulated
    assert as_(county.liaison()).get("/api/checkpoint").status_code == 403


def test_answers_are_readable_chinese(county):
    make_project(county)

    body = as_(county.clerk).get("/api/projects").content.decode()

    assert "云岭食品" in body
    assert json.loads(body)["items"][0]["last_fact_on"] == "2026-11-20"
