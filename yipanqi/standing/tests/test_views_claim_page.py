"""One claim in the browser: its story, its evidence, and how it is taken back."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from yipanqi.core.files import path_of
from yipanqi.facts.projects.models import Withdrawal
from yipanqi.facts.projects.rules import PartRole, Share
from yipanqi.standing.actions import accept_claim, find_false
from yipanqi.standing.factories import NOON, make_claim, make_project, recognise
from yipanqi.standing.tests.pages import page

pytestmark = pytest.mark.usefixtures("at_noon")


def test_the_page_of_a_claim_tells_its_story(signed_in, county, project):
    verdict = recognise(project, "signed", note="正式协议")
    find_false(claim=verdict.claim, reason="合同系伪造", by=county.clerk, at=NOON)

    response = signed_in.get(reverse("claim", args=[verdict.claim_id]))

    for words in ("正式协议", "王qingshan", "招商促进局", "查实造假", "合同系伪造", "佐证.pdf"):
        assert words in page(response)


@pytest.mark.parametrize(
    ("role", "offered"),
    [("liaison", "撤回"), ("verifier", "查实造假")],
)
def test_the_page_of_a_claim_offers_what_this_person_may_do(client, county, project, role, offered):
    verdict = recognise(project, "signed")
    person = county.liaison() if role == "liaison" else county.verifier()
    client.force_login(person)

    response = client.get(reverse("claim", args=[verdict.claim_id]))

    assert f">{offered}</a>" in page(response)


def test_a_claim_replaced_by_a_later_one_says_so(signed_in, project):
    first = recognise(project, "signed")
    recognise(project, "signed", on=NOON.date())

    assert "已被后来的认定取代" in page(signed_in.get(reverse("claim", args=[first.claim_id])))


def test_the_page_of_a_claim_takes_a_constant_number_of_queries(
    signed_in, county, project, django_assert_max_num_queries
):
    verdict = recognise(project, "signed")
    find_false(claim=verdict.claim, reason="假", by=county.clerk, at=NOON)

    with django_assert_max_num_queries(17):
        signed_in.get(reverse("claim", args=[verdict.claim_id]))


def test_a_unit_takes_its_claim_back_with_a_reason(signed_in, project):
    made = make_claim(project)
    address = reverse("withdraw", args=[made.pk])
    assert signed_in.get(address).status_code == 200

    silent = signed_in.post(address, {"reason": ""})
    done = signed_in.post(address, {"reason": "报错了项目"})

    assert silent.status_code == 422
    assert done.url == reverse("claim", args=[made.pk])
    assert Withdrawal.objects.get().reason == "报错了项目"
    assert "已撤回" in page(signed_in.get(done.url))


def test_a_claim_is_taken_back_once(signed_in, project):
    made = make_claim(project)
    address = reverse("withdraw", args=[made.pk])
    signed_in.post(address, {"reason": "报错了"})

    response = signed_in.post(address, {"reason": "又撤"})

    assert response.status_code == 422
    assert "这条申报已经撤回" in page(response)
    assert "又撤" in page(response)


def test_another_unit_of_the_project_may_not_take_a_claim_back(client, county):
    both = [
        Share(unit_id=county.units[name].pk, role=PartRole.INTRODUCER, num=1, den=2)
        for name in ("青山镇", "柳河镇")
    ]
    made = make_claim(make_project(county, shares=both))
    client.force_login(county.liaison("柳河镇"))

    assert client.get(reverse("withdraw", args=[made.pk])).status_code == 403


def test_evidence_is_handed_out_as_a_file_to_keep(signed_in, project):
    made = make_claim(project)
    file = made.files[0]

    response = signed_in.get(reverse("evidence", args=[made.pk, file.digest]))

    assert response.content == b"%PDF-1.4 signed and sealed"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"


def test_evidence_that_was_changed_in_the_store_is_refused(signed_in, project):
    made = make_claim(project)
    file = made.files[0]
    with open(default_storage.path(path_of(file.digest)), "wb") as stored:
        stored.write(b"%PDF-1.4 another contract")

    response = signed_in.get(reverse("evidence", args=[made.pk, file.digest]))

    assert response.status_code == 422
    assert "与上传时留下的摘要不符" in page(response)


def test_evidence_that_is_gone_is_missed_in_words(signed_in, project):
    made = make_claim(project)
    file = made.files[0]
    default_storage.delete(path_of(file.digest))

    response = signed_in.get(reverse("evidence", args=[made.pk, file.digest]))

    assert response.status_code == 422
    assert "找不到这个文件" in page(response)


def test_a_file_that_belongs_to_another_claim_is_not_found(signed_in, project):
    made = make_claim(project)

    assert signed_in.get(reverse("evidence", args=[made.pk, "0" * 64])).status_code == 404


def test_a_claim_accepted_by_its_office_counts_on_its_page(signed_in, county, project):
    made = make_claim(project)
    accept_claim(claim=made, by=county.verifier(), at=NOON)

    assert "已认定" in page(signed_in.get(reverse("claim", args=[made.pk])))
