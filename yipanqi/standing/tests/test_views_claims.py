"""Reporting on a project in the browser: claims with evidence, progress, plans."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yipanqi.facts.projects.models import Claim, Plan, Progress
from yipanqi.ledger.models import Entry
from yipanqi.standing.factories import NOON, bring_to, make_claim, recognise
from yipanqi.standing.tests.pages import hidden, page

pytestmark = pytest.mark.usefixtures("at_noon")
PDF = b"%PDF-1.4 a contract"


def sent(county, **changes):
    """A claim as the form sends it."""
    typed = {
        "unit": county.units["青山镇"].pk,
        "node": "signed",
        "happened_on": "2026-11-18",
        "note": "正式协议",
        "evidence": SimpleUploadedFile("协议.pdf", PDF),
    }
    return typed | changes


def test_the_claim_form_says_what_proves_each_node_who_verifies_and_what_is_missing(
    signed_in, project
):
    response = signed_in.get(reverse("claim_new", args=[project.pk]) + "?node=land")

    assert response.status_code == 200
    assert '<option value="land" selected>供地</option>' in page(response)
    for words in ("成交确认书或租赁合同", "由自然资源局认定", "缺“注册”的认定", "规程第十一条"):
        assert words in page(response)


def test_a_claim_is_made_with_its_files_and_waits(signed_in, county, project):
    files = [SimpleUploadedFile("协议.pdf", PDF), SimpleUploadedFile("照片.jpg", b"jpg")]

    response = signed_in.post(reverse("claim_new", args=[project.pk]), sent(county, evidence=files))

    claim = Claim.objects.get()
    assert response.url == reverse("claim", args=[claim.pk])
    assert [file.name for file in claim.files] == ["协议.pdf", "照片.jpg"]
    assert claim.pending.office.name == "招商促进局"
    assert Entry.objects.about(project).of("fact:projects.claim").get().actor_id is not None


def test_money_that_arrived_is_claimed_in_wan_or_yi(signed_in, county, project):
    for amount in ("1,200", "０.１２亿", "12000000元"):
        signed_in.post(
            reverse("claim_new", args=[project.pk]), sent(county, node="funds", amount=amount)
        )

    assert set(Claim.objects.values_list("amount", flat=True)) == {1_200_000_000}


@pytest.mark.parametrize("amount", ["很多", "-3", "0.0000001", "20000亿", "1亿2"])
def test_an_amount_that_cannot_be_meant_is_refused(signed_in, county, project, amount):
    response = signed_in.post(
        reverse("claim_new", args=[project.pk]), sent(county, node="funds", amount=amount)
    )

    assert response.status_code == 422
    assert f'value="{amount}"' in page(response)
    assert not Claim.objects.exists()


def test_a_claim_dated_tomorrow_is_refused_and_keeps_what_was_typed_and_uploaded(
    signed_in, county, project
):
    address = reverse("claim_new", args=[project.pk])

    response = signed_in.post(address, sent(county, happened_on="2026-11-21"))

    assert response.status_code == 422
    assert "2026-11-21 还没有到" in page(response)
    assert "正式协议" in page(response)
    kept = hidden("kept", response)
    again = sent(county, kept=kept)
    del again["evidence"]
    assert signed_in.post(address, again).status_code == 302
    assert Claim.objects.get().files[0].name == "协议.pdf"


def test_uploads_of_somebody_else_are_not_taken(signed_in, client, county, project):
    address = reverse("claim_new", args=[project.pk])
    refused = signed_in.post(address, sent(county, happened_on="2026-11-21"))
    token = hidden("kept", refused)
    client.force_login(county.clerk)
    again = sent(county, kept=token)
    del again["evidence"]

    response = client.post(address, again)

    assert response.status_code == 422
    assert "之前上传的文件要重新上传" in page(response)


def test_a_file_that_nobody_can_open_is_refused_and_the_others_are_kept(signed_in, county, project):
    files = [SimpleUploadedFile("坏.exe", b"MZ"), SimpleUploadedFile("协议.pdf", PDF)]

    response = signed_in.post(
        reverse("claim_new", args=[project.pk]), sent(county, evidence=files, happened_on="昨天")
    )

    assert response.status_code == 422
    assert "不收这种文件" in page(response)
    assert "输入一个有效的日期" in page(response)
    assert 'name="kept"' in page(response)


def test_a_claim_by_a_unit_without_part_is_refused(client, county, project):
    bring_to(project, "land")
    client.force_login(county.people["ziran"])
    office = county.units["自然资源局"]
    county.people["ziran"].posts.update(role="liaison")

    response = client.post(
        reverse("claim_new", args=[project.pk]),
        sent(county, node="started", unit=office.pk),
    )

    assert response.status_code == 422
    assert "你的单位不是这个项目的引进、落地或责任单位" in page(response)


def test_a_claim_without_evidence_or_money_without_amount_is_refused(signed_in, county, project):
    typed = sent(county, node="funds")
    del typed["evidence"]

    response = signed_in.post(reverse("claim_new", args=[project.pk]), typed)

    assert response.status_code == 422
    assert "请附上佐证材料：银行回单或验资报告" in page(response)
    assert "请填写到位金额" in page(response)


def test_a_claim_sent_twice_is_made_once(signed_in, county, project):
    address = reverse("claim_new", args=[project.pk])
    key = hidden("key", signed_in.get(address))

    first = signed_in.post(address, sent(county, node="funds", amount="500", key=key))
    again = signed_in.post(address, sent(county, node="funds", amount="500", key=key))

    assert first.url == again.url
    assert Claim.objects.count() == 1


def test_somebody_elses_project_does_not_exist(client, county, project):
    client.force_login(county.liaison("柳河镇"))
    made = make_claim(project)

    for name in ("claim_new", "progress_new", "plan_new"):
        assert client.get(reverse(name, args=[project.pk])).status_code == 404
        assert client.post(reverse(name, args=[project.pk]), {}).status_code == 404
    assert client.get(reverse("claim", args=[made.pk])).status_code == 404
    assert client.get(reverse("withdraw", args=[made.pk])).status_code == 404
    digest = made.files[0].digest
    assert client.get(reverse("evidence", args=[made.pk, digest])).status_code == 404


def test_an_office_sees_the_project_and_may_not_claim(client, county, project):
    make_claim(project)
    client.force_login(county.verifier("招商促进局"))

    assert client.get(reverse("claim_new", args=[project.pk])).status_code == 403


def test_somebody_with_two_posts_claims_only_where_the_right_reaches(client, county, project):
    recognise(project, "signed")
    person = county.liaison("柳河镇")
    person.posts.create(
        unit=county.units["招商促进局"],
        title="认定",
        role="verifier",
        main=False,
        from_on=NOON.date(),
    )
    client.force_login(person)

    assert client.get(reverse("claim_new", args=[project.pk])).status_code == 403


def test_the_clerk_claims_for_a_unit_of_the_project(client, county, project):
    client.force_login(county.clerk)

    response = client.post(reverse("claim_new", args=[project.pk]), sent(county))

    assert response.status_code == 302
    assert Claim.objects.get().unit.name == "青山镇"


def test_progress_is_reported(signed_in, project):
    address = reverse("progress_new", args=[project.pk])
    assert signed_in.get(address).status_code == 200

    response = signed_in.post(
        address, {"happened_on": "2026-11-19", "text": "用地报批卷在省厅", "problem": "缺社保审核"}
    )

    assert response.url == reverse("project", args=[project.pk])
    assert Progress.objects.get().problem == "缺社保审核"


def test_progress_of_tomorrow_and_progress_without_words_are_refused(signed_in, project):
    address = reverse("progress_new", args=[project.pk])

    tomorrow = signed_in.post(address, {"happened_on": "2026-11-21", "text": "打桩"})
    silent = signed_in.post(address, {"happened_on": "2026-11-19", "text": " "})

    assert tomorrow.status_code == silent.status_code == 422
    assert "打桩" in page(tomorrow)
    assert not Progress.objects.exists()


def test_the_clerk_sets_another_due_day_with_a_reason(client, county, project):
    bring_to(project, "land")
    client.force_login(county.clerk)
    address = reverse("plan_new", args=[project.pk])
    assert "供地" in page(client.get(address))

    silent = client.post(address, {"node": "started", "planned_on": "2026-12-31", "reason": ""})
    done = client.post(address, {"node": "started", "planned_on": "2026-12-31", "reason": "雨季"})

    assert silent.status_code == 422
    assert done.status_code == 302
    assert Plan.objects.get().planned_on.isoformat() == "2026-12-31"


def test_a_liaison_may_not_move_a_due_day(signed_in, project):
    assert signed_in.get(reverse("plan_new", args=[project.pk])).status_code == 403


def test_nobody_comes_in_without_signing_in(client, project):
    response = client.get(reverse("claim_new", args=[project.pk]))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
