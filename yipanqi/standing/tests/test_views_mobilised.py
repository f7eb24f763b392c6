"""Mobilisation in a browser and for programs: called, answered, corrected, refused."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from yipanqi.core.files import path_of
from yipanqi.facts.returns.models import Mobilisation, Mobilised
from yipanqi.place.factories import make_document
from yipanqi.standing.reads.mobilised import owed
from yipanqi.standing.tests.pages import MOST, TODAY, asked_for, hidden, of, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
CALL = {"subject": "百日攻坚", "due_on": "2026-05-20", "kinds": ["township"]}
ANSWER = {"held_on": "2026-05-20", "issued_on": "2026-05-21", "present": 40}


@pytest.fixture
def call(client, county):
    client.force_login(county.clerk)
    assert client.post("/mobilised/new/", CALL).status_code == 302
    return Mobilisation.objects.get()


def measures(content=b"%PDF-1.4"):
    return ContentFile(content, name="措施.pdf")


def address(county, call, unit="青山镇"):
    return f"/mobilised/{call.pk}/{county.units[unit].pk}/"


def test_the_office_calls_on_the_basis_of_a_document(clerk, county):
    document = make_document(county)
    form = clerk.get("/mobilised/new/")
    sent = {**CALL, "document": document.pk, "clause": "第三条", "key": hidden("key", form)}

    first, again = clerk.post("/mobilised/new/", sent), clerk.post("/mobilised/new/", sent)

    call = Mobilisation.objects.get()
    assert first.url == again.url == f"/mobilised/?call={call.pk}"
    assert "《青禾县招商引资项目管理规程》第三条" in page(clerk.get(first.url))


def test_a_call_to_nobody_is_refused_with_its_reason(clerk):
    response = clerk.post("/mobilised/new/", {"subject": "百日攻坚", "due_on": "2026-05-20"})

    assert response.status_code == 422
    assert "哪几类单位" in page(response)
    assert not Mobilisation.objects.exists()


def test_a_unit_is_told_that_it_is_late_answers_and_corrects(township, county, call):
    township.force_login(county.liaison())
    before = page(township.get("/mobilised/"))
    assert "青山镇还没有报，已过期限 184 天" in before
    assert [row.unit.name for row in owed(county.liaison(), as_of=TODAY)] == ["青山镇"]

    made = township.post(address(county, call), {**ANSWER, "evidence": [measures()]})
    shown = page(township.get(made.url))
    form = township.get(address(county, call))
    township.post(address(county, call), {**ANSWER, "issued_on": "2026-05-20", "remarks": "更正"})

    assert "迟 1 天" in shown
    assert "已报过" in page(form)
    last = Mobilised.objects.order_by("-seq")[0]
    assert [file.name for file in last.files] == ["措施.pdf"]
    assert "迟 1 天" not in page(township.get(made.url))
    assert owed(county.liaison(), as_of=TODAY) == []


def test_an_answer_without_measures_is_refused_and_nothing_typed_is_lost(clerk, county, call):
    response = clerk.post(address(county, call), {**ANSWER, "remarks": "在印"})

    assert response.status_code == 422
    assert "请附上印发的措施" in page(response)
    assert "在印" in page(response)


def test_a_number_opens_the_units_that_it_counts(clerk, county, call):
    clerk.post(address(county, call), {**ANSWER, "evidence": [measures()]})

    whole = page(clerk.get("/mobilised/"))
    late = clerk.get(f"/mobilised/?call={call.pk}&state=late")

    assert 'state=late" data-n="1"' in whole
    assert '<strong data-n="1">' in page(late)
    assert [row.unit.name for row in late.context["rows"]] == ["青山镇"]
    assert clerk.get("/mobilised/?call=999999").status_code == 404


def test_measures_are_handed_out_unchanged_or_not_at_all(clerk, county, call):
    clerk.post(address(county, call), {**ANSWER, "evidence": [measures()]})
    answer = Mobilised.objects.get()
    [file] = answer.files
    where = f"/mobilised/files/{answer.pk}/{file.digest}/"

    assert clerk.get(where).content == b"%PDF-1.4"
    assert clerk.get(f"/mobilised/files/{answer.pk}/{'0' * 64}/").status_code == 404
    default_storage.delete(path_of(file.digest))
    assert clerk.get(where).status_code == 422


def test_nobody_answers_for_another_unit_or_one_that_was_not_called(county, call):
    liaison = county.liaison("柳河镇")

    assert of(liaison, address(county, call)).status_code == 403
    assert of(liaison, address(county, call, "统计局")).status_code == 404
    assert of(liaison, "/mobilised/new/").status_code == 403
    assert of(county.administrator, "/mobilised/").status_code == 403


def test_the_page_is_empty_before_a_call_and_asks_no_more_for_more(clerk, county):
    assert "还没有动员部署" in page(clerk.get("/mobilised/"))
    clerk.post("/mobilised/new/", CALL)
    few = asked_for(county.clerk, "/mobilised/")
    clerk.post("/mobilised/new/", {**CALL, "kinds": ["township", "department"]})

    assert asked_for(county.clerk, "/mobilised/") == few <= MOST
    assert "历次部署" in page(clerk.get("/mobilised/"))


def test_programs_answer_and_see_who_did(clerk, county, call):
    where = f"/api/mobilised/{call.pk}/{county.units['青山镇'].pk}"

    def send(**more):
        sent = {**ANSWER, "evidence": [measures()], **more}
        return clerk.post(where, sent, headers={"Idempotency-Key": "a1"})

    made, again = send(), send()
    [told] = clerk.get("/api/mobilised").json()["items"]

    assert (made.status_code, made.json()) == (201, again.json())
    assert told["counts"] == {"late": 1, "missing": 1}
    assert {(one["unit"], one["days"]) for one in told["units"]} == {("青山镇", 1), ("柳河镇", 184)}
    assert send(strange=1).status_code == 422
