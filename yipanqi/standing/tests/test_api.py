"""The register for programs: the same forms, rights and actions as the pages, and every write once."""

import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yipanqi.api import api
from yipanqi.core.schemas import Problems
from yipanqi.facts.projects.models import Claim, Progress, Project
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import checkpoint
from yipanqi.org.rules import Can
from yipanqi.standing.api.desk import CheckpointTold, Nots, WaitingPage
from yipanqi.standing.api.shapes import Projects, ProjectWhole, Sums
from yipanqi.standing.factories import (
    MAY_9,
    NOON,
    bring_to,
    make_claim,
    make_county,
    make_project,
    recognise,
)
from yipanqi.standing.forms.register import ProjectForm

PDF = b"%PDF-1.4 a contract"


@pytest.fixture(autouse=True)
def at_noon(settings):
    settings.CLOCK_OFFSET = NOON - datetime.now(UTC)


@pytest.fixture
def county(db):
    return make_county()


def as_(person):
    """A program with somebody's session."""
    client = Client()
    client.force_login(person)
    return client


def sent(client, path, data, *, key="", method="post"):
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(client, method)(path, data, content_type="application/json", headers=headers)


def problems_of(response):
    """The reasons of a refusal, by where they are; every refusal has the one shape."""
    told = Problems.model_validate({"problems": response.json()["problems"]})
    return {problem.where: problem.text for problem in told.problems}


def new(county, **changes):
    """A project as a program sends it."""
    unit = county.units["青山镇"].pk
    return {
        "name": "远山茶业精制项目",
        "total": "3.6亿",
        "introducer_1": unit,
        "lead_1": unit,
    } | changes


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


def test_a_write_from_a_foreign_page_is_refused(county):
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.liaison())

    response = sent(client, "/api/projects", new(county))

    assert response.status_code == 403
    assert "X-CSRFToken" in problems_of(response)[""]
    assert not Project.objects.exists()


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


def test_a_project_is_registered_once_under_its_key(county):
    client, data = as_(county.liaison()), new(county)

    first = sent(client, "/api/projects", data, key="k1")
    again = sent(client, "/api/projects", data, key="k1")
    other = sent(client, "/api/projects", {**data, "name": "别的"}, key="k1")

    project = Project.objects.get()
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json() == {"id": project.pk, "code": project.code, "version": 1}
    assert project.total_fen == 36_000_000_000
    assert "Idempotency-Key" in problems_of(other)


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(county):
    size = checkpoint().size

    response = sent(as_(county.liaison()), "/api/projects", {"total": "很多", "currency": "EUR"})

    assert response.status_code == 422
    assert set(problems_of(response)) >= {"项目名称", "总投资", "币种"}
    assert checkpoint().size == size


@pytest.mark.parametrize(
    ("change", "where"),
    [({"colour": "red"}, "colour"), ({"total": 3.5}, "total"), ({"name": 5}, "name")],
)
def test_names_and_kinds_that_the_form_does_not_know_are_refused(county, change, where):
    response = sent(as_(county.liaison()), "/api/projects", new(county, **change))

    assert response.status_code == 422
    assert where in problems_of(response)


def test_what_is_no_json_is_refused(county):
    response = as_(county.clerk).post("/api/projects", "{", content_type="application/json")

    assert response.status_code == 400
    assert problems_of(response) == {"": "请求正文不是能读的 JSON"}


def test_nobody_registers_for_others(county):
    response = sent(as_(county.liaison("柳河镇")), "/api/projects", new(county))

    assert response.status_code == 422
    assert not Project.objects.exists()


def test_a_likely_double_is_looked_at_before_it_is_registered(county):
    make_project(county, name="远山茶业精制项目", investor="")
    client = as_(county.clerk)

    doubted = sent(client, "/api/projects", new(county), key="k1")
    seen = sent(client, "/api/projects", new(county, confirmed=doubted.json()["seal"]), key="k1")
    skipped = sent(client, "/api/projects", new(county, confirmed="skip"))

    assert doubted.status_code == 422
    assert doubted.json()["problems"][0]["weight"] == "warns"
    assert seen.status_code == skipped.status_code == 201


def test_what_is_named_is_amended_and_an_old_version_loses(county):
    project = make_project(county, remark="旧的")
    client, path = as_(county.liaison()), f"/api/projects/{project.pk}"

    won = sent(client, path, {"version": 1, "investor": "新的", "remark": None}, method="patch")
    lost = sent(client, path, {"version": 1, "investor": "更新的"}, method="patch")

    project.refresh_from_db()
    assert (won.status_code, won.json()["version"]) == (200, 2)
    assert (project.investor, project.remark, project.total) == ("新的", "", 36_000_000_000)
    assert lost.status_code == 422


def claim_of(county, **changes):
    """A claim as a program sends it: multipart, with its evidence."""
    return {
        "unit": county.units["青山镇"].pk,
        "node": "signed",
        "happened_on": "2026-11-18",
        "evidence": SimpleUploadedFile("协议.pdf", PDF),
    } | changes


def test_a_node_is_claimed_with_its_evidence(county):
    project = make_project(county)
    client, path = as_(county.liaison()), f"/api/projects/{project.pk}/claims"

    made = client.post(path, claim_of(county), headers={"Idempotency-Key": "k1"})
    again = client.post(path, claim_of(county), headers={"Idempotency-Key": "k1"})

    claim = Claim.objects.get()
    assert made.json() == again.json() == {"seq": claim.pk}
    assert [file.name for file in claim.files] == ["协议.pdf"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"evidence": ()}, "佐证"),
        ({"colour": "red"}, "colour"),
        ({"picture": SimpleUploadedFile("a.pdf", PDF)}, "佐证材料"),
        ({"happened_on": "2026-11-21"}, "发生日期"),
    ],
)
def test_a_claim_that_the_page_would_refuse_is_refused(county, change, where):
    project = make_project(county)

    response = as_(county.liaison()).post(
        f"/api/projects/{project.pk}/claims", claim_of(county, **change)
    )

    assert response.status_code == 422
    assert where in problems_of(response)
    assert not Claim.objects.exists()


def test_progress_is_reported(county):
    project = make_project(county)

    response = sent(
        as_(county.liaison()),
        f"/api/projects/{project.pk}/progress",
        {"happened_on": "2026-11-19", "text": "厂房封顶"},
    )

    fact = Progress.objects.get()
    assert (response.status_code, response.json()) == (201, {"seq": fact.pk})
    assert fact.text == "厂房封顶"


def test_a_claim_is_accepted_by_its_office_and_counts(county):
    project = make_project(county)
    claim = make_claim(project, "signed", on=MAY_9)

    response = sent(
        as_(county.verifier()), f"/api/claims/{claim.pk}/verdict", {"outcome": "accepted"}
    )

    project.refresh_from_db()
    assert response.status_code == 201
    assert Entry.objects.get(pk=response.json()["seq"]).kind == "fact:standing.verdict"
    assert project.stage == "signed"


def test_a_claim_is_not_returned_without_a_reason(county):
    claim = make_claim(make_project(county))

    response = sent(
        as_(county.verifier()), f"/api/claims/{claim.pk}/verdict", {"outcome": "returned"}
    )

    assert response.status_code == 422
    assert "理由" in problems_of(response)


def test_a_claim_that_waits_for_another_office_does_not_exist_and_reporters_do_not_judge(county):
    claim = make_claim(make_project(county))
    path, data = f"/api/claims/{claim.pk}/verdict", {"outcome": "accepted"}

    assert sent(as_(county.verifier("财政局")), path, data).status_code == 404
    assert sent(as_(county.liaison()), path, data).status_code == 403


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
