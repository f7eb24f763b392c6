"""The register written by programs: the same forms and actions as the pages, and every write once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yipanqi.facts.projects.models import Claim, Progress, Project
from yipanqi.ledger.models import Entry
from yipanqi.ledger.reads import checkpoint
from yipanqi.standing.factories import MAY_9, make_claim, make_project
from yipanqi.standing.tests.programs import as_, problems_of, sent

pytestmark = pytest.mark.usefixtures("at_noon")
PDF = b"%PDF-1.4 a contract"


def new(county, **changes):
    """A project as a program sends it."""
    unit = county.units["青山镇"].pk
    return {
        "name": "远山茶业精制项目",
        "total": "3.6亿",
        "introducer_1": unit,
        "lead_1": unit,
    } | changes


def test_a_write_from_a_foreign_page_is_refused(county):
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.liaison())

    response = sent(client, "/api/projects", new(county))

    assert response.status_code == 403
    assert "X-CSRFToken" in problems_of(response)[""]
    assert not Project.objects.exists()


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
